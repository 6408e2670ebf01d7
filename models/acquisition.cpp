// Acquisition as a loop, which blocks without a new customer leave out.
#include "models/acquisition.hpp"

namespace clientele::models {

Acquisition::Acquisition(sim::Wiring& wiring)
    : core_(wiring.core()),
      parameters_(wiring.parameters<AcquisitionParameters>()),
      net_sales_(wiring.read_passing<std::int32_t>("net sales")),
      cost_(wiring.own_passing<std::int32_t>("acquisition cost")),
      new_(wiring.own_passing<std::int32_t>("is a new customer")),
      sales_(wiring.own_passing<std::int32_t>("net sales to new customers")),
      costs_(wiring.collect("costs")),
      cost_metric_(wiring.metric("acquisition_cost", sim::MetricUnit::money,
                                 "cost of winning the customers who join this month")),
      customers_metric_(
          wiring.metric("customers_new", sim::MetricUnit::count, "active customers who joined after month 0")),
      revenue_metric_(
          wiring.metric("revenue_new", sim::MetricUnit::money, "revenue from customers who joined after month 0")),
      first_arrivals_(wiring.first_arrivals()) {}

double Acquisition::mean_arrivals(const sim::Outlook& outlook) const {
  return outlook.month() < first_arrivals_ ? 0 : static_cast<double>(outlook.parameters(parameters_).arrivals);
}

void Acquisition::advance(sim::BlockMonth& month) const {
  const auto born = month[core_.born];
  const std::int32_t now = month.month();
  const std::int32_t first = month.first_arrivals();
  std::int32_t joined = 0;
#pragma omp simd reduction(| : joined)
  for (std::size_t i = 0; i < month.customers(); ++i) joined |= sim::when(born[i] >= first, 1);
  if (joined == 0) return;
  const std::int32_t price = sim::to_quanta(month.parameters(parameters_).cost_per_customer, month.per_quantum());
  for (const sim::Arm& arm : month.arms()) {
    const auto status = arm[core_.status];
    const auto net_sales = arm[net_sales_];
    const auto cost = arm[cost_], costs = arm[costs_], is_new = arm[new_], sales = arm[sales_];
#pragma omp simd
    for (std::size_t i = 0; i < cost.size(); ++i) {
      const bool counts = is_new_customer(born[i], first, status[i]);
      is_new[i] = sim::when(counts, 1);
      sales[i] = sim::when(counts, net_sales[i]);
      cost[i] = sim::when(counts & (born[i] == now), price);
      costs[i] += cost[i];
    }
    arm.count(customers_metric_, is_new);
    arm.book({{cost_metric_, cost}, {revenue_metric_, sales}});
  }
}

}  // namespace clientele::models
