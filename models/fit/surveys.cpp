// Sorts answers, measures them, and counts the orders between one and the next.
#include "models/fit/surveys.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "sim/core/check.hpp"

namespace clientele::models {
namespace {

bool is_followed_by_own(const std::vector<SurveyAnswer>& answers, std::size_t i) {
  return i + 1 < answers.size() && answers[i + 1].customer == answers[i].customer;
}

std::size_t customers_of(const std::vector<SurveyAnswer>& answers) {
  std::size_t customers = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) customers += is_followed_by_own(answers, i) ? 0 : 1;
  return customers;
}

}  // namespace

std::vector<SurveyAnswer> one_a_day(std::vector<SurveyAnswer> answers) {
  std::ranges::sort(answers, {}, [](const SurveyAnswer& one) { return std::tuple(one.customer, one.day, one.points); });
  std::vector<SurveyAnswer> merged;
  for (const SurveyAnswer& one : answers) {
    if (merged.empty() || merged.back().customer != one.customer || merged.back().day != one.day) {
      merged.push_back(one);
      continue;
    }
    SurveyAnswer& same = merged.back();
    same.points += (one.points - same.points) / ++same.times;
  }
  return merged;
}

std::optional<SurveyScale> scale_of_answers(double lowest, double highest) {
  if (!(lowest >= 0 && highest <= 100)) return std::nullopt;
  if (highest <= 5) return SurveyScale{lowest >= 1 ? 1.0 : 0.0, 5};
  return SurveyScale{0, highest <= 10 ? 10.0 : 100.0};
}

SurveyLevel level_of(const std::vector<SurveyAnswer>& answers) {
  sim::expects(!answers.empty(), "a level is of answers");
  SurveyLevel level{.customers = customers_of(answers)};
  double sum = 0;
  for (const SurveyAnswer& one : answers) sum += one.points;
  const auto n = static_cast<double>(answers.size());
  level.mean = sum / n;
  double squares = 0, of_customers = 0, own = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const double off = answers[i].points - level.mean;
    squares += off * off, own += off;
    if (!is_followed_by_own(answers, i)) of_customers += own * own, own = 0;
  }
  level.sd = std::sqrt(squares / n), level.mean_se = std::sqrt(of_customers) / n;
  return level;
}

SurveyHistory joined_to_orders(const std::vector<SurveyAnswer>& answers, const AfterAnswers& after) {
  constexpr std::size_t most = 10'000;
  sim::expects(after.until.size() == answers.size(), "each answer has a day that it cannot reach");
  const std::size_t stride = customers_of(answers) / most + 1;
  SurveyHistory joined;
  std::size_t customer = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (i > 0 && answers[i].customer != answers[i - 1].customer) ++customer;
    if (customer % stride != 0) continue;
    const std::int32_t from = answers[i].day + 1;
    std::int32_t to = after.until[i];
    if (is_followed_by_own(answers, i)) to = std::min(to, answers[i + 1].day + 1);
    if (to <= from) continue;
    const std::vector<std::int32_t>& days = after.orders[answers[i].customer];
    joined.customer.push_back(customer);
    joined.points.push_back(answers[i].points);
    joined.orders.push_back(
        static_cast<double>(std::ranges::lower_bound(days, to) - std::ranges::lower_bound(days, from)));
    joined.exposure.push_back(after.exposure(from, to));
  }
  return joined;
}

}  // namespace clientele::models
