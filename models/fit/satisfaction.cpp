// Orders after answers, with what sets customers apart as a frailty or left out.
#include "models/fit/satisfaction.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <utility>

#include "models/theory/log_gamma.hpp"
#include "sim/core/check.hpp"

namespace clientele::models {
namespace {

/// Answers by customer, points around their mean in tens.
struct Answers {
  std::vector<std::vector<std::size_t>> of;  ///< rows by customer
  std::vector<double> tens, orders, exposure;
  double mean = 0, variance = 0, all_orders = 0, all_exposure = 0;
};

Answers answers_of(const SurveyHistory& history) {
  Answers answers;
  const std::size_t n = history.rows();
  sim::expects(history.points.size() == n && history.orders.size() == n && history.exposure.size() == n,
               "an answer has points, orders and exposure");
  for (std::size_t i = 0; i < n; ++i) answers.mean += history.points[i] / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) {
    sim::expects(history.exposure[i] > 0 && history.orders[i] >= 0, "exposure of an answer is above 0");
    if (answers.of.size() <= history.customer[i]) answers.of.resize(history.customer[i] + 1);
    answers.of[history.customer[i]].push_back(i);
    answers.tens.push_back((history.points[i] - answers.mean) / 10);
    answers.variance += answers.tens.back() * answers.tens.back() / static_cast<double>(n);
    answers.all_orders += history.orders[i], answers.all_exposure += history.exposure[i];
  }
  std::erase_if(answers.of, [](const auto& rows) { return rows.empty(); });
  answers.orders = history.orders, answers.exposure = history.exposure;
  return answers;
}

/// The log-likelihood of one customer's answers, given its rows.
using OneCustomer = std::function<double(const std::vector<std::size_t>&, const std::vector<double>&)>;

OneCustomer between_of(const std::shared_ptr<const Answers>& answers, bool has_frailty) {
  return [answers, has_frailty](const std::vector<std::size_t>& rows, const std::vector<double>& at) {
    const double log_rate = std::log(at[0]), slope = at[1], r = has_frailty ? at[2] : 0;
    double orders = 0, mean = 0, sum = 0;
    for (const std::size_t i : rows) {
      const double log_mu = log_rate + std::log(answers->exposure[i]) + slope * answers->tens[i];
      sum += answers->orders[i] * log_mu;
      orders += answers->orders[i], mean += std::exp(log_mu);
    }
    if (!has_frailty) return sum - mean;
    return sum + r * std::log(r) - log_gamma_of(r) + log_gamma_of(r + orders) - (r + orders) * std::log(r + mean);
  };
}

OneCustomer within_of(const std::shared_ptr<const Answers>& answers) {
  return [answers](const std::vector<std::size_t>& rows, const std::vector<double>& at) {
    double orders = 0, mean = 0, sum = 0;
    for (const std::size_t i : rows) {
      orders += answers->orders[i], mean += answers->exposure[i] * std::exp(at[0] * answers->tens[i]);
      sum += answers->orders[i] * (std::log(answers->exposure[i]) + at[0] * answers->tens[i]);
    }
    return sum - orders * std::log(mean);
  };
}

/// Orders of a customer come in clusters (who has left orders nothing any more), which the likelihood does not know:
/// the slope's error is that of White's sandwich by customer, where it is the larger one.
void widen_slope(Fitted& fitted, std::size_t slope, const std::vector<std::vector<std::size_t>>& customers,
                 const OneCustomer& one) {
  const std::size_t n = fitted.values.size();
  if (!fitted.is_found() || fitted.covariance.size() != n * n) return;
  constexpr double step = 1e-4;
  double variance = 0;
  for (const auto& rows : customers) {
    double influence = 0;  // on the slope: its row of the covariance times the customer's score
    for (std::size_t k = 0; k < n; ++k) {
      const auto moved = [&](double by) {
        std::vector<double> at = fitted.values;
        at[k] = natural(fitted.parameters[k].scale, working(fitted.parameters[k].scale, at[k]) + by);
        return one(rows, at);
      };
      influence += fitted.covariance[slope * n + k] * (moved(step) - moved(-step)) / (2 * step);
    }
    variance += influence * influence;
  }
  const double se = std::sqrt(variance * static_cast<double>(customers.size()) /
                              std::max(1.0, static_cast<double>(customers.size()) - 1));
  if (!(se > fitted.estimates[slope].se)) return;
  fitted.estimates[slope] = estimate_by_curvature(Scale::plain, fitted.values[slope], se);
}

LogLikelihood sum_over(std::vector<std::vector<std::size_t>> customers, OneCustomer one) {
  return [customers = std::move(customers), one = std::move(one)](const std::vector<double>& at) {
    double sum = 0;
    for (const auto& rows : customers) sum += one(rows, at);
    return sum;
  };
}

Fitted fit_between(const std::shared_ptr<const Answers>& answers, bool has_frailty) {
  Question question;
  question.parameters = {{"rate"}, {"slope", Scale::plain}};
  question.starts = {{answers->all_orders / answers->all_exposure, 0}};
  if (has_frailty) question.parameters.push_back({"shape"}), question.starts[0].push_back(1.5);
  const OneCustomer one = between_of(answers, has_frailty);
  question.log_likelihood = sum_over(answers->of, one);
  Fitted fitted = maximize(question);
  widen_slope(fitted, 1, answers->of, one);
  return fitted;
}

Fitted fit_within(const std::shared_ptr<const Answers>& answers) {
  std::vector<std::vector<std::size_t>> useful;
  for (const auto& rows : answers->of) {
    double orders = 0;
    for (const std::size_t i : rows) orders += answers->orders[i];
    const auto same = [&](std::size_t i) { return answers->tens[i] == answers->tens[rows[0]]; };
    if (orders > 0 && !std::ranges::all_of(rows, same)) useful.push_back(rows);
  }
  if (useful.size() < 30)
    return not_known("not known, for only " + std::to_string(useful.size()) +
                     " customers with orders have answers that differ (30 are needed)");
  Question question;
  question.parameters = {{"slope", Scale::plain}};
  question.starts = {{0}};
  const OneCustomer one = within_of(answers);
  question.log_likelihood = sum_over(useful, one);
  Fitted fitted = maximize(question);
  fitted.observations = static_cast<double>(useful.size());
  widen_slope(fitted, 0, useful, one);
  return fitted;
}

}  // namespace

