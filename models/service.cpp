// Service as loops: one list of luck per order for all arms, and a limit per customer and arm that it is held against.
#include "models/service.hpp"

#include <algorithm>

#include "models/addresses.hpp"
#include "models/rounding.hpp"

namespace clientele::models {

Service::Service(sim::Wiring& wiring)
    : core_(wiring.core()),
      parameters_(wiring.parameters<ServiceParameters>()),
      late_luck_(wiring.order_luck(addresses.of("late delivery"))),
      defect_luck_(wiring.order_luck(addresses.of("defect"))),
      late_driver_(wiring.driver("late_deliveries")),
      defect_driver_(wiring.driver("defects")),
      rounding_(wiring.read_common<float>("rounding")),
      late_chance_(wiring.lever<float>(
          parameters_, "expedite",
          [](const ServiceParameters& p, float expedite) { return p.late_chance * (1.F - expedite); })),
      expedite_money_(
          wiring.lever<float>(parameters_, "expedite",
                              [](const ServiceParameters& p, float expedite) { return expedite * p.expedite_cost; })),
      care_money_(wiring.lever("care")),
      points_of_care_(wiring.lever<float>(parameters_, "care",
                                          [](const ServiceParameters& p, float care) {
                                            return p.care_points * care_saturation(care, p.care_reference);
                                          })),
      hazard_of_care_(wiring.lever<float>(parameters_, "care",
                                          [](const ServiceParameters& p, float care) {
                                            return p.care_hazard * care_saturation(care, p.care_reference);
                                          })),
      performance_(wiring.step("deliveries").act_by_sum("perceived performance")),
      log_hazard_(wiring.step("deliveries").act_by_sum("log hazard of leaving")),
      limit_(wiring.own_passing<std::int32_t>("service limit")),
      late_(wiring.own_passing<std::int32_t>("late deliveries")),
      defective_(wiring.own_passing<std::int32_t>("defective deliveries")),
      expedite_cost_(wiring.own_passing<std::int32_t>("expedite cost")),
      care_cost_(wiring.own_passing<std::int32_t>("care cost")),
      costs_(wiring.collect("costs")),
      late_metric_(wiring.metric("late_deliveries", sim::MetricUnit::count, "orders delivered late")),
      defect_metric_(wiring.metric("defects", sim::MetricUnit::count, "orders delivered with a defect")),
      expedite_metric_(wiring.metric("expedite_cost", sim::MetricUnit::money, "paid for faster deliveries")),
      care_metric_(wiring.metric("care_cost", sim::MetricUnit::money, "spent on looking after customers")) {
  const auto is_granted = [](double value) { return value > 0; };
  if (!wiring.is_used("expedite", is_granted)) wiring.counts_nothing(expedite_metric_);
  if (!wiring.is_used("care", is_granted)) wiring.counts_nothing(care_metric_);
}

void Service::advance(sim::BlockMonth& month) const {
  if (!month.run_off()) count_failures(month);
  for (const sim::Arm& arm : month.arms()) {
    if (month.run_off()) {
      std::ranges::fill(arm[late_], 0);
      std::ranges::fill(arm[defective_], 0);
      continue;
    }
    arm.count({{late_metric_, arm[late_]}, {defect_metric_, arm[defective_]}});
    care(arm);
    spend(month, arm);
  }
}

void Service::care(const sim::Arm& arm) const {
  const auto on_books = arm[core_.on_books];
  const auto points = arm[points_of_care_], hazard = arm[hazard_of_care_];
  const auto performance = arm[performance_];
  const auto log_hazard = arm[log_hazard_];
#pragma omp simd
  for (std::size_t i = 0; i < points.size(); ++i) {
    performance[i] += sim::when(on_books[i] != 0, points[i]);
    log_hazard[i] += sim::when(on_books[i] != 0, hazard[i]);
  }
}

void Service::count_failures(sim::BlockMonth& month) const {
  const sim::Orders& orders = month.orders();
  const auto late_words = month.variates().words(late_luck_), defect_words = month.variates().words(defect_luck_);
  const float defect_chance = month.parameters(parameters_).defect_chance;
  for (const sim::Arm& arm : month.arms()) {
    const auto chance = arm[late_chance_];
    const auto limit = arm[limit_];
    const float driver = arm.driver(late_driver_);
#pragma omp simd
    for (std::size_t i = 0; i < limit.size(); ++i) limit[i] = sim::chance_threshold(chance[i] * driver);
    orders.count_happening(arm[core_.orders], late_words, limit, arm[late_]);
    std::ranges::fill(limit, sim::chance_threshold(defect_chance * arm.driver(defect_driver_)));
    orders.count_happening(arm[core_.orders], defect_words, limit, arm[defective_]);
  }
}

void Service::spend(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto placed = arm[core_.orders], on_books = arm[core_.on_books];
  const auto per_order = arm[expedite_money_], care = arm[care_money_];
  const auto rounding = month[rounding_];
  const auto expedite_cost = arm[expedite_cost_], care_cost = arm[care_cost_], costs = arm[costs_];
  const float per_quantum = month.per_quantum();
#pragma omp simd
  for (std::size_t i = 0; i < costs.size(); ++i) {
    expedite_cost[i] = rounded(static_cast<float>(placed[i]) * per_order[i], per_quantum, rounding[i]);
    care_cost[i] = sim::when(on_books[i] != 0, rounded(care[i], per_quantum, rounding[i]));
    costs[i] += expedite_cost[i] + care_cost[i];
  }
  arm.book({{expedite_metric_, expedite_cost}, {care_metric_, care_cost}});
}

}  // namespace clientele::models
