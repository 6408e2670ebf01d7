// Whether it pays to tell customers apart: beside each policy one that spends the same money on all alike.
#pragma once
#include <functional>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/cells.hpp"
#include "sim/core/api.hpp"
#include "sim/metrics.hpp"
#include "sim/sink.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

/// Whether a policy is joined by one: the study asks for it and states the policy, it is not the baseline, and some
/// lever differs between its tiers.
CLIENTELE_API bool is_spread_evenly(const Study& study, std::uint32_t policy);

/// Whether some policy is.
CLIENTELE_API bool has_same_money(const Study& study);

/// The cells that say how much is granted: all of the study's first ten worlds (replication outermost, then draw).
CLIENTELE_API std::vector<Cell> cells_of_same_money(const Study& study);

/// The study with the policies that spend the same money evenly, "NAME, same for all", behind its own. Each of their
/// levers has one level for all customers: the mean of the policy's levels, weighted by what the lever is granted on
/// (LeverSides::granted_on), summed over the months of the horizon in the first scenario of the first ten worlds; six
/// digits of it, whole where the field is. A tier that does not set a lever counts with what the study states for
/// everybody. A world more leaves these levels, so that its cells are only added. `outcome` gives a cell of
/// cells_of_same_money that is in the first scenario. Throws UserError where the study has a policy of that name
/// already. A study that asks for nothing comes back as it is.
CLIENTELE_API Study with_same_money(const Study& study, const Catalogue& catalogue, const OutcomeInfo& info,
                                    const std::function<CellOutcome(const Cell&)>& outcome);

/// The same with levels that stand for no number, to say how large the study is.
CLIENTELE_API Study with_room_for_same_money(const Study& study, const Catalogue& catalogue);

}  // namespace clientele::sim