const Estimate& slope_of(const Fitted& fit) { return fit.estimates[fit.estimates.size() > 1 ? 1 : 0]; }

const Fitted* SatisfactionFit::chosen() const {
  constexpr double most_error = 0.1;  // per 10 points
  if (within.is_found() && slope_of(within).se <= most_error) return &within;
  if (between.is_found()) return &between;
  return within.is_found() ? &within : nullptr;
}

SatisfactionFit fit_satisfaction(const SurveyHistory& history) {
  const auto answers = std::make_shared<const Answers>(answers_of(history));
  SatisfactionFit made;
  made.within = fit_within(answers);
  if (answers->of.size() < 30)
    made.between = not_known("not known, for only " + std::to_string(answers->of.size()) +
                             " customers have answered (30 are needed)");
  else if (answers->all_orders < 50)
    made.between = not_known("not known, for only " + std::to_string(static_cast<int>(answers->all_orders)) +
                             " orders came after answers (50 are needed)");
  else if (!(answers->variance > 1e-6))
    made.between = not_known("not known, for all answers are the same");
  if (!made.between.why_not.empty()) return made;
  made.between = fit_between(answers, true);
  if (!made.between.is_found()) made.between = fit_between(answers, false);
  made.between.observations = static_cast<double>(answers->of.size());
  return made;
}

}  // namespace clientele::models
