// Scorecards by curves of the study's own, and over numbers beside the four that count by default.
#include <array>
#include <cmath>
#include <set>

#include "models/comparisons.hpp"
#include "models/segmentation/scorecard.hpp"
#include "scenarios/part_digests.hpp"
#include "scenarios/study_reader.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

using Catch::Matchers::WithinAbs;

TEST_CASE("points along a curve: straight between stated values, up or down, and level beyond both ends") {
  const sim::Curve rises{0, {10, 30}, {0, 100}}, falls{0, {10, 30}, {100, 0}};
  CHECK(sim::points_along(rises, 10) == 0);
  CHECK(sim::points_along(rises, 15) == 25);
  CHECK(sim::points_along(rises, 30) == 100);
  CHECK(sim::points_along(rises, -1e9) == 0);
  CHECK(sim::points_along(rises, 1e9) == 100);
  CHECK(sim::points_along(falls, 15) == 75);
  CHECK(sim::points_along(falls, 1e9) == 0);
  const sim::Curve table{0, {0, 1, 3, 4}, {20, 80, 80, 10}};
  CHECK(sim::points_along(table, 0.5) == 50);
  CHECK(sim::points_along(table, 2) == 80);
  CHECK(sim::points_along(table, 3.5) == 45);
  CHECK(sim::points_along(table, -3) == 20);
  CHECK(sim::points_along(table, 7) == 10);
}

TEST_CASE("curves are what they were when they are taken out of a value again") {
  const sim::Curves curves{{0, {}, {}}, {3, {1, 2, 5}, {0, 9, 3}}, {7, {0, 1}, {100, 0}}};
  CHECK(sim::unpacked(sim::packed(curves)) == curves);
  CHECK(sim::unpacked({}).empty());
}

TEST_CASE("every two numbers have one pair, by the names of both, and those of the first four stand where they stood") {
  std::set<std::string_view> names;
  for (std::size_t of = 0; of < models::weighed; ++of)
    for (std::size_t over = of + 1; over < models::weighed; ++over) {
      const std::string_view name = models::scorecard_pairs[models::place_of_pair(of, over)];
      CHECK(name ==
            std::string(models::scorecard_numbers[of]) + "_over_" + std::string(models::scorecard_numbers[over]));
      names.insert(name);
    }
  CHECK(names.size() == models::all_pairs);
  CHECK(models::scorecard_pairs[3] == "volume_over_prospects");
  CHECK(models::scorecard_pairs[5] == "prospects_over_profit");
}

TEST_CASE("numbers count as a study states them: sums of a whole look-back, in money, and no minus") {
  using models::Number;
  CHECK_THAT(models::as_curves_read(Number::sales, 250'000, 12, 0.01), WithinAbs(30'000, 1e-8));
  CHECK(models::as_curves_read(Number::orders, 1.5, 12, 0.01) == 18);
  CHECK(models::as_curves_read(Number::tenure, 7, 12, 0.01) == 7);
  CHECK(models::as_curves_read(Number::recency, -3, 12, 0.01) == 3);
  CHECK(models::as_curves_read(Number::late_otherwise, -0.25, 12, 0.01) == 0.25);
  CHECK(models::is_unknown(Number::late_otherwise,
                           models::as_curves_read(Number::late_otherwise, models::no_invoice, 12, 0.01)));
  CHECK(!models::is_unknown(Number::late_otherwise, models::as_curves_read(Number::late_otherwise, 0, 12, 0.01)));
  CHECK(models::is_unknown(Number::satisfaction, -1));
  CHECK(!models::is_unknown(Number::order_stability, -4));
}

/// A study with a policy by a scorecard, "points", and one that says the same in other words, "words".
std::string study_of(const std::string& points, const std::string& words) {
  return "[horizon]\nmonths = 13\n[population]\ncustomers = 600\n[churn]\nbase_hazard = 0\n[survey]\nresponse = 0.6\n"
         "[purchasing]\norders_per_month = { dist = \"gamma\", mean = 1.5, shape = 1.5 }\n"
         "[experiment]\nreplications = 1\n"
         "[[policy]]\nname = \"today\"\nsegmentation = \"everyone\"\n[[policy]]\nname = \"points\"\n" +
         points + "[[policy]]\nname = \"words\"\n" + words;
}

std::string by_points(const std::string& fields, double from) {
  return "segmentation = { rule = \"scorecard\", hysteresis = 0, " + fields +
         " }\ntier = [ { name = \"A\", from = " + std::to_string(from) + " }, { name = \"B\" } ]\n";
}

