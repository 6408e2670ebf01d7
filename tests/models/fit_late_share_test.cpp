// Shares of late deliveries by hand: what months that differ do to the interval, and when groups have their own.
#include <cmath>

#include "models/fit/late_share.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

TEST_CASE("months that differ by more than luck make the interval one of fewer deliveries") {
  // A fifth of 4 x 50 is late: 10 each would be luck at its best, chi-square (16 + 16 + 4 + 4) / 8 over 3.
  const models::LateDeliveries found = models::late_deliveries({{6, 50}, {14, 50}, {8, 50}, {12, 50}});
  CHECK(found.late == 40);
  CHECK(found.all == 200);
  CHECK(found.share() == 0.2);
  CHECK(found.dispersion == Approx(40.0 / 8 / 3));
  const models::LateDeliveries even = models::late_deliveries({{10, 50}, {10, 50}, {10, 50}, {10, 50}});
  CHECK(even.dispersion == 1);
  // Jeffreys' interval of 40 of 200, by the quantiles of Beta(40.5, 160.5) of another library.
  CHECK(even.quantile(.025) == Approx(.14910).margin(1e-5));
  CHECK(even.quantile(.975) == Approx(.25951).margin(1e-5));
  CHECK(found.quantile(.975) - found.quantile(.025) ==
        Approx(std::sqrt(found.dispersion) * (even.quantile(.975) - even.quantile(.025))).epsilon(.02));
}

TEST_CASE("months in which little is to be expected say nothing of how months differ") {
  const std::vector<models::MonthOfDeliveries> few{{0, 10}, {9, 10}, {0, 10}, {1, 10}, {20, 100}, {26, 100}};
  CHECK(models::late_deliveries(few).dispersion == 1);
  CHECK_FALSE(models::late_deliveries({}).is_known());
  CHECK(models::late_deliveries({}).share() == 0);
  CHECK(models::late_deliveries({{0, 30}, {0, 30}, {0, 30}}).dispersion == 1);
}

TEST_CASE("groups differ where their shares lie apart by more than luck, months as they are") {
  // Of two groups of 100 with 20 late each on average chi-square is 2 x d^2 / 16: above 1 + 1.645 sqrt(2) from 6 on.
  const auto differ = [](double apart, double dispersion) {
    return models::shares_differ({{20 - apart, 100}, {20 + apart, 100}}, {40, 200, dispersion});
  };
  CHECK_FALSE(differ(5, 1));
  CHECK(differ(6, 1));
  CHECK_FALSE(differ(6, 2));
  CHECK_FALSE(models::shares_differ({{1, 100}, {}}, {40, 200}));
  CHECK_FALSE(models::shares_differ({{0, 100}, {0, 100}}, {0, 200}));
}

}  // namespace clientele::tests
