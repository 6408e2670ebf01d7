// Recency, frequency and monetary value: points by fifths and by cuts, and whom they put where.
#include "models/segmentation/rfm.hpp"

#include <cmath>

#include "scenarios/study_reader.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

TEST_CASE("a fifth of the scale is a point more, its lower end included") {
  CHECK(models::points_of_fifth(0.5F) == 1);
  CHECK(models::points_of_fifth(19.99F) == 1);
  CHECK(models::points_of_fifth(20) == 2);
  CHECK(models::points_of_fifth(59.99F) == 3);
  CHECK(models::points_of_fifth(99.9F) == 5);
  CHECK(models::points_of_fifth(100) == 5);
}

TEST_CASE("a cut that is reached is a point more") {
  const std::array<double, 4> starts{-6, -3, -2, -1};  // months since the last order
  CHECK(models::points_of_cuts(-7, starts) == 1);
  CHECK(models::points_of_cuts(-6, starts) == 2);
  CHECK(models::points_of_cuts(-2, starts) == 4);
  CHECK(models::points_of_cuts(-1, starts) == 5);
}

sim::Policy by_rfm(const sim::Catalogue& catalogue, std::array<double, 3> weights, double from) {
  const std::uint32_t number = segmentation_number(catalogue, "rfm");
  const sim::FieldTable& fields = catalogue.segmentations()[number].fields;
  sim::Policy policy{"rfm", number, fields.standards(), {{"A", {}, from, {}}, {"B", {}, {}, {}}}, 1};
  policy.values[*fields.find("weights")].numbers = {weights[0], weights[1], weights[2]};
  policy.values[*fields.find("review_every")].numbers = {1};
  return policy;
}

/// A base in which everybody orders as often and nobody leaves.
sim::Study steady(const sim::Catalogue& catalogue, double orders, int months) {
  sim::Study study = default_study(catalogue, 2'000, months);
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "orders_per_month", {orders}, 2);
  set(study, catalogue, "churn", "base_hazard", {0});
  return study;
}

std::int64_t in_best(const Outcome& outcome, int month) { return outcome.in_tier("customers", month, 0, {0, 1, 0, 0}); }

// Sales do not tie: 400 of 2,000 stand in the best fifth, but for those who share a bin with the cut.
TEST_CASE("five points of monetary value are the best fifth") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = steady(catalogue, 20, 7);
  study.policies.push_back(by_rfm(catalogue, {0, 0, 1}, 5));
  const Outcome outcome(study, catalogue);
  CHECK(in_best(outcome, 0) == 0);
  for (const int month : {1, 6}) CHECK(std::abs(in_best(outcome, month) - 400) <= 1);
}

// With .5 orders a month, e^-.5 of customers order nothing in one. Those who ordered last month are 1 - e^-.5 = 39 % of
// all and share one rank, of 61 + 20 = 80 %: the fifth fifth begins there. By a cut of one month it is the same people.
TEST_CASE("recency: who ordered last month, by a cut of the study's own and as the poisson law says") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = steady(catalogue, 0.5, 10);
  study.policies.push_back(by_rfm(catalogue, {1, 0, 0}, 5));
  const auto cuts = *catalogue.segmentations()[study.policies[1].segmentation].fields.find("recency_cuts");
  study.policies[1].values[cuts].numbers = {9, 3, 2, 1};
  const double ordered = 1 - std::exp(-0.5), spread = std::sqrt(2'000 * ordered * (1 - ordered));
  const Outcome by_last_month(study, catalogue);
  CHECK(std::fabs(static_cast<double>(in_best(by_last_month, 9)) - 2'000 * ordered) < 4.5 * spread);
  study.policies[1].tiers[0].from = 4;  // within two months
  const Outcome by_two(study, catalogue);
  CHECK(std::fabs(static_cast<double>(in_best(by_two, 9)) - 2'000 * (1 - std::exp(-1.0))) < 4.5 * spread);
}

// Orders of a month: at month 1 one month is known, and 12 x what it has is held against cuts of a year.
TEST_CASE("frequency by cuts: a short past is brought to the length of the look-back") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = steady(catalogue, 3, 2);
  study.policies.push_back(by_rfm(catalogue, {0, 1, 0}, 5));
  const auto cuts = *catalogue.segmentations()[study.policies[1].segmentation].fields.find("frequency_cuts");
  study.policies[1].values[cuts].numbers = {12, 24, 36, 60};
  const Outcome outcome(study, catalogue);
  const double five = 0.184737;  // P(N >= 5) of Poisson(3)
  CHECK(std::fabs(static_cast<double>(in_best(outcome, 1)) - 2'000 * five) <
        4.5 * std::sqrt(2'000 * five * (1 - five)));
}

TEST_CASE("customers who tie have the same points: where all are alike nobody is told apart") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = steady(catalogue, 0, 4);
  study.policies.push_back(by_rfm(catalogue, {1, 1, 1}, 9));  // mid-ranks of 50: three points each
  CHECK(in_best(Outcome(study, catalogue), 3) == 2'000);
  study.policies[1].tiers[0].from = 9.5;
  CHECK(in_best(Outcome(study, catalogue), 3) == 0);
}

std::string mistakes(const std::string& segmentation) {
  const std::string text = "[population]\ncustomers = 100\n[[policy]]\nname = \"r\"\nsegmentation = { rule = \"rfm\"" +
                           segmentation +
                           " }\n[[policy.tier]]\nname = \"A\"\nfrom = 12\n[[policy.tier]]\nname = \"B\"\n";
  try {
    scenarios::read_study_text(text, "a.toml", ".", models::catalogue(), {});
  } catch (const sim::UserError& error) {
    return error.what();
  }
  return "none";
}

TEST_CASE("cuts go one way, all four of them, and weights come to something") {
  CHECK(mistakes("") == "none");
  CHECK(mistakes(", recency_cuts = { two = 9, three = 6, four = 3, five = 1 }") == "none");
  CHECK_THAT(mistakes(", recency_cuts = { two = 1, three = 3, four = 6, five = 9 }"),
             contains("a.toml:5:32: policy \"r\": segmentation.recency_cuts do not fall from two to five points"));
  CHECK_THAT(mistakes(", monetary_cuts = { five = 1000 }"),
             contains("segmentation.monetary_cuts do not rise") && contains("all four of them, or none"));
  CHECK_THAT(mistakes(", weights = { recency = 0, frequency = 0, monetary = 0 }"),
             contains("segmentation.weights are all 0"));
}

}  // namespace
}  // namespace clientele::tests
