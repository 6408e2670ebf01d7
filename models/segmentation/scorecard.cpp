// Points of each number, and what they weigh.
#include "models/segmentation/scorecard.hpp"

#include <algorithm>
#include <numeric>

#include "sim/core/check.hpp"

namespace clientele::models {

namespace {

/// Of the numbers that count by default.
constexpr std::array<double, weighed_by_default> weights_by_default{0.30, 0.25, 0.15, 0.30};
using PairStandards = std::array<double, weighed_by_default*(weighed_by_default - 1) / 2>;

/// In the order of scorecard_numbers.
std::vector<sim::CurvedNumber> numbers_with_curves() {
  using sim::range;
  const sim::Range points = range(0, 100), share = range(0, 1), not_negative{.low = 0};
  std::vector<sim::CurvedNumber> numbers{{"payment", "points", points},
                                         {"volume", "sales of the look-back", not_negative, true},
                                         {"prospects", "points", points},
                                         {"profit", "contribution of the look-back", {}, true},
                                         {"orders", "orders of the look-back", not_negative},
                                         {"buying_months", "months of the look-back", not_negative},
                                         {"tenure", "months", not_negative},
                                         {"punctuality", "share of invoices", share},
                                         {"recency", "months since the last order", not_negative},
                                         {"order_stability", "-", range(least_stable, 1)},
                                         {"growth", "factor", range(0, most_growth)},
                                         {"late_by_administration", "share of invoices", share},
                                         {"late_otherwise", "share of invoices", share},
                                         {"satisfaction", "points", points}};
  for (std::size_t n = 0; n < numbers.size(); ++n) numbers[n].usually_by_rank = number_weighed(n).has_value();
  return numbers;
}

}  // namespace

std::optional<Number> number_weighed(std::size_t place) {
  constexpr std::array<Number, weighed - weighed_by_default> others{
      Number::orders,         Number::buying_months,   Number::tenure, Number::punctuality,
      Number::recency,        Number::order_stability, Number::growth, Number::late_by_administration,
      Number::late_otherwise, Number::satisfaction};
  if (place == place_of_volume) return Number::sales;
  if (place == place_of_profit) return Number::profit;
  if (place < weighed_by_default) return std::nullopt;
  return others[place - weighed_by_default];
}

void ScorecardParameters::finish() {
  if (const auto compared = weights_by_comparison(compare))
    for (std::size_t n = 0; n < weighed; ++n) weights[n] = static_cast<float>(compared->weights[n]);
  if (std::ranges::all_of(weights, [](float weight) { return weight == 0.F; }))
    throw sim::UserError("weights are all 0 (points are weighed by them). Expected: one above 0 at least.");
  const float prospects = weights[place_of_prospects];
  if (prospects > 0.F && std::accumulate(weights.begin(), weights.end(), 0.F) <= prospects)
    throw sim::UserError(
        "weights leave nothing beside prospects (their weight goes to the others within a year). Expected: payment, "
        "volume or profit above 0.");
}

sim::FieldTable scorecard_fields() {
  using P = ScorecardParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      review_every_field(&P::review_every),
      look_back_field(&P::look_back),
      sim::field(
          &P::weights, "weights", "-", scorecard_numbers, range(0, 1e6), weights_by_default, Kind::fixed,
          "what each number counts for, numbers of the rule rank among them (growth = 0.2); only their proportions "
          "matter, and that of prospects is gone within a year",
          sim::guess("a teaching case of a distributor")),
      sim::field(
          &P::compare, "compare", "times", scorecard_pairs, range(0, most_of_an_answer), PairStandards{}, Kind::fixed,
          "instead of weights: how many times as much the first counts as the second, 1/9 to 9; 0: not compared; "
          "of any two numbers of weights (volume_over_growth)",
          sim::guess("nothing is compared: weights are stated")),
      sim::field(&P::hysteresis, "hysteresis", "points", range(0, 100), 5, Kind::fixed,
                 "a customer leaves a better tier only when so far below its from; nothing to tiers by share",
                 sim::guess("recalled: promoted at a score, demoted five points below it")),
      sim::field(&P::late_weight, "late_weight", "points", range(0, 100), 60, Kind::fixed,
                 "what payment loses where every invoice is late", sim::guess("recalled magnitude")),
      sim::field(&P::most_for_days, "most_for_days", "points", range(0, 100), 40, Kind::fixed,
                 "what payment loses for its mean days late, a point a day, at most", sim::guess("recalled magnitude")),
      sim::field(&P::administrative, "administrative", "points", range(0, 100), 5, Kind::fixed,
                 "what payment gains where more than half of the late invoices were late by administration",
                 sim::guess("recalled magnitude")),
      sim::field(
          &P::unknown, "unknown", "points", range(0, 100), 50, Kind::fixed,
          "payment of a customer of whom no invoice was settled in the look-back; and what a number is worth that "
          "is not known of a customer",
          sim::guess("the mean of a rank: not knowing neither lifts nor lowers")),
      sim::field(
          &P::curves, "curves", "", numbers_with_curves(),
          "how a number becomes points: \"percentile\"; linear, { from = 0, to = 50_000 } with 0 points at from and "
          "100 at to; or a table, { values = [0, 1, 3], points = [0, 80, 100] }, linear between its values and "
          "level beyond them. Without: payment by its own formula, prospects as judged, all others by percentile",
          sim::closed_form("percentile ranks; payment by its formula")),
  });
}

