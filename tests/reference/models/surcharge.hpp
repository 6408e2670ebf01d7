// A surcharge, one customer: announced before orders are placed, and earned with them.
#pragma once
#include "models/surcharge.hpp"
#include "tests/reference/models/logistics.hpp"

namespace clientele::tests {

inline void announce_surcharge(const Scene& scene, const Customer& who, const Place& place, Buyer& buyer) {
  buyer.hazard_of_surcharge = 0;
  if (!who.active || scene.run_off()) return;
  const auto& p = scene.setting.parameters<models::SurchargeParameters>("surcharge", who.group);
  const auto& prices = scene.setting.parameters<models::PurchasingParameters>("purchasing", who.group);
  const float per_km = scene.lever("surcharge", "surcharge", who);
  const float surcharge = models::surcharge_of_order(per_km, place.distance, p.surcharge_from);
  const float now = models::log_surcharge(surcharge, buyer.order_value, p.surcharge_salience);
  buyer.effects *= models::price_effect(now, buyer.usual_surcharge, buyer.response, 1.F, prices.reference_gain,
                                        prices.reference_loss);
  buyer.hazard_of_surcharge = p.surcharge_hazard * now;
  buyer.usual_surcharge = models::next_usual_price(buyer.usual_surcharge, now, prices.reference_memory);
  buyer.surcharge_of_order = std::min(sim::to_quanta(surcharge, scene.per_quantum()), models::max_quanta);
}

inline void earn_surcharges(const Scene& scene, const Customer& who, const Buyer& buyer, Bills& bills) {
  bills.push_back(-buyer.surcharges);
  scene.count("surcharges", who, buyer.surcharges);
}

}  // namespace clientele::tests
