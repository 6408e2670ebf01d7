// A yardstick: tiers by what customers are truly worth, which nobody can know.
#pragma once
#include <cstdint>

#include "models/churn.hpp"
#include "models/segmentation/by_worth.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

struct TrueValueParameters {
  std::int32_t review_every = 3, ahead = 12;
};

sim::FieldTable true_value_fields();

/// Of the next `ahead` months, how many a customer with cumulative hazard H a month is there for, on average:
///   (1 - exp(-H ahead)) / H,  and with all of the last month where customers leave at its end, over 1 - exp(-H).
CLIENTELE_INLINE float expected_months(float cumulative, float ahead, Leaving leaving) {
  const float lost = sim::one_minus_exp(cumulative * ahead);
  const float a_month = leaving == Leaving::month_end ? sim::one_minus_exp(cumulative) : cumulative;
  return a_month > 0.F ? lost / a_month : ahead;
}

/// Orders a month x value of an order x gross margin, as the customer was drawn [money a month].
CLIENTELE_INLINE float true_margin(float orders, float value, float margin) { return orders * value * margin; }

/// The customer's own rate, value, margin and frailty, and the base hazard at the tenure of the review; under contract
/// its own chance to leave at each renewal, from the next one on (models/renewals.hpp). No season, no
/// scenario, no lever, no satisfaction and no cost moves it, and whether a customer has left unseen is not asked.
///
/// A firm that knew all this would still not know whom its levers move: who is worth most need not gain most by being
/// looked after. So a policy that sorts by it is a yardstick and no upper bound.
class TrueValue final : public ByWorth {
 public:
  TrueValue(const sim::SegmentationSpec& spec, sim::Observed& observed);

 private:
  bool is_known(int) const override { return true; }
  void work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                std::span<double> worth) const override;

  const TrueValueParameters p_;
  sim::Parameters<ChurnParameters> churn_;
  sim::Trait<const float> order_rate_, order_value_, gross_margin_, frailty_;
  sim::Trait<const std::int32_t> joined_;  ///< month
};

}  // namespace clientele::models
