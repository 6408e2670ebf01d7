// The values of a number at which a difference turns its sign, with what simulation error leaves open.
#pragma once
#include <vector>

#include "output/statistics/futures.hpp"
#include "output/statistics/hangs_on.hpp"

namespace clientele::tools {

/// What a number is moved to, ascending, and the differences there.
struct Course {
  std::vector<double> values;
  std::vector<output::Futures> differences;  ///< on common luck, so that futures are courses of their own
};

/// Straight between the points that were simulated, future by future; the interval holds all values around the turn at
/// which a difference of 0 is not refused (t test over futures: Fieller's). An end of it that lies beyond the points is
/// infinite. At a value whose difference is 0 in every future nothing turns.
std::vector<output::Turn> turns_of(const Course& course, double confidence = 0.95);

}  // namespace clientele::tools
