// Likelihoods of order values, and of values and rates together.
#include "models/fit/order_value.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <numbers>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "models/theory/log_gamma.hpp"
#include "sim/core/check.hpp"

namespace clientele::models {
namespace {

constexpr double least_with_two = 10;
constexpr std::size_t rate_points = 48, most_asked = 5'000;

/// Moments of logs over all orders: starts and sanity.
struct LogSpread {
  double customers = 0, with_two = 0, orders = 0, mean = 0, within = 0, between = 0;
};

LogSpread spread_of(const ValueHistory& history) {
  LogSpread s;
  double squares = 0, freedom = 0, of_means = 0;
  for (std::size_t i = 0; i < history.rows(); ++i) {
    const double w = history.weight_of(i), n = history.orders[i];
    if (n <= 0) continue;
    s.customers += w, s.orders += w * n, s.with_two += n > 1 ? w : 0;
    s.mean += w * history.mean_log[i];
    squares += w * history.squares[i], freedom += w * (n - 1);
  }
  s.mean /= s.customers;
  for (std::size_t i = 0; i < history.rows(); ++i)
    if (history.orders[i] > 0)
      of_means += history.weight_of(i) * (history.mean_log[i] - s.mean) * (history.mean_log[i] - s.mean);
  s.within = freedom > 0 ? std::sqrt(squares / freedom) : 0;
  s.between = std::sqrt(of_means / s.customers);
  return s;
}

std::string too_few(const LogSpread& s) {
  if (s.with_two < least_with_two)
    return "only " + std::to_string(static_cast<long long>(s.with_two + 0.5)) +
           " customers have two orders or more (10 are needed)";
  if (!(s.within > 1e-9)) return "all orders of a customer are worth the same: nothing varies within customers";
  if (!(s.between > 1e-9)) return "all customers' orders are worth the same: nothing varies between customers";
  return {};
}

double mean_value(const ValueHistory& history) {
  double sum = 0, orders = 0;
  for (std::size_t i = 0; i < history.rows(); ++i)
    sum += history.weight_of(i) * history.sum[i], orders += history.weight_of(i) * history.orders[i];
  return sum / orders;
}

/// Customers with orders, in rising order of how many.
ValueHistory by_orders(const ValueHistory& history) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < history.rows(); ++i)
    if (history.orders[i] > 0) order.push_back(i);
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return history.orders[a] != history.orders[b] ? history.orders[a] < history.orders[b] : a < b;
  });
  ValueHistory sorted;
  for (const std::size_t i : order) {
    sorted.orders.push_back(history.orders[i]), sorted.sum.push_back(history.sum[i]);
    sorted.mean_log.push_back(history.mean_log[i]), sorted.squares.push_back(history.squares[i]);
    sorted.weight.push_back(history.weight_of(i));
  }
  return sorted;
}

Fitted fit_gamma_law(const ValueHistory& history, bool by_order, Ends ends) {
  const LogSpread spread = spread_of(history);
  if (std::string why = too_few(spread); !why.empty()) return not_known(why);
  const auto rows = std::make_shared<const ValueHistory>(by_orders(history));
  const double mean = mean_value(history), p = 1 / (spread.within * spread.within);
  Question question;
  question.parameters = {{"p"}, {"q"}, {"v"}};
  question.starts = {{p, 3, 2 * mean / p}, {4, 4, 0.8 * mean}};
  question.log_likelihood = [rows, by_order](const std::vector<double>& at) {
    const double shape = at[0], q = at[1], v = at[2];
    double sum = 0, n = 0, of_orders = 0;
    for (std::size_t i = 0; i < rows->rows(); ++i) {
      const double total = rows->sum[i];
      if (rows->orders[i] != n) {
        n = rows->orders[i];
        of_orders = log_gamma_of(shape * n + q) - log_gamma_of(q) + q * std::log(v) -
                    (by_order ? n * log_gamma_of(shape) : log_gamma_of(shape * n) - shape * n * std::log(n));
      }
      sum += rows->weight_of(i) *
             (of_orders - (shape * n + q) * std::log(total + v) +
              (by_order ? (shape - 1) * n * rows->mean_log[i] : (shape * n - 1) * std::log(total / n)));
    }
    return sum;
  };
  question.ends = ends;
  Fitted fitted = maximize(question);
  fitted.observations = spread.customers;
  return fitted;
}

/// P(x, t_x | T, rate) / rate^x of a customer whose hazard is Gamma(s, beta): there to the end, or left in between.
double no_more_given_rate(double rate, double last, double seen, double s, double beta) {
  const double there = -rate * seen - s * std::log1p(seen / beta);
  double left = 0;
  if (seen > last) {
    const auto at = [&](double t) { return std::exp(-rate * (t - last) - (s + 1) * std::log1p(t / beta)) * s / beta; };
    left = boost::math::quadrature::gauss<double, 15>::integrate(at, last, seen);
  }
  return std::exp(there) + std::exp(-rate * last) * left;
}

