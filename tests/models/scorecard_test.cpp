// Scorecards: what points are worth, whom they put where, and that nothing but what has settled by then counts.
#include "models/segmentation/scorecard.hpp"

#include <array>
#include <cmath>

#include "models/comparisons.hpp"
#include "scenarios/study_reader.hpp"
#include "tests/reference/reviews.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

using Catch::Matchers::WithinAbs;

models::ScorecardParameters defaults() {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::FieldTable& fields = catalogue.segmentations()[segmentation_number(catalogue, "scorecard")].fields;
  return fields.resolve(fields.standards()).as<models::ScorecardParameters>();
}

const models::ScorecardParameters usual = defaults();

// The figure scorecard.es of the table of oracles that tests/properties/oracles_test.cpp reads: a Spanish teaching case
// weighs payment .30, volume .25, prospects .15 and profit .30; 80, 60, 50 and 90 points make 73.5.
TEST_CASE("a scorecard is the mean of its points by their weights, whatever these add up to") {
  const std::array<float, 4> points{80, 60, 50, 90};
  CHECK_THAT(models::weighted_points(points, std::array<float, 4>{0.30F, 0.25F, 0.15F, 0.30F}), WithinAbs(73.5, 2e-6));
  CHECK_THAT(models::weighted_points(points, std::array<float, 4>{60, 50, 30, 60}), WithinAbs(73.5, 1e-12));
  CHECK(models::weighted_points(points, std::array<float, 4>{0, 0, 7, 0}) == 50);
}

TEST_CASE("payment: three of twelve late, by 30 days in all, mostly for want of money or mostly by administration") {
  CHECK(models::payment_points({12, 3, 1, 240}, usual) == 100 - 60 * 0.25F - 2.5F);
  CHECK(models::payment_points({12, 3, 2, 240}, usual) == 100 - 60 * 0.25F - 2.5F + 5);
  CHECK(models::payment_points({12, 2, 1, 240}, usual) == 100 - 60 * (2 / 12.F) - 2.5F);  // half is not most
}

TEST_CASE("payment stays within 0 and 100, and is the stated points where nothing was settled") {
  CHECK(models::payment_points({40, 1, 1, 8}, usual) == 100);
  CHECK(models::payment_points({5, 0, 0, 0}, usual) == 100);
  CHECK(models::payment_points({4, 4, 0, 4 * 8 * 400}, usual) == 0);
  CHECK(models::payment_points({4, 4, 4, 4 * 8 * 400}, usual) == 5);
  CHECK(models::payment_points({}, usual) == 50);
}

TEST_CASE("who holds a tier leaves it only below its start less the hysteresis; who holds a worse one must reach it") {
  const std::array<std::int32_t, 2> from{models::in_ten_thousandths(70), models::in_ten_thousandths(40)};
  const auto tier = [&](double points, std::int32_t held) {
    return models::tier_by_points(models::in_ten_thousandths(points), from, models::in_ten_thousandths(5), held);
  };
  CHECK(tier(70, 2) == 0);
  CHECK(tier(69.9999, 2) == 1);
  CHECK(tier(69.9999, 0) == 0);
  CHECK(tier(65, 0) == 0);
  CHECK(tier(64.9999, 0) == 1);
  CHECK(tier(65, 1) == 1);
  CHECK(tier(35, 0) == 1);
  CHECK(tier(35, 1) == 1);
  CHECK(tier(35, 2) == 2);
  CHECK(tier(34.9999, 0) == 2);
}

TEST_CASE("points that differ by their last bits only are the same") {
  CHECK(models::in_ten_thousandths(69.99999999999997) == models::in_ten_thousandths(70));
  CHECK(models::in_ten_thousandths(69.9999) < models::in_ten_thousandths(70));
}

// 20,000 scores over five orders of magnitude, four in ten of them tied at 0. Percentiles of the exact ranks: k of
// those that are not tied stand above the ties, in the middle of a place.
TEST_CASE("percentiles are the exact mid-ranks within a hundredth of a point, and ties have the same") {
  std::vector<Candidate> candidates;
  for (std::uint64_t k = 0; k < 20'000; ++k)
    candidates.push_back({k, k < 8'000 ? 0.0 : std::exp(static_cast<double>(k - 8'000) / 1'000.0)});
  const std::vector<float> percent = percentiles(candidates);
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    const double exact = k < 8'000 ? 20 : 40 + 100 * (static_cast<double>(k - 8'000) + 0.5) / 20'000;
    REQUIRE(std::fabs(static_cast<double>(percent[k]) - exact) < 0.01);
  }
  for (std::size_t k = 1; k < 8'000; ++k) REQUIRE(percent[k] == percent[0]);
}

