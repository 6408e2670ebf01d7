// What a policy may sort by that no firm can see: the gain by class of customers, and what is said of such policies.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/catalogue.hpp"
#include "sim/core/api.hpp"
#include "sim/metrics.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

/// What a policy's rule in words says where it sorts by what no firm can see.
inline constexpr std::string_view said_of_benchmarks = "a yardstick: nobody can know it, and it is no upper bound";

/// The segmentation that sorts by what the best tier's levers bring over the last tier's, by class of customers.
/// Without such gains a policy of a tier for each class, and one for who joins later, gives every customer the tier of
/// its class.
inline constexpr std::string_view sorts_by_gains = "best_response";
inline constexpr std::size_t classes_of_gain = 125;
/// Classes that differ least stand side by side, so many together.
inline constexpr std::size_t classes_side_by_side = 25;
inline constexpr std::uint32_t pilot_worlds = 10;

/// No study has so many tiers (max_tiers).
inline bool is_pilot(const Policy& policy) { return policy.tiers.size() == classes_of_gain + 1; }

/// Whether a policy sorts by gains that were not found yet.
CLIENTELE_API bool lacks_gains(const Policy& policy, const Catalogue& catalogue);

/// The policy by gains that a policy's first review is held against: the first one that the study states with as many
/// tiers. Nothing for policies by gains themselves, for who rolls out, for policies that no study states, and where
/// there is none.
CLIENTELE_API std::optional<std::uint32_t> yardstick_of(const Study& study, const Catalogue& catalogue,
                                                        std::uint32_t policy);
CLIENTELE_API bool has_yardstick(const Study& study, const Catalogue& catalogue);

/// Counted in month 0 of policies that are held against one: customers whom both review, and those of them whom both
/// put into different tiers. The share is a KPI.
inline constexpr std::string_view metric_of_placed = "placed", metric_of_misplaced = "misplaced",
                                  kpi_of_misplaced = "misplaced_share";

/// The KPI whose difference is a gain: the study's headline where it is a sum of money over the months; else the
/// present value within the horizon.
CLIENTELE_API const KpiInfo& kpi_of_gains(const Study& study, const Catalogue& catalogue);

}  // namespace clientele::sim
