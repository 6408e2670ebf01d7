// Seasons and arrivals, fitted to counts whose truth is known.
#include <cmath>
#include <random>

#include "models/fit/season.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

const double true_season[12] = {.8, .7, .95, 1, 1.05, .9, .85, .8, 1.1, 1.2, 1.25, 1.4};

models::MonthlyCounts years(int months, double level, double spread, unsigned seed, int first = 4) {
  std::mt19937_64 luck(seed);
  models::MonthlyCounts history{first};
  for (int t = 0; t < months; ++t) {
    history.exposure.push_back(level * std::pow(1.01, t));
    double mean = history.exposure.back() * true_season[(t + first) % 12];
    if (spread > 0) mean *= std::gamma_distribution<double>(1 / spread, spread)(luck);
    history.counts.push_back(std::poisson_distribution<int>(mean)(luck));
  }
  return history;
}

}  // namespace

TEST_CASE("factors of a season have mean 1 and intervals that hold the truth, also where months vary beyond Poisson") {
  for (const double spread : {0.0, 0.02}) {
    int held = 0, all = 0;
    double dispersion = 0;
    for (unsigned seed = 1; seed <= 40; ++seed) {
      const models::SeasonFit fit = models::fit_season(years(48, 300, spread, seed));
      REQUIRE(fit.is_found());
      double sum = 0;
      for (int k = 0; k < 12; ++k) {
        sum += fit.factors[k].value, all += 1;
        held += fit.factors[k].low < true_season[k] && true_season[k] < fit.factors[k].high;
      }
      CHECK(sum == Approx(12).epsilon(1e-12));
      dispersion += fit.overdispersion / 40;
    }
    INFO("spread " << spread << ": " << held << " of " << all);
    CHECK(held >= 0.91 * all);
    CHECK(held <= 0.99 * all);
    CHECK(dispersion > (spread > 0 ? 3 : 0.9));
  }
}

TEST_CASE("a season of less than two years, or of months without orders, is not known") {
  CHECK_THAT(models::fit_season(years(23, 300, 0, 1)).why_not, contains("only 23 whole months"));
  CHECK_THAT(models::fit_season(years(24, 2, 0, 1)).why_not, contains("orders (10 are needed)"));
  CHECK(models::fit_season(years(24, 300, 0, 1)).is_found());
}

TEST_CASE("arrivals are Poisson where they vary no more, and negative binomial where they do") {
  int poisson = 0, spread = 0, held = 0;
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937_64 luck(seed);
    models::MonthlyCounts even, uneven;
    for (int t = 0; t < 24; ++t) {
      const double season = true_season[t % 12];
      even.exposure.push_back(season), uneven.exposure.push_back(season);
      even.counts.push_back(std::poisson_distribution<int>(30 * season)(luck));
      const double month = std::gamma_distribution<double>(4, 0.25)(luck);
      uneven.counts.push_back(std::poisson_distribution<int>(30 * season * month)(luck));
    }
    const models::ArrivalFit one = models::fit_arrivals(even), two = models::fit_arrivals(uneven);
    REQUIRE(one.fit.is_found());
    REQUIRE(two.fit.is_found());
    poisson += one.is_poisson, spread += !two.is_poisson;
    held += two.fit.estimates[0].low < 30 && 30 < two.fit.estimates[0].high;
  }
  CHECK(poisson >= 35);
  CHECK(spread >= 39);
  CHECK(held >= 34);
  models::MonthlyCounts nobody{0, std::vector<double>(12, 0), std::vector<double>(12, 1)};
  CHECK(models::fit_arrivals(nobody).fit.why_not == "nobody came in 12 months");
}

}  // namespace clientele::tests
