// Answers of surveys: one a customer and day, in points of 0 to 100, their level, and the orders that came after them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "models/fit/satisfaction.hpp"

namespace clientele::models {

/// Who, when (a day, counted from any one), what was said, and of how many answers that is the mean.
struct SurveyAnswer {
  std::uint32_t customer = 0;
  std::int32_t day = 0;
  double points = 0, times = 1;
};

/// In the order of customers and days; answers of one customer and day become one, their mean.
std::vector<SurveyAnswer> one_a_day(std::vector<SurveyAnswer> answers);

/// What is said, worst to best.
struct SurveyScale {
  double worst = 0, best = 100;
  double in_points(double said) const { return 100 * (said - worst) / (best - worst); }
};
/// The narrowest of 1 to 5, 0 to 5, 0 to 10 and 0 to 100 that holds the lowest and the highest answer; none where none
/// does.
std::optional<SurveyScale> scale_of_answers(double lowest, double highest);

/// Of answers in points. `mean_se`: of the mean, where answers of a customer go together,
///   sqrt(sum over customers of (sum of their answers' distances from the mean)^2) / answers
/// (Liang, Zeger 1986, independence as the working correlation). `sd`: of single answers, over n.
struct SurveyLevel {
  std::size_t customers = 0;
  double mean = 0, mean_se = 0, sd = 0;
};
/// Answers in the order of customers, one at least.
SurveyLevel level_of(const std::vector<SurveyAnswer>& answers);

/// What follows answers: of each the first day that it cannot reach (`until`); by customer the days of orders, in
/// rising order; what would be expected of a customer from a day to another, above 0 where the one is before the other.
struct AfterAnswers {
  std::vector<std::int32_t> until = {};
  std::vector<std::vector<std::int32_t>> orders = {};
  std::function<double(std::int32_t from, std::int32_t to)> exposure = {};
};
/// A row per answer: orders from the day after it to the day of the customer's next one, or to `until` where that is
/// earlier; an answer that nothing can follow is left out. Answers in the order of customers and days. Of 10,000
/// customers and more every k-th is asked. Customers of the rows are counted from 0.
SurveyHistory joined_to_orders(const std::vector<SurveyAnswer>& answers, const AfterAnswers& after);

}  // namespace clientele::models