/// By payment, volume and profit.
sim::Policy scorecard(const sim::Catalogue& catalogue, std::array<double, 3> weights, double hysteresis,
                      std::vector<sim::Tier> tiers) {
  const std::uint32_t number = segmentation_number(catalogue, "scorecard");
  const sim::FieldTable& fields = catalogue.segmentations()[number].fields;
  const auto entry = static_cast<std::uint32_t>(tiers.size() - 1);
  sim::Policy policy{"scorecard", number, fields.standards(), std::move(tiers), entry};
  policy.values[*fields.find("weights")].numbers = {weights[0], weights[1], 0, weights[2]};
  policy.values[*fields.find("hysteresis")] = {0, {hysteresis}};
  return policy;
}

std::int64_t in_tier(const Outcome& outcome, int month, std::size_t tier) {
  return outcome.in_tier("customers", month, tier, {0, 1, 0, 0});
}

// Ranks are 100 (k - 1/2) / n, so that exactly 30 of 100 reach 70. Two customers may share a bin, and then stand on the
// cut together.
TEST_CASE("by volume alone, those from 70 points on are three tenths, and sell what the best three tenths sell") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 1'000, 13);
  set(study, catalogue, "churn", "base_hazard", {0});
  study.policies.push_back(scorecard(catalogue, {0, 1, 0}, 0, {{"A", {}, 70.0, {}}, {"B", {}, {}, {}}}));
  sim::Policy ranked{"rank", segmentation_number(catalogue, "rank"), {}, {{"A", 0.3, {}, {}}, {"B", {}, {}, {}}}, 1};
  ranked.values = catalogue.segmentations()[ranked.segmentation].fields.standards();
  study.policies.push_back(ranked);
  const Outcome outcome(study, catalogue);
  for (const int month : {3, 6, 9, 12}) {
    CHECK(std::abs(in_tier(outcome, month, 0) - 300) <= 1);
    const auto by_points = static_cast<double>(outcome.in_tier("revenue", month, 0, {0, 1, 0, 0}));
    const auto by_rank = static_cast<double>(outcome.in_tier("revenue", month, 0, {0, 2, 0, 0}));
    CHECK(std::fabs(by_points / by_rank - 1) < 0.01);
  }
  CHECK(in_tier(outcome, 0, 1) == 1'000);  // nobody has a past yet: the tier of entry
}

TEST_CASE("shares of a scorecard are exact at every review") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 777, 10);
  study.policies.push_back(
      scorecard(catalogue, {0.3, 0.25, 0.3}, 5, {{"A", 0.2, {}, {}}, {"B", 0.3, {}, {}}, {"C", {}, {}, {}}}));
  const Outcome outcome(study, catalogue);
  for (const int month : {3, 6, 9}) {
    const auto all = static_cast<double>(outcome.count("customers", month, {0, 1, 0, 0}));
    CHECK(in_tier(outcome, month, 0) == static_cast<std::int64_t>(std::floor(0.2 * all + 0.5)));
    CHECK(in_tier(outcome, month, 0) + in_tier(outcome, month, 1) ==
          static_cast<std::int64_t>(std::floor((0.2 + 0.3) * all + 0.5)));
  }
}

/// How many of 300 reach points for paying at month 12, every invoice being 20 days late for one reason.
std::int64_t reach(double points, double for_want_of_money, double days_late, int month) {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 300, month + 1);
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "orders_per_month", {6}, 2);
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "payment", "late_chance", {1}, 1);
  set(study, catalogue, "payment", "days_late", {days_late}, 1);
  set(study, catalogue, "payment", "liquidity_share", {for_want_of_money});
  study.policies.push_back(scorecard(catalogue, {1, 0, 0}, 0, {{"A", {}, points, {}}, {"B", {}, {}, {}}}));
  return in_tier(Outcome(study, catalogue), month, 0);
}

