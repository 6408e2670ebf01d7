// Three statements on a pair of policies that lived the same luck, never mixed: average, one life, chances.
#pragma once
#include <cstddef>

#include "output/statistics/chances.hpp"
#include "output/statistics/lives.hpp"
#include "output/statistics/paired.hpp"
#include "output/statistics/range.hpp"
#include "output/statistics/variance_split.hpp"

namespace clientele::output {

/// How sure an interval is: alone, and so that all `shown` intervals of an answer hold together (Bonferroni: each of
/// them errs in 5 % / shown; it needs nothing of how they depend on each other).
struct Certainty {
  double alone = 0.95;
  std::size_t shown = 1;
  double together() const { return 1 - (1 - alone) / static_cast<double>(shown); }
};

/// What a policy changes in a KPI against a baseline.
struct Statements {
  Interval average;                ///< precision of the average, over units; alone
  double half_width_together = 0;  ///< the same, together with all that is shown
  Unit unit = Unit::replications;  ///< what the average counts as independent
  Range life;                      ///< what one firm may live
  Chance lives;                    ///< of single lives; its interval holds together with all that is shown
  Chance draws;                    ///< of draws, by their means; empty with one draw
  VarianceSplit split;             ///< of a single life's difference
  double lives_saved = 0;          ///< lives that independent runs would need for one of ours, as variance ratio
  std::size_t pairs = 0, missing = 0;
};

/// Pairs with a missing side are left out and counted.
Statements statements_of(const Lives& policy, const Lives& baseline, sim::Direction direction, sim::Luck luck,
                         const Certainty& certainty = {});

/// (var a + var b) / var (a - b) over independent units: how many times as many lives two independent runs would need
/// to tell the average difference as precisely. Infinite where the difference never varies, NaN below two units.
double variance_ratio(const Lives& policy, const Lives& baseline);

}  // namespace clientele::output
