// Figures are read off outcomes by the same functions, whoever made them.
#include "tools/clientele/backtest/figures.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "tools/clientele/backtest/payments.hpp"
#include "tools/clientele/backtest/range_of_futures.hpp"

namespace clientele::tools {

namespace {

using Number = std::function<double(const Outcome&)>;

struct Ways {
  const Outcome &actual, &again;
  const std::optional<Outcome>& posterior;
  const std::vector<Outcome>& futures;
  const std::vector<Outcome>* without = nullptr;  ///< a change: the same futures without it
};

enum class Posterior { none, known };

BesideChange beside_change(const Ways& ways, const Number& number) {
  std::vector<double> without, promised;
  for (std::size_t f = 0; f < ways.futures.size(); ++f) {
    without.push_back(number((*ways.without)[f]));
    promised.push_back(number(ways.futures[f]) - without.back());
  }
  return {range_of(std::move(without)), range_of(std::move(promised))};
}

Figure figure(std::string name, std::string unit, const Ways& ways, const Number& number, Posterior posterior) {
  Figure figure{.name = std::move(name), .unit = std::move(unit), .actual = number(ways.actual)};
  std::vector<double> values;
  for (const Outcome& future : ways.futures) values.push_back(number(future));
  const RangeOfFutures range = range_of(std::move(values));
  figure.mean = range.mean, figure.low = range.low, figure.high = range.high;
  figure.same_again = number(ways.again);
  if (posterior == Posterior::known && ways.posterior) figure.gamma_poisson = number(*ways.posterior);
  if (ways.without != nullptr) figure.change = beside_change(ways, number);
  return figure;
}

/// `days`: of the months simulated.
std::vector<Figure> figures_of(const Ways& ways, const FittedBase& base, double days) {
  const auto share = [](double part, double whole) { return whole > 0 ? part / whole : 0; };
  std::vector<Figure> all{
      figure(
          "revenue", "money", ways, [](const Outcome& o) { return o.revenue; }, Posterior::none),
      figure(
          "orders", "orders", ways, [](const Outcome& o) { return o.orders; }, Posterior::none),
      figure(
          "buyers", "customers", ways, [](const Outcome& o) { return o.buyers; }, Posterior::none),
      figure(
          "newcomers", "customers", ways, [](const Outcome& o) { return o.newcomers; }, Posterior::none),
      figure(
          "revenue of who was known", "money", ways, [](const Outcome& o) { return o.known_revenue; },
          Posterior::known),
      figure(
          "their orders", "orders", ways, [](const Outcome& o) { return o.known_orders; }, Posterior::known),
      figure(
          "buyers among them", "customers", ways, [](const Outcome& o) { return o.known_buyers; }, Posterior::known),
      figure(
          "their share of revenue", "share", ways, [&](const Outcome& o) { return share(o.known_revenue, o.revenue); },
          Posterior::none),
      figure(
          "share of the top tenth", "share", ways, [](const Outcome& o) { return o.top_tenth; }, Posterior::none)};
  if (base.payment.is_known()) {
    all.push_back(figure(
        "late share of invoices", "share", ways,
        [&](const Outcome& o) { return share(o.invoices_late, o.invoices_settled); }, Posterior::none));
    all.push_back(figure(
        "days late of late ones", "days", ways, [&](const Outcome& o) { return share(o.days_late, o.invoices_late); },
        Posterior::none));
    all.push_back(figure(
        "days outstanding at the end", "days", ways, [&](const Outcome& o) { return days * share(o.owed, o.revenue); },
        Posterior::none));
  }
  if (base.points.is_known()) {
    all.push_back(figure(
        "points earned", "points", ways, [](const Outcome& o) { return o.points_earned; }, Posterior::none));
    all.push_back(figure(
        "points redeemed", "points", ways, [](const Outcome& o) { return o.points_redeemed; }, Posterior::none));
    all.push_back(figure(
        "points owed at the end", "points", ways, [](const Outcome& o) { return o.points_held; }, Posterior::none));
  }
  for (std::size_t g = 0; g < base.groups.size() / 2 && base.groups.size() > 2; ++g)
    all.push_back(figure(
        "revenue of " + base.groups[2 * g].name, "money", ways,
        [g](const Outcome& o) { return o.group_revenue.empty() ? 0 : o.group_revenue[g]; }, Posterior::none));
  return all;
}

std::vector<Decile> deciles_of(const Simulated& simulated, const Happened& happened) {
  std::vector<std::size_t> rank(happened.orders.size());
  std::iota(rank.begin(), rank.end(), std::size_t{0});
  std::ranges::sort(rank, {}, [&](std::size_t i) { return std::pair(simulated.expected_orders[i], i); });
  std::vector<Decile> deciles(10);
  for (std::size_t k = 0; k < rank.size(); ++k) {
    Decile& decile = deciles[k * 10 / rank.size()];
    const std::size_t i = rank[k];
    ++decile.customers;
    decile.expected_orders += simulated.expected_orders[i];
    decile.orders += happened.orders[i];
    decile.chance_to_buy += simulated.chance_to_buy[i];
    decile.bought += happened.orders[i] > 0 ? 1 : 0;
  }
  for (Decile& decile : deciles)
    for (double* sum : {&decile.expected_orders, &decile.orders, &decile.chance_to_buy, &decile.bought})
      *sum /= std::max(1.0, static_cast<double>(decile.customers));
  return deciles;
}

}  // namespace

std::size_t BacktestAt::inside() const {
  return static_cast<std::size_t>(std::ranges::count_if(figures, &Figure::is_inside));
}

const char* word_of(SignOfChange sign) {
  switch (sign) {
    case SignOfChange::none_promised:
      return "none promised";
    case SignOfChange::not_told:
      return "not told";
    case SignOfChange::as_promised:
      return "as promised";
    case SignOfChange::other:
      return "other";
  }
  return "";
}

SignOfChange Figure::sign() const {
  if (change->promised.holds(0)) return SignOfChange::none_promised;
  if (change->without.holds(actual)) return SignOfChange::not_told;
  return (came().mean > 0) == (change->promised.mean > 0) ? SignOfChange::as_promised : SignOfChange::other;
}

namespace {

BacktestAt held_against_books(const FittedBase& base, const scenarios::Books& books, const Horizon& horizon,
                              const Simulated& simulated, const std::vector<Outcome>* without) {
  const Happened happened = happened_in(base, books, horizon.months);
  const Outcome again = same_again(base, books, horizon.months);
  const std::optional<Outcome> posterior = gamma_poisson(base, horizon.months);
  BacktestAt result{.origin = base.history.origin,
                    .months = horizon.months,
                    .history_months = base.history.months.size(),
                    .futures = horizon.futures};
  result.figures =
      figures_of({happened.outcome, again, posterior, simulated.futures, without}, base, 30.0 * horizon.months);
  result.deciles = deciles_of(simulated, happened);
  result.told = {"season: " + base.season_told};
  if (std::string late = late_chances_told(base, books, horizon.months); !late.empty())
    result.told.push_back(std::move(late));
  return result;
}

}  // namespace

BacktestAt backtest_at(const scenarios::Books& books, scenarios::Day origin, const Horizon& horizon,
                       const FitAsked& asked) {
  const FittedBase base = fit_base(books, origin, asked);
  return held_against_books(base, books, horizon, simulate(base, books, horizon), nullptr);
}

BacktestAt backtest_at(const scenarios::Books& books, scenarios::Day origin, const Horizon& horizon,
                       const FitAsked& asked, const Change& change) {
  const FittedBase base = fit_base(books, origin, asked);
  const SimulatedChange simulated = simulate(base, books, horizon, change);
  BacktestAt result = held_against_books(base, books, horizon, simulated.with, &simulated.without.futures);
  const sim::Study& study = change.reading.study;
  result.policy = study.policies[change.policy].name;
  result.baseline = study.policies[study.baseline].name;
  result.since = change.since;
  return result;
}

}  // namespace clientele::tools
