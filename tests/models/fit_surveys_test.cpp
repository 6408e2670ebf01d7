// Answers by hand: one a day, their scale and level, and the orders that each is joined to.
#include <cmath>

#include "models/fit/surveys.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using models::SurveyAnswer;

TEST_CASE("answers of one customer and day become their mean, in the order of customers and days") {
  const std::vector<SurveyAnswer> answers = models::one_a_day({{1, 5, 9}, {0, 7, 2}, {1, 5, 3}, {0, 2, 4}, {1, 5, 6}});
  REQUIRE(answers.size() == 3);
  CHECK(answers[0].day == 2);
  CHECK(answers[1].points == 2);
  CHECK(answers[2].customer == 1);
  CHECK(answers[2].points == Approx(6));
  CHECK(answers[2].times == 3);
  CHECK(models::one_a_day({}).empty());
}

TEST_CASE("the narrowest scale that holds all answers is taken") {
  const auto scale = [](double lowest, double highest) {
    const auto found = models::scale_of_answers(lowest, highest);
    return found ? std::pair(found->worst, found->best) : std::pair(-1.0, -1.0);
  };
  CHECK(scale(1, 5) == std::pair(1.0, 5.0));
  CHECK(scale(0, 5) == std::pair(0.0, 5.0));
  CHECK(scale(2, 6) == std::pair(0.0, 10.0));
  CHECK(scale(3, 11) == std::pair(0.0, 100.0));
  CHECK(scale(-1, 5) == std::pair(-1.0, -1.0));
  CHECK(scale(1, 101) == std::pair(-1.0, -1.0));
  CHECK(models::scale_of_answers(1, 5)->in_points(3) == 50);
}

TEST_CASE("the mean is as sure as customers are many, not as answers are") {
  // Customer 0 says 60 twice, customer 1 says 40 twice: distances by customer are 20 and -20.
  const models::SurveyLevel level = models::level_of({{0, 1, 60}, {0, 2, 60}, {1, 1, 40}, {1, 2, 40}});
  CHECK(level.customers == 2);
  CHECK(level.mean == 50);
  CHECK(level.sd == 10);
  CHECK(level.mean_se == Approx(std::sqrt(800.0) / 4));
}

TEST_CASE("orders count for the last answer before them, until the next one or the end") {
  const models::AfterAnswers after{.until = {100, 100, 30, 41},
                                   .orders = {{10, 11, 20, 21, 99, 100}, {}, {30, 41, 42}},
                                   .exposure = [](std::int32_t from, std::int32_t to) { return to - from; }};
  // Orders of the day of an answer are before it. The last answer is of the last day.
  const std::vector<SurveyAnswer> answers{{0, 10, 80}, {0, 20, 50}, {2, 10, 70}, {2, 40, 20}};
  const models::SurveyHistory joined = models::joined_to_orders(answers, after);
  CHECK(joined.customer == std::vector<std::size_t>{0, 0, 1});
  CHECK(joined.points == std::vector<double>{80, 50, 70});
  CHECK(joined.orders == std::vector<double>{2, 2, 0});
  CHECK(joined.exposure == std::vector<double>{10, 79, 19});
}

TEST_CASE("of very many customers every k-th is asked") {
  std::vector<SurveyAnswer> answers;
  models::AfterAnswers after{.exposure = [](std::int32_t, std::int32_t) { return 1.0; }};
  for (std::uint32_t c = 0; c < 20'000; ++c) {
    answers.push_back({c, 0, 50});
    after.until.push_back(9), after.orders.push_back({});
  }
  CHECK(models::joined_to_orders(answers, after).rows() == 6'667);
}

}  // namespace clientele::tests
