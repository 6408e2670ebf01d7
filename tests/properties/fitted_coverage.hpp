// Invented firms whose laws are known: how often the range that is fitted to a year of their books holds the half-year
// after it.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "models/theory/pareto_nbd.hpp"
#include "scenarios/books/dates.hpp"
#include "tools/clientele/backtest/happened.hpp"
#include "tools/clientele/backtest/range_of_futures.hpp"
#include "tools/clientele/backtest/simulated.hpp"
#include "tools/clientele/fitted/study.hpp"

namespace clientele::tests {

/// Of a firm: rates of orders ~ Gamma(r, alpha) a month, of leaving ~ Gamma(s, beta), values lognormal.
struct KnownLaws {
  double r = 1.5, alpha = 3, s = 2, beta = 50;
  double log_mean = 4, between = 0.6, within = 0.5;
  double arrivals = 11;                     ///< a month
  int there = 300;                          ///< when the books begin
  double order_level = 1, value_level = 1;  ///< of the months after those fitted, which everybody has in common
};

struct InventedFirm {
  scenarios::Books books;
  std::vector<bool> alive;  ///< at the origin, by customer of the books
};

inline constexpr int months_fitted = 12, months_ahead = 6;

/// Orders happen in calendar months of equal length, as a flat season has it; nothing here is the engine's.
inline InventedFirm invented_firm(const KnownLaws& laws, std::uint64_t seed) {
  std::mt19937_64 words(seed);
  const auto uniform = [&] { return std::uniform_real_distribution<double>(0, 1)(words); };
  const auto normal = [&] { return std::normal_distribution<double>(0, 1)(words); };
  const auto wait = [&](double rate) { return -std::log1p(-uniform()) / rate; };
  const scenarios::Day first = scenarios::day_of(2024, 1, 1);
  const auto day_at = [&](double t) {
    const auto month = static_cast<int>(t);
    const scenarios::Day begin = scenarios::months_later(first, month), end = scenarios::months_later(first, month + 1);
    return begin + static_cast<scenarios::Day>((t - month) * (end - begin));
  };
  InventedFirm firm;
  scenarios::Books& books = firm.books;
  books.groups = {"all"};
  books.currency = "EUR";
  books.first_day = first;
  books.last_day = scenarios::months_later(first, months_fitted + months_ahead) - 1;
  std::uint32_t number = 0;
  const auto live = [&](double joins, bool orders_at_once) {
    const double rate = std::gamma_distribution<double>(laws.r, 1 / laws.alpha)(words),
                 leaving = std::gamma_distribution<double>(laws.s, 1 / laws.beta)(words),
                 leaves = joins + wait(leaving), typical = laws.log_mean + laws.between * normal();
    std::vector<double> times;
    if (orders_at_once) times.push_back(joins);
    const double end = std::min<double>(leaves, months_fitted + months_ahead);
    // In a time that runs at the level of its months orders come at one rate.
    const auto run = [&](double t) { return t + (laws.order_level - 1) * std::max<double>(0, t - months_fitted); };
    for (double t = run(joins) + wait(rate); t < run(end); t += wait(rate))
      times.push_back(t > months_fitted ? months_fitted + (t - months_fitted) / laws.order_level : t);
    if (times.empty()) return;  // no book has heard of them
    const auto customer = static_cast<std::uint32_t>(books.customers.size());
    books.customers.push_back({.id = "c" + std::to_string(++number)});
    firm.alive.push_back(leaves > months_fitted);
    for (const double t : times) {
      const double value = (t > months_fitted ? laws.value_level : 1) * std::exp(typical + laws.within * normal());
      const auto net = static_cast<scenarios::Amount>(value * scenarios::amounts_per_unit);
      books.orders.push_back({.customer = customer, .day = day_at(t), .net = net});
      books.net_sales += net, books.gross_sales += net;
    }
  };
  for (int i = 0; i < laws.there; ++i) live(0, false);
  for (double t = wait(laws.arrivals); t < months_fitted + months_ahead; t += wait(laws.arrivals)) live(t, true);
  books.customers_in_orders = books.customers.size();
  return firm;
}

/// Shares of the customers of the history who are still there, one for each draw of the fitted laws with luck of its
/// own, by the closed form.
inline std::vector<double> shares_alive(const tools::FittedBase& base, std::size_t draws, std::uint32_t seed) {
  const tools::DrawsOfBase drawn = tools::draws_of(base, draws, seed);
  const auto column = [&](const std::string& path) {
    return std::find(drawn.paths.begin(), drawn.paths.end(), path) - drawn.paths.begin();
  };
  std::mt19937_64 words(seed);
  std::vector<double> shares;
  for (const std::vector<double>& row : drawn.rows) {
    std::array<models::ParetoNbd, 2> laws;
    for (std::size_t g = 0; g < 2; ++g) {
      const std::string where = "population.group." + base.groups[g].name + ".";
      const double mean = row[static_cast<std::size_t>(column(where + "purchasing.orders_per_month.mean"))],
                   shape = row[static_cast<std::size_t>(column(where + "purchasing.orders_per_month.shape"))],
                   hazard = row[static_cast<std::size_t>(column(where + "churn.base_hazard"))];
      const auto frailty = static_cast<std::size_t>(column(where + "churn.frailty_variance"));
      const double s = frailty < row.size() ? 1 / row[frailty] : 1;
      laws[g] = {.r = shape, .alpha = shape / mean, .s = s, .beta = -s / std::log1p(-std::max(hazard, 1e-9))};
    }
    double alive = 0;
    for (const scenarios::CustomerHistory& customer : base.history.customers) {
      const double chance =
          laws[customer.group % 2].alive(customer.repeat_orders, customer.months_to_last_order, customer.months_seen);
      alive += std::uniform_real_distribution<double>(0, 1)(words) < chance ? 1 : 0;
    }
    shares.push_back(alive / static_cast<double>(base.history.customers.size()));
  }
  return shares;
}

/// Laws that differ from firm to firm as a fit takes them to where a year does not tell: the variance of frailty, its
/// logarithm normal around 0 with a standard deviation of 1, from 1/3 to 3 (other_frailty in
/// tools/clientele/fitted/orders.cpp), and what the months to come have in common, a tenth either way (least_level in
/// tools/clientele/fitted/base.cpp).
inline KnownLaws laws_as_taken(std::uint64_t seed) {
  std::mt19937_64 words(seed);
  std::normal_distribution<double> normal;
  double log = 2;
  while (std::abs(log) > std::log(3.0)) log = normal(words);
  KnownLaws laws;
  const double hazard = laws.s / laws.beta;
  laws.s = std::exp(-log), laws.beta = laws.s / hazard;
  laws.order_level = std::exp(0.1 * normal(words));
  laws.value_level = std::exp(0.1 * normal(words));
  return laws;
}

struct Covered {
  std::string figure;
  int inside = 0, above = 0;  ///< above: what happened was more than the range
  double off = 0;             ///< mean of what was foretold over what happened, less 1
};

/// That there is no season, stated; a fit that is not told takes months to differ.
inline tools::Season flat_season() {
  tools::Season flat;
  flat.fill(1);
  return flat;
}

/// In how many of so many firms the range of nine futures in ten holds what happened.
inline std::vector<Covered> covered_in(int firms, std::size_t futures, std::uint64_t seed,
                                       const std::optional<tools::Season>& season,
                                       const std::function<KnownLaws(int)>& laws_of) {
  std::vector<Covered> all{{"orders"}, {"revenue"}, {"buyers"}, {"alive"}};
  const auto note = [&](Covered& of, const std::vector<double>& values, double actual) {
    const tools::RangeOfFutures range = tools::range_of(values);
    of.inside += range.holds(actual) ? 1 : 0;
    of.above += actual > range.high ? 1 : 0;
    of.off += (range.mean / actual - 1) / firms;
  };
  for (int f = 0; f < firms; ++f) {
    const InventedFirm firm = invented_firm(laws_of(f), seed + static_cast<std::uint64_t>(f));
    const scenarios::Day origin = scenarios::months_later(firm.books.first_day, months_fitted);
    const tools::FittedBase base = tools::fit_base(firm.books, origin, {.season = season});
    const tools::Horizon horizon{.months = months_ahead, .futures = futures, .seed = static_cast<std::uint32_t>(f + 1)};
    const tools::Simulated simulated = tools::simulate(base, firm.books, horizon);
    const tools::Outcome actual = tools::happened_in(base, firm.books, months_ahead).outcome;
    const auto values = [&](double tools::Outcome::*number) {
      std::vector<double> of_futures;
      for (const tools::Outcome& future : simulated.futures) of_futures.push_back(future.*number);
      return of_futures;
    };
    note(all[0], values(&tools::Outcome::orders), actual.orders);
    note(all[1], values(&tools::Outcome::revenue), actual.revenue);
    note(all[2], values(&tools::Outcome::buyers), actual.buyers);
    double alive = 0;
    for (const scenarios::CustomerHistory& customer : base.history.customers) alive += firm.alive[customer.customer];
    note(all[3], shares_alive(base, futures, horizon.seed), alive / static_cast<double>(base.history.customers.size()));
  }
  return all;
}

}  // namespace clientele::tests