TEST_CASE("who pays each invoice 20 days late has 100 - 60 - 20 points, five more where administration is why") {
  CHECK(reach(20, 1, 20, 12) == 300);
  CHECK(reach(20.0001, 1, 20, 12) == 0);
  CHECK(reach(25, 0, 20, 12) == 300);
  CHECK(reach(25.0001, 0, 20, 12) == 0);
}

// Invoices of month 0 are due in month 1 or 2 and settle 400 days later.
TEST_CASE("a delay that ends after a review changes no score at that review: nothing is known yet") {
  CHECK(reach(50, 1, 400, 12) == 300);
  CHECK(reach(50.0001, 1, 400, 12) == 0);
}

// Moves down are those below the diagonal of the flows from tier to tier.
TEST_CASE("the wider the band, the fewer leave a better tier; from one as wide as the scale nobody does") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 500, 24);
  study.policies.push_back({});
  const auto moves = [&](double hysteresis) {
    study.policies[1] = scorecard(catalogue, {0.3, 0.25, 0.3}, hysteresis, {{"A", {}, 60.0, {}}, {"B", {}, {}, {}}});
    study.policies[1].values[1] = {0, {3}};  // a look-back of three months, so that scores swing
    const Outcome outcome(study, catalogue);
    const std::size_t tiers = outcome.info().tiers, groups = outcome.info().groups;
    const auto& flows = outcome.cells().at({0, 1, 0, 0}).flows;
    std::array<std::int64_t, 2> up_and_down{};
    for (std::size_t at = 0; at < flows.size(); ++at) {
      const std::size_t held = at / (tiers * groups) % tiers, now = at / groups % tiers;
      if (held != now) up_and_down[held < now ? 1 : 0] += flows[at];
    }
    return up_and_down;
  };
  const auto none = moves(0), some = moves(5), all = moves(100);
  CHECK(none[1] > 100);
  CHECK(some[1] < none[1]);
  CHECK(some[1] > 0);
  CHECK(all[1] == 0);
  CHECK(all[0] > 0);
}

// The figure ahp.3x3 of the table of oracles (Saaty; RI = .58): weights, eigenvalue, index and ratio of consistency.
TEST_CASE("weights by comparison are the principal eigenvector of the answers") {
  const models::Comparisons<3> answers{{{1, 3, 5}, {1 / 3.0, 1, 3}, {1 / 5.0, 1 / 3.0, 1}}};
  const auto found = models::pairwise_weights(answers);
  CHECK_THAT(found.weights[0], WithinAbs(0.6369855717447568, 1e-12));
  CHECK_THAT(found.weights[1], WithinAbs(0.2582849943744952, 1e-12));
  CHECK_THAT(found.weights[2], WithinAbs(0.10472943388074796, 1e-12));
  CHECK_THAT(found.eigenvalue, WithinAbs(3.0385110905581727, 1e-12));
  CHECK_THAT(found.index, WithinAbs(0.01925554527908635, 1e-12));
  CHECK_THAT(found.ratio, WithinAbs(0.03319921599842474, 1e-12));
}

TEST_CASE("answers that follow from weights give them back, with no contradiction, of two, three and four numbers") {
  const std::array<double, 4> weights{0.4, 0.3, 0.2, 0.1};
  models::Comparisons<4> answers{};
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < 4; ++j) answers[i][j] = weights[i] / weights[j];
  for (const std::size_t n : {2U, 3U, 4U}) {
    const auto found = models::pairwise_weights(answers, n);
    for (std::size_t i = 1; i < n; ++i)
      CHECK_THAT(found.weights[i] / found.weights[0], WithinAbs(weights[i] / weights[0], 1e-12));
    CHECK_THAT(found.ratio, WithinAbs(0, 1e-12));
  }
  answers[1][3] = 9, answers[3][1] = 1 / 9.0;  // 3 would agree
  const models::Disagreement worst = models::worst_answer(answers);
  CHECK(worst.of == 1);
  CHECK(worst.over == 3);
  CHECK_THAT(worst.agrees, WithinAbs(3, 1e-12));
}

