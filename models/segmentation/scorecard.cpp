// Points of each number, and what they weigh.
#include "models/segmentation/scorecard.hpp"

#include <algorithm>
#include <numeric>

#include "sim/core/check.hpp"

namespace clientele::models {

namespace {

using PairStandards = std::array<double, scorecard_pairs.size()>;

}  // namespace

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
          &P::weights, "weights", "-", scorecard_numbers, range(0, 1e6), {0.30, 0.25, 0.15, 0.30}, Kind::fixed,
          "what each number counts for; only their proportions matter, and that of prospects is gone within a year",
          sim::guess("a teaching case of a distributor")),
      sim::field(&P::compare, "compare", "times", scorecard_pairs, range(0, most_of_an_answer), PairStandards{},
                 Kind::fixed,
                 "instead of weights: how many times as much the first counts as the second, 1/9 to 9; 0: not compared",
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
      sim::field(&P::unknown, "unknown", "points", range(0, 100), 50, Kind::fixed,
                 "payment of a customer of whom no invoice was settled in the look-back",
                 sim::guess("the mean of a rank: not knowing neither lifts nor lowers")),
  });
}

Scorecard::Scorecard(const sim::SegmentationSpec& spec, sim::Observed& observed)
    : ByPoints(spec.parameters.as<ScorecardParameters>().review_every,
               static_cast<double>(spec.parameters.as<ScorecardParameters>().hysteresis), spec, observed),
      p_(spec.parameters.as<ScorecardParameters>()) {
  if (p_.weights[place_of_payment] > 0.F) payment_.emplace(p_.look_back, spec, observed);
  if (p_.weights[place_of_prospects] > 0.F) {
    prospects_ = observed.ring<float>("prospects", 1);
    joined_ = observed.trait<std::int32_t>("joined");
  }
  const auto by_rank = [&](std::size_t n, Number number, const char* name) {
    if (p_.weights[n] > 0.F) rank(n, ObservedNumber(number, p_.look_back, spec, observed), name, observed);
  };
  by_rank(place_of_volume, Number::sales, "volume");
  by_rank(place_of_profit, Number::profit, "profit");
}

/// What was said last month, and what it still counts for.
void Scorecard::look_ahead(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                           std::span<float> points, std::span<float> part) const {
  const auto said = arm.at(*prospects_, month.month() - 1).subspan(begin, points.size());
  const auto joined = month[joined_].subspan(begin, points.size());
  const std::int32_t now = month.month();
  for (std::size_t i = 0; i < points.size(); ++i) {
    points[i] = said[i];
    part[i] = part_of_prospects(joined[i] < now ? now - joined[i] : 0);  // who is not born yet joins in no month
  }
}

void Scorecard::work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, Points& points,
                         std::span<std::int32_t> score) const {
  std::array<PaymentRecord, some> records;
  std::array<float, some> part{};
  if (payment_) payment_->work_out(month, arm, begin, std::span(records).first(score.size()));
  for (std::size_t i = 0; i < score.size() && payment_; ++i)
    points[place_of_payment][i] = payment_points(records[i], p_);
  if (prospects_) look_ahead(month, arm, begin, std::span(points[place_of_prospects]).first(score.size()), part);
  for (std::size_t i = 0; i < score.size(); ++i) {
    Weights own;
    for (std::size_t n = 0; n < weighed; ++n) own[n] = points[n][i];
    score[i] = in_ten_thousandths(points_with_prospects(own, p_.weights, part[i]));
  }
}

}  // namespace clientele::models
