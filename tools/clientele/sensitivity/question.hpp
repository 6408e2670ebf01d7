// What is asked of a study, and what is simulated for it: known before anything is.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "output/statistics/averages.hpp"
#include "tools/clientele/sensitivity/found.hpp"

namespace clientele::tools {

/// What is asked, by names; what is absent is the first scenario, the policy that does best at the stated values, the
/// study's headline.
struct SensitivityQuestion {
  std::optional<std::string> scenario, policy, kpi;
  std::optional<std::uint64_t> customers;     ///< simulated; absent: as many as the work of a point allows
  std::optional<std::uint32_t> replications;  ///< absent: as many as the work of a point allows
  double share_of_ten_largest = output::not_known;
};

/// A point is a set of values of all numbers, simulated under both policies: about so many customer-months, whatever
/// the machine.
inline constexpr double customer_months_of_point = 5e6;
inline constexpr std::uint32_t futures_of_point = 8;  ///< that a large base is cut for
inline constexpr std::uint32_t least_futures_of_point = 5, most_futures_of_point = 200;
inline constexpr std::uint64_t least_customers_of_point = 500;

struct SensitivityPlan {
  sim::Study study;  ///< as it is simulated: fewer customers, common luck, no draws
  std::uint32_t scenario = 0;
  std::optional<std::uint32_t> subject;  ///< the policy that is asked for
  const sim::KpiInfo* kpi = nullptr;     ///< of the catalogue
  double share_of_ten_largest = output::not_known;
  /// All that is known of the answer: its numbers stand in their order, and nothing is said of what they do.
  Sensitivity begun;
};

/// Throws UserError where the study has no such scenario, policy or KPI, or nothing to compare.
SensitivityPlan plan_of(const sim::Study& study, const sim::Catalogue& catalogue, const Movable& movable,
                        const SensitivityQuestion& question);

/// Why an answer is not one to this plan, in words; empty where it is.
std::string why_not_of(const SensitivityPlan& plan, const std::string& model_version, const Sensitivity& answer);

}  // namespace clientele::tools
