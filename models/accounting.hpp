// What a month earns: margin on list sales, less discount, less costs, less the capital that receivables tie up; and
// what customers who stay are worth beyond the horizon.
#pragma once
#include <cstdint>

#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// Gross margin and costs are rounded by the luck of the customer-month (models/rounding.hpp), and whole quanta add up.
/// contribution = list sales x gross margin_i - discount - costs - receivables at month end x capital cost / 12.
/// Costs are what other parts of a month have collected: logistics, care, expediting. A discount comes off list price
/// and off margin alike; margin on discounted revenue would hide its cost.
/// present value = contribution / (1 + discount rate)^t, month 0 undiscounted.
///
/// terminal value, of who is still active at the end of the horizon: lasting contribution of a month x the discounted
/// months still to come, x + x^2 + ... + x^n with x = e^-H / (1 + discount rate), H the cumulative hazard of the last
/// month and n = terminal_months. Lasting: at the mean number and value of orders, without season; with the care, terms
/// and discount of the last month. Customer equity = present value + terminal value.
struct AccountingParameters {
  sim::Law gross_margin;
  float capital_cost = 0, discount_rate = 0, terminal_months = 0;

  float monthly_capital_cost = 0;
  void finish() { monthly_capital_cost = capital_cost / 12.F; }
};

/// A share of an amount [quanta], rounded once.
CLIENTELE_INLINE std::int32_t share_of(std::int32_t quanta, float share) {
  return sim::to_quanta(static_cast<float>(quanta), share);
}

/// 1 / (1 + rate)^month; 1 before the fork.
inline float discount_factor(float rate, int month) {
  double factor = 1;
  for (int t = 0; t < month; ++t) factor /= 1.0 + static_cast<double>(rate);
  return static_cast<float>(factor);
}

/// x + x^2 + ... + x^n for 0 <= x <= 1: months still to come, discounted for time and for leaving.
CLIENTELE_INLINE float months_to_come(float x, float n) {
  const float gap = 1.F - x;
  return gap > 1e-5F ? x * (1.F - sim::pow(x, n)) / gap : n * x;
}

/// What a customer brings in an average month [money]: orders x (margin and discount per order - costs per order), less
/// costs per month.
CLIENTELE_INLINE float lasting_contribution(float orders, float order_value, float gross_margin, float paid_value,
                                            float cost_per_order, float cost_per_month) {
  return orders * (order_value * gross_margin - (order_value - paid_value) - cost_per_order) - cost_per_month;
}

inline sim::FieldTable accounting_fields() {
  using P = AccountingParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      sim::field(&P::gross_margin, "gross_margin", "share of list sales",
                 {sim::normal_law(range(-1, 1, 0, 0.8), 0.25, 0.07), sim::constant_law(range(-1, 1, 0, 0.8), 0.25)},
                 Kind::trait, "margin of a customer's basket before discount", sim::guess("a distributor's margin")),
      sim::field(&P::capital_cost, "capital_cost", "per year", range(0, 1, 0, 0.3), 0.08, Kind::fixed,
                 "yearly cost of the money that customers owe", sim::guess("a usual cost of capital")),
      sim::field(&P::discount_rate, "discount_rate", "per month", range(0, 0.2, 0, 0.03), 0.008, Kind::fixed,
                 "what money loses in worth per month, for present values", sim::guess("about 10 % a year")),
      sim::field(&P::terminal_months, "terminal_months", "months", range(0, 600, 0, 240), 60, Kind::fixed,
                 "months after the horizon that count into customer equity; 0 counts none",
                 sim::guess("five years, as far as a plan is believed")),
  });
}

class Accounting final : public sim::Behavior {
 public:
  explicit Accounting(sim::Wiring& wiring);
  void draw_traits(sim::BlockMonth& month) const override;
  /// After all costs of the month.
  void advance(sim::BlockMonth& month) const;
  /// After exits, in the last month of the horizon: what those who stay are worth.
  void value_who_stays(sim::BlockMonth& month) const;

 private:
  sim::CoreColumns core_;
  sim::Parameters<AccountingParameters> parameters_;
  sim::Trait<float> gross_margin_;
  sim::Trait<const float> order_value_, order_cost_;
  sim::BirthLuck margin_luck_;
  sim::Passing<const std::int32_t> list_sales_, discount_;
  sim::Passing<const float> rounding_;
  sim::Passing<const float> lasting_orders_, paid_value_, expedite_per_order_, care_, hazard_;
  sim::State<const std::int32_t> receivables_;
  sim::Collected costs_;
  sim::Passing<std::int32_t> margin_, capital_, contribution_, present_value_, terminal_value_;
  sim::Metric margin_metric_, capital_metric_, contribution_metric_, present_value_metric_, terminal_value_metric_;
  sim::Histogram contribution_histogram_;
};

}  // namespace clientele::models