Scorecard::Scorecard(const sim::SegmentationSpec& spec, sim::Observed& observed)
    : ByPoints(spec.parameters.as<ScorecardParameters>().review_every,
               static_cast<double>(spec.parameters.as<ScorecardParameters>().hysteresis), spec, observed),
      p_(spec.parameters.as<ScorecardParameters>()),
      quantum_(spec.study->money_quantum) {
  if (p_.weights[place_of_payment] > 0.F) payment_.emplace(p_.look_back, spec, observed);
  if (p_.weights[place_of_prospects] > 0.F) {
    prospects_ = observed.ring<float>("prospects", 1);
    joined_ = observed.trait<std::int32_t>("joined");
  }
  for (std::size_t n = 0; n < weighed; ++n) {
    if (!(p_.weights[n] > 0.F)) continue;
    names_[n] = "points of " + std::string(scorecard_numbers[n]);
    if (const auto which = number_weighed(n))
      weigh(n, *which, spec, observed);
    else if (counts_by_rank(p_, n))
      rank(n, scorecard_numbers[n].data(), observed);
  }
}

void Scorecard::weigh(std::size_t place, Number which, const sim::SegmentationSpec& spec, sim::Observed& observed) {
  ObservedNumber number(which, p_.look_back, spec, observed);
  const bool by_rank = counts_by_rank(p_, place);
  if (by_rank) rank(place, number, scorecard_numbers[place].data(), observed);
  if (!by_rank || is_unknown(which, -1))
    seen_.push_back({place, which, number, by_rank ? nullptr : curve_of(p_, place)});
}

/// Points along a curve, where there is one that is no rank.
namespace {

void follow(const sim::Curve* curve, float& points) {
  if (curve != nullptr && !curve->by_rank())
    points = static_cast<float>(points_along(*curve, static_cast<double>(points)));
}

}  // namespace

/// What was said last month, and what it still counts for.
void Scorecard::look_ahead(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                           std::span<float> points, std::span<float> part) const {
  const auto said = arm.at(*prospects_, month.month() - 1).subspan(begin, points.size());
  const auto joined = month[joined_].subspan(begin, points.size());
  const std::int32_t now = month.month();
  const bool by_rank = counts_by_rank(p_, place_of_prospects);
  const sim::Curve* curve = curve_of(p_, place_of_prospects);
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!by_rank) points[i] = said[i];
    follow(curve, points[i]);
    part[i] = part_of_prospects(joined[i] < now ? now - joined[i] : 0);  // who is not born yet joins in no month
  }
}

/// Of whom nothing is known, the points of that, whatever the curve.
void Scorecard::pay(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                    std::span<float> points) const {
  std::array<PaymentRecord, some> records;
  payment_->work_out(month, arm, begin, std::span(records).first(points.size()));
  const bool by_rank = counts_by_rank(p_, place_of_payment);
  const sim::Curve* curve = curve_of(p_, place_of_payment);
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!by_rank || records[i].settled == 0) points[i] = payment_points(records[i], p_);
    if (records[i].settled > 0) follow(curve, points[i]);
  }
}

/// Of those who are points by themselves.
void Scorecard::number_to_rank(std::size_t n, const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                               std::span<float> number) const {
  if (n == place_of_prospects) {
    std::ranges::copy(arm.at(*prospects_, month.month() - 1).subspan(begin, number.size()), number.begin());
    return;
  }
  std::array<PaymentRecord, some> records;
  for (std::size_t first = 0; first < number.size(); first += some) {
    const auto here = number.subspan(first, std::min(some, number.size() - first));
    payment_->work_out(month, arm, begin + first, std::span(records).first(here.size()));
    for (std::size_t i = 0; i < here.size(); ++i) here[i] = payment_points(records[i], p_);
  }
}

void Scorecard::see(const Seen& seen, const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                    std::span<float> points) const {
  std::array<double, some> room;
  const auto numbers = std::span(room).first(points.size());
  seen.number.work_out(month, arm, begin, numbers);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double stated = as_curves_read(seen.which, numbers[i], p_.look_back, quantum_);
    if (is_unknown(seen.which, stated))
      points[i] = p_.unknown;
    else if (seen.curve != nullptr)
      points[i] = static_cast<float>(points_along(*seen.curve, stated));
  }
}

void Scorecard::work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, Points& points,
                         std::span<std::int32_t> score) const {
  std::array<float, some> part{};
  const auto points_of = [&](std::size_t n) { return std::span(points[n]).first(score.size()); };
  if (payment_) pay(month, arm, begin, points_of(place_of_payment));
  if (prospects_) look_ahead(month, arm, begin, points_of(place_of_prospects), part);
  for (const Seen& seen : seen_) see(seen, month, arm, begin, points_of(seen.place));
  for (std::size_t i = 0; i < score.size(); ++i) {
    Weights own;
    for (std::size_t n = 0; n < weighed; ++n) own[n] = points[n][i];
    score[i] = in_ten_thousandths(points_with_prospects(own, p_.weights, part[i]));
  }
}

}  // namespace clientele::models
