// Prospects: how well points know the truth, and that they give way to history within a year.
#include "models/prospects.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>

#include "models/segmentation/scorecard.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

using Catch::Matchers::WithinAbs;

TEST_CASE("means and variances of logs are those of Boost, and of a normal those that a narrow one has in the limit") {
  for (const double x : {0.05, 0.5, 1.0, 2.0, 7.5, 40.0, 1'000.0}) {
    const double size = std::fmax(1, std::fabs(boost::math::trigamma(x)));
    CHECK_THAT(models::digamma(x), WithinAbs(boost::math::digamma(x), 1e-11 * std::fmax(1, 1 / x)));
    CHECK_THAT(models::trigamma(x), WithinAbs(boost::math::trigamma(x), 1e-11 * size));
  }
  const models::LogMoments gamma = models::log_moments({sim::Family::gamma, {3, 2}}, 1e-3);
  CHECK_THAT(gamma.mean, WithinAbs(std::log(1.5) + boost::math::digamma(2.0), 1e-7));
  const models::LogMoments lognormal = models::log_moments({sim::Family::lognormal, {3, 0.5F}}, 1e-3);
  CHECK_THAT(lognormal.mean, WithinAbs(std::log(3.0) - 0.125, 1e-7));
  CHECK_THAT(lognormal.variance, WithinAbs(0.25, 1e-7));
  const models::LogMoments narrow = models::log_moments_of_normal(0.25, 0.0025, 1e-3);
  CHECK_THAT(narrow.mean, WithinAbs(std::log(0.25) - 0.5e-4, 1e-6));
  CHECK_THAT(narrow.variance, WithinAbs(1e-4, 1e-6));
}

TEST_CASE("points are where a mixture of truth and luck stands on a normal scale") {
  models::WorthScale scale;
  scale.mean = 2;
  scale.inverse_sd = 0.5F;
  CHECK(models::prospects_points(2, scale, 1, 0, 3) == 50);
  CHECK_THAT(static_cast<double>(models::prospects_points(4, scale, 1, 0, 3)), WithinAbs(84.1345, 1e-3));
  CHECK_THAT(static_cast<double>(models::prospects_points(9, scale, 0, 1, -1)), WithinAbs(15.8655, 1e-3));
  CHECK_THAT(static_cast<double>(models::prospects_points(4, scale, 0.6F, 0.8F, 0.5F)), WithinAbs(84.1345, 1e-3));
}

TEST_CASE("what everybody orders more of, and at other values, makes nobody better than others") {
  models::PurchasingParameters usual, moved;
  usual.orders_per_month = {sim::Family::gamma, {2.F, 2.F, 0.F}};
  usual.order_value = {sim::Family::lognormal, {900.F, 0.8F, 0.5F}};
  moved = usual;
  moved.order_level = 1.7F;
  moved.value_level = 0.6F;
  models::AccountingParameters accounting;
  accounting.gross_margin = {sim::Family::constant, {0.3F, 0.F, 0.F}};
  const std::array<const models::AccountingParameters*, 1> margins{&accounting};
  models::WorthOfBase base;
  base.shares = {1};
  const auto truth = [&](const models::PurchasingParameters& p) {
    const models::WorthScale scale = models::worth_scale(base, std::array{&std::as_const(p)}, margins);
    return static_cast<double>(
        models::truth_of(models::log_of_worth(3 * p.order_level, 500 * p.value_level, 0.3F, scale.usual), scale));
  };
  CHECK_THAT(truth(moved), WithinAbs(truth(usual), 1e-5));
  base.logs[0] = {2, {{-0.2, 0.5}}};  // rates that a file tells
  CHECK_THAT(truth(moved), WithinAbs(truth(usual), 1e-5));
}

// 73.5 of the table of oracles (scorecard.es) on the first day; without prospects .30 x 80 + .25 x 60 + .30 x 90 = 66
// over .85 after a year.
TEST_CASE("prospects weigh less month by month, and others more in proportion") {
  const models::Weights weights{0.30F, 0.25F, 0.15F, 0.30F}, points{80, 60, 50, 90};
  const auto score = [&](std::int32_t months) {
    return models::points_with_prospects(points, weights, models::part_of_prospects(months));
  };
  CHECK_THAT(score(0), WithinAbs(73.5, 1e-5));
  CHECK_THAT(score(6), WithinAbs(0.5 * (73.5 + 66 / 0.85), 1e-5));
  CHECK_THAT(score(12), WithinAbs(66 / 0.85, 1e-5));
  CHECK_THAT(score(500), WithinAbs(66 / 0.85, 1e-5));
}

/// The share of sales of the fifth that stands best by prospects, where everybody pays alike, buys as often and differs
/// in the value of an order alone: lognormal, sd 1 of the log.
double share_of_best_fifth(double correlation, int month) {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 5'000, month + 1);
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "orders_per_month", {10}, 2);
  set(study, catalogue, "purchasing", "order_value", {250, 1, 0});
  set(study, catalogue, "accounting", "gross_margin", {0.3}, 1);
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "payment", "late_chance", {0}, 1);
  set(study, catalogue, "prospects", "correlation", {correlation});
  const std::uint32_t number = segmentation_number(catalogue, "scorecard");
  const sim::FieldTable& fields = catalogue.segmentations()[number].fields;
  sim::Policy policy{"promising", number, fields.standards(), {{"A", 0.2, {}, {}}, {"B", {}, {}, {}}}, 1};
  policy.values[*fields.find("weights")].numbers = {1, 0, 1'000, 0};
  study.policies.push_back(policy);
  const Outcome outcome(study, catalogue);
  const sim::Cell cell{0, 1, 0, 0};
  return static_cast<double>(outcome.in_tier("revenue", month, 0, cell)) /
         static_cast<double>(outcome.count("revenue", month, cell));
}