std::string mistakes(const std::string& segmentation, const std::string& tier) {
  const std::string text =
      "[population]\ncustomers = 100\n[[policy]]\nname = \"points\"\nsegmentation = { rule = \"scorecard\"" +
      segmentation + " }\n[[policy.tier]]\nname = \"A\"\n" + tier + "\n[[policy.tier]]\nname = \"B\"\n";
  try {
    scenarios::read_study_text(text, "a.toml", ".", models::catalogue(), {});
  } catch (const sim::UserError& error) {
    return error.what();
  }
  return "none";
}

TEST_CASE("a study states weights, a band and tiers by points or by share, and what does not go together is told") {
  CHECK(mistakes("", "from = 70") == "none");
  CHECK(mistakes(", weights = { volume = 2 }, hysteresis = 8", "from = 70") == "none");
  CHECK(mistakes("", "share = 0.2") == "none");
  CHECK_THAT(mistakes(", weights = { payment = 0, volume = 0, prospects = 0, profit = 0 }", "from = 70"),
             contains("a.toml:5:38: policy \"points\": segmentation.weights are all 0"));
  CHECK_THAT(mistakes(", weights = { payment = 0, volume = 0, profit = 0 }", "from = 70"),
             contains("segmentation.weights leave nothing beside prospects"));
  CHECK_THAT(mistakes(", weights = { payment = -1 }", "from = 70"), contains("weights.payment = -1"));
  CHECK_THAT(mistakes(", hysteresis = 5", "share = 0.2"),
             contains("a.toml:5:38: policy \"points\": segmentation.hysteresis goes with tiers that start") &&
                 contains("Which of the two?"));
  CHECK_THAT(mistakes("", "from = 70\nshare = 0.2"), contains("from does not go with the segmentation"));
}

TEST_CASE("comparisons that contradict each other, lack a pair or stand beside weights are told, with what would do") {
  const auto compared = [](double volume, double profit, double volume_over_profit) {
    return ", compare = { payment_over_volume = " + std::to_string(volume) +
           ", payment_over_profit = " + std::to_string(profit) +
           ", volume_over_profit = " + std::to_string(volume_over_profit) + " }";
  };
  CHECK(mistakes(compared(3, 5, 3), "from = 70") == "none");
  CHECK(mistakes(", compare = { payment_over_volume = 2 }", "from = 70") == "none");
  CHECK_THAT(mistakes(compared(2, 8, 1), "from = 70"),
             contains("a.toml:5:38: policy \"points\": segmentation.compare contradicts itself (consistency ratio ") &&
                 contains(", 0.1 at most): payment_over_volume = 2 disagrees most with the others. Did you mean "
                          "payment_over_volume = 8?"));
  CHECK_THAT(mistakes(", compare = { payment_over_volume = 2, payment_over_profit = 3 }", "from = 70"),
             contains("segmentation.compare lacks volume_over_profit (what is compared at all"));
  CHECK_THAT(mistakes(compared(3, 5, 0.1), "from = 70"), contains("volume_over_profit = 0.1") && contains("1/9 to 9"));
  CHECK_THAT(mistakes(compared(3, 5, 10), "from = 70"), contains("is outside [0, 9]"));
  CHECK_THAT(mistakes(", weights = { payment = 1 }" + compared(3, 5, 3), "from = 70"),
             contains("segmentation has weights and compare") && contains("Which one?"));
}

TEST_CASE("a policy whose weights are compared says what they are and how well the answers agree") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Policy policy = scorecard(catalogue, {0.3, 0.25, 0.3}, 0, {{"A", {}, 60.0, {}}, {"B", {}, {}, {}}});
  CHECK(models::comparison_in_words(policy, catalogue).empty());
  const sim::FieldTable& fields = catalogue.segmentations()[policy.segmentation].fields;
  policy.values[*fields.find("compare")] = {0, {3, 0, 5, 0, 3, 0}};
  CHECK(models::comparison_in_words(policy, catalogue) ==
        "payment 0.637, volume 0.258, prospects 0, profit 0.105; consistency ratio 0.033 (0.1 at most)");
  CHECK_THAT(static_cast<double>(fields.resolve(policy.values).as<models::ScorecardParameters>().weights[1]),
             WithinAbs(0.2582849943744952, 1e-7));
  policy.segmentation = 0;
  CHECK(models::comparison_in_words(policy, catalogue).empty());
}

}  // namespace
}  // namespace clientele::tests