/// Weights of one number, whatever counts by default.
std::string alone(const std::string& number) {
  std::string text;
  for (const std::string by_default : {"payment", "volume", "prospects", "profit"})
    if (by_default != number) text += by_default + " = 0, ";
  return "weights = { " + text + number + " = 1 }";
}

/// How many are in the first tier of both policies at a review.
std::array<std::int64_t, 2> in_first_tiers(const Outcome& outcome, int month) {
  return {outcome.in_tier("customers", month, 0, {0, 1, 0, 0}), outcome.in_tier("customers", month, 0, {0, 2, 0, 0})};
}

/// Whether both policies sort alike at every review of a year, and not all into one tier.
void require_alike(const std::string& text) {
  const sim::Catalogue catalogue = models::catalogue();
  INFO(text);
  const Outcome outcome(scenarios::read_study_text(text, "a.toml", ".", catalogue).study, catalogue);
  for (const int month : {3, 6, 9, 12}) {
    const auto [points, words] = in_first_tiers(outcome, month);
    INFO(month);
    CHECK(points == words);
    for (const char* metric : {"revenue", "orders"})
      CHECK(outcome.in_tier(metric, month, 0, {0, 1, 0, 0}) == outcome.in_tier(metric, month, 0, {0, 2, 0, 0}));
    if (month == 12) CHECK((points > 5 && points < 595));
  }
}

// Half of 100 points stand in the middle between both ends, on a line that rises and on one that falls.
TEST_CASE("a line that rises puts those into the first tier who have the middle of it at least") {
  for (const auto& [number, low, high] :
       {std::tuple("orders", 3.0, 40.0), std::tuple("tenure", -1.0, 0.0), std::tuple("buying_months", 0.0, 13.0),
        std::tuple("punctuality", 0.1, 0.92), std::tuple("order_stability", -1.3, 0.71),
        std::tuple("growth", 0.11, 2.03), std::tuple("satisfaction", 31.7, 88.2)}) {
    if (low < 0 && high == 0) continue;  // everybody is new
    const std::string middle = std::to_string((low + high) / 2);
    const std::string curve = "{ from = " + std::to_string(low) + ", to = " + std::to_string(high) + " }";
    const std::string name(number);
    require_alike(study_of(by_points(alone(name) + ", unknown = 0, curves = { " + name + " = " + curve + " }", 50),
                           "segmentation = \"rules\"\ntier = [ { name = \"A\", when = { " + name +
                               " = { at_least = " + middle + " } } }, { name = \"B\" } ]\n"));
  }
}

TEST_CASE(
    "a line that falls puts those into the first tier who have less than its middle, whom nothing is known of too") {
  for (const auto& [number, most, least] :
       {std::tuple("recency", 9.0, 0.1), std::tuple("late_otherwise", 0.67, 0.02),
        std::tuple("late_by_administration", 0.31, 0.02), std::tuple("growth", 2.03, 0.11)}) {
    const std::string middle = std::to_string((most + least) / 2);
    const std::string curve = "{ from = " + std::to_string(most) + ", to = " + std::to_string(least) + " }";
    const std::string name(number);
    require_alike(study_of(by_points(alone(name) + ", unknown = 100, curves = { " + name + " = " + curve + " }", 50),
                           "segmentation = \"rules\"\ntier = [ { name = \"A\", when = { " + name +
                               " = { below = " + middle + " } } }, { name = \"B\" } ]\n"));
  }
}

TEST_CASE("volume between two amounts of money is worth what spend says") {
  require_alike(study_of(by_points(alone("volume") + ", curves = { volume = { from = 0, to = 10_000 } }", 70),
                         "segmentation = \"spend\"\ntier = [ { name = \"A\", from = 7_000 }, { name = \"B\" } ]\n"));
}

TEST_CASE("a table may rise and fall: who buys neither little nor much is in the first tier") {
  require_alike(study_of(
      by_points(alone("volume") + ", curves = { volume = { values = [2_000, 2_000.01, 8_000, 8_000.01], points "
                                  "= [0, 100, 100, 0] } }",
                50),
      "segmentation = \"rules\"\ntier = [ { name = \"A\", when = { sales = { at_least = 2_000, below = 8_000 } "
      "} }, { name = \"B\" } ]\n"));
}