// The best q by a normal score that correlates by c with a lognormal's log sell Phi(c s - z), z the quantile of 1 - q.
// Standard error with 5,000 customers: below .011; with 4.5 of them, c of .1 more or less is found.
TEST_CASE("the best fifth by prospects sells what the correlation with the truth says, and after a year a fifth") {
  const boost::math::normal normal;
  const double z = boost::math::quantile(normal, 0.8);
  for (const double correlation : {0.0, 0.4, 1.0})
    CHECK(std::fabs(share_of_best_fifth(correlation, 3) - boost::math::cdf(normal, correlation - z)) < 4.5 * 0.011);
  CHECK(std::fabs(share_of_best_fifth(1, 12) - 0.2) < 4.5 * 0.011);
}

struct Found {
  double hit_rate = 0, captured = 0;
};

/// Of the fifth with the most points: how many are in the best fifth by the truth, and their mean truth.
Found found_by_points(double correlation, std::size_t customers) {
  const boost::math::normal normal;
  std::mt19937 words(20261130);
  const auto z = [&] { return boost::math::quantile(normal, (static_cast<double>(words()) + 0.5) / 4294967296.0); };
  const auto c = static_cast<float>(correlation);
  models::WorthScale scale;
  scale.inverse_sd = 1;
  std::vector<std::pair<float, float>> all;  // points and truth
  for (std::size_t i = 0; i < customers; ++i) {
    const auto truth = static_cast<float>(z());
    all.emplace_back(models::prospects_points(truth, scale, c, std::sqrt(1 - c * c), static_cast<float>(z())), truth);
  }
  const std::size_t best = customers / 5;
  std::ranges::nth_element(all, all.begin() + static_cast<std::ptrdiff_t>(best), std::greater(),
                           &std::pair<float, float>::second);
  const float cut = all[best].second;
  std::ranges::nth_element(all, all.begin() + static_cast<std::ptrdiff_t>(best), std::greater());
  Found found;
  for (const auto& [points, truth] : std::span(all).first(best)) {
    found.hit_rate += (truth > cut ? 1.0 : 0.0) / static_cast<double>(best);
    found.captured += static_cast<double>(truth) / static_cast<double>(best);
  }
  return found;
}

// Bivariate normal: 1 - Phi(z | ...) by quadrature, and c phi(z) / q. Of 20,000 in the best fifth a hit rate has a
// standard error below .0036, and a mean one below .007; 4.5 of them tell c from c + .02.
TEST_CASE("the best fifth by points hits and captures what their correlation with the truth says") {
  for (const auto& [correlation, hit_rate] :
       {std::pair(0.3, 0.331), std::pair(0.5, 0.436), std::pair(0.7, 0.565), std::pair(0.9, 0.750)}) {
    const Found found = found_by_points(correlation, 100'000);
    CHECK_THAT(found.hit_rate, WithinAbs(hit_rate, 4.5 * 0.0036));
    CHECK_THAT(found.captured, WithinAbs(correlation * 1.3998, 4.5 * 0.007));
  }
}

}  // namespace
}  // namespace clientele::tests
