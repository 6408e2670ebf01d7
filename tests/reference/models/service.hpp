// Service, one customer: each delivery succeeds or fails by itself; care and expediting are billed.
#pragma once
#include <vector>

#include "models/service.hpp"
#include "tests/reference/models/purchasing.hpp"

namespace clientele::tests {

struct Served {
  float expedite_per_order = 0, care = 0, care_points = 0, care_hazard = 0;  ///< of this month, as is the rest
  int late = 0, defective = 0;
};

/// What looking after a customer and bringing the orders costs in a month, bill by bill [quanta].
using Bills = std::vector<std::int32_t>;

inline void offer_service(const Scene& scene, const Customer& who, Served& served) {
  const auto& p = scene.setting.parameters<models::ServiceParameters>("service", who.group);
  served.expedite_per_order = scene.lever("service", "expedite", who) * p.expedite_cost;
  served.care = who.on_books ? scene.lever("service", "care", who) : 0.F;
  served.care_points = p.care_points * models::care_saturation(served.care, p.care_reference);
  served.care_hazard = p.care_hazard * models::care_saturation(served.care, p.care_reference);
}

/// Nothing is delivered and nobody is looked after beyond the horizon; care is for all whom the firm takes for its own.
inline void deliver(const Scene& scene, const Customer& who, const Buyer& buyer, Served& served, Bills& bills) {
  served.late = served.defective = 0;
  if (scene.run_off() || !(who.active || who.on_books)) return;
  const auto& p = scene.setting.parameters<models::ServiceParameters>("service", who.group);
  constexpr auto late = models::addresses.of("late delivery"), defect = models::addresses.of("defect");
  const float late_chance = p.late_chance * (1.F - scene.lever("service", "expedite", who));
  const std::int32_t late_up_to = sim::chance_threshold(late_chance * scene.driver("late_deliveries", who));
  const std::int32_t defective_up_to = sim::chance_threshold(p.defect_chance * scene.driver("defects", who));
  for (const Order& order : buyer.orders) {
    if (sim::happens(sim::chance_bits(order.care[late.word]), late_up_to)) ++served.late;
    if (sim::happens(sim::chance_bits(order.care[defect.word]), defective_up_to)) ++served.defective;
  }
  const std::int32_t expediting = models::rounded(static_cast<float>(buyer.orders.size()) * served.expedite_per_order,
                                                  scene.per_quantum(), buyer.rounding);
  const std::int32_t care = models::rounded(served.care, scene.per_quantum(), buyer.rounding);
  bills.push_back(expediting);
  bills.push_back(care);
  scene.count("late_deliveries", who, served.late);
  scene.count("defects", who, served.defective);
  scene.count("expedite_cost", who, expediting);
  scene.count("care_cost", who, care);
}

}  // namespace clientele::tests