// Mid-ranks: the best 30 % reach 70 points, but for ties, of which tenths of a year of orders have few.
TEST_CASE("a number without a curve counts by its rank among all") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(
      scenarios::read_study_text(
          study_of(by_points(alone("growth"), 70),
                   "segmentation = { rule = \"rank\", by = \"growth\" }\ntier = [ { name = \"A\", share = 0.3 }, { "
                   "name = \"B\" } ]\n"),
          "a.toml", ".", catalogue)
          .study,
      catalogue);
  for (const int month : {6, 12}) {
    const auto [points, ranked] = in_first_tiers(outcome, month);
    CHECK(ranked > 150);
    CHECK(std::abs(points - ranked) <= 12);
    const auto by_points = static_cast<double>(outcome.in_tier("revenue", month, 0, {0, 1, 0, 0}));
    const auto by_rank = static_cast<double>(outcome.in_tier("revenue", month, 0, {0, 2, 0, 0}));
    CHECK(std::fabs(by_points / by_rank - 1) < 0.1);
  }
}

TEST_CASE("payment by rank: the best three tenths of those who are known have 70 points, others what unknown says") {
  const sim::Catalogue catalogue = models::catalogue();
  const auto in_first = [&](double unknown) {
    const std::string text = study_of(
        by_points(alone("payment") + ", curves = { payment = \"percentile\" }, unknown = " + std::to_string(unknown),
                  70),
        "segmentation = \"everyone\"\n");
    const Outcome outcome(scenarios::read_study_text(text, "a.toml", ".", catalogue).study, catalogue);
    return outcome.in_tier("customers", 3, 0, {0, 1, 0, 0});
  };
  const std::int64_t known = in_first(0), all = in_first(100);
  CHECK(known > 60);
  CHECK(known < 400);
  CHECK(all > known + 20);  // who has settled nothing within three months
}

std::string mistakes(const std::string& fields) {
  try {
    const auto read = scenarios::read_study_text(study_of(by_points(fields, 50), "segmentation = \"everyone\"\n"),
                                                 "a.toml", ".", models::catalogue());
    return read.warnings.empty() ? "none" : read.warnings.front();
  } catch (const sim::UserError& error) {
    return error.what();
  }
}

TEST_CASE("what is no curve is told, with what is wrong and what would do") {
  using Catch::Contains;
  const auto of_growth = [](const std::string& curve) {
    return mistakes("weights = { growth = 1 }, curves = { growth = " + curve + " }");
  };
  CHECK(of_growth("\"percentile\"") == "none");
  CHECK(of_growth("{ from = 2, to = 0.5 }") == "none");
  CHECK(of_growth("{ values = [0, 1], points = [5, 5] }") == "none");
  CHECK_THAT(of_growth("\"linear\""), Contains("segmentation.curves.growth = \"linear\" is no curve. Expected: "
                                               "\"percentile\", { from = 0, to = 1 }"));
  CHECK_THAT(of_growth("{ }"), Contains("curves.growth is no curve. Expected:"));
  CHECK_THAT(of_growth("{ from = 1, to = 1 }"), Contains("curves.growth: from and to are both 1 (0 points at the one"));
  CHECK_THAT(of_growth("{ from = 1 }"), Contains("curves.growth has from and no to (a curve has both)"));
  CHECK_THAT(of_growth("{ points = [1, 2] }"), Contains("curves.growth has points and no values"));
  CHECK_THAT(of_growth("{ from = 1, to = 2, values = [1, 2], points = [1, 2] }"),
             Contains("is linear (from, to) and a table (values, points). Which one?"));
  CHECK_THAT(of_growth("{ values = [1, 3, 2], points = [1, 2, 3] }"),
             Contains("curves.growth.values[3] = 2 is not above 3 before it (values rise"));
  CHECK_THAT(of_growth("{ values = [1, 1], points = [1, 2] }"), Contains("values[2] = 1 is not above 1"));
  CHECK_THAT(of_growth("{ values = [1, 2, 3], points = [1, 2] }"),
             Contains("curves.growth has 3 values and 2 points (each value has its points). Which one is missing?"));
  CHECK_THAT(of_growth("{ values = [1], points = [1] }"), Contains("has 1 value (a curve goes from one to another)"));
  CHECK_THAT(of_growth("{ values = [1, 2], points = [1, 101] }"),
             Contains("curves.growth.points[2] = 101 is outside [0, 100] (points)"));
  CHECK_THAT(of_growth("{ values = [-1, 2], points = [1, 10] }"), Contains("values[1] = -1 is outside [0, 1000]"));
  CHECK_THAT(of_growth("{ values = 3, points = [1, 10] }"), Contains("values = 3 is a number. Expected: a list"));
  CHECK_THAT(of_growth("{ form = 1, to = 2 }"), Contains("Did you mean from?"));
  CHECK_THAT(mistakes("curves = 3"), Contains("curves = 3 is a number. Expected: a curve of each number that has one"));
}

