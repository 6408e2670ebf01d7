// Accounting as loops: amounts are rounded once, and what is left is found by subtraction.
#include "models/accounting.hpp"

#include "models/addresses.hpp"

namespace clientele::models {

namespace {

/// A lifetime's worth in one number is kept more coarsely than a month's, so that it fits.
constexpr double quanta_of_terminal_value = 128;

}  // namespace

Accounting::Accounting(sim::Wiring& wiring)
    : core_(wiring.core()),
      parameters_(wiring.parameters<AccountingParameters>()),
      gross_margin_(wiring.own_trait_of_field("gross margin", "gross_margin", sim::Sight::latent)),
      order_value_(wiring.read_trait<float>("order value")),
      order_cost_(wiring.read_trait<float>("order cost")),
      margin_luck_(wiring.birth_luck(addresses.of("gross margin"), 4)),
      list_sales_(wiring.read_passing<std::int32_t>("list sales")),
      discount_(wiring.read_passing<std::int32_t>("discount given")),
      lasting_orders_(wiring.read_passing<float>("lasting orders")),
      paid_value_(wiring.read_passing<float>("paid order value")),
      expedite_per_order_(wiring.read_passing<float>("expedite per order")),
      care_(wiring.read_passing<float>("care of the month")),
      hazard_(wiring.read_passing<float>("hazard of the month")),
      receivables_(wiring.read_state<std::int32_t>("receivables")),
      costs_(wiring.own_collected("costs")),
      margin_(wiring.own_passing<std::int32_t>("gross margin of the month")),
      capital_(wiring.own_passing<std::int32_t>("capital cost")),
      contribution_(wiring.own_passing<std::int32_t>("contribution")),
      present_value_(wiring.own_passing<std::int32_t>("present value")),
      terminal_value_(wiring.own_passing<std::int32_t>("terminal value")),
      margin_metric_(wiring.metric("gross_margin", sim::MetricUnit::money, "list sales x the customer's margin")),
      capital_metric_(wiring.metric("capital_cost", sim::MetricUnit::money, "cost of what is owed at month end")),
      contribution_metric_(
          wiring.metric("contribution", sim::MetricUnit::money,
                        "gross margin less discount, logistics, service, acquisition and capital cost")),
      present_value_metric_(
          wiring.metric("present_value", sim::MetricUnit::money, "contribution discounted to month 0")),
      terminal_value_metric_(wiring.metric("terminal_value", sim::MetricUnit::money,
                                           "contribution expected beyond the horizon, discounted to month 0",
                                           quanta_of_terminal_value)),
      contribution_histogram_(
          wiring.histogram("contribution", sim::MetricUnit::money, "customers by contribution of the month")) {}

void Accounting::draw_traits(sim::BlockMonth& month) const {
  month.draw(gross_margin_, month.parameters(parameters_).gross_margin, margin_luck_);
  const auto margin = month[gross_margin_];
#pragma omp simd
  for (std::size_t i = 0; i < margin.size(); ++i) {
    const float floor = margin[i] > -1.F ? margin[i] : -1.F;
    margin[i] = floor < 1.F ? floor : 1.F;
  }
}

void Accounting::advance(sim::BlockMonth& month) const {
  const AccountingParameters& p = month.parameters(parameters_);
  const float capital_share = p.monthly_capital_cost, worth = discount_factor(p.discount_rate, month.month());
  const auto gross = month[gross_margin_];
  for (const sim::Arm& arm : month.arms()) {
    const auto list = arm[list_sales_], discount = arm[discount_];
    const auto owed = arm[receivables_];
    const auto costs = arm[costs_];
    const auto margin = arm[margin_], capital = arm[capital_];
    const auto contribution = arm[contribution_], present = arm[present_value_];
#pragma omp simd
    for (std::size_t i = 0; i < gross.size(); ++i) {
      margin[i] = share_of(list[i], gross[i]);
      capital[i] = share_of(owed[i], capital_share);
      contribution[i] = margin[i] - discount[i] - costs[i] - capital[i];
      present[i] = share_of(contribution[i], worth);
      costs[i] = 0;
    }
    arm.book(margin_metric_, margin);
    arm.book_all({{capital_metric_, capital}, {contribution_metric_, contribution}, {present_value_metric_, present}});
    arm.bin(contribution_histogram_, contribution);
  }
}

void Accounting::value_who_stays(sim::BlockMonth& month) const {
  if (!month.last_of_horizon()) return;
  const AccountingParameters& p = month.parameters(parameters_);
  const float worth = discount_factor(p.discount_rate, month.month()), per_quantum = month.per_quantum();
  const float coarse = per_quantum / static_cast<float>(quanta_of_terminal_value);
  const float growth = 1.F / (1.F + p.discount_rate), n = p.terminal_months, quantum = 1.F / per_quantum;
  const auto gross = month[gross_margin_];
  const auto order_value = month[order_value_], order_cost = month[order_cost_];
  for (const sim::Arm& arm : month.arms()) {
    const auto status = arm[core_.status], capital = arm[capital_], terminal = arm[terminal_value_];
    const auto orders = arm[lasting_orders_], paid = arm[paid_value_], expedite = arm[expedite_per_order_];
    const auto care = arm[care_], hazard = arm[hazard_];
#pragma omp simd
    for (std::size_t i = 0; i < terminal.size(); ++i) {
      const float capital_cost = static_cast<float>(capital[i]) * quantum;
      const float monthly = lasting_contribution(orders[i], order_value[i], gross[i], paid[i],
                                                 order_cost[i] + expedite[i], care[i] + capital_cost);
      const float months = months_to_come(growth * sim::exp(-hazard[i]), n);
      terminal[i] = sim::when(status[i] == 1, sim::to_quanta(monthly * months * worth, coarse));
    }
    arm.book(terminal_value_metric_, terminal);
  }
}

}  // namespace clientele::models
