// Orders after answers, with what sets customers apart as a frailty or left out.
#include "models/fit/satisfaction.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

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

double sum_between(const Answers& answers, const std::vector<double>& at, bool has_frailty) {
  const double log_rate = std::log(at[0]), slope = at[1], r = has_frailty ? at[2] : 0;
  const double of_nobody = has_frailty ? r * std::log(r) - log_gamma_of(r) : 0;
  double sum = 0;
  for (const auto& rows : answers.of) {
    double orders = 0, mean = 0;
    for (const std::size_t i : rows) {
      const double log_mu = log_rate + std::log(answers.exposure[i]) + slope * answers.tens[i];
      sum += answers.orders[i] * log_mu;
      orders += answers.orders[i], mean += std::exp(log_mu);
    }
    sum += has_frailty ? of_nobody + log_gamma_of(r + orders) - (r + orders) * std::log(r + mean) : -mean;
  }
  return sum;
}

Fitted fit_between(const std::shared_ptr<const Answers>& answers, bool has_frailty) {
  Question question;
  question.parameters = {{"rate"}, {"slope", Scale::plain}};
  question.starts = {{answers->all_orders / answers->all_exposure, 0}};
  if (has_frailty) question.parameters.push_back({"shape"}), question.starts[0].push_back(1.5);
  question.log_likelihood = [answers, has_frailty](const std::vector<double>& at) {
    return sum_between(*answers, at, has_frailty);
  };
  return maximize(question);
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
  const double customers = static_cast<double>(useful.size());
  question.log_likelihood = [answers, useful = std::move(useful)](const std::vector<double>& at) {
    double sum = 0;
    for (const auto& rows : useful) {
      double orders = 0, mean = 0;
      for (const std::size_t i : rows) {
        orders += answers->orders[i], mean += answers->exposure[i] * std::exp(at[0] * answers->tens[i]);
        sum += answers->orders[i] * (std::log(answers->exposure[i]) + at[0] * answers->tens[i]);
      }
      sum -= orders * std::log(mean);
    }
    return sum;
  };
  Fitted fitted = maximize(question);
  fitted.observations = customers;
  return fitted;
}

}  // namespace

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
