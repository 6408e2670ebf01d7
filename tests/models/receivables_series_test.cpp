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

TEST_CASE("by hand: rates of one month, and of twelve at the most") {
  // From month 0 to 1: 40 of 100 roll, of which 2 default; 10 of 20, 2 of 8; over 90 grows from 24 to 25.
  AgedReceivables aged{
      {{100, 200}, {20, 38}, {8, 10}, {4, 2}, {24, 25}}, {{0, 0}, {0, 2}, {0, 0}, {0, 0}, {0, 1}}, {0, 1.5}, {0, 400}};
  const Series allowance = provision_matrix(aged);
  CHECK(std::isnan(allowance[0]));
  // Into over 90 came .25 x 4 = 1 of 26, so that 25 of 24 have stayed, at most .95; of those 1 in 26 defaults a month.
  const double stays = 0.95, oldest = stays / 26 / (1 - stays * 25 / 26);
  const double third = 0.25 * (1.0 / 26 + 25.0 / 26 * oldest), second = 0.25 * third, first = 0.5 * second;
  const double not_due = 40.0 / 400 * (2.0 / 40 + 38.0 / 40 * first);
  CHECK(allowance[1] == Approx(0.5 * (200 * not_due + 38 * first + 10 * second + 2 * third + 25 * oldest)));
}

TEST_CASE("what is not due may default at each month end at which it still is not") {
  const Series none(2, 0.0);
  const AgedReceivables aged{
      {{300, 300}, none, none, none, none}, {{0, 3}, none, none, none, none}, {0, 3}, {100, 100}};
  CHECK(provision_matrix(aged)[1] == Approx(300 * 1 * 3.0 / 303));  // three month ends, one of them to come
}

TEST_CASE("before the first default an allowance is 0, and rates are shares") {
  const Series none(2, 0.0);
  const AgedReceivables new_firm{
      {{10, 10}, {0, 5}, {0, 0}, {0, 0}, {0, 0}}, {none, none, none, none, none}, {0, 0}, {9, 9}};
  CHECK(provision_matrix(new_firm)[1] == 0);
  const AgedReceivables early{
      {{10, 10}, {50, 50}, {60, 60}, {70, 70}, {1, 100}}, {{0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 900}}, {0, 900}, {0, 0}};
  CHECK(provision_matrix(early)[1] <= 10 + 50 + 60 + 70 + 100);
}

}  // namespace clientele::tests
