// Whose customers a difference to the baseline comes from: those of both policies, or of one of them alone.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/study.hpp"

namespace clientele::sim {

/// Of a customer in a month, by whether it is active as the month begins under a policy and under the baseline; where
/// it is under neither any more, what was so last: what is settled after a customer has left belongs to the months in
/// which it was there.
enum class Channel : std::int32_t { both, policy_alone, baseline_alone };
inline constexpr std::size_t channels = 3;

/// As a month begins. Who never was a customer is one of both: nothing is counted of him.
constexpr std::int32_t channel_of(bool under_policy, bool under_baseline, std::int32_t before) {
  if (under_policy && under_baseline) return static_cast<std::int32_t>(Channel::both);
  if (under_policy) return static_cast<std::int32_t>(Channel::policy_alone);
  return under_baseline ? static_cast<std::int32_t>(Channel::baseline_alone) : before;
}

/// In which channels a blend counts what its twin's customers do; in the others it counts the baseline's.
constexpr std::array<bool, channels> channels_of_twin(Blend blend) {
  return {true, blend == Blend::shared_and_own, false};
}

}  // namespace clientele::sim
