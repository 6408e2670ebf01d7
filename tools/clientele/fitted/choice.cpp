// Histories end at a day before the origin; what came between the two is asked of each law.
#include "tools/clientele/fitted/choice.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "models/fit/order_value.hpp"
#include "models/theory/best_tenth.hpp"
#include "scenarios/books/dates.hpp"
#include "tools/clientele/fitted/laws.hpp"
#include "tools/clientele/fitted/orders.hpp"

namespace clientele::tools {

using models::BuyingModel;

namespace {

constexpr int fewest_held_out = 3, fewest_fitted = 6;
constexpr std::size_t most_customers = 3'000;

using Events = std::vector<std::vector<scenarios::BookEvent>>;

/// Which customers are looked at: those known at the cut, every k-th of them.
std::vector<const scenarios::CustomerHistory*> customers_asked(const FittedBase& base, ChoiceOfBuying& choice) {
  std::vector<const scenarios::CustomerHistory*> known;
  for (const scenarios::CustomerHistory& customer : base.history.customers)
    if (customer.first_order < choice.cut) known.push_back(&customer);
  choice.known = known.size();
  const std::size_t stride = (known.size() + most_customers - 1) / most_customers;
  if (stride < 2) return known;
  std::vector<const scenarios::CustomerHistory*> every;
  for (std::size_t k = stride / 2; k < known.size(); k += stride) every.push_back(known[k]);
  return every;
}

void ask(const scenarios::CustomerHistory& customer, const std::vector<scenarios::BookEvent>& events,
         const FittedBase& base, scenarios::Day cut, models::OrdersAsked& kind) {
  const auto before = static_cast<std::size_t>(
      std::ranges::count_if(events, [&](const scenarios::BookEvent& event) { return event.day < cut; }));
  kind.history.repeat.push_back(static_cast<double>(before) - 1);
  kind.history.last.push_back(season_time(customer.first_order, events[before - 1].day, base.season));
  kind.history.seen.push_back(season_time(customer.first_order, cut, base.season));
  kind.later.push_back(static_cast<double>(events.size() - before));
}

/// Pareto/NBD in the steps of the study, which stop where the orders tell no more.
models::FittedLaw fit_as_study(const models::BuyingHistory& history) {
  const FittedBuying buying = fit_from_first_orders(history);
  models::FittedLaw fitted{.fit = buying.law};
  if (!buying.is_found()) return fitted;
  const std::array<double, 4> law = pareto_nbd_of(buying.law.values);
  const bool leaves = buying.anybody_leaves();
  if (buying.law.values.size() == 3) fitted.as = models::TakenAs::leaving_alike;
  if (!leaves) fitted.model = BuyingModel::nbd, fitted.as = models::TakenAs::nobody_leaves;
  fitted.fit.values.assign(law.begin(), law.begin() + (leaves ? 4 : 2));
  return fitted;
}

ChoiceOfBuying choose_orders(const FittedBase& base, const Events& events, ChoiceOfBuying choice,
                             const std::vector<const scenarios::CustomerHistory*>& customers) {
  std::vector<models::OrdersAsked> kinds(base.has_one_law() ? 1 : 2);
  for (const scenarios::CustomerHistory* customer : customers)
    ask(*customer, events[customer->customer], base, choice.cut, kinds[kinds.size() == 1 ? 0 : customer->group % 2]);
  const double ahead = season_time(choice.cut, base.history.origin, base.season);
  models::OrdersForetold foretold = models::foretell_orders(kinds, ahead, fit_as_study);
  choice.customers = static_cast<std::size_t>(foretold.customers);
  choice.came = foretold.came;
  choice.laws = std::move(foretold.laws);
  if (choice.laws.empty())
    choice.why_not = "no law could be fitted to the orders before " + scenarios::iso_text(choice.cut) +
                     (foretold.why_not.empty() ? "" : ": " + foretold.why_not);
  return choice;
}

void add_row(const std::vector<scenarios::BookEvent>& events, scenarios::Day until, models::ValueHistory& values) {
  std::vector<double> of;
  for (const scenarios::BookEvent& event : events)
    if (event.day < until && event.net > 0) of.push_back(scenarios::units_of(event.net));
  values.add(of);
}

ChoiceOfValues choose_values(const FittedBase& base, const Events& events, scenarios::Day cut) {
  ChoiceOfValues choice;
  models::ValueHistory earlier, all;
  const auto& customers = base.history.customers;
  const std::size_t stride = customers.size() / most_customers + 1;
  for (std::size_t k = 0; k < customers.size(); k += stride) {
    add_row(events[customers[k].customer], cut, earlier);
    add_row(events[customers[k].customer], base.history.origin, all);
  }
  const models::ValueForetold foretold = models::foretell_values(earlier, all);
  choice.why_not = foretold.why_not;
  choice.gain = foretold.gain, choice.gain_se = foretold.gain_se;
  choice.orders = static_cast<std::size_t>(foretold.orders);
  choice.customers = static_cast<std::size_t>(foretold.customers);
  if (choice.why_not.empty()) choice.missed = models::sales_missed(earlier, all, foretold);
  return choice;
}

ValueAndRate value_and_rate(const FittedBase& base, const Events& events) {
  ValueAndRate found;
  const bool one_law = base.has_one_law();
  std::array<std::size_t, 2> sizes{};
  for (const scenarios::CustomerHistory& customer : base.history.customers) ++sizes[customer.group % 2];
  const std::size_t kind = sizes[1] >= sizes[0] ? 1 : 0;
  const FittedBuying& buying = base.buying_of(kind);
  std::vector<const scenarios::CustomerHistory*> customers;
  for (const scenarios::CustomerHistory& customer : base.history.customers)
    if (one_law || customer.group % 2 == kind) customers.push_back(&customer);
  const std::size_t stride = customers.size() / most_customers + 1;
  models::ValueHistory values;
  models::BuyingHistory orders;
  for (std::size_t k = 0; k < customers.size(); k += stride) {
    const scenarios::CustomerHistory& customer = *customers[k];
    add_row(events[customer.customer], base.history.origin, values);
    orders.repeat.push_back(static_cast<double>(customer.repeat_orders));
    orders.last.push_back(customer.months_to_last_order);
    orders.seen.push_back(customer.months_seen);
  }
  const models::Fitted lognormal = models::fit_lognormal(values, models::Ends::by_curvature);
  const std::array<double, 4> law = pareto_nbd_of(buying.law.values);
  const models::Fitted fitted =
      models::fit_value_with_rate(values, orders, buying.anybody_leaves() ? BuyingModel::pareto_nbd : BuyingModel::nbd,
                                  {law.begin(), law.begin() + (buying.anybody_leaves() ? 4 : 2)}, lognormal);
  found.why_not = fitted.why_not;
  if (!fitted.is_found()) return found;
  found.correlation = fitted.estimates[0];
  found.customers = static_cast<std::size_t>(fitted.observations);
  found.apart = models::share_of_best_tenth(law[0], lognormal.values[1], 0);
  found.together = models::share_of_best_tenth(law[0], lognormal.values[1], found.correlation.value);
  return found;
}

}  // namespace

bool ChoiceOfBuying::another_is_better() const {
  const auto own = std::ranges::find(laws, simulated, &models::LawForetells::model);
  return own != laws.end() && own->why_not.empty() && own->behind > 2 * own->behind_se;
}

Choices choose_laws(const scenarios::Books& books, const FittedBase& base) {
  Choices choices;
  const Events events = scenarios::events_before(books, base.history.origin);
  choices.with_rate = value_and_rate(base, events);
  ChoiceOfBuying& buying = choices.buying;
  const auto months = static_cast<int>(base.history.months.size());
  buying.months = std::max(fewest_held_out, months / 4);
  buying.simulated = base.buying_of(0).anybody_leaves() || base.buying_of(1).anybody_leaves() ? BuyingModel::pareto_nbd
                                                                                              : BuyingModel::nbd;
  buying.season_is_known = std::ranges::any_of(base.season, [](double factor) { return factor != 1; });
  if (months < buying.months + fewest_fitted) {
    buying.why_not = choices.values.why_not = "the books have " + std::to_string(months) + " months before month 0 (" +
                                              std::to_string(fewest_fitted + fewest_held_out) +
                                              " are needed: 6 to fit to and 3 to foretell)";
    return choices;
  }
  buying.cut = scenarios::months_later(base.history.origin, -buying.months);
  const auto customers = customers_asked(base, buying);
  buying = choose_orders(base, events, buying, customers);
  choices.values = choose_values(base, events, buying.cut);
  return choices;
}

}  // namespace clientele::tools
