// Whether customers go on in the tiers that they have under the baseline, or enter a policy's as somebody new.
#pragma once
#include "sim/core/api.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

/// Whether a policy sorts as the baseline does: by the same rule with the same keys into tiers that take the same
/// customers, whatever they get. Its first review then finds customers in tiers of its own, with all that a review goes
/// by (a band, a validity), and moves them as any other one does: the baseline under another name is the baseline. In
/// a roll-out everybody who is reached enters as somebody new; so does who is put into tiers by chance.
CLIENTELE_API bool goes_on(const Study& study, const Policy& policy);

/// The same of tiers that members earn, of a program that may have other terms: as many tiers as the baseline's have.
CLIENTELE_API bool program_goes_on(const Study& study, const Policy& policy);

/// Whether both are programs of as many tiers: what members hold of the baseline's is then held to the end of its term,
/// in a roll-out, too.
CLIENTELE_API bool has_tiers_of_baseline(const Study& study, const Policy& policy);

}  // namespace clientele::sim
