// Logistics, one customer: every order travels the same way.
#pragma once
#include <vector>

#include "models/logistics.hpp"
#include "tests/reference/models/purchasing.hpp"

namespace clientele::tests {

/// What looking after a customer and bringing the orders costs in a month, bill by bill [quanta].
using Bills = std::vector<std::int32_t>;

struct Place {
  float distance = 0;  ///< km
  float order_cost = 0;
};

inline void be_born(const Scene& scene, const Customer& who, Place& place) {
  const auto& p = scene.setting.parameters<models::LogisticsParameters>("logistics", who.group);
  place.distance = scene.trait("logistics", "distance", p.distance, models::addresses.of("distance"), who);
  place.order_cost = models::cost_of_order(p.shipping, p.per_km, place.distance, p.handling);
}

inline void ship(const Scene& scene, const Customer& who, const Place& place, const Buyer& buyer, Bills& bills) {
  const std::int32_t cost =
      models::rounded(static_cast<float>(buyer.orders.size()) * place.order_cost, scene.per_quantum(), buyer.rounding);
  bills.push_back(cost);
  scene.count("logistics_cost", who, cost);
}

}  // namespace clientele::tests
