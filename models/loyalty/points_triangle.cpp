// Sums over ages are kept, since every close asks for them.
#include "models/loyalty/points_triangle.hpp"

#include "sim/core/check.hpp"

namespace clientele::models {

void PointsTriangle::add(UntilAge& of, std::size_t cohort, std::size_t age, std::int64_t points) {
  sim::expects(cohort + age < periods_, "a cohort has the ages that a triangle knows");
  if (points == 0) return;
  for (std::size_t later = age; later < periods_; ++later) of[cohort * periods_ + later] += points;
}

std::int64_t PointsTriangle::open(std::size_t close) const {
  std::int64_t points = 0;
  for (std::size_t cohort = 0; cohort <= close; ++cohort) points += open(cohort, close);
  return points;
}

}  // namespace clientele::models
