// Series of receivables by hand: cash that is summed up, days that are counted back, losses that come out of an ageing.
#include "models/receivables_series.hpp"

#include <cmath>

#include "tests/support/catch.hpp"

namespace clientele::tests {

using models::AgedReceivables;
using models::count_back;
using models::cumulated;
using models::provision_matrix;
using sim::Series;

namespace {

/// What follows from known rates: `sold` is not due at the end of its month and rolls on by `rolls`; of what is over 90
/// days overdue a share of 1 / `months` is settled in a month, `lost` of that written off and the rest paid.
AgedReceivables aged_by(const Series& sold, const std::vector<double>& rolls, double lost, double months) {
  AgedReceivables aged{std::vector<Series>(models::ages), {}};
  std::vector<double> now(models::ages, 0);
  for (const double sale : sold) {
    const std::vector<double> before = now;
    const double settled = before[4] / months;
    now = {sale, rolls[0] * before[0], rolls[1] * before[1], rolls[2] * before[2],
           before[4] - settled + rolls[3] * before[3]};
    for (std::size_t age = 0; age < models::ages; ++age) aged.balances[age].push_back(now[age]);
    aged.written_off.push_back(lost * settled);
  }
  return aged;
}

/// Sales that grow and fall, so that no rate comes out because all months are alike.
Series uneven_sales(std::size_t months) {
  Series sales;
  for (std::size_t t = 0; t < months; ++t) sales.push_back(1000 + 37 * static_cast<double>(t * t % 11));
  return sales;
}

}  // namespace

TEST_CASE("cash is summed up from month 0 on") {
  CHECK(cumulated({5, -8, 0, 4}) == Series{5, -3, -3, 1});
  CHECK(cumulated({}).empty());
}

TEST_CASE("a balance is counted back over the latest sales until it is exhausted") {
  // 250 at the end of month 2: all of 100, all of 120, and 30 of 300: 30 + 30 + 30 x 30 / 300 days.
  CHECK(count_back({150, 60, 250}, {300, 120, 100}) == Series{15, 15, 63});
  CHECK(count_back({300, 420, 520}, {300, 120, 100}) == Series{30, 60, 90});
}

TEST_CASE("days are missing where sales since month 0 do not exhaust the balance, and 0 where nothing is owed") {
  const Series days = count_back({301, 0, 521}, {300, 120, 100});
  CHECK(std::isnan(days[0]));
  CHECK(days[1] == 0);
  CHECK(std::isnan(days[2]));
  CHECK(count_back({0}, {0}) == Series{0});
  CHECK(count_back({70, 70}, {100, 0})[1] == 51);  // a month without sales exhausts nothing, and is passed
}

TEST_CASE("a balance of all sales in cents is exhausted, though its parts do not add up in binary") {
  Series sales, balance;
  std::int64_t cents = 0;
  for (std::int64_t t = 0; t < 24; ++t) {
    sales.push_back(0.01 * static_cast<double>(1010 + 7 * t));
    balance.push_back(0.01 * static_cast<double>(cents += 1010 + 7 * t));
  }
  const Series days = count_back(balance, sales);
  for (std::size_t t = 0; t < 24; ++t) CHECK(days[t] == Approx(30.0 * static_cast<double>(t + 1)).epsilon(1e-9));
}

TEST_CASE("steady growth: counting back tells the days that are owed, where balance over all sales does not") {
  Series sales, balance;
  for (std::size_t t = 0; t < 12; ++t) {
    sales.push_back(t == 0 ? 100 : 1.1 * sales.back());
    balance.push_back(t == 0 ? 100 : sales[t] + 0.5 * sales[t - 1]);  // this month's, and half of last month's
  }
  CHECK(count_back(balance, sales).back() == Approx(45));
}

TEST_CASE("known roll rates and a known share that is lost come out of the balances, month by month") {
  const std::vector<double> rolls{0.3, 0.4, 0.5, 0.8};
  const double lost = 0.6;
  const AgedReceivables aged = aged_by(uneven_sales(40), rolls, lost, 12);
  const Series allowance = provision_matrix(aged);
  // What of each age is lost in the end: .8 x .6 of 61 to 90 days, half of that of the age before, and so on.
  const double by_age[] = {0.3 * 0.4 * 0.5 * 0.8 * 0.6, 0.4 * 0.5 * 0.8 * 0.6, 0.5 * 0.8 * 0.6, 0.8 * 0.6, 0.6};
  for (std::size_t t = 20; t < 40; ++t) {
    double known = 0;
    for (std::size_t age = 0; age < models::ages; ++age) known += by_age[age] * aged.balances[age][t];
    CHECK(allowance[t] == Approx(known).epsilon(1e-9));
  }
}

TEST_CASE("an allowance is what will be written off of all that is open when nothing more is sold") {
  const Series before = uneven_sales(30);
  Series sold = before;
  sold.resize(500, 0);
  const AgedReceivables all = aged_by(sold, {0.3, 0.4, 0.5, 0.8}, 0.6, 12);
  double to_come = 0;
  for (std::size_t t = 30; t < 500; ++t) to_come += all.written_off[t];
  CHECK(provision_matrix(aged_by(before, {0.3, 0.4, 0.5, 0.8}, 0.6, 12)).back() == Approx(to_come).epsilon(1e-9));
}

TEST_CASE("in a steady state 61 to 90 days lose what is written off over their balance, however long the oldest stay") {
  for (const double months : {1.0, 4.0, 30.0}) {
    const AgedReceivables aged = aged_by(Series(600, 1000), {0.3, 0.4, 0.5, 0.8}, 0.25, months);
    const std::vector<double> rates = models::loss_rates(models::rolled_in_a_year(aged, 599), 12);
    CHECK(rates[3] == Approx(0.8 * 0.25).epsilon(1e-6));
    CHECK(rates[0] == Approx(0.3 * 0.4 * 0.5 * 0.8 * 0.25).epsilon(1e-6));
    // Of what is over 90 days overdue, with twelve months assumed: .25 x 12 / months, but no less than 61 to 90 lose.
    CHECK(rates[4] == Approx(months < 12 ? std::min(1.0, 0.25 * 12 / months) : 0.2).epsilon(1e-6));
  }
}

TEST_CASE("by hand: rates of one month, and of twelve at the most") {
  // From month 0 to 1: 40 of 100 roll, 10 of 20, 2 of 8, and over 90 grows from 24 to 25 while 1 is written off.
  AgedReceivables aged{{{100, 200}, {20, 40}, {8, 10}, {4, 2}, {24, 25}}, {0, 1}};
  const Series allowance = provision_matrix(aged);
  CHECK(std::isnan(allowance[0]));
  // r(over 90) = 12 x 1 / 24 = .5; into it came 25 - 24 + 1 / .5 = 3 of 4; so .375, .25 x .375, .5 x that, .4 x that.
  const double third = 0.25 * 0.375, second = 0.5 * third, first = 0.4 * second;
  CHECK(allowance[1] == Approx(200 * first + 40 * second + 10 * third + 2 * 0.375 + 25 * 0.5));
  // Nothing happens from then on. Twelve months later what came from month 0 to 1 still counts, and then no longer.
  for (std::size_t age = 0; age < models::ages; ++age)
    aged.balances[age].resize(14, age == 0 || age == 4 ? aged.balances[age][1] : 0);
  aged.written_off.resize(14, 0);
  CHECK(provision_matrix(aged)[12] > 0);
  CHECK(provision_matrix(aged)[13] == 0);
}

TEST_CASE("rates are shares: more that rolls than was there counts as all of it, and what nothing tells as nothing") {
  const AgedReceivables early{{{10, 10}, {50, 50}, {60, 60}, {70, 70}, {1, 100}}, {0, 9}};
  CHECK(provision_matrix(early)[1] == 10 + 50 + 60 + 70 + 100);  // 50 of 10, 60 of 50, 70 of 60, 108 of 70, 108 of 1
  const AgedReceivables new_firm{{{10, 10}, {0, 5}, {0, 0}, {0, 0}, {0, 0}}, {0, 0}};
  CHECK(provision_matrix(new_firm)[1] == 0);
}

}  // namespace clientele::tests