/// Log-likelihoods of histories at the quantiles of the rate, each customer's less its greatest.
struct RateGrid {
  std::vector<double> scores;                ///< normal scores of the quantiles
  std::vector<std::vector<double>> chances;  ///< [customer][quantile], up to a factor per customer
  std::vector<std::size_t> rows;
};

RateGrid grid_of(const ValueHistory& values, const BuyingHistory& history, BuyingModel model,
                 const std::vector<double>& buying) {
  RateGrid grid;
  const boost::math::normal_distribution<double> standard;
  std::vector<double> rates;
  for (std::size_t k = 0; k < rate_points; ++k) {
    const double u = (static_cast<double>(k) + 0.5) / static_cast<double>(rate_points);
    grid.scores.push_back(boost::math::quantile(standard, u));
    rates.push_back(boost::math::gamma_p_inv(buying[0], u) / buying[1]);
  }
  std::size_t useful = 0;
  for (const double n : values.orders) useful += n > 0;
  const std::size_t stride = useful / most_asked + 1;
  std::size_t turn = 0;
  for (std::size_t i = 0; i < values.rows(); ++i) {
    if (values.orders[i] <= 0 || turn++ % stride != 0) continue;
    std::vector<double> chances;
    double most = 0;
    const double x = history.repeat[i], seen = history.seen[i];
    for (const double rate : rates) {
      const double log_scale = x > 0 ? x * (std::log(std::max(1e-300, x / std::max(seen, 1e-9))) - 1) : 0;
      const double chance =
          std::exp((x > 0 ? x * std::log(rate) : 0) - log_scale) *
          (model == BuyingModel::nbd ? std::exp(-rate * seen)
                                     : no_more_given_rate(rate, history.last[i], seen, buying[2], buying[3]));
      chances.push_back(chance);
      most = std::max(most, chance);
    }
    if (!(most > 0)) continue;
    for (double& chance : chances) chance /= most;
    grid.chances.push_back(std::move(chances));
    grid.rows.push_back(i);
  }
  return grid;
}

}  // namespace

void ValueHistory::add(const std::vector<double>& values) {
  double total = 0, logs = 0, around = 0;
  for (const double value : values) {
    sim::expects(value > 0, "an order of a value history is worth more than 0");
    total += value, logs += std::log(value);
  }
  const double n = static_cast<double>(values.size()), mean = n > 0 ? logs / n : 0;
  for (const double value : values) around += (std::log(value) - mean) * (std::log(value) - mean);
  orders.push_back(n), sum.push_back(total), mean_log.push_back(mean), squares.push_back(around);
}

Fitted fit_gamma_gamma(const ValueHistory& history) { return fit_gamma_law(history, false, Ends::by_profile); }

Fitted fit_gamma_gamma_by_order(const ValueHistory& history, Ends ends) { return fit_gamma_law(history, true, ends); }

Fitted fit_lognormal(const ValueHistory& history, Ends ends) {
  const LogSpread spread = spread_of(history);
  if (std::string why = too_few(spread); !why.empty()) return not_known(why);
  const auto rows = std::make_shared<const ValueHistory>(history);
  Question question;
  question.parameters = {{"log_mean", Scale::plain}, {"between"}, {"within"}};
  question.starts = {{spread.mean, spread.between, spread.within}};
  question.log_likelihood = [rows](const std::vector<double>& at) {
    const double m = at[0], b = at[1] * at[1], w = at[2] * at[2], log_w = std::log(w);
    double sum = 0;
    for (std::size_t i = 0; i < rows->rows(); ++i) {
      const double n = rows->orders[i], y = rows->mean_log[i], all = w + n * b;
      if (n <= 0) continue;
      sum += rows->weight_of(i) *
             (-0.5 * n * std::log(2 * std::numbers::pi) - 0.5 * (n - 1) * log_w - 0.5 * std::log(all) -
              rows->squares[i] / (2 * w) - n * (y - m) * (y - m) / (2 * all) - n * y);
    }
    return sum;
  };
  question.ends = ends;
  Fitted fitted = maximize(question);
  fitted.observations = spread.customers;
  if (!fitted.is_found() && fitted.why_not.starts_with("between"))
    fitted.why_not = "customers differ no more than luck within customers explains";
  return fitted;
}

ValueChoice choose_value(const ValueHistory& history) {
  ValueChoice choice{fit_gamma_gamma_by_order(history), fit_lognormal(history), true, {}};
  const Fitted &gamma = choice.gamma_gamma, &lognormal = choice.lognormal;
  if (!gamma.is_found() || !lognormal.is_found()) {
    choice.is_lognormal = lognormal.is_found() || !gamma.is_found();
    choice.told = std::string("lognormal: ") + (lognormal.is_found() ? "fitted" : "not fitted, " + lognormal.why_not) +
                  "; gamma-gamma: " + (gamma.is_found() ? "fitted" : "not fitted, " + gamma.why_not);
    return choice;
  }
  choice.is_lognormal = lognormal.log_likelihood >= gamma.log_likelihood;
  char text[160];
  std::snprintf(text, sizeof text, "lognormal: log-likelihood %.2f; gamma-gamma: %.2f, of the same orders",
                lognormal.log_likelihood, gamma.log_likelihood);
  choice.told = text;
  return choice;
}

