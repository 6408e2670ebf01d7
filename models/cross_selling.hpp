// One further category of goods: who holds it, who is offered it, and what it adds to a basket and takes from it.
#pragma once
#include <cstdint>

#include "models/kpis.hpp"
#include "models/quanta.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// A share useful_to of customers could use the category at all; of these held_share hold it when they are first seen.
/// An offer goes to who is on the books and does not hold it, with chance `offers` a month, and costs offer_cost
/// whether it is of use or not. Who could use it and does not hold it takes it
///   with chance uptake where there is an offer, and with d h / (1 - h) without one,
/// d = dropped, h = held_share; who holds it drops it with chance d. So h is what stays where nobody is offered
/// anything, and with offers to all, one after the other, the share of those who could use it settles at
///   a / (a + d),  a = 1 - (1 - d h / (1 - h)) (1 - offers x uptake).
/// A holder's orders carry size times their list value of the category beside the usual goods, and taken_share of that
/// replaces usual goods: list value x (1 + size (1 - taken_share)). What is sold of the category earns `margin`.
/// Holding more keeps nobody longer: cross-buying follows loyalty, and does not make it (Reinartz, Thomas, Bascoul
/// 2008).
struct CrossSellingParameters {
  float held_share = 0, useful_to = 0, size = 0, taken_share = 0, margin = 0, dropped = 0, uptake = 0;
  float offers = 0, offer_cost = 0;

  float unasked = 0;  ///< chance a month that it is taken without an offer
  void finish();
};

/// By how much a holder's order grows, over its list value of usual goods.
CLIENTELE_INLINE float growth_of_order(float size, float taken_share) { return size * (1.F - taken_share); }

/// Whether somebody holds the category next. The luck is the same in every arm, and more offers never make fewer hold
/// it: who drops it has luck near 1, who takes it near 0.
CLIENTELE_INLINE std::int32_t holds_next(std::int32_t holds, bool could_use, bool is_offered, float unasked,
                                         float uptake, float dropped, float u) {
  const float chance = is_offered ? 1.F - (1.F - unasked) * (1.F - uptake) : unasked;
  const bool takes = could_use & (u < chance), keeps = u < 1.F - dropped;
  return holds != 0 ? sim::when(keeps, 1) : sim::when(takes, 1);
}

sim::FieldTable cross_selling_fields();

/// Whether anybody holds the category or is offered it: else nothing of it is worked out.
bool sells_a_category(const sim::Wiring& wiring);

inline Kpis cross_selling_kpis() {
  using enum sim::KpiRule;
  return {money_kpi("category_sales", "list sales of the further category", better, total, {{"category_sales"}}),
          money_kpi("offer_cost", "offers of the further category", worse, total, {{"offer_cost"}}),
          ratio_kpi("holders", "active customers who hold the further category", "1", better, {{"category_holders"}},
                    "customers")};
}

class CrossSelling final : public sim::Behavior {
 public:
  explicit CrossSelling(sim::Wiring& wiring);
  void draw_traits(sim::BlockMonth& month) const override;
  void set_first_states(sim::BlockMonth& month) const override;
  /// Before orders: who is offered the category, takes it or drops it, and what it does to orders.
  void offer(sim::BlockMonth& month) const;
  /// After sales: what of them is of the category earns its own margin.
  void earn(sim::BlockMonth& month) const;

 private:
  CrossSelling(sim::Wiring& wiring, sim::StageWiring offer, sim::StageWiring earn);
  void move_holders(sim::BlockMonth& month, const sim::Arm& arm) const;

  sim::CoreColumns core_;
  sim::Parameters<CrossSellingParameters> parameters_;
  bool is_used_;
  sim::Lever<float> offers_;
  sim::Trait<std::int32_t> could_use_;
  sim::BirthLuck use_luck_, first_luck_;
  sim::MonthLuck offer_luck_, taking_luck_;
  sim::State<std::int32_t> holds_;
  sim::Passing<float> growth_;
  sim::Passing<std::int32_t> offered_, holders_, sales_, cost_;
  sim::Passing<const std::int32_t> made_offers_, buying_holders_, usual_sales_;
  sim::Common<const float> rounding_;
  sim::Collected sales_to_account_for_, margin_, costs_;
  sim::Metric holders_metric_, offers_metric_, sales_metric_, cost_metric_;
};

}  // namespace clientele::models
