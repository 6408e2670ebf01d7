// What has no cuts of its own is ranked.
#include "models/segmentation/rfm.hpp"

#include <cmath>
#include <string>

#include "sim/core/check.hpp"
#include "sim/core/money.hpp"

namespace clientele::models {

namespace {

bool is_said(const RfmCuts& cuts) {
  return std::ranges::any_of(cuts, [](float start) { return start != 0.F; });
}

void check_order(const RfmCuts& cuts, const char* key, bool rises) {
  if (!is_said(cuts)) return;
  for (std::size_t k = 1; k < cuts.size(); ++k)
    if (rises ? cuts[k] <= cuts[k - 1] : cuts[k] >= cuts[k - 1])
      throw sim::UserError(std::string(key) + (rises ? " do not rise" : " do not fall") + " from two to five points (" +
                           (rises ? "more is worth more" : "a later order is worth more") +
                           "). Expected: all four of them, or none for fifths of customers.");
}

/// In the unit that numbers are compared in; months since an order count with a minus.
std::array<double, rfm_starts.size()> starts_of(const RfmCuts& cuts, Number number, std::int32_t look_back,
                                                double quantum) {
  std::array<double, rfm_starts.size()> starts{};
  for (std::size_t k = 0; k < starts.size(); ++k) {
    const auto cut = static_cast<double>(cuts[k]);
    starts[k] = number == Number::recency ? -cut
                : number == Number::sales ? mean_of_month(sim::least_quanta(cut, quantum), look_back)
                                          : mean_of_month(cut, look_back);
  }
  return starts;
}

}  // namespace

void RfmParameters::finish() const {
  if (std::ranges::all_of(weights, [](float weight) { return weight == 0.F; }))
    throw sim::UserError("weights are all 0 (points are weighed by them). Expected: one above 0 at least.");
  check_order(recency_cuts, "recency_cuts", false);
  check_order(frequency_cuts, "frequency_cuts", true);
  check_order(monetary_cuts, "monetary_cuts", true);
}

sim::FieldTable rfm_fields() {
  using P = RfmParameters;
  using sim::Kind, sim::range;
  constexpr std::array<double, rfm_starts.size()> fifths{};
  return sim::fields<P>({
      review_every_field(&P::review_every),
      look_back_field(&P::look_back),
      sim::field(&P::weights, "weights", "-", rfm_numbers, range(0, 100), {1, 1, 1}, Kind::fixed,
                 "what the points of each number are multiplied by before they are added up",
                 sim::guess("3 to 15 points: each counts alike")),
      sim::field(&P::recency_cuts, "recency_cuts", "months", rfm_starts, range(0, 24), fifths, Kind::fixed,
                 "months since the last order, at most, that are worth so many points; all 0: fifths of customers",
                 sim::guess("quintiles, as the method has it")),
      sim::field(&P::frequency_cuts, "frequency_cuts", "orders", rfm_starts, range(0, 1e6), fifths, Kind::fixed,
                 "orders of a look-back that are worth so many points; all 0: fifths of customers",
                 sim::guess("quintiles, as the method has it")),
      sim::money(sim::field(&P::monetary_cuts, "monetary_cuts", "money", rfm_starts, range(0, 1e12), fifths,
                            Kind::fixed,
                            "sales of a look-back that are worth so many points; all 0: fifths of customers",
                            sim::guess("quintiles, as the method has it"))),
      sim::field(&P::hysteresis, "hysteresis", "points", range(0, 100), 0, Kind::fixed,
                 "a customer leaves a better tier only when so far below its from; nothing to tiers by share",
                 sim::guess("none: points are few")),
  });
}

Rfm::Rfm(const sim::SegmentationSpec& spec, sim::Observed& observed)
    : ByPoints(spec.parameters.as<RfmParameters>().review_every,
               static_cast<double>(spec.parameters.as<RfmParameters>().hysteresis), spec, observed),
      p_(spec.parameters.as<RfmParameters>()) {
  constexpr std::array<Number, rfm_numbers.size()> numbers{Number::recency, Number::orders, Number::sales};
  constexpr std::array<const char*, rfm_numbers.size()> names{"recency", "frequency", "monetary"};
  const std::array<RfmCuts, rfm_numbers.size()> cuts{p_.recency_cuts, p_.frequency_cuts, p_.monetary_cuts};
  for (std::size_t n = 0; n < numbers.size(); ++n) {
    if (p_.weights[n] == 0.F) continue;
    ObservedNumber number(numbers[n], p_.look_back, spec, observed);
    if (is_said(cuts[n]))
      cut_.push_back({n, std::move(number), starts_of(cuts[n], numbers[n], p_.look_back, spec.study->money_quantum)});
    else
      rank(n, std::move(number), names[n], observed);
  }
}

void Rfm::work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, Points& points,
                   std::span<std::int32_t> score) const {
  for (std::size_t n = 0; n < rfm_numbers.size(); ++n)
    for (std::size_t i = 0; i < score.size(); ++i) points[n][i] = points_of_fifth(points[n][i]);
  std::array<double, some> number;
  for (const Cut& cut : cut_) {
    cut.number.work_out(month, arm, begin, std::span(number).first(score.size()));
    for (std::size_t i = 0; i < score.size(); ++i) points[cut.place][i] = points_of_cuts(number[i], cut.starts);
  }
  for (std::size_t i = 0; i < score.size(); ++i) {
    double sum = 0;
    for (std::size_t n = 0; n < rfm_numbers.size(); ++n)
      sum += static_cast<double>(p_.weights[n]) * static_cast<double>(points[n][i]);
    score[i] = in_ten_thousandths(sum);
  }
}

}  // namespace clientele::models