TEST_CASE("a number that is not known is told with the nearest, and a curve of what has no weight has no effect") {
  using Catch::Contains;
  CHECK_THAT(mistakes("weights = { grwth = 1 }"), Contains("segmentation.weights.grwth is not part of a study. Did you "
                                                           "mean growth?"));
  CHECK_THAT(mistakes("curves = { tenur = { from = 0, to = 1 } }"), Contains("Did you mean tenure?"));
  CHECK_THAT(mistakes("weights = { sales = 1 }"), Contains("weights.sales") && Contains("volume"));
  CHECK_THAT(mistakes("weights = { growth = -1 }"), Contains("weights.growth = -1 is outside [0, 1000000]"));
  CHECK_THAT(mistakes("weights = { payment = 0, volume = 0, prospects = 0, profit = 0, growth = 0 }"),
             Contains("segmentation.weights are all 0"));
  CHECK(mistakes(alone("growth")) == "none");
  CHECK_THAT(
      mistakes("curves = { growth = { from = 0, to = 1 } }"),
      Contains("segmentation.curves.growth has no effect (growth has no weight). Did you mean weights = { growth = "
               "0.2 }?"));
  CHECK(mistakes("compare = { payment_over_growth = 2 }, curves = { growth = { from = 0, to = 1 } }") == "none");
}

TEST_CASE("comparisons cover every number that may be weighed, ten at once") {
  using Catch::Contains;
  CHECK(mistakes("compare = { payment_over_growth = 3, payment_over_tenure = 5, tenure_over_growth = 0.5 }") == "none");
  CHECK_THAT(mistakes("compare = { payment_over_growth = 3, payment_over_tenure = 5 }"),
             Contains("segmentation.compare lacks tenure_over_growth"));
  CHECK_THAT(mistakes("compare = { growth_over_payment = 2 }"),
             Contains("compare.growth_over_payment is not part of a study") &&
                 Contains("Did you mean payment_over_growth = 0.5?"));
  CHECK_THAT(mistakes("compare = { profit_over_volume = 4 }"), Contains("Did you mean volume_over_profit = 0.25?"));
  std::string eleven;
  for (std::size_t of = 0; of < 11; ++of)
    for (std::size_t over = of + 1; over < 11; ++over)
      eleven += std::string(eleven.empty() ? "" : ", ") +
                std::string(models::scorecard_pairs[models::place_of_pair(of, over)]) + " = 1";
  CHECK_THAT(mistakes("compare = { " + eleven + " }"), Contains("segmentation.compare has 11 numbers"));
  const sim::Catalogue catalogue = models::catalogue();
  const auto read = scenarios::read_study_text(
      study_of(
          by_points("compare = { payment_over_growth = 3, payment_over_tenure = 6, tenure_over_growth = 0.5 }", 50),
          "segmentation = \"everyone\"\n"),
      "a.toml", ".", catalogue);
  CHECK(
      models::comparison_in_words(read.study.policies[1], catalogue) ==
      "payment 0.667, volume 0, prospects 0, profit 0, tenure 0.111, growth 0.222; consistency ratio 0 (0.1 at most)");
}

// Records of a study are found by these: what says the same finds the same.
TEST_CASE("what is usual changes no key when it is said, and equal curves have equal keys") {
  const sim::Catalogue catalogue = models::catalogue();
  const auto key = [&](const std::string& fields) {
    const auto read = scenarios::read_study_text(
        study_of(by_points("look_back = 6" + fields, 50), "segmentation = \"everyone\"\n"), "a.toml", ".", catalogue);
    return scenarios::part_digests_of(read.study, catalogue).policies[1];
  };
  const std::string usual = key("");
  CHECK(key(", weights = { growth = 0, satisfaction = 0 }, curves = {}") == usual);
  CHECK(key(", curves = { volume = \"percentile\", growth = \"percentile\" }") == usual);
  CHECK(key(", weights = { growth = 0.1 }") != usual);
  const std::string line = key(", curves = { profit = { from = 5, to = 1 } }");
  CHECK(line != usual);
  CHECK(line != key(", curves = { profit = { from = 1, to = 5 } }"));
  CHECK(line != key(", curves = { volume = { from = 5, to = 1 } }"));
  CHECK(line == key(", curves = { profit = { values = [1, 5], points = [100, 0] } }"));
  CHECK(key(", curves = { payment = \"percentile\" }") != usual);
}

}  // namespace
}  // namespace clientele::tests
