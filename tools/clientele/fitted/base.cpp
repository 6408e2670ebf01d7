// Who was there, who came, what they bought: each law on its own, from the same history.
#include "tools/clientele/fitted/base.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "models/fit/season.hpp"
#include "scenarios/books/dates.hpp"
#include "sim/core/check.hpp"
#include "tools/clientele/fitted/joining.hpp"
#include "tools/clientele/fitted/orders.hpp"
#include "tools/clientele/fitted/study.hpp"
#include "tools/clientele/fitted/values.hpp"

namespace clientele::tools {

using scenarios::Day;

namespace {

constexpr std::size_t months_of_two_years = 24;
constexpr int run_in = 3;  ///< months of the window after which who is seen first is taken for new, at most half of it

std::size_t calendar_place(scenarios::CalendarMonth month) {
  return static_cast<std::size_t>(((month % 12) + 12) % 12);
}

void run_by_season(scenarios::History& history, const Season& season) {
  for (scenarios::CustomerHistory& customer : history.customers) {
    customer.months_to_last_order = season_time(customer.first_order, customer.last_order, season);
    customer.months_seen = season_time(customer.first_order, history.origin, season);
  }
}

Day end_of_run_in(const scenarios::History& history) {
  const auto months = static_cast<int>(history.months.size());
  return scenarios::months_later(scenarios::first_day_of(scenarios::month_of(history.first_day)),
                                 std::min(run_in, months / 2));
}

void tell_groups(FittedBase& base) {
  for (scenarios::CustomerHistory& customer : base.history.customers) {
    customer.group = 2 * customer.group + (customer.first_order < base.new_since ? 0 : 1);
    if (customer.first_order >= base.new_since || !base.from_the_beginning) continue;
    ++customer.repeat_orders;
    customer.months_to_last_order = season_time(base.history.first_day, customer.last_order, base.season);
    customer.months_seen = season_time(base.history.first_day, base.history.origin, base.season);
  }
}

void fit_values(FittedBase& base) {
  base.value = fit_value(base.history, std::nullopt);
  constexpr std::size_t fewest = 100;
  for (std::uint32_t g = 0; g < base.groups.size(); ++g) {
    FittedGroup& group = base.groups[g];
    group.has_own_value = group.customers >= fewest;
    group.value = group.has_own_value ? fit_value(base.history, g) : base.value;
    group.has_own_value = group.has_own_value && group.value.between > 0;
    if (!group.has_own_value) group.value = base.value;
  }
}

/// Orders that a law expects of the customers of a kind in [from, to), after the one that made somebody a customer.
double expected_events(const FittedBase& base, Day from, Day to) {
  double sum = 0;
  for (const scenarios::CustomerHistory& customer : base.history.customers) {
    const Day since = base.counts_first(customer) ? base.history.first_day : customer.first_order;
    if (since >= to) continue;
    const double begin = season_time(since, std::max(from, since), base.season),
                 end = season_time(since, to, base.season);
    sum +=
        expected_orders(base.buying_of(customer.group), end) - expected_orders(base.buying_of(customer.group), begin);
  }
  return sum;
}

double sd_beside(const std::vector<double>& values, double variance_of_luck) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(std::max(0.0, squares / (n - 1) - variance_of_luck));
}

LevelOfMonths level_of(const FittedBase& base, const std::vector<std::vector<scenarios::BookEvent>>& events,
                       bool season_is_known) {
  std::vector<double> orders, values;
  double luck_of_orders = 0, luck_of_values = 0;
  const double within = base.value.within;
  for (const scenarios::MonthOfBooks& month : base.history.months) {
    const Day from = scenarios::first_day_of(month.month), to = scenarios::first_day_of(month.month + 1);
    if (!month.whole || from < scenarios::months_later(base.history.first_day, 1)) continue;
    double placed = 0, logs = 0, valued = 0;
    for (const scenarios::CustomerHistory& customer : base.history.customers)
      for (const scenarios::BookEvent& event : events[customer.customer]) {
        if (event.day < from || event.day >= to) continue;
        if (event.day > customer.first_order || base.counts_first(customer)) ++placed;
        if (customer.orders_valued < 2 || event.net <= 0) continue;
        logs += std::log(scenarios::units_of(event.net)) - std::log(customer.geometric_mean_value);
        ++valued;
      }
    const double expected = expected_events(base, from, to);
    if (placed < 5 || !(expected > 0) || valued < 5) continue;
    orders.push_back(std::log(placed / expected));
    values.push_back(logs / valued);
    luck_of_orders += 1 / placed;
    luck_of_values += within * within / valued;
  }
  LevelOfMonths level{.months = orders.size()};
  if (orders.size() >= 3) {
    const auto n = static_cast<double>(orders.size());
    const double of_one_more = std::sqrt(1 + 1 / n);
    level.orders = of_one_more * sd_beside(orders, luck_of_orders / n);
    level.values = of_one_more * sd_beside(values, luck_of_values / n);
  }
  if (season_is_known) return level;
  if (level.orders < least_level || level.values < least_level) level.is_least = true;
  level.orders = std::max(level.orders, least_level);
  level.values = std::max(level.values, least_level);
  return level;
}

/// All with one season.
FittedBase fit_with(const scenarios::Books& books, Day origin, Day new_since, const std::optional<Season>& season,
                    std::string told) {
  FittedBase base;
  base.history = scenarios::history(books, origin);
  base.season.fill(1);
  if (season) base.season = *season;
  base.season_told = std::move(told);
  base.new_since = new_since == scenarios::no_day ? end_of_run_in(base.history) : new_since;
  run_by_season(base.history, base.season);
  for (const std::string& name : books.groups)
    for (const std::string& kind : {name, newcomers_of(name)}) base.groups.push_back({.name = kind});
  fit_orders(base);
  tell_groups(base);
  for (const scenarios::CustomerHistory& customer : base.history.customers) ++base.groups[customer.group].customers;
  double net = 0, gross = 0;
  for (const scenarios::BookOrder& order : books.orders)
    if (order.day < origin) gross += scenarios::units_of(order.net);
  for (const scenarios::MonthOfBooks& month : base.history.months) net += scenarios::units_of(month.revenue);
  base.net_share = gross > 0 ? std::clamp(net / gross, 0.01, 1.0) : 1;
  fit_values(base);
  base.level = level_of(base, scenarios::events_before(books, origin), season.has_value());
  fit_joining(base);
  base.payment = fit_payment(books, origin);
  base.service = fit_service(books, base.history, base.season);
  base.points = fit_points(books, origin);
  return base;
}

/// Orders of each whole month over those that are expected of who was there, without a season.
models::SeasonFit season_of(const FittedBase& flat, const scenarios::Books& books) {
  const auto events = scenarios::events_before(books, flat.history.origin);
  models::MonthlyCounts months;
  for (const scenarios::MonthOfBooks& month : flat.history.months) {
    if (!month.whole) continue;
    if (months.counts.empty()) months.first_month = static_cast<int>(calendar_place(month.month));
    const Day from = scenarios::first_day_of(month.month), to = scenarios::first_day_of(month.month + 1);
    double placed = 0;
    for (const scenarios::CustomerHistory& customer : flat.history.customers)
      for (const scenarios::BookEvent& event : events[customer.customer])
        if (event.day >= from && event.day < to && (event.day > customer.first_order || flat.counts_first(customer)))
          ++placed;
    months.counts.push_back(placed);
    months.exposure.push_back(std::max(1e-6, expected_events(flat, from, to)));
  }
  return models::fit_season(months);
}

std::string told_of_season(const models::SeasonFit& fit, std::size_t months) {
  double error = 0;
  for (const models::Estimate& factor : fit.factors) error += factor.se / factor.value / 12;
  char text[200];
  std::snprintf(text, sizeof text,
                "Poisson maximum likelihood of %zu months' orders over those expected without one, +- %.0f %% a month",
                months, 100 * error);
  return text;
}

}  // namespace

