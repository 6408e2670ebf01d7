// Traits of a few customers at a time, in floats as they were drawn.
#include "models/segmentation/true_value.hpp"

namespace clientele::models {

sim::FieldTable true_value_fields() {
  using P = TrueValueParameters;
  return sim::fields<P>({
      review_every_field(&P::review_every),
      sim::field(&P::ahead, "ahead", "months", sim::range(1, 60), 12, sim::Kind::fixed,
                 "coming months whose margin counts, undiscounted, as far as the customer is there",
                 sim::guess("a year")),
  });
}

TrueValue::TrueValue(const sim::SegmentationSpec& spec, sim::Observed& observed)
    : ByWorth(spec.parameters.as<TrueValueParameters>().review_every, spec, observed),
      p_(spec.parameters.as<TrueValueParameters>()),
      churn_(observed.parameters_of<ChurnParameters>("churn")),
      order_rate_(observed.true_trait<float>("order rate")),
      order_value_(observed.true_trait<float>("order value")),
      gross_margin_(observed.true_trait<float>("gross margin")),
      frailty_(observed.true_trait<float>("frailty")),
      joined_(observed.trait<std::int32_t>("joined")) {}

void TrueValue::work_out(const sim::BlockMonth& month, const sim::Arm&, std::size_t begin,
                         std::span<double> worth) const {
  const ChurnParameters& churn = month.parameters(churn_);
  const auto orders = month[order_rate_].subspan(begin, worth.size());
  const auto value = month[order_value_].subspan(begin, worth.size());
  const auto margin = month[gross_margin_].subspan(begin, worth.size());
  const auto frailty = month[frailty_].subspan(begin, worth.size());
  const auto joined = month[joined_].subspan(begin, worth.size());
  const std::int32_t now = month.month();
  const float base = churn.base_cumulative, slope = churn.tenure_slope, ahead = static_cast<float>(p_.ahead);
  const Leaving leaving = churn.leaving;
  if (churn.by_contract()) {
    for (std::size_t i = 0; i < worth.size(); ++i) {
      const std::int32_t tenure = joined[i] < now ? now - joined[i] : 0;
      const float there = expected_months_of_contract(base * frailty[i], tenure, churn.contract_months, p_.ahead);
      worth[i] = static_cast<double>(true_margin(orders[i], value[i], margin[i]) * there);
    }
    return;
  }
#pragma omp simd
  for (std::size_t i = 0; i < worth.size(); ++i) {
    const float tenure = static_cast<float>(joined[i] < now ? now - joined[i] : 0);
    const float months = expected_months(cumulative_hazard(base, frailty[i], tenure, slope), ahead, leaving);
    worth[i] = static_cast<double>(true_margin(orders[i], value[i], margin[i]) * months);
  }
}

}  // namespace clientele::models
