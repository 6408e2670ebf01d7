// Sums the months of the ring, latest first, so that a sum does not depend on where the ring begins.
#include "models/segmentation/history.hpp"

#include <algorithm>

namespace clientele::models {

void SalesHistory::work_out(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto sum = arm[score_];
  std::ranges::fill(sum, 0.F);
  const int months = std::min(look_back_, month.month() - first_month_);
  for (int back = 1; back <= months; ++back) {
    const auto sales = arm.at(net_sales_, month.month() - back);
#pragma omp simd
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += sales[i];
  }
  const auto born = month[core_.born];
  const std::int32_t now = month.month(), look_back = look_back_;
#pragma omp simd
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = at_length(sum[i], born[i] < now ? now - born[i] : 1, look_back);
}

}  // namespace clientele::models
