// Sums the months of the ring: whole numbers below 2^35, which doubles add without rounding.
#include "models/segmentation/history.hpp"

namespace clientele::models {

void SalesHistory::work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                            std::span<double> score) const {
  std::ranges::fill(score, 0.0);
  const int months = std::min(look_back_, month.month() - first_month_);
  for (int back = 1; back <= months; ++back) {
    const auto sales = arm.at(net_sales_, month.month() - back).subspan(begin, score.size());
#pragma omp simd
    for (std::size_t i = 0; i < score.size(); ++i) score[i] += static_cast<double>(sales[i]);
  }
  const auto born = month[core_.born].subspan(begin, score.size());
  const std::int32_t now = month.month(), look_back = look_back_;
#pragma omp simd
  for (std::size_t i = 0; i < score.size(); ++i)
    score[i] = monthly_sales(score[i], months_known(born[i] < now ? now - born[i] : 1, look_back));
}

}  // namespace clientele::models