double log_chance_of_values(ValueLaw law, const std::vector<double>& at, const ValueHistory& history, std::size_t row) {
  const double n = history.orders[row], y = history.mean_log[row];
  if (n <= 0) return 0;
  if (law == ValueLaw::lognormal) {
    const double b = at[1] * at[1], w = at[2] * at[2], all = w + n * b;
    return -0.5 * n * std::log(2 * std::numbers::pi) - 0.5 * (n - 1) * std::log(w) - 0.5 * std::log(all) -
           history.squares[row] / (2 * w) - n * (y - at[0]) * (y - at[0]) / (2 * all) - n * y;
  }
  const double p = at[0], q = at[1], v = at[2];
  return log_gamma_of(p * n + q) - log_gamma_of(q) + q * std::log(v) - n * log_gamma_of(p) + (p - 1) * n * y -
         (p * n + q) * std::log(history.sum[row] + v);
}

ValueForetold foretell_values(const ValueHistory& earlier, const ValueHistory& all) {
  sim::expects(earlier.rows() == all.rows(), "earlier orders and all are of the same customers");
  ValueForetold made{.lognormal = fit_lognormal(earlier, Ends::by_curvature),
                     .gamma_gamma = fit_gamma_gamma_by_order(earlier, Ends::by_curvature)};
  for (const Fitted* fit : {&made.lognormal, &made.gamma_gamma})
    if (!fit->is_found()) {
      made.why_not = fit->why_not;
      return made;
    }
  std::vector<double> gains, orders;
  double sum = 0;
  for (std::size_t i = 0; i < all.rows(); ++i) {
    const double later = all.orders[i] - earlier.orders[i];
    sim::expects(later >= 0, "earlier orders are among all");
    if (later <= 0) continue;
    const auto score = [&](ValueLaw law, const Fitted& fit) {
      return log_chance_of_values(law, fit.values, all, i) - log_chance_of_values(law, fit.values, earlier, i);
    };
    gains.push_back(score(ValueLaw::lognormal, made.lognormal) - score(ValueLaw::gamma_gamma, made.gamma_gamma));
    orders.push_back(later);
    sum += gains.back(), made.orders += later;
  }
  made.customers = static_cast<double>(gains.size());
  if (gains.size() < 2) {
    made.why_not = "fewer than two customers ordered later";
    return made;
  }
  made.gain = sum / made.orders;
  double squares = 0;
  for (std::size_t i = 0; i < gains.size(); ++i) squares += std::pow(gains[i] - made.gain * orders[i], 2);
  made.gain_se = std::sqrt(squares) / made.orders;
  return made;
}

Fitted fit_value_with_rate(const ValueHistory& values, const BuyingHistory& history, BuyingModel model,
                           const std::vector<double>& buying, const Fitted& lognormal) {
  sim::expects(values.rows() == history.rows(), "values and orders are of the same customers");
  sim::expects(model == BuyingModel::pareto_nbd || model == BuyingModel::nbd,
               "a rate's law is that of Pareto/NBD or NBD");
  if (!lognormal.is_found()) return not_known("the law of values is not known: " + lognormal.why_not);
  const auto grid = std::make_shared<const RateGrid>(grid_of(values, history, model, buying));
  if (grid->rows.size() < 30)
    return not_known("only " + std::to_string(grid->rows.size()) + " customers have values (30 are needed)");
  const auto rows = std::make_shared<const ValueHistory>(values);
  const double m = lognormal.values[0], between = lognormal.values[1], within = lognormal.values[2];
  Question question;
  question.parameters = {{"correlation", Scale::correlation}};
  question.starts = {{0}};
  question.log_likelihood = [grid, rows, m, between, within](const std::vector<double>& at) {
    const double c = at[0];
    double sum = 0;
    for (std::size_t j = 0; j < grid->rows.size(); ++j) {
      const std::size_t i = grid->rows[j];
      const double variance = (1 - c * c) * between * between + within * within / rows->orders[i];
      const double off = rows->mean_log[i] - m, scale = -0.5 / variance;
      double both = 0, alone = 0;
      for (std::size_t k = 0; k < rate_points; ++k) {
        const double d = off - c * between * grid->scores[k];
        both += grid->chances[j][k] * std::exp(scale * d * d);
        alone += grid->chances[j][k];
      }
      sum += rows->weight_of(i) * (std::log(std::max(both, 1e-300) / alone) - 0.5 * std::log(variance));
    }
    return sum;
  };
  Fitted fitted = maximize(question);
  fitted.observations = static_cast<double>(grid->rows.size());
  return fitted;
}

}  // namespace clientele::models
