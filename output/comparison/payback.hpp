// From which month on a policy has brought more than it cost, in each future and over all.
#pragma once
#include <optional>

#include "output/comparison/answer.hpp"
#include "output/comparison/input.hpp"
#include "output/comparison/worth.hpp"

namespace clientele::output {

/// The payback is the first month from which what an arm is worth over the baseline (output/comparison/worth.hpp) stays
/// at 0 or above. Quantiles are order statistics at p (n + 1), the nearest above. Nothing where that worth is not
/// known, and below 19 futures.
std::optional<Payback> payback_of(const ComparisonInput& input, const ArmOf& one, const ArmOf& baseline);

}  // namespace clientele::output
