// Histories end at a day before the origin; what came between the two is asked of each law.
#include "tools/clientele/fitted/choice.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include <boost/math/special_functions/gamma.hpp>

#include "models/fit/normal_words.hpp"
#include "models/fit/order_value.hpp"
#include "scenarios/books/dates.hpp"
#include "tools/clientele/fitted/laws.hpp"
#include "tools/clientele/fitted/orders.hpp"

namespace clientele::tools {

using models::BuyingModel;

namespace {

constexpr int fewest_held_out = 3, fewest_fitted = 6;
constexpr std::size_t most_customers = 3'000;
constexpr std::array all_models{BuyingModel::pareto_nbd, BuyingModel::bg_nbd, BuyingModel::mbg_nbd, BuyingModel::nbd};

using Events = std::vector<std::vector<scenarios::BookEvent>>;

/// Of one kind of customers: histories up to the cut, and orders after it.
struct KindAsked {
  models::BuyingHistory history;
  std::vector<double> later;
};

/// What the laws said of a kind, by customer.
struct KindScores {
  std::array<std::vector<double>, all_models.size()> logs;
  std::array<double, all_models.size()> orders{};
  std::array<std::string, all_models.size()> why_not, as;
  bool is_asked = false;
};

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
         const FittedBase& base, scenarios::Day cut, KindAsked& kind) {
  const auto before = static_cast<std::size_t>(
      std::ranges::count_if(events, [&](const scenarios::BookEvent& event) { return event.day < cut; }));
  kind.history.repeat.push_back(static_cast<double>(before) - 1);
  kind.history.last.push_back(season_time(customer.first_order, events[before - 1].day, base.season));
  kind.history.seen.push_back(season_time(customer.first_order, cut, base.season));
  kind.later.push_back(static_cast<double>(events.size() - before));
}

/// Pareto/NBD in the steps of the study, which stop where the orders tell no more.
models::BuyingScore score_as_study(const KindAsked& kind, double ahead, std::string& as) {
  const FittedBuying buying = fit_from_first_orders(kind.history);
  models::BuyingScore score{.model = BuyingModel::pareto_nbd, .fit = buying.law};
  if (!buying.is_found()) return score;
  const std::array<double, 4> law = pareto_nbd_of(buying.law.values);
  const bool leaves = buying.anybody_leaves();
  if (buying.law.values.size() == 3) as = "how chances to leave differ is not told: s = 1";
  if (!leaves) score.model = BuyingModel::nbd, as = "as NBD, for nobody is seen to leave";
  score.fit.values.assign(law.begin(), law.begin() + (leaves ? 4 : 2));
  for (std::size_t i = 0; i < kind.later.size(); ++i)
    score.logs.push_back(models::log_chance_of_later(score.model, score.fit.values, kind.history.repeat[i],
                                                     kind.history.last[i], kind.history.seen[i], ahead, kind.later[i]));
  return score;
}

KindScores scores_of(const KindAsked& kind, double ahead) {
  KindScores scores;
  const models::BuyingChoice choice =
      models::choose_buying(kind.history, kind.later, ahead, models::Ends::by_curvature,
                            {BuyingModel::bg_nbd, BuyingModel::mbg_nbd, BuyingModel::nbd});
  const auto of = [&](BuyingModel model) {
    return *std::ranges::find(choice.scores, model, &models::BuyingScore::model);
  };
  const models::BuyingScore nbd = of(BuyingModel::nbd);
  for (std::size_t m = 0; m < all_models.size(); ++m) {
    const bool is_own = all_models[m] == BuyingModel::pareto_nbd;
    models::BuyingScore used = is_own ? score_as_study(kind, ahead, scores.as[m]) : of(all_models[m]);
    if (!used.fit.is_found() && nbd.fit.is_found()) used = nbd, scores.as[m] = "as NBD, for they do not tell more";
    if (!used.fit.is_found()) {
      scores.why_not[m] = used.fit.why_not.empty() ? nbd.fit.why_not : used.fit.why_not;
      continue;
    }
    scores.is_asked = true;
    scores.logs[m] = used.logs;
    for (std::size_t i = 0; i < kind.later.size(); ++i)
      scores.orders[m] += models::expected_later(used.model, used.fit.values, kind.history.repeat[i],
                                                 kind.history.last[i], kind.history.seen[i], ahead);
  }
  return scores;
}

/// Scores of both kinds as those of one base.
void tell_scores(const std::vector<KindScores>& kinds, ChoiceOfBuying& choice) {
  std::array<std::vector<double>, all_models.size()> logs;
  for (std::size_t m = 0; m < all_models.size(); ++m) {
    LawForetells law{.model = all_models[m]};
    for (const KindScores& kind : kinds) {
      if (!kind.is_asked) continue;
      if (kind.logs[m].empty()) law.why_not = kind.why_not[m];
      if (!kind.as[m].empty()) law.as = kind.as[m];
      logs[m].insert(logs[m].end(), kind.logs[m].begin(), kind.logs[m].end());
      law.orders += kind.orders[m];
    }
    const auto n = static_cast<double>(logs[m].size());
    law.score = law.why_not.empty() ? std::accumulate(logs[m].begin(), logs[m].end(), 0.0) / n
                                    : -std::numeric_limits<double>::infinity();
    choice.laws.push_back(std::move(law));
  }
  const auto best =
      static_cast<std::size_t>(std::ranges::max_element(choice.laws, {}, &LawForetells::score) - choice.laws.begin());
  for (std::size_t m = 0; m < all_models.size(); ++m) {
    LawForetells& law = choice.laws[m];
    if (!law.why_not.empty() || m == best) continue;
    law.behind = choice.laws[best].score - law.score;
    double squares = 0;
    for (std::size_t i = 0; i < logs[m].size(); ++i) squares += std::pow(logs[best][i] - logs[m][i] - law.behind, 2);
    const auto n = static_cast<double>(logs[m].size());
    law.behind_se = std::sqrt(squares / (n * std::max(1.0, n - 1)));
  }
  std::ranges::stable_sort(choice.laws, std::ranges::greater(), &LawForetells::score);
}

ChoiceOfBuying choose_orders(const FittedBase& base, const Events& events, ChoiceOfBuying choice,
                             const std::vector<const scenarios::CustomerHistory*>& customers) {
  std::vector<KindAsked> kinds(base.has_one_law() ? 1 : 2);
  for (const scenarios::CustomerHistory* customer : customers)
    ask(*customer, events[customer->customer], base, choice.cut, kinds[kinds.size() == 1 ? 0 : customer->group % 2]);
  const double ahead = season_time(choice.cut, base.history.origin, base.season);
  std::vector<KindScores> scores;
  std::string why_not;
  for (const KindAsked& kind : kinds) {
    if (kind.later.empty()) continue;
    scores.push_back(scores_of(kind, ahead));
    if (!scores.back().is_asked) {
      why_not = scores.back().why_not.back();
      continue;
    }
    choice.customers += kind.later.size();
    choice.came += std::accumulate(kind.later.begin(), kind.later.end(), 0.0);
  }
  if (choice.customers == 0) {
    choice.why_not = "no law could be fitted to the orders before " + scenarios::iso_text(choice.cut) +
                     (why_not.empty() ? "" : ": " + why_not);
    return choice;
  }
  tell_scores(scores, choice);
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
  return choice;
}

/// What the best tenth of customers have of all expected sales, where rates are Gamma(shape) and log values differ by
/// `between` and correlate with the rates' normal scores: over 200 x 60 equally likely customers.
double share_of_best_tenth(double shape, double between, double correlation) {
  constexpr std::size_t rates = 200, rest = 60;
  const auto normal = [](double u) { return -std::sqrt(2.0) * boost::math::erfc_inv(2 * u); };
  const double own = std::sqrt(1 - correlation * correlation);
  std::vector<double> sales;
  for (std::size_t k = 0; k < rates; ++k) {
    const double u = (static_cast<double>(k) + 0.5) / rates, rate = boost::math::gamma_p_inv(shape, u);
    for (std::size_t j = 0; j < rest; ++j) {
      const double z = correlation * normal(u) + own * normal((static_cast<double>(j) + 0.5) / rest);
      sales.push_back(rate * std::exp(between * z));
    }
  }
  std::ranges::sort(sales, std::greater());
  const double all = std::accumulate(sales.begin(), sales.end(), 0.0);
  return std::accumulate(sales.begin(), sales.begin() + rates * rest / 10, 0.0) / all;
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
  found.apart = share_of_best_tenth(law[0], lognormal.values[1], 0);
  found.together = share_of_best_tenth(law[0], lognormal.values[1], found.correlation.value);
  return found;
}

}  // namespace

bool ChoiceOfBuying::another_is_better() const {
  const auto own = std::ranges::find(laws, simulated, &LawForetells::model);
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
