// Three statements on a pair of policies that shared their luck, never mixed: average, one future, chances.
#pragma once
#include <cstddef>

#include "output/statistics/averages.hpp"
#include "output/statistics/chances.hpp"
#include "output/statistics/futures.hpp"
#include "output/statistics/prediction.hpp"
#include "output/statistics/variance_split.hpp"

namespace clientele::output {

/// How sure an interval is: alone, and so that all `shown` intervals of an answer hold together (Bonferroni: each of
/// them errs in 5 % / shown; it needs nothing of how they depend on each other).
struct Certainty {
  double alone = 0.95;
  std::size_t shown = 1;
  double together() const { return 1 - (1 - alone) / static_cast<double>(shown); }
};

/// What futures are of.
struct Circumstances {
  sim::Direction direction = sim::Direction::neither;
  sim::Luck luck = sim::Luck::fresh;
  double share_of_ten_largest = not_known;
  Certainty certainty = {};
};

/// What a policy changes in a KPI against a baseline. Intervals hold alone where nothing else is said.
struct Statements {
  Interval average;                ///< precision of the average, over units
  double half_width_together = 0;  ///< the same, together with all that is shown
  Unit unit = Unit::replications;  ///< what the average counts as independent
  Prediction range;                ///< where one more future falls
  Chance futures;                  ///< of single futures
  Chance draws;                    ///< of draws, by their means; empty with one draw
  VarianceSplit split;             ///< of a single future's difference
  double futures_saved = 0;        ///< see variance_ratio
  std::size_t pairs = 0, missing = 0;
};

/// How precisely the average difference of a pair is known, at the confidence of an interval that stands alone: while a
/// run goes on and when it is told.
Interval average_difference(const Futures& policy, const Futures& baseline, const Circumstances& circumstances);

/// Pairs with a missing side are left out and counted.
Statements statements_of(const Futures& policy, const Futures& baseline, const Circumstances& circumstances);

/// (var a + var b) / var (a - b): how many times as many futures two independent runs would need to tell the average
/// difference as precisely. From the part inside draws, since a draw of parameters may move both sides together or
/// apart; with one draw over all. Infinite where the difference never varies; NaN where no draw has two replications.
double variance_ratio(const Futures& policy, const Futures& baseline);

/// One significant digit, two where it begins with 1: "30", "9", "120".
std::string about(double number);

}  // namespace clientele::output
