// What a month earns: margin on list sales, less discount, less the capital that is tied up in receivables.
#pragma once
#include <cstdint>

#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// contribution = list sales x gross margin_i - discount - receivables at month end x capital cost / 12.
/// A discount comes off list price and off margin alike; margin on discounted revenue would hide its cost.
/// present value = contribution / (1 + discount rate)^t, month 0 undiscounted.
struct AccountingParameters {
  sim::Law gross_margin;
  float capital_cost = 0, discount_rate = 0;

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
  });
}

class Accounting final : public sim::Behavior {
 public:
  explicit Accounting(sim::Wiring& wiring);
  void draw_traits(sim::BlockMonth& month) const override;
  void advance(sim::BlockMonth& month) const;

 private:
  sim::Parameters<AccountingParameters> parameters_;
  sim::Trait<float> gross_margin_;
  sim::BirthLuck margin_luck_;
  sim::Passing<const std::int32_t> list_sales_, discount_;
  sim::State<const std::int32_t> receivables_;
  sim::Passing<std::int32_t> margin_, capital_, contribution_, present_value_;
  sim::Metric margin_metric_, capital_metric_, contribution_metric_, present_value_metric_;
};

}  // namespace clientele::models
