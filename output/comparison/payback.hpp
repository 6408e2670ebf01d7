// From which month on a policy has brought more than it cost, in each future and over all.
#pragma once
#include <optional>

#include "output/comparison/answer.hpp"
#include "output/comparison/input.hpp"

namespace clientele::output {

struct ArmOf {
  std::size_t scenario = 0, policy = 0;
};

/// In each future the flows of both arms, less what their balances cost at r / (1 + r), are discounted and their
/// differences summed up month by month, as the KPI sums them that is the whole (KpiTexts); the payback is the first
/// month from which this sum stays at 0 or above. Quantiles are order statistics at p (n + 1), the nearest above.
/// Nothing where no KPI is such a whole, where the cube lacks months that stand alone, a metric or the rate, and below
/// 19 futures.
std::optional<Payback> payback_of(const ComparisonInput& input, const ArmOf& one, const ArmOf& baseline);

}  // namespace clientele::output
