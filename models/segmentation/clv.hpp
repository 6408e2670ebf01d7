// Tiers by the margin that a firm may expect of a customer, from when and how much it has ordered.
#pragma once
#include <cstdint>

#include "models/accounting.hpp"
#include "models/segmentation/by_worth.hpp"
#include "models/segmentation/expected_orders.hpp"
#include "sim/core/api.hpp"

namespace clientele::models {

struct ClvParameters {
  std::int32_t review_every = 3, look_back = 12, ahead = 12;
};

sim::FieldTable clv_fields();

/// What is believed of the value and the margin of a group's orders.
struct ValueBelief {
  double mean = 0;                 ///< quanta, of an order
  double between = 0, within = 0;  ///< variances over the square of the mean: of customers, of one customer's orders
  double margin = 0;               ///< share of sales, the mean of the group
};

/// By the laws of a draw and group.
CLIENTELE_API ValueBelief value_belief(const PurchasingParameters& purchasing, const AccountingParameters& accounting,
                                       double quantum);

/// Mean value of a customer's orders: that of those seen and the group's, weighed n : within / between. It is the best
/// linear estimate (Buehlmann 1967), and has the form of gamma-gamma's (Fader, Hardie, Lee 2005).
inline double expected_order_value(double sales, std::int32_t orders, const ValueBelief& belief) {
  const double all = belief.within + belief.between * static_cast<double>(orders);
  return all > 0.0 ? (belief.within * belief.mean + belief.between * sales) / all : belief.mean;
}

/// Quanta. Sales are those of the look-back.
inline double expected_margin(const SeenOrders& seen, double sales, const ExpectedOrders& orders,
                              const ValueBelief& belief) {
  return orders.later(seen) * (expected_order_value(sales, seen.orders, belief) * belief.margin);
}

/// The customer's expected orders x their expected value x the group's margin. What winning it has cost is spent, and
/// counts nothing.
class Clv final : public ByWorth {
 public:
  Clv(const sim::SegmentationSpec& spec, sim::Observed& observed);

 private:
  bool is_known(int month) const override { return month > first_month_; }
  void work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                std::span<double> worth) const override;
  struct Seen;
  Seen look_back_on(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, std::size_t count) const;

  const ClvParameters p_;
  int first_month_;
  double quantum_;
  sim::Parameters<PurchasingParameters> purchasing_;
  sim::Parameters<ChurnParameters> churn_;
  sim::Parameters<AccountingParameters> accounting_;
  sim::Trait<const std::int32_t> joined_;         ///< month
  sim::Ring<const std::int32_t> orders_, sales_;  ///< by month
  OrdersBeliefs beliefs_;
};

}  // namespace clientele::models
