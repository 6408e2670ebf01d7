// Roll-outs: a policy reaches its customers step by step, and those it has not reached live as under the baseline.
#pragma once
#include <cstdint>
#include <span>

#include "sim/core/api.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

inline bool rolls_out(const Policy& policy) { return !policy.rollout.empty(); }

/// The share of a group's customers whom a policy has reached in a month: the largest of the steps so far.
CLIENTELE_API double reached_share(const Policy& policy, std::uint32_t group, int month);
/// Whether a step of the roll-out is taken in this month.
CLIENTELE_API bool is_step_of_roll_out(const Policy& policy, int month);
/// Whether anybody has been reached by then.
CLIENTELE_API bool reaches_somebody(const Policy& policy, int month);

/// The tiers that a policy names itself; behind them stand, where it rolls out, those of the baseline.
inline std::span<const Tier> own_tiers(const Policy& policy) {
  return std::span(policy.tiers).first(policy.tiers.size() - policy.before);
}

/// Puts the baseline's tiers behind those of every policy that rolls out, as "before: NAME", with what they get. The
/// baseline itself does not roll out.
CLIENTELE_API void add_tiers_before(Study& study);

/// Tiers of a policy, those before its roll-out included.
inline constexpr std::size_t max_tiers = 32;

}  // namespace clientele::sim
