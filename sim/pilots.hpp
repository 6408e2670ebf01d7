// Pilot worlds: what the best tier's levers bring over the last tier's, by class of customers, found before a study is
// simulated.
#pragma once
#include <cstddef>
#include <optional>
#include <stop_token>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/cells.hpp"
#include "sim/core/api.hpp"
#include "sim/gains.hpp"
#include "sim/run.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

/// The gain of a class with fewer customers in all pilot worlds is that of those beside it, and where these are fewer
/// too, that of all.
inline constexpr std::int64_t fewest_of_a_class = 100;

/// Cells of pilot worlds that are simulated before any of the cells are.
CLIENTELE_API std::size_t cells_of_pilots(const Study& study, const Catalogue& catalogue,
                                          const std::vector<Cell>& cells);

/// One cell of every policy, by which to ask of a whole study: it may have more cells than fit into memory.
CLIENTELE_API std::vector<Cell> a_cell_of_each_policy(const Study& study);

/// The pilot worlds of a study: ten with people and luck of their own, in the first scenario, by the stated numbers.
/// The baseline lives the warm-up; behind it stand, for every policy that lacks gains, two that keep each customer in
/// the tier of its class for good: all under the first tier's levers, and all under the last's.
CLIENTELE_API Study study_of_pilots(const Study& study, const Catalogue& catalogue);

/// The study with the gains of each policy that lacks them: by class, what the first levers brought over the last, per
/// customer who was in it when the policies parted. They follow from the study alone, however they are simulated.
/// Nothing where it was stopped. Held twins of a policy have its gains.
CLIENTELE_API std::optional<Study> with_gains(const Study& study, const Catalogue& catalogue,
                                              const RunOptions& options = {}, std::stop_token stop = {});

/// The study with gains that stand for no number, where only the time counts that it takes itself.
CLIENTELE_API Study without_pilots(const Study& study, const Catalogue& catalogue);

}  // namespace clientele::sim
