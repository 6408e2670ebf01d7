// Whether orders arrive on time, and what customers think of us for it: satisfaction follows the share on time.
#pragma once
#include "sim/behavior.hpp"

namespace clientele::bench {

struct ServiceParameters {
  float uplift = 0;
};

class Service final : public sim::Behavior {
 public:
  explicit Service(sim::Wiring& wiring);
  static sim::FieldTable fields();

  void draw_traits(sim::BlockMonth& month) const override;
  void set_first_states(sim::BlockMonth& month) const override;
  void advance(sim::BlockMonth& month) const;

 private:
  void deliver(sim::BlockMonth& month) const;

  sim::CoreColumns core_;
  sim::Trait<float> first_satisfaction_;
  sim::State<float> satisfaction_;
  sim::Lever<std::int32_t> threshold_;
  sim::Passing<std::int32_t> on_time_;
  sim::Listed<std::int32_t> listed_bits_;
  sim::Slots<std::int32_t> bits_;
  sim::Metric on_time_metric_;
  sim::BirthLuck first_luck_;
  sim::OrderLuck luck_;
};

}  // namespace clientele::bench
