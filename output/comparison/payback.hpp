// From which month on a policy has brought more than it cost, in each future and over all.
#pragma once
#include <optional>

#include "output/comparison/answer.hpp"
#include "output/comparison/comparison_input.hpp"

namespace clientele::output {

struct ArmOf {
  std::size_t scenario = 0, policy = 0;
};

/// In each future the contributions of both arms, less what receivables cost at r / (1 + r), are discounted and their
/// differences summed up month by month, as customer_equity sums them; the payback is the first month from which this
/// sum stays at 0 or above. Quantiles are order statistics at p (n + 1), the nearest above. Nothing where the cube
/// lacks months that stand alone, the two metrics or the rate, and below 19 futures.
std::optional<Payback> payback_of(const ComparisonInput& input, const ArmOf& one, const ArmOf& baseline);

}  // namespace clientele::output
