// What laws foretell of later orders: scores of two kinds as one, by hand, and laws that are not told.
#include <cmath>
#include <random>

#include "models/fit/later_orders.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

using models::BuyingModel;

/// Customers of rates Gamma(shape) over 10 months who leave at a hazard of Gamma(1.5) / 20, and their 5 months after.
models::OrdersAsked kind_of(std::size_t customers, double shape, unsigned seed) {
  std::mt19937_64 luck(seed);
  const auto gamma = [&](double k) { return std::gamma_distribution<double>(k, 1)(luck); };
  const auto wait = [&](double rate) { return std::exponential_distribution<double>(rate)(luck); };
  models::OrdersAsked kind;
  for (std::size_t i = 0; i < customers; ++i) {
    const double rate = gamma(shape), until = wait(gamma(1.5) / 20);
    double repeat = 0, last = 0, later = 0;
    for (double t = wait(rate); t < std::min(until, 15.0); t += wait(rate)) t < 10 ? (++repeat, last = t) : ++later;
    kind.history.repeat.push_back(repeat), kind.history.last.push_back(last), kind.history.seen.push_back(10);
    kind.later.push_back(later);
  }
  return kind;
}

models::FittedLaw pareto_nbd(const models::BuyingHistory& history) {
  return {BuyingModel::pareto_nbd, models::fit_buying(history, BuyingModel::pareto_nbd, models::Ends::by_curvature)};
}

const models::LawForetells& law_of(const models::OrdersForetold& foretold, BuyingModel model) {
  return *std::ranges::find(foretold.laws, model, &models::LawForetells::model);
}

}  // namespace

TEST_CASE("how far a law is behind, and how surely, is by customers") {
  // Differences 1, 3 and, of a row that is two customers, 0: mean 1, squares 0 + 4 + 2 over 4 x 3.
  const models::Behind behind = models::behind_best({-1, -1, -2}, {-2, -4, -2}, {1, 1, 2});
  CHECK(behind.mean == Approx(1));
  CHECK(behind.se == Approx(std::sqrt(6.0 / 12)));
  CHECK(models::behind_best({-1, -1, -2, -2}, {-2, -4, -2, -2}).se == Approx(behind.se));
  CHECK(models::behind_best({}, {}).mean == 0);
}

TEST_CASE("scores of both kinds are one sum, of each customer by the law of its kind") {
  const std::vector<models::OrdersAsked> kinds{kind_of(400, 1, 1), {}, kind_of(300, 3, 2)};
  const models::OrdersForetold foretold = models::foretell_orders(kinds, 5, pareto_nbd);
  REQUIRE(foretold.laws.size() == 4);
  CHECK(foretold.customers == 700);
  const models::LawForetells& own = law_of(foretold, BuyingModel::pareto_nbd);
  double score = 0, orders = 0, came = 0;
  for (const models::OrdersAsked& kind : {kinds[0], kinds[2]}) {
    const std::vector<double> law = pareto_nbd(kind.history).fit.values;
    for (std::size_t i = 0; i < kind.later.size(); ++i) {
      const double x = kind.history.repeat[i], last = kind.history.last[i];
      score += models::log_chance_of_later(BuyingModel::pareto_nbd, law, x, last, 10, 5, kind.later[i]) / 700;
      orders += models::expected_later(BuyingModel::pareto_nbd, law, x, last, 10, 5);
      came += kind.later[i];
    }
  }
  CHECK(own.score == Approx(score));
  CHECK(own.orders == Approx(orders));
  CHECK(foretold.came == came);
  CHECK(own.as == models::TakenAs::itself);
  CHECK(foretold.laws.front().behind == 0);
  const models::LawForetells& nbd = law_of(foretold, BuyingModel::nbd);
  CHECK(nbd.behind == Approx(foretold.laws.front().score - nbd.score));
  CHECK(nbd.behind > 2 * nbd.behind_se);
}

TEST_CASE("a law that is not found is NBD, and of a kind that has none nobody is asked") {
  const auto unknown = [](const models::BuyingHistory&) { return models::FittedLaw{.fit = models::not_known("no")}; };
  const models::OrdersAsked many = kind_of(400, 1, 3), few = kind_of(10, 1, 4);
  const models::OrdersForetold foretold = models::foretell_orders({many, few}, 5, unknown);
  CHECK(foretold.customers == 400);
  CHECK(foretold.why_not.empty());
  const models::LawForetells &own = law_of(foretold, BuyingModel::pareto_nbd),
                             &nbd = law_of(foretold, BuyingModel::nbd);
  CHECK(own.as == models::TakenAs::no_more_told);
  CHECK(own.score == nbd.score);
  CHECK(own.orders == nbd.orders);

  const models::OrdersForetold none = models::foretell_orders({few}, 5, unknown);
  CHECK(none.laws.empty());
  CHECK(none.customers == 0);
  CHECK_THAT(none.why_not, contains("only 10 customers"));
}

}  // namespace clientele::tests
