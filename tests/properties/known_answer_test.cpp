// The shipped study with a known answer: the simulation finds what its formula says, and its intervals hold it.
#include "tests/properties/known_answer.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>

namespace clientele::tests {

namespace {

/// "-99,003"
std::string with_commas(double number, bool plus) {
  std::string text = std::to_string(std::llround(std::fabs(number)));
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return (number < 0 ? "-" : plus ? "+" : "") + text;
}

// Mistakes that are easily made, and would be seen.

/// If care helped from its second month on only.
double gain_of_care_if_late(const Known& known) {
  const Worth today(known, granted_by_policies[0]), care(known, granted_by_policies[1]);
  const double months = 1 + today.stays / care.stays * (care.months - 1);
  return known.customers * care.of_month * months - today.npv;
}

/// If what is invoiced all came in, so that longer terms cost capital alone.
double gain_of_60_days_if_all_pay(const Known& known) {
  const Worth today(known, granted_by_policies[0]), longer(known, granted_by_policies[3]);
  const auto more = [&](const Worth& worth, int months) {
    return worth.orders * 500 * (std::pow(1 + known.discount_rate, -months) - worth.invoiced);
  };
  return gain_of(known, 3) + known.customers * today.months * (more(longer, 2) - more(today, 1));
}

std::string text_of_the_study() {
  std::ifstream file(known_answer_file);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("the tables at the head of the study are what its formula says") {
  const std::string text = text_of_the_study();
  const Known known;
  const auto expect_row = [&](const std::string& row) {
    INFO(row);
    CHECK(text.find("#   " + row + "\n") != std::string::npos);
  };
  for (std::size_t policy = 0; policy < granted_by_policies.size(); ++policy) {
    const Worth worth(known, granted_by_policies[policy]);
    const std::string gain = policy == 0 ? "" : with_commas(gain_of(known, policy), true);
    char row[200];
    std::snprintf(row, sizeof row, "%-9s  %.6f  %.6f  %.4f   %.6f  %.6f   %s", granted_by_policies[policy].policy,
                  worth.invoiced, worth.orders, worth.of_month, worth.stays, worth.months,
                  with_commas(worth.npv, false).c_str());
    expect_row(row + (gain.empty() ? "" : std::string(13 - gain.size(), ' ') + gain));
  }
  for (const std::size_t policy : {1U, 4U}) {
    std::string row = policy == 1 ? "care                    " : "all three               ";
    for (const double hazard : {0.005, 0.01, 0.015, 0.02, 0.03, 0.05}) {
      Known at;
      at.hazard = hazard;
      const std::string gain = with_commas(gain_of(at, policy), true);
      row += std::string(10 - gain.size(), ' ') + gain;
    }
    expect_row(row);
  }
}

// 150 futures of 2,000 customers know the gains to 2.4 % (care), 0.7 % (discount), 1.6 % (60 days) and 2 % (all three).
// With 4.5 standard errors a gain that is off by 6.1 of them, 15 % of care's and 4 % of the discount's, is found in 95
// of 100 (by night 3 and 1 %); right ones are refused once in 150,000.
TEST_CASE("gains, levels and customers are what the formula says") {
  const Known known;
  const KnownStudy study(known);
  const auto npv = study.futures("npv", 150, study.seed());
  for (std::size_t policy = 0; policy < granted_by_policies.size(); ++policy) {
    INFO(granted_by_policies[policy].policy);
    const Worth worth(known, granted_by_policies[policy]);
    CHECK(average_of(npv[policy].values).off(worth.npv) < 4.5);
    if (policy == 0) continue;
    const Average gain = average_of(output::difference(npv[policy], npv[0]).values);
    CHECK(gain.off(gain_of(known, policy)) < 4.5);
    CHECK(gain.error < (policy == 2 ? 0.009 : 0.03) * std::fabs(gain_of(known, policy)));
  }
  const auto at_end = study.futures("customers_at_end", 30, study.seed());
  for (std::size_t policy = 0; policy < granted_by_policies.size(); ++policy)
    CHECK(average_of(at_end[policy].values).off(Worth(known, granted_by_policies[policy]).at_end) < 4.5);

  CHECK(average_of(output::difference(npv[1], npv[0]).values).off(gain_of_care_if_late(known)) > 6);
  CHECK(average_of(output::difference(npv[3], npv[0]).values).off(gain_of_60_days_if_all_pay(known)) > 6);
}

TEST_CASE("gains follow the formula where its numbers are other ones, and turn where it says") {
  Known known;
  known.customers = 500;
  std::vector<Known> points;
  for (const double hazard : {0.005, 0.0179, 0.06}) points.push_back(known), points.back().hazard = hazard;
  points.push_back(known), points.back().discount_rate = 0.003;
  points.push_back(known), points.back().default_chance = 0;
  points.push_back(known), points.back().elasticity = -2;
  for (const Known& point : points) {
    const KnownStudy study(point);
    const auto npv = study.futures("npv", 50, 77);
    for (std::size_t policy = 1; policy < granted_by_policies.size(); ++policy) {
      INFO(granted_by_policies[policy].policy << " at " << point.hazard << " " << point.discount_rate << " "
                                              << point.default_chance << " " << point.elasticity);
      CHECK(average_of(output::difference(npv[policy], npv[0]).values).off(gain_of(point, policy)) < 4.5);
    }
  }
  const auto gain = [&](std::size_t policy, double Known::*number, double value) {
    Known at;
    at.*number = value;
    return gain_of(at, policy);
  };
  CHECK((gain(1, &Known::hazard, 0.0175) < 0 && gain(1, &Known::hazard, 0.0185) > 0));
  CHECK((gain(2, &Known::elasticity, -3.25) < 0 && gain(2, &Known::elasticity, -3.35) > 0));
  CHECK((gain(3, &Known::discount_rate, 0.0075) < 0 && gain(3, &Known::discount_rate, 0.0065) > 0));
}

// The same study from 200 seeds, smaller and with customers who are more alike, so that ten of them have a tenth of
// sales. Intervals of 20 futures cover 93 of 100 or more where gains are as skew as care's, and 171 of 200 seeds or
// fewer have a chance of 1 in 6,000 then. An engine whose mean is off by 1.2 standard errors of 20 futures (they would
// cover 79 of 100) is refused in 99 of 100; intervals that never miss have a chance of 1 in 28,000.
TEST_CASE("over seeds, the intervals that are printed hold the formula's gains as often as they say") {
  Known small;
  small.customers = 200, small.months = 12;
  small.shape_of_rates = 10, small.spread_of_values = 0.2;
  const KnownStudy study(small);
  REQUIRE(study.share_of_ten_largest() < 0.1);
  const KnownCoverage coverage = coverage_over_seeds(study, 20, 200);
  for (std::size_t policy = 1; policy < granted_by_policies.size(); ++policy) {
    CAPTURE(granted_by_policies[policy].policy, coverage.of(policy));
    CHECK(coverage.held[policy] > 171);
    CHECK(coverage.held[policy] < coverage.seeds);
  }
  CAPTURE(coverage.of_all());
  CHECK(coverage.together > 177);  // 177 or fewer at 95 of 100: 1 in 5,000
}

}  // namespace clientele::tests
