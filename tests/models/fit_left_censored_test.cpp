// A base that was there before its books, and newcomers, each with a law of its own that the fit finds.
#include <algorithm>
#include <cmath>
#include <random>

#include "models/fit/buying.hpp"
#include "models/fit/left_censored.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

struct BuyingLaw {
  double r, alpha, s, beta;
};

/// Orders from `from` on until the end of the books or of the customer; whoever orders never is not in the books.
void live(models::FirstSeen& books, const BuyingLaw& law, double from, bool orders_at_once, std::mt19937_64& luck) {
  std::exponential_distribution<double> unit(1);
  const double rate = std::gamma_distribution<double>(law.r, 1 / law.alpha)(luck);
  const double hazard = std::gamma_distribution<double>(law.s, 1 / law.beta)(luck);
  const double end = std::min(books.end, from + unit(luck) / hazard);
  double t = from, first = orders_at_once ? from : -1, last = from, x = 0;
  while ((t += unit(luck) / rate) < end) {
    if (first < 0)
      first = t;
    else
      x += 1;
    last = t;
  }
  if (first < 0) return;
  books.first.push_back(first), books.repeat.push_back(x), books.last.push_back(last);
}

}  // namespace

TEST_CASE("the law of a base is found from what follows first seen orders, where the usual law is biased") {
  const BuyingLaw old{1.2, 3, 2, 40}, fresh{.8, 3, .9, 6};
  int rate = 0, hazard = 0, newcomers = 0, base = 0, biased = 0, shape = 0;
  constexpr int bases = 6;
  for (unsigned seed = 1; seed <= bases; ++seed) {
    std::mt19937_64 luck(seed);
    models::FirstSeen books{24, 8};
    for (int i = 0; i < 1200; ++i) live(books, old, 0, false, luck);
    for (int i = 0; i < 500; ++i) live(books, fresh, 8 + 16 * (i + 0.5) / 500, true, luck);
    const models::LeftCensoredFit fit = models::fit_left_censored(books);
    INFO(seed << ": " << fit.there.why_not << " / " << fit.came.why_not);
    REQUIRE(fit.there.is_found());
    REQUIRE(fit.came.is_found());
    const auto mean_rate = [](const std::vector<double>& v) { return v[0] / v[1]; };
    const auto mean_hazard = [](const std::vector<double>& v) { return v[2] / v[3]; };
    const models::Estimate of_rate = models::estimate_of(fit.there, mean_rate);
    const models::Estimate of_hazard = models::estimate_of(fit.there, mean_hazard);
    rate += of_rate.low < 0.4 && 0.4 < of_rate.high, hazard += of_hazard.low < 0.05 && 0.05 < of_hazard.high;
    shape += fit.there.estimates[0].low < 1.2 && 1.2 < fit.there.estimates[0].high;
    newcomers += std::fabs(mean_rate(fit.came.values) / (.8 / 3) - 1) < 0.35;
    base += std::fabs(fit.base / 1200 - 1) < 0.1;
    // The same customers by the usual law, as if their first seen order had made them customers.
    models::BuyingHistory usual;
    for (std::size_t i = 0; i < books.rows(); ++i)
      if (books.first[i] < books.run_in) {
        usual.repeat.push_back(books.repeat[i]), usual.last.push_back(books.last[i] - books.first[i]);
        usual.seen.push_back(books.end - books.first[i]);
      }
    const models::Fitted wrong = models::fit_buying(usual, models::BuyingModel::pareto_nbd);
    biased += !wrong.is_found() || mean_rate(wrong.values) > of_rate.high;
  }
  INFO(rate << " " << hazard << " " << shape << " " << newcomers << " " << base << " " << biased);
  CHECK(rate >= bases - 3);
  CHECK(hazard >= bases - 3);
  CHECK(shape >= bases - 3);
  CHECK(newcomers >= bases - 2);
  CHECK(base >= bases - 2);
  CHECK(biased >= bases - 2);
}

TEST_CASE("a run-in that tells too few apart is warned of, and too few customers are said") {
  std::mt19937_64 luck(2);
  models::FirstSeen books{24, 2};
  for (int i = 0; i < 1500; ++i) live(books, {1.2, 6, 2, 40}, 0, false, luck);
  for (int i = 0; i < 200; ++i) live(books, {.8, 3, .9, 6}, 2 + 22 * (i + 0.5) / 200, true, luck);
  const models::LeftCensoredFit fit = models::fit_left_censored(books);
  INFO(fit.there.why_not);
  REQUIRE(fit.there.is_found());
  CHECK(fit.mistaken > 200);
  if (fit.came.is_found()) CHECK_THAT(fit.came.caution, contains("were there before"));
  models::FirstSeen few{24, 6, {1, 2, 9}, {3, 0, 1}, {8, 2, 12}};
  CHECK_THAT(models::fit_left_censored(few).there.why_not, contains("only 1 customers of the first months"));
}

}  // namespace clientele::tests
