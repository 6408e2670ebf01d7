// Sums over ages that a close knows.
#include "models/loyalty/points_triangle.hpp"

#include <numeric>

namespace clientele::models {

std::int64_t PointsTriangle::sum(std::span<const std::int64_t> of, std::size_t cohort, std::size_t close) const {
  const auto known = of.subspan(cohort * periods_, close - cohort + 1);
  return std::accumulate(known.begin(), known.end(), std::int64_t{0});
}

std::int64_t PointsTriangle::open(std::size_t close) const {
  std::int64_t points = 0;
  for (std::size_t cohort = 0; cohort <= close; ++cohort) points += open(cohort, close);
  return points;
}

}  // namespace clientele::models
