// Two likelihoods for either kind of customers, and how far from 0 a hazard may be that is not seen.
#include "tools/clientele/fitted/orders.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/fit/left_censored.hpp"
#include "models/theory/pareto_nbd.hpp"
#include "sim/core/check.hpp"

namespace clientele::tools {

using models::BuyingModel;
using models::Ends;

namespace {

constexpr double seen_to_leave = 0.5;  ///< of log-likelihood, that a hazard must gain

/// One kind: its laws, and the log-likelihood in r, alpha, s, beta.
struct Kind {
  models::Fitted stays;
  models::LogLikelihood surface;
  std::function<models::Fitted()> leaves;
};

FittedBuying fitted(const Kind& kind) {
  FittedBuying buying{.law = kind.stays};
  if (!kind.stays.is_found()) return {};
  buying.customers = static_cast<std::size_t>(kind.stays.observations);
  const double r = kind.stays.values[0], alpha = kind.stays.values[1];
  const auto gain_at = [&](double hazard) {
    return kind.surface({r, alpha, 1, 1 / hazard}) - kind.surface({r, alpha, 1, 1e7});
  };
  constexpr std::array<double, 5> hazards{0.002, 0.01, 0.03, 0.08, 0.2};
  if (std::ranges::any_of(hazards, [&](double hazard) { return gain_at(hazard) > seen_to_leave; })) {
    models::Fitted leaves = kind.leaves();
    if (leaves.is_found() && !leaves.covariance.empty()) {
      buying.law = std::move(leaves);
      return buying;
    }
  }
  buying.anybody_leaves = false;
  constexpr double little = 0.001;
  const double fall = -gain_at(little) / little;
  buying.hazard_at_most = std::min(0.02, 1 / std::max(fall, 1.0));
  return buying;
}

/// By what follows each customer's first order.
FittedBuying fitted_from_first_orders(const models::BuyingHistory& seen) {
  return fitted({.stays = models::fit_buying(seen, BuyingModel::nbd, Ends::by_curvature),
                 .surface = models::likelihood_of_buying(seen),
                 .leaves = [&] { return models::fit_buying(seen, BuyingModel::pareto_nbd, Ends::by_curvature); }});
}

}  // namespace

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
    base.there = fitted_from_first_orders(there_since);
  }
  base.came = fitted_from_first_orders(came);
  if (base.there.is_found() || base.came.is_found()) return;
  throw sim::UserError("the orders of these customers do not tell how often they order (fewer than 10 of 20 customers "
                       "have ordered again). Are there months of orders before the day that is asked about?",
                       sim::Exit::bad_data);
}

double expected_orders(const FittedBuying& buying, double t) {
  const std::vector<double>& law = buying.law.values;
  if (!buying.anybody_leaves) return law[0] / law[1] * t;
  return models::ParetoNbd{law[0], law[1], law[2], law[3]}.expected(t);
}

}  // namespace clientele::tools
