// The spread of futures falls apart into what made it, by hand and on average, also where futures are missing.
#include "output/statistics/variance_split.hpp"

#include <cmath>
#include <limits>

#include "tests/output/normals.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::Cause;
using output::Futures;
using output::split_variance;
using output::VarianceSplit;
using sim::Luck;
using sim::People;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Two draws five times: ten of them, as many as a split needs.
std::vector<double> five_times(const std::vector<double>& two_draws) {
  std::vector<double> all;
  for (int i = 0; i < 5; ++i) all.insert(all.end(), two_draws.begin(), two_draws.end());
  return all;
}

}  // namespace

TEST_CASE("parameters, people and luck agree with a nested analysis by hand") {
  // Mean squares: draws 1000 / 9, populations 160 / 10, futures 40 / 20. So luck 2, people (16 - 2) / 2, parameters
  // (1000 / 9 - 2 - 2 x 7) / 4.
  const Futures futures{10, 4, People::paired, five_times({1, 3, 5, 7, 11, 13, 15, 17})};
  const VarianceSplit split = split_variance(futures, Luck::fresh);
  REQUIRE(split.parts.size() == 3);
  CHECK(split.parts[0].cause == Cause::parameters);
  CHECK(split.parts[0].variance == Approx(214.0 / 9));
  CHECK(split.parts[1].cause == Cause::people);
  CHECK(split.parts[1].variance == Approx(7));
  CHECK(split.parts[2].cause == Cause::luck);
  CHECK(split.parts[2].variance == Approx(2));
  CHECK(split.parts[0].share == Approx(214.0 / (214 + 81)));
  CHECK_FALSE(split.parts[1].was_negative());
}

TEST_CASE("without paired populations, people and luck stay together") {
  // Draws 1000 / 9, futures 20 x 10 / 30 = 20 / 3.
  const Futures redrawn{10, 4, People::redrawn, five_times({1, 3, 5, 7, 11, 13, 15, 17})};
  const VarianceSplit split = split_variance(redrawn, Luck::fresh);
  REQUIRE(split.parts.size() == 2);
  CHECK(split.parts[0].variance == Approx((1000.0 / 9 - 20.0 / 3) / 4));
  CHECK(split.parts[1].cause == Cause::people_and_luck);
  CHECK(split.parts[1].variance == Approx(20.0 / 3));
  Futures fixed = redrawn;
  fixed.people = People::fixed;
  CHECK(split_variance(fixed, Luck::fresh).parts[1].cause == Cause::luck);
}

TEST_CASE("with one draw parameters have no part") {
  const VarianceSplit split = split_variance({1, 4, People::paired, {1, 3, 5, 7}}, Luck::fresh);
  REQUIRE(split.parts.size() == 2);
  CHECK(split.parts[0].cause == Cause::people);
  CHECK(split.parts[0].variance == Approx(7));
  CHECK(split.parts[1].variance == Approx(2));
}

TEST_CASE("with one population a draw, parameters and people stay together") {
  const VarianceSplit split = split_variance({10, 2, People::paired, five_times({1, 3, 11, 13})}, Luck::fresh);
  REQUIRE(split.parts.size() == 2);
  CHECK(split.parts[0].cause == Cause::parameters_and_people);
  CHECK(split.parts[0].variance == Approx((500.0 / 9 - 2) / 2));  // mean squares 500 / 9 and 2
  CHECK(split.parts[1].variance == Approx(2));
}

TEST_CASE("a share is told in words that an estimate can hold") {
  CHECK(output::in_words(0.81) == "about four fifths");
  CHECK(output::in_words(0.5) == "about half");
  CHECK(output::in_words(0.01) == "hardly any");
  CHECK(output::in_words(0.99) == "nearly all");
  CHECK(output::in_words(1.0 / 3) == "about a third");
}

TEST_CASE("a negative estimate is shown as 0, and says so") {
  // Populations have equal means: people (0 - 2) / 2 = -1, and draws (1000 / 9 - 2 + 2) / 4.
  const Futures futures{10, 4, People::paired, five_times({3, 5, 3, 5, 13, 15, 13, 15})};
  const VarianceSplit split = split_variance(futures, Luck::fresh);
  REQUIRE(split.parts.size() == 3);
  CHECK(split.parts[1].variance == 0);
  CHECK(split.parts[1].was_negative());
  CHECK(split.parts[1].share == 0);
  CHECK(split.parts[0].variance == Approx(250.0 / 9));
  CHECK(split.parts[0].share + split.parts[2].share == Approx(1));
}

TEST_CASE("what cannot be split says what it needs") {
  const auto why = [](const Futures& futures, Luck luck = Luck::fresh) {
    return split_variance(futures, luck).why_missing;
  };
  CHECK_THAT(why({1, 2, People::paired, {1, 2}}), contains("4 replications"));
  CHECK_THAT(why({10, 1, People::redrawn, five_times({1, 2})}), contains("two replications or more"));
  CHECK_THAT(why({2, 2, People::redrawn, {1, 2, 3, 4}}), contains("a split needs 10 draws, here are 2"));
  CHECK_THAT(why({2, 2, People::redrawn, {1, 2, missing, missing}}), contains("only one draw has values"));
  CHECK_THAT(why({2, 2, People::redrawn, {1, 2, 3, 4}}, Luck::common), contains("share their luck"));
  CHECK_THAT(why({1, 3, People::redrawn, {0, 0, 0}}), contains("all futures are equal"));
  CHECK_THAT(why({1, 1, People::redrawn, {missing}}), contains("no value"));
}

// Variances 4, 9 and 1 in 12 draws of 3 populations, a fifth of the futures missing. Each estimate is unbiased whatever
// is missing; over 4,000 runs its mean must lie within 4 of its own standard errors, about 1 % of it. With coefficients
// of the balanced case the parameters would be off by more than a tenth.
TEST_CASE("estimates are right on average where futures are missing") {
  Normals normals(20270203);
  constexpr int runs = 4000;
  double sum[3] = {}, squares[3] = {};
  for (int run = 0; run < runs; ++run) {
    Futures futures{12, 6, People::paired, {}};
    for (int d = 0; d < 12; ++d) {
      const double draw = 2 * normals.next();
      for (int p = 0; p < 3; ++p) {
        const double people = 3 * normals.next();
        for (int l = 0; l < 2; ++l) {
          const double future = draw + people + normals.next();
          futures.values.push_back(normals.uniform() < 0.2 ? missing : future);
        }
      }
    }
    const VarianceSplit split = split_variance(futures, Luck::fresh);
    REQUIRE(split.parts.size() == 3);
    for (int i = 0; i < 3; ++i) {
      const double estimate = split.parts[i].estimate;
      sum[i] += estimate;
      squares[i] += estimate * estimate;
    }
  }
  const double truth[3] = {4, 9, 1};
  for (int i = 0; i < 3; ++i) {
    const double mean = sum[i] / runs, error = std::sqrt((squares[i] / runs - mean * mean) / runs);
    CAPTURE(i, mean, error);
    CHECK(std::fabs(mean - truth[i]) < 4 * error);
  }
}

}  // namespace clientele::tests
