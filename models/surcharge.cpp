// Surcharges as loops: a price per order before there are any, and what the orders brought.
#include "models/surcharge.hpp"

namespace clientele::models {

Surcharge::Surcharge(sim::Wiring& wiring) : Surcharge(wiring, wiring.step("surcharges"), wiring.step("surcharged")) {}

Surcharge::Surcharge(sim::Wiring& wiring, sim::StageWiring announce, sim::StageWiring earn)
    : parameters_(wiring.parameters<SurchargeParameters>()),
      purchasing_(wiring.parameters_of<PurchasingParameters>("purchasing")),
      is_used_(charges_for_distance(wiring)),
      per_km_(wiring.lever("surcharge")),
      distance_(wiring.read_trait<float>("distance")),
      order_value_(wiring.read_trait<float>("order value")),
      response_(wiring.read_trait<float>("response to price")),
      surcharges_metric_(
          wiring.metric("surcharges", sim::MetricUnit::money, "invoiced with orders for the distance that they go")) {
  if (!is_used_) {
    wiring.counts_nothing(surcharges_metric_);
    return;
  }
  usual_ = wiring.own_state<float>("usual surcharge", sim::Sight::latent);
  order_rate_ = announce.act_by_factor("order rate");
  log_hazard_ = announce.act_by_sum("log hazard of leaving");
  of_order_ = announce.own_passing<std::int32_t>("surcharge of an order");
  charged_ = earn.read_passing<std::int32_t>("surcharges");
  costs_ = earn.collect("costs");
}

void Surcharge::announce(sim::BlockMonth& month) const {
  if (!is_used_ || month.run_off()) return;
  const SurchargeParameters& p = month.parameters(parameters_);
  const PurchasingParameters& q = month.parameters(purchasing_);
  const auto distance = month[distance_], value = month[order_value_], response = month[response_];
  const float per_quantum = month.per_quantum();
  for (const sim::Arm& arm : month.arms()) {
    const auto per_km = arm[per_km_];
    const auto usual = arm[usual_];
    const auto rate = arm[order_rate_];
    const auto log_hazard = arm[log_hazard_];
    const auto of_order = arm[of_order_];
#pragma omp simd
    for (std::size_t i = 0; i < of_order.size(); ++i) {
      const float surcharge = surcharge_of_order(per_km[i], distance[i], p.surcharge_from);
      const float now = log_surcharge(surcharge, value[i], p.surcharge_salience);
      rate[i] *= price_effect(now, usual[i], response[i], 1.F, q.reference_gain, q.reference_loss);
      log_hazard[i] += p.surcharge_hazard * now;
      usual[i] = next_usual_price(usual[i], now, q.reference_memory);
      const std::int32_t quanta = sim::to_quanta(surcharge, per_quantum);
      of_order[i] = quanta < max_quanta ? quanta : max_quanta;
    }
  }
}

/// It is a sale without a cost of its own, so it lowers what costs add up to.
void Surcharge::earn(sim::BlockMonth& month) const {
  if (!is_used_) return;
  for (const sim::Arm& arm : month.arms()) {
    const auto charged = arm[charged_];
    const auto costs = arm[costs_];
#pragma omp simd
    for (std::size_t i = 0; i < costs.size(); ++i) costs[i] -= charged[i];
    arm.book(surcharges_metric_, charged);
  }
}

}  // namespace clientele::models
