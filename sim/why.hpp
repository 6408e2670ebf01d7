// Why a policy differs from the baseline: beside each stand two that keep their tiers for good, so that what is
// granted, whom it is granted to and what later reviews change can be told apart; and two that count some customers as
// the policy does and all others as the baseline does, so that it shows whose customers the difference comes from.
#pragma once
#include <cstdint>

#include "sim/catalogue.hpp"
#include "sim/core/api.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

/// Whether a policy is stated by the study: no other one's money spent evenly, no other one's tiers held, no blend.
inline bool is_stated(const Policy& policy) {
  return !policy.same_money_as && policy.held == Held::no && policy.blend == Blend::no;
}

/// Whether anybody lives under a policy.
inline bool is_simulated(const Policy& policy) { return policy.blend == Blend::no; }

/// Whether some cells of a study are put together of others.
CLIENTELE_API bool has_blends(const Study& study);

/// Whether a policy is joined by four: the study asks for it, states the policy, and does not compare with it. One that
/// rolls out is not: it gives each customer a first tier in another month, beside whom the baseline's tiers stand.
CLIENTELE_API bool is_split_by_cause(const Study& study, std::uint32_t policy);

/// The study with "NAME, held" and "NAME, at random" behind its own policies, two for each that is split. Both grant
/// what the policy grants and review at month 0 alone; who joins later has the policy's tier of entry for good. Behind
/// all of these stand "NAME, shared" and "NAME, shared and own", which are not simulated (Blend): the whole difference
/// P - B is (shared - B), of customers that both policies have, plus (shared and own - shared), of those that only the
/// policy has, plus (P - shared and own), of those that only the baseline has. Throws UserError where the study has a
/// policy of such a name already.
CLIENTELE_API Study with_why(const Study& study);

/// Without them, and asking for none: for whoever asks something else of the study.
CLIENTELE_API Study without_why(const Study& study);

/// Whether "at random" fills the tiers of a policy by sales and not by heads: some lever that a tier sets is granted on
/// something else than customers (LeverSides::granted_on).
CLIENTELE_API bool is_granted_on_sales(const Policy& policy, const Catalogue& catalogue);

}  // namespace clientele::sim
