// Sums over events of the books.
#include "tools/clientele/backtest/happened.hpp"

#include <cmath>

#include "models/fit/buying.hpp"
#include "scenarios/books/dates.hpp"
#include "tools/clientele/backtest/payments.hpp"

namespace clientele::tools {

using scenarios::Day;

namespace {

/// What happened in [from, to), by customer of the books; `known` says who was there before.
struct Window {
  std::vector<double> orders, sales;
};

Window window_of(const scenarios::Books& books, Day from, Day to) {
  Window window{std::vector<double>(books.customers.size()), std::vector<double>(books.customers.size())};
  const auto events = scenarios::events_before(books, to);
  for (std::size_t c = 0; c < events.size(); ++c)
    for (const scenarios::BookEvent& event : events[c])
      if (event.day >= from) ++window.orders[c], window.sales[c] += scenarios::units_of(event.net);
  for (const scenarios::BookReturn& note : books.returns)
    if (note.day >= from && note.day < to) window.sales[note.customer] += scenarios::units_of(note.net);
  return window;
}

Outcome outcome_of(const Window& window, const std::vector<bool>& known, const scenarios::Books& books) {
  Outcome outcome;
  outcome.group_revenue.resize(books.groups.size());
  std::vector<double> of_buyers;
  for (std::size_t c = 0; c < window.orders.size(); ++c) {
    const double orders = window.orders[c], sales = window.sales[c];
    outcome.revenue += sales;
    outcome.orders += orders;
    outcome.group_revenue[books.customers[c].group] += sales;
    if (orders > 0) ++outcome.buyers, of_buyers.push_back(sales);
    if (!known[c] && orders > 0) ++outcome.newcomers;
    if (!known[c]) continue;
    outcome.known_revenue += sales;
    outcome.known_orders += orders;
    if (orders > 0) ++outcome.known_buyers;
  }
  outcome.top_tenth = share_of_top_tenth(std::move(of_buyers));
  return outcome;
}

std::vector<bool> known_before(const FittedBase& base, const scenarios::Books& books) {
  std::vector<bool> known(books.customers.size());
  for (const scenarios::CustomerHistory& customer : base.history.customers) known[customer.customer] = true;
  return known;
}

}  // namespace

Happened happened_in(const FittedBase& base, const scenarios::Books& books, int months) {
  const Day from = base.history.origin, to = scenarios::months_later(from, months);
  const Window window = window_of(books, from, to);
  Happened happened{outcome_of(window, known_before(base, books), books), {}, {}};
  add_payments(books, from, to, happened.outcome);
  add_points(books, from, to, happened.outcome);
  for (const scenarios::CustomerHistory& customer : base.history.customers) {
    happened.orders.push_back(window.orders[customer.customer]);
    happened.sales.push_back(window.sales[customer.customer]);
  }
  for (int m = 0; m < months; ++m) {
    const Window one = window_of(books, scenarios::months_later(from, m), scenarios::months_later(from, m + 1));
    double sales = 0, orders = 0;
    for (const double of_customer : one.sales) sales += of_customer;
    for (const double of_customer : one.orders) orders += of_customer;
    happened.outcome.revenue_by_month.push_back(sales);
    happened.outcome.orders_by_month.push_back(orders);
  }
  return happened;
}

Outcome same_again(const FittedBase& base, const scenarios::Books& books, int months) {
  const Day to = base.history.origin, wished = scenarios::months_later(to, -months);
  const Day from = std::max(wished, base.history.first_day);
  Outcome outcome = outcome_of(window_of(books, from, to), known_before(base, books), books);
  const double longer = static_cast<double>(to - wished) / static_cast<double>(to - from);
  double joined = 0;
  for (const scenarios::CustomerHistory& customer : base.history.customers)
    if (customer.first_order >= from) ++joined;
  outcome.newcomers = joined * longer;
  add_payments(books, from, to, outcome);
  add_points(books, from, to, outcome);
  for (double* number : {&outcome.revenue, &outcome.orders, &outcome.known_revenue, &outcome.known_orders,
                         &outcome.points_earned, &outcome.points_redeemed})
    *number *= longer;
  for (double& revenue : outcome.group_revenue) revenue *= longer;
  return outcome;
}

std::optional<Outcome> gamma_poisson(const FittedBase& base, int months) {
  models::BuyingHistory seen;
  for (const scenarios::CustomerHistory& customer : base.history.customers) {
    const bool was_there = base.counts_first(customer);  // what made it be seen is no event of the rate here
    const double since = was_there ? season_time(base.history.first_day, customer.first_order, base.season) : 0;
    seen.repeat.push_back(static_cast<double>(customer.repeat_orders - (was_there ? 1 : 0)));
    seen.last.push_back(seen.repeat.back() > 0 ? customer.months_to_last_order - since : 0);
    seen.seen.push_back(customer.months_seen - since);
  }
  const models::Fitted law = models::fit_buying(seen, models::BuyingModel::nbd);
  if (!law.is_found()) return {};
  Outcome outcome;
  const double r = law.values[0], alpha = law.values[1];
  const double ahead =
      season_time(base.history.origin, scenarios::months_later(base.history.origin, months), base.season);
  for (std::size_t i = 0; i < seen.rows(); ++i) {
    const scenarios::CustomerHistory& customer = base.history.customers[i];
    const double orders = (r + seen.repeat[i]) / (alpha + seen.seen[i]) * ahead;
    outcome.known_orders += orders;
    outcome.known_revenue += orders * base.net_share * customer.arithmetic_mean_value;
    outcome.known_buyers += 1 - std::pow((alpha + seen.seen[i]) / (alpha + seen.seen[i] + ahead), r + seen.repeat[i]);
  }
  return outcome;
}

}  // namespace clientele::tools
