// Walks along the mean course; from a turn outwards until the difference is clear.
#include "tools/clientele/sensitivity/turning.hpp"

#include <cmath>

#include "output/statistics/averages.hpp"

namespace clientele::tools {

namespace {

constexpr int steps = 100;  ///< between two points that were simulated
constexpr double infinity = std::numeric_limits<double>::infinity();

class Walk {
 public:
  Walk(const Course& course, double confidence) : course_(course), confidence_(confidence) {}

  /// At a step of all, counted over all points.
  double value_at(int step) const {
    const auto [from, share] = place(step);
    return course_.values[from] + share * (course_.values[next(from)] - course_.values[from]);
  }
  output::Interval at(int step) const {
    const auto [from, share] = place(step);
    output::Futures between = course_.differences[from];
    const output::Futures& to = course_.differences[next(from)];
    for (std::size_t f = 0; f < between.values.size(); ++f)
      between.values[f] += share * (to.values[f] - between.values[f]);
    return output::interval_over(between, confidence_);
  }
  int last() const { return steps * static_cast<int>(course_.values.size() - 1); }

  /// From a step towards an end: the first value that is clear.
  double end_of_doubt(int step, int direction) const {
    for (int s = step; s >= 0 && s <= last(); s += direction) {
      const output::Interval here = at(s);
      if (std::fabs(here.mean) > here.half_width) return value_at(s);
    }
    return direction > 0 ? infinity : -infinity;
  }

 private:
  std::pair<std::size_t, double> place(int step) const {
    return {static_cast<std::size_t>(step / steps), static_cast<double>(step % steps) / steps};
  }
  std::size_t next(std::size_t from) const { return std::min(from + 1, course_.values.size() - 1); }

  const Course& course_;
  double confidence_;
};

}  // namespace

std::vector<output::Turn> turns_of(const Course& course, double confidence) {
  const Walk walk(course, confidence);
  std::vector<output::Turn> turns;
  int before = 0;  ///< the last step with a sign
  double sign = walk.at(0).mean;
  for (int step = 1; step <= walk.last(); ++step) {
    const double mean = walk.at(step).mean;
    if (mean == 0 || std::isnan(mean)) continue;
    if (sign != 0 && (mean > 0) != (sign > 0)) {
      const double from = walk.value_at(before), to = walk.value_at(step);
      const double value = from + (to - from) * sign / (sign - mean);
      turns.push_back({value, walk.end_of_doubt(before, -1), walk.end_of_doubt(step, 1), mean > 0});
    }
    sign = mean;
    before = step;
  }
  return turns;
}

}  // namespace clientele::tools
