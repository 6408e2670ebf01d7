// Acquisition, one customer: a bill in the month of joining, and a count of his own for as long as he stays.
#pragma once
#include "models/acquisition.hpp"
#include "tests/reference/models/service.hpp"

namespace clientele::tests {

inline void win(const Scene& scene, const Customer& who, const Buyer& buyer, Bills& bills) {
  if (!who.active || who.born < scene.first_arrivals()) return;
  scene.count("customers_new", who, 1);
  scene.count("revenue_new", who, buyer.sales);
  if (who.born < scene.month) return;
  const auto& p = scene.setting.parameters<models::AcquisitionParameters>("acquisition", who.group);
  bills.push_back(sim::to_quanta(p.cost_per_customer, scene.per_quantum()));
  scene.count("acquisition_cost", who, bills.back());
}

}  // namespace clientele::tests
