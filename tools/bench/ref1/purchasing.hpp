// How many orders a customer places and what they are worth: Poisson counts, log-normal values, less discount.
#pragma once
#include "sim/behavior.hpp"

namespace clientele::bench {

struct PurchasingParameters {
  float discount = 0;
};

class Purchasing final : public sim::Behavior {
 public:
  explicit Purchasing(sim::Wiring& wiring);
  static sim::FieldTable fields();

  void draw_traits(sim::BlockMonth& month) const override;
  void advance(sim::BlockMonth& month) const;

 private:
  void place(sim::BlockMonth& month) const;
  void spend(sim::BlockMonth& month) const;

  sim::CoreColumns core_;
  sim::Trait<float> order_rate_, order_value_;
  sim::State<std::int32_t> orders_;
  sim::State<float> spend_;  ///< since the last review, net
  sim::Passing<float> mean_orders_, basket_;
  sim::Passing<std::int32_t> revenue_;
  sim::Listed<float> listed_factor_;
  sim::Slots<float> factor_;
  sim::Lever<float> buys_more_, pays_share_;
  sim::Metric orders_metric_, revenue_metric_;
  sim::BirthLuck rate_luck_, value_luck_;
  sim::MonthLuck count_luck_;
  sim::OrderLuck order_luck_;
};

}  // namespace clientele::bench
