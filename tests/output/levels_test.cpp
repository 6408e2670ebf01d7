// A quantile has an interval that holds it as often as it says, or says how many futures it needs.
#include "output/statistics/levels.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/output/normals.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::Futures;
using output::futures_needed;
using output::Levels;
using output::levels_of;
using sim::People;

namespace {

Futures single(std::vector<double> values) {
  const std::size_t n = values.size();
  return {n, 1, People::redrawn, std::move(values)};
}

std::vector<double> count_to(std::size_t n) {
  std::vector<double> values(n);
  std::iota(values.begin(), values.end(), 1.0);
  return values;
}

}  // namespace

TEST_CASE("each quantile says how many independent futures its interval needs") {
  CHECK(futures_needed(0.95, 0.95) == 72);
  CHECK(futures_needed(0.05, 0.95) == 72);
  CHECK(futures_needed(0.99, 0.95) == 368);
  CHECK(futures_needed(0.5, 0.95) == 6);
  const Levels few = levels_of(single(count_to(71)), {0.5, 0.95}, 0.95, output::not_known);
  CHECK(few.quantiles[0].why_missing.empty());
  CHECK(std::isnan(few.quantiles[1].value));
  CHECK_THAT(few.quantiles[1].why_missing,
             contains("the 95 % quantile needs 72 independent futures, here are 71 sets of assumptions"));
  CHECK(levels_of(single(count_to(72)), {0.95}, 0.95, output::not_known).quantiles[0].high == 72);
}

TEST_CASE("futures of a few draws are no more independent than their draws") {
  const Levels levels = levels_of({10, 50, People::redrawn, count_to(500)}, {0.95}, 0.95, output::not_known);
  CHECK_THAT(levels.quantiles[0].why_missing, contains("needs 72 independent futures, here are 10 sets"));
}

TEST_CASE("the ends of an interval are the ranks of the binomial law") {
  const Levels levels = levels_of(single(count_to(100)), {0.5}, 0.95, output::not_known);
  CHECK(levels.quantiles[0].value == Approx(50.5));
  CHECK(levels.quantiles[0].low == 40);  // ranks 40 and 61 of 100: 2.8 % would be beyond 41 and 60
  CHECK(levels.quantiles[0].high == 61);
  CHECK(levels.mean.mean == Approx(50.5));
  CHECK(levels.prediction.low == Approx(5.05));
}

// The 95 % quantile of a lognormal law with a heavy tail, 2,000 samples of 100: conservative, so that at least 95 %
// less 4 standard errors of 0.5 points are held, and at each end at most 2.5 % and 4 of 0.35 are missed.
TEST_CASE("the interval of a quantile holds it as often as it says, whatever the law") {
  const double truth = std::exp(2 * 1.6448536);
  Normals normals(20270207);
  int held = 0, above = 0, below = 0;
  for (int sample = 0; sample < 2000; ++sample) {
    std::vector<double> values(100);
    for (double& value : values) value = std::exp(2 * normals.next());
    const output::Quantile quantile = levels_of(single(values), {0.95}, 0.95, output::not_known).quantiles[0];
    held += quantile.low <= truth && truth <= quantile.high ? 1 : 0;
    above += truth < quantile.low ? 1 : 0;
    below += quantile.high < truth ? 1 : 0;
  }
  CHECK(held > 0.93 * 2000);
  CHECK(above < 0.039 * 2000);
  CHECK(below < 0.039 * 2000);
}

// 80 draws of 5 futures that agree in all but a tenth of their variance: the 90 % quantile of the mixture. Order
// statistics of 400 futures taken as independent would hold it about 60 times in 100.
TEST_CASE("the interval of a quantile holds it where futures of a draw agree") {
  const double truth = 1.2815516 * std::sqrt(1.1);
  Normals normals(20270208);
  int held = 0, held_naively = 0;
  for (int sample = 0; sample < 1000; ++sample) {
    Futures futures{80, 5, People::redrawn, {}};
    for (int d = 0; d < 80; ++d) {
      const double draw = normals.next();
      for (int r = 0; r < 5; ++r) futures.values.push_back(draw + std::sqrt(0.1) * normals.next());
    }
    const auto holds = [&](const Futures& all) {
      const output::Quantile quantile = levels_of(all, {0.9}, 0.95, output::not_known).quantiles[0];
      return quantile.low <= truth && truth <= quantile.high;
    };
    held += holds(futures) ? 1 : 0;
    held_naively += holds(single(futures.values)) ? 1 : 0;
  }
  CHECK(held > 0.92 * 1000);
  CHECK(held_naively < 0.8 * 1000);
}

}  // namespace clientele::tests