double season_time(Day from, Day to, const Season& season) {
  double time = 0;
  for (scenarios::CalendarMonth month = scenarios::month_of(from); from < to; ++month) {
    const Day begin = scenarios::first_day_of(month), end = scenarios::first_day_of(month + 1),
              until = std::min(to, end);
    time += season[calendar_place(month)] * static_cast<double>(until - from) / static_cast<double>(end - begin);
    from = until;
  }
  return time;
}

FittedBase fit_base(const scenarios::Books& books, Day origin, const FitAsked& asked) {
  if (asked.season)
    return fit_with(books, origin, asked.new_since, asked.season, "stated beside the books, and not fitted");
  FittedBase flat = fit_with(books, origin, asked.new_since, {}, "");
  const std::size_t months = flat.history.months.size();
  flat.season_told = "not known: " + std::to_string(months) + " months are not the " +
                     std::to_string(months_of_two_years) + " that tell one";
  if (months < months_of_two_years) return flat;
  const models::SeasonFit fit = season_of(flat, books);
  if (!fit.is_found()) {
    flat.season_told = fit.why_not;
    return flat;
  }
  Season season{};
  for (std::size_t m = 0; m < season.size(); ++m) season[m] = fit.factors[m].value;
  return fit_with(books, origin, asked.new_since, season, told_of_season(fit, months));
}

}  // namespace clientele::tools
