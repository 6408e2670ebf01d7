// The line of progress says what is known, and a dash for what is not.
#include "tools/clientele/pace.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/output/invented.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using tools::as_time;
using tools::line_of;
using tools::Pace;
using tools::Precision;

TEST_CASE("a line says how far, how fast, how long, and how sure") {
  CHECK(line_of({0.61, 3'500'000'000, 78, "npv", "EUR", 110'000}) ==
        " 61 %  3.500 bn customer-months  44.87 M/s  0:50 left  npv difference ±110.0 k EUR");
  CHECK(line_of({1, 2'000'000, 2, "dso", "", 0.5}) ==
        "100 %  2.000 M customer-months  1.000 M/s  0:00 left  dso difference ±0.500");
}

TEST_CASE("what is not known yet is a dash") {
  CHECK(line_of({0, 0, 0, "npv", "EUR"}) == "  0 %  0 customer-months  -/s  - left  npv difference -");
  CHECK(line_of({0.5, 1000, 10, "", ""}) == " 50 %  1000 customer-months  100.0/s  0:10 left");
}

TEST_CASE("what an earlier run has done is no measure of the pace") {
  CHECK(line_of({.done = 0.75, .customer_months = 1000, .seconds = 10, .done_before = 0.5}) ==
        " 75 %  1000 customer-months  100.0/s  0:10 left");
  CHECK(line_of({.done = 0.5, .customer_months = 0, .seconds = 3, .done_before = 0.5}) ==
        " 50 %  0 customer-months  -/s  - left");
}

TEST_CASE("a currency cannot steer a terminal") {
  CHECK(line_of({0.5, 1000, 10, "npv", "\x1b[2J", 1}).find('\x1b') == std::string::npos);
}

TEST_CASE("times have hours where there are some") {
  CHECK(as_time(0.4) == "0:00");
  CHECK(as_time(75) == "1:15");
  CHECK(as_time(3675) == "1:01:15");
  CHECK(as_time(-1) == "-");
}

TEST_CASE("precision is the widest paired interval against the baseline, once every policy has two differences") {
  Invented all = invented();
  all.study.draws = 0;
  all.study.population.people = sim::People::redrawn;
  Precision precision(all.study, all.info, output::not_known);
  CHECK(precision.headline() == "npv");
  CHECK(precision.unit() == "EUR");
  std::vector<output::Futures> futures(3, {1, all.study.replications, sim::People::redrawn, {}});
  for (output::Futures& of : futures)
    of.values.assign(all.study.replications, std::numeric_limits<double>::quiet_NaN());
  const auto add = [&](std::uint32_t policy, std::uint32_t replication) {
    const sim::CellOutcome& outcome = all.outcomes.at({0, policy, 0, replication});
    precision.add(outcome);
    futures[policy].values[replication] = sim::evaluate(all.info.kpis[0], all.info, all.study.money_quantum, outcome);
  };
  for (std::uint32_t policy = 0; policy < 3; ++policy) add(policy, 0);
  precision.add(all.outcomes.at({1, 0, 0, 1}));  // of another scenario
  CHECK(std::isnan(precision.half_width()));
  add(0, 1);
  add(1, 1);
  CHECK(std::isnan(precision.half_width()));
  add(2, 1);
  const auto half_width = [&](std::uint32_t policy) {
    return output::interval_over(output::difference(futures[policy], futures[0])).half_width;
  };
  CHECK(precision.half_width() == std::max(half_width(1), half_width(2)));
  CHECK(half_width(1) != half_width(2));
}

TEST_CASE("where the answer has no interval, since a few customers decide, the run tells none") {
  const Invented all = invented();
  Precision known(all.study, all.info, 0.05), few_decide(all.study, all.info, 0.4);
  for (const auto& [cell, outcome] : all.outcomes) known.add(outcome), few_decide.add(outcome);
  CHECK(known.half_width() > 0);
  CHECK(std::isnan(few_decide.half_width()));
}

TEST_CASE("one policy has nothing to be compared with") {
  Invented all = invented();
  all.study.policies.resize(1);
  const Precision precision(all.study, all.info, output::not_known);
  CHECK(precision.headline().empty());
  CHECK(std::isnan(precision.half_width()));
}

}  // namespace clientele::tests
