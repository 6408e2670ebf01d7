// Whether a customer leaves at the end of the month, the likelier the less satisfied.
#pragma once
#include "sim/behavior.hpp"

namespace clientele::bench {

class Churn final : public sim::Behavior {
 public:
  explicit Churn(sim::Wiring& wiring);
  void advance(sim::BlockMonth& month) const;

 private:
  sim::CoreColumns core_;
  sim::State<const float> satisfaction_;
  sim::Departure left_;
  sim::MonthLuck luck_;
};

}  // namespace clientele::bench
