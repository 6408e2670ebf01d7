// When each invoice is paid: log-normal delay around the customer's habit; late after 30 days.
#pragma once
#include "sim/behavior.hpp"

namespace clientele::bench {

class Payment final : public sim::Behavior {
 public:
  explicit Payment(sim::Wiring& wiring);

  void draw_traits(sim::BlockMonth& month) const override;
  void advance(sim::BlockMonth& month) const;

 private:
  sim::CoreColumns core_;
  sim::Trait<float> typical_delay_, late_factor_;  ///< days; what a delay's factor exceeds when it is late
  sim::Passing<std::int32_t> late_, days_;
  sim::Passing<float> factor_sum_;
  sim::Listed<float> listed_factor_;
  sim::Slots<float> factor_;
  sim::Metric late_metric_, delay_metric_;
  sim::BirthLuck habit_luck_;
  sim::OrderLuck luck_;
};

}  // namespace clientele::bench
