// Logistics as a loop: every order of a customer travels the same way.
#include "models/logistics.hpp"

#include <algorithm>

#include "models/addresses.hpp"
#include "models/rounding.hpp"

namespace clientele::models {

Logistics::Logistics(sim::Wiring& wiring)
    : core_(wiring.core()),
      parameters_(wiring.parameters<LogisticsParameters>()),
      distance_(wiring.own_trait_of_field("distance", "distance", sim::Sight::observed)),
      order_cost_(wiring.own_trait<float>("order cost", sim::Sight::observed)),
      distance_luck_(wiring.birth_luck(addresses.of("distance"), 4)),
      rounding_(wiring.read_common<float>("rounding")),
      cost_(wiring.own_passing<std::int32_t>("logistics cost")),
      costs_(wiring.collect("costs")),
      cost_metric_(wiring.metric("logistics_cost", sim::MetricUnit::money, "shipping and handling of orders")) {}

void Logistics::draw_traits(sim::BlockMonth& month) const {
  const LogisticsParameters& p = month.parameters(parameters_);
  month.draw(distance_, p.distance, distance_luck_);
  const auto distance = month[distance_];
  const auto cost = month.at_birth(order_cost_);
#pragma omp simd
  for (std::size_t i = 0; i < cost.size(); ++i) cost[i] = cost_of_order(p.shipping, p.per_km, distance[i], p.handling);
}

void Logistics::advance(sim::BlockMonth& month) const {
  const auto per_order = month[order_cost_];
  const auto rounding = month[rounding_];
  const float per_quantum = month.per_quantum();
  for (const sim::Arm& arm : month.arms()) {
    const auto placed = arm[core_.orders];
    const auto cost = arm[cost_], costs = arm[costs_];
#pragma omp simd
    for (std::size_t i = 0; i < cost.size(); ++i) {
      cost[i] = rounded(static_cast<float>(placed[i]) * per_order[i], per_quantum, rounding[i]);
      costs[i] += cost[i];
    }
    arm.book(cost_metric_, cost);
  }
}

}  // namespace clientele::models
