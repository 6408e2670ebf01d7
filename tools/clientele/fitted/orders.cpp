// Two likelihoods for either kind of customers, and how far from 0 a hazard may be that is not seen.
#include "tools/clientele/fitted/orders.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

#include "models/fit/left_censored.hpp"
#include "models/theory/pareto_nbd.hpp"
#include "sim/core/check.hpp"
#include "tools/clientele/fitted/laws.hpp"

namespace clientele::tools {

using models::BuyingModel;
using models::Ends;

namespace {

constexpr double seen_to_leave = 1.92;  ///< of log-likelihood, that a hazard must gain: a chi-square of 3.84

/// Where more of who seems new is old, laws of both kinds would be of the same customers: there is one law then.
constexpr double most_mistaken = 0.2;

/// One kind: its laws, and the log-likelihood in r, alpha, s, beta.
struct Kind {
  models::Fitted stays;
  models::LogLikelihood surface;
  std::function<models::Fitted()> leaves;
};

/// Whether all of it is told: no number's standard error is as large as itself, and newcomers do not leave at once.
bool is_told(const models::Fitted& leaves) {
  return leaves.is_found() && !leaves.values.empty() && !leaves.covariance.empty() && hazard_of(leaves.values) < 0.5 &&
         std::ranges::all_of(leaves.estimates, [](const models::Estimate& one) { return one.se < one.value; });
}

/// Where customers order no more differently than luck explains, gamma rates have no likeliest shape: it is held.
constexpr double alike_in_buying = 50, most_told = 1000;

/// `is_sure`: the search came to rest, and standard errors are known.
bool has_no_shape(const models::Fitted& fitted, bool is_sure) {
  return !fitted.values.empty() && fitted.values[0] > (is_sure ? most_told : alike_in_buying);
}

models::Fitted with_shape_held(models::Question question) {
  for (std::vector<double>& start : question.starts) start[1] *= alike_in_buying / start[0], start[0] = alike_in_buying;
  return models::maximize_with(question, 0, alike_in_buying,
                               "customers differ in buying no more than luck explains: r is held at 50");
}

/// r, alpha and a hazard, s being held.
models::Fitted leaves_alike(const Kind& kind, double hazard, double s = 1) {
  models::Question question;
  question.parameters = {{"r"}, {"alpha"}, {"hazard"}};
  question.starts = {{kind.stays.values[0], kind.stays.values[1], hazard}};
  question.log_likelihood = [surface = kind.surface, s](const std::vector<double>& at) {
    return at[2] < 2 ? surface({at[0], at[1], s, s / at[2]}) : -std::numeric_limits<double>::infinity();
  };
  question.ends = Ends::by_curvature;
  models::Fitted made = models::maximize(question);
  if (has_no_shape(made, is_told(made))) made = with_shape_held(question);
  made.observations = kind.stays.observations;
  return made;
}

models::Fitted orders_alike(const Kind& kind) {
  if (!has_no_shape(kind.stays, kind.stays.is_found())) return kind.stays;
  models::Question question;
  question.parameters = {{"r"}, {"alpha"}};
  question.starts = {kind.stays.values};
  question.log_likelihood = [surface = kind.surface](const std::vector<double>& at) {
    return surface({at[0], at[1], 1, 1e7});
  };
  question.ends = Ends::by_curvature;
  models::Fitted made = with_shape_held(question);
  made.observations = kind.stays.observations;
  return made;
}

/// A law with its variance of frailty held at 1, beside those at other variances: the prior of the log is normal around
/// 0 with a standard deviation of 1, from 1/3 to 3 (a guess), times the likelihood at its maximum and the room around
/// it (Laplace's method, by standard errors alone).
std::vector<HeldFrailty> other_frailty(const Kind& kind, const models::Fitted& at_one) {
  constexpr std::array<double, 5> logs{-1.09, -0.55, 0, 0.55, 1.09};
  std::vector<HeldFrailty> all;
  double sum = 0;
  for (const double log : logs) {
    HeldFrailty held{.variance = std::exp(log)};
    held.law = log == 0 ? at_one : leaves_alike(kind, at_one.values[2], std::exp(-log));
    if (!is_told(held.law)) continue;
    double room = 1;  // of the working scales, so of relative errors
    for (const models::Estimate& one : held.law.estimates) room *= one.se > 0 ? one.se / one.value : 1;
    held.weight = room * std::exp(held.law.log_likelihood - at_one.log_likelihood - 0.5 * log * log);
    sum += held.weight;
    all.push_back(std::move(held));
  }
  for (HeldFrailty& held : all) held.weight /= sum;
  return all;
}

FittedBuying fitted(Kind kind) {
  kind.stays = orders_alike(kind);
  FittedBuying buying{.law = kind.stays};
  if (!kind.stays.is_found()) {
    buying.law.values.clear();
    return buying;
  }
  buying.customers = static_cast<std::size_t>(kind.stays.observations);
  const double r = kind.stays.values[0], alpha = kind.stays.values[1];
  const auto gain_at = [&](double hazard) {
    return kind.surface({r, alpha, 1, 1 / hazard}) - kind.surface({r, alpha, 1, 1e7});
  };
  constexpr std::array<double, 5> hazards{0.002, 0.01, 0.03, 0.08, 0.2};
  const double best = *std::ranges::max_element(hazards, {}, gain_at);
  double likeliest = 0;
  if (gain_at(best) > 0) {
    models::Fitted alike = leaves_alike(kind, best);
    if (is_told(alike)) {
      const bool may_tell_more = alike.log_likelihood > kind.stays.log_likelihood + seen_to_leave;
      models::Fitted all = may_tell_more ? kind.leaves() : models::Fitted{};
      if (is_told(all) && !has_no_shape(all, true)) {
        buying.law = std::move(all);
      } else {
        buying.other_frailty = other_frailty(kind, alike);
        buying.law = std::move(alike);
      }
      return buying;
    }
    if (alike.is_found()) likeliest = std::min(0.1, alike.values[2]);
  }
  constexpr double little = 0.001, usual = 0.01;  // a guess: one in a hundred a month, before anything is seen
  buying.hazard_at_most = std::max(likeliest, 1 / (1 / usual + std::max(0.0, -gain_at(little) / little)));
  return buying;
}

/// Of who is taken to have come, the share who were there before and had not ordered in the run-in, by their law.
void tell_who_is_mistaken(FittedBase& base, std::size_t came) {
  const double until_new = season_time(base.history.first_day, base.new_since, base.season),
               end = season_time(base.history.first_day, base.history.origin, base.season);
  const double ordered = 1 - none_until(base.there, until_new);
  if (came == 0 || !(ordered > 0)) return;
  const double late = static_cast<double>(base.there.customers) / ordered *
                      (none_until(base.there, until_new) - none_until(base.there, end));
  base.mistaken = std::min(1.0, late / static_cast<double>(came));
}

models::BuyingHistory together(models::BuyingHistory one, const models::BuyingHistory& other) {
  one.repeat.insert(one.repeat.end(), other.repeat.begin(), other.repeat.end());
  one.last.insert(one.last.end(), other.last.begin(), other.last.end());
  one.seen.insert(one.seen.end(), other.seen.begin(), other.seen.end());
  return one;
}

}  // namespace

FittedBuying fit_from_first_orders(const models::BuyingHistory& seen) {
  return fitted({.stays = models::fit_buying(seen, BuyingModel::nbd, Ends::by_curvature),
                 .surface = models::likelihood_of_buying(seen),
                 .leaves = [&] { return models::fit_buying(seen, BuyingModel::pareto_nbd, Ends::by_curvature); }});
}

void fit_orders(FittedBase& base) {
  const scenarios::History& history = base.history;
  models::FirstSeen there{.end = season_time(history.first_day, history.origin, base.season)};
  models::BuyingHistory came, there_since;
  for (const scenarios::CustomerHistory& customer : history.customers) {
    const auto repeat = static_cast<double>(customer.repeat_orders);
    const bool is_new = customer.first_order >= base.new_since;
    models::BuyingHistory& kind = is_new ? came : there_since;
    kind.repeat.push_back(repeat);
    kind.last.push_back(customer.months_to_last_order);
    kind.seen.push_back(customer.months_seen);
    if (is_new) continue;
    const double first = season_time(history.first_day, customer.first_order, base.season);
    there.first.push_back(first);
    there.repeat.push_back(repeat);
    there.last.push_back(first + customer.months_to_last_order);
  }
  there.run_in = there.end / 2;
  base.there =
      fitted({.stays = models::fit_who_was_there(there, BuyingModel::nbd, Ends::by_curvature),
              .surface = models::likelihood_of_who_was_there(there),
              .leaves = [&] { return models::fit_who_was_there(there, BuyingModel::pareto_nbd, Ends::by_curvature); }});
  if (!base.there.is_found()) {
    base.from_the_beginning = false;
    base.there = fit_from_first_orders(there_since);
  }
  base.came = fit_from_first_orders(came);
  if (base.there.is_found()) tell_who_is_mistaken(base, came.rows());
  base.joining_by = base.there;
  if (base.mistaken > most_mistaken) {
    base.from_the_beginning = false;
    base.one_law = true;
    base.there = base.came = fit_from_first_orders(together(there_since, came));
  }
  if (base.there.is_found() || base.came.is_found()) return;
  if (!base.one_law) {  // too few of either kind may be enough of both
    base.from_the_beginning = false;
    base.one_law = true;
    base.there = base.came = fit_from_first_orders(together(there_since, came));
  }
  if (base.there.is_found()) return;
  throw sim::UserError("the orders of these customers do not tell how often they order: " + base.there.law.why_not +
                           ". Are there more months of orders before the day that is asked about?",
                       sim::Exit::bad_data);
}

double none_until(const FittedBuying& buying, double t) {
  const std::array<double, 4> law = pareto_nbd_of(buying.law.values);
  if (buying.anybody_leaves()) return models::chance_of_none_until({law.begin(), law.end()}, t);
  return std::pow(law[1] / (law[1] + t), law[0]);
}

double expected_orders(const FittedBuying& buying, double t) {
  const auto [r, alpha, s, beta] = pareto_nbd_of(buying.law.values);
  if (!buying.anybody_leaves()) return r / alpha * t;
  if (std::fabs(s - 1) < 1e-6) return r / alpha * beta * std::log1p(t / beta);
  return models::ParetoNbd{r, alpha, s, beta}.expected(t);
}

}  // namespace clientele::tools
