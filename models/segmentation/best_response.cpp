// Ranks of three traits, from which a class follows; what the class gains was found before.
#include "models/segmentation/best_response.hpp"

#include <algorithm>

#include "models/segmentation/true_value.hpp"
#include "sim/core/check.hpp"

namespace clientele::models {

namespace {

constexpr std::size_t place_of_margin_rank = 0, place_of_frailty_rank = 1, place_of_orders_rank = 2;

}  // namespace

std::vector<std::int32_t> places_by_gain(const std::vector<double>& gains) {
  std::vector<std::int32_t> places;
  for (const double gain : gains)
    places.push_back(
        static_cast<std::int32_t>(std::ranges::count_if(gains, [&](double other) { return other < gain; })));
  return places;
}

BestResponse::BestResponse(const sim::SegmentationSpec& spec, sim::Observed& observed)
    : ByPoints(spec.parameters.as<ReviewParameters>().review_every, 0, spec, observed),
      order_rate_(observed.true_trait<float>("order rate")),
      order_value_(observed.true_trait<float>("order value")),
      gross_margin_(observed.true_trait<float>("gross margin")),
      frailty_(observed.true_trait<float>("frailty")),
      place_(places_by_gain(spec.policy->gains)),
      is_pilot_(sim::is_pilot(*spec.policy)) {
  sim::expects(place_.empty() || place_.size() == sim::classes_of_gain, "every class has a gain");
  rank(place_of_margin_rank, "margin", observed);
  rank(place_of_frailty_rank, "frailty", observed);
  rank(place_of_orders_rank, "orders", observed);
}

void BestResponse::number_to_rank(std::size_t n, const sim::BlockMonth& month, const sim::Arm&, std::size_t begin,
                                  std::span<float> number) const {
  const auto orders = month[order_rate_].subspan(begin, number.size());
  if (n == place_of_orders_rank) {
    std::ranges::copy(orders, number.begin());
  } else if (n == place_of_frailty_rank) {
    std::ranges::copy(month[frailty_].subspan(begin, number.size()), number.begin());
  } else {
    const auto value = month[order_value_].subspan(begin, number.size());
    const auto margin = month[gross_margin_].subspan(begin, number.size());
    for (std::size_t i = 0; i < number.size(); ++i) number[i] = true_margin(orders[i], value[i], margin[i]);
  }
}

/// Tiers of a pilot start from as many points as there are classes from theirs on.
void BestResponse::work_out(const sim::BlockMonth&, const sim::Arm&, std::size_t, Points& points,
                            std::span<std::int32_t> score) const {
  sim::expects(is_pilot_ || !place_.empty(), "pilot worlds are simulated before others");
  for (std::size_t i = 0; i < score.size(); ++i) {
    const std::size_t of = class_of_gain(points[place_of_margin_rank][i], points[place_of_frailty_rank][i],
                                         points[place_of_orders_rank][i]);
    const auto left = static_cast<std::int32_t>(sim::classes_of_gain - of);
    score[i] = in_ten_thousandths(is_pilot_ ? left : place_[of]);
  }
}

}  // namespace clientele::models
