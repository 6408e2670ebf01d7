// Purchasing as loops: counts by inversion for every arm, one list of orders for all of them, sales by first orders.
#include "models/purchasing.hpp"

#include <algorithm>

#include "models/addresses.hpp"
#include "sim/random/poisson.hpp"

namespace clientele::models {

Purchasing::Purchasing(sim::Wiring& wiring)
    : core_(wiring.core()),
      parameters_(wiring.parameters<PurchasingParameters>()),
      order_rate_(wiring.own_trait_of_field("order rate", "orders_per_month", sim::Sight::latent)),
      order_value_(wiring.own_trait_of_field("order value", "order_value", sim::Sight::latent)),
      rate_luck_(wiring.birth_luck(addresses.of("order rate"), 4)),
      value_luck_(wiring.birth_luck(addresses.of("order value level"), 4)),
      count_luck_(wiring.month_luck(addresses.of("order count"))),
      order_luck_(wiring.order_luck(addresses.of("order value"), 2)),
      demand_(wiring.driver("demand")),
      share_paid_(wiring.lever<float>(parameters_, "discount",
                                      [](const PurchasingParameters&, float discount) { return 1.F - discount; })),
      discount_effect_(wiring.lever<float>(parameters_, "discount",
                                           [](const PurchasingParameters& p, float discount) {
                                             return models::discount_effect(discount, p.elasticity);
                                           })),
      terms_effect_(wiring.read_passing<float>("terms effect")),
      gap_(wiring.read_state<float>("satisfaction gap")),
      lasting_(wiring.own_passing<float>("lasting orders")),
      mean_(wiring.own_passing<float>("mean orders")),
      paid_value_(wiring.own_passing<float>("paid order value")),
      listed_factor_(wiring.own_listed<float>("listed order factor")),
      factor_(wiring.own_slots<float>("order factor")),
      list_sales_(wiring.own_passing<std::int32_t>("list sales")),
      net_sales_(wiring.own_passing<std::int32_t>("net sales")),
      discount_(wiring.own_passing<std::int32_t>("discount given")),
      history_(wiring.own_ring<std::int32_t>("net_sales", sim::Sight::observed)),
      orders_metric_(wiring.metric("orders", sim::MetricUnit::count, "orders placed")),
      list_metric_(wiring.metric("list_sales", sim::MetricUnit::money, "orders at list price")),
      discount_metric_(wiring.metric("discount_given", sim::MetricUnit::money, "list sales less revenue")),
      revenue_metric_(wiring.metric("revenue", sim::MetricUnit::money, "invoiced: orders net of discount")),
      sales_histogram_(
          wiring.histogram("net_sales", sim::MetricUnit::money, "customers by what they bought in the month")) {
  wiring.arrange_by(order_rate_);
}

void Purchasing::draw_traits(sim::BlockMonth& month) const {
  const PurchasingParameters& p = month.parameters(parameters_);
  month.draw(order_rate_, p.orders_per_month, rate_luck_);
  month.draw(order_value_, p.order_value, value_luck_);
}

void Purchasing::advance(sim::BlockMonth& month) const {
  place_orders(month);
  if (!month.run_off()) value_orders(month);
  for (const sim::Arm& arm : month.arms()) {
    std::ranges::fill(arm[list_sales_], 0);
    std::ranges::fill(arm[net_sales_], 0);
    if (!month.run_off()) sell(month, arm, month.orders());
    record(month, arm);
  }
}

/// Nobody orders after the horizon.
void Purchasing::place_orders(sim::BlockMonth& month) const {
  const PurchasingParameters& p = month.parameters(parameters_);
  const float season = p.season[static_cast<std::size_t>(month.calendar_month() - 1)];
  const auto rate = month[order_rate_];
  for (const sim::Arm& arm : month.arms()) {
    const auto orders = arm[core_.orders];
    if (month.run_off()) {
      std::ranges::fill(orders, 0);
      continue;
    }
    const auto standing = arm[core_.standing];
    const auto discount = arm[discount_effect_];
    const auto terms = arm[terms_effect_];
    const auto gap = arm[gap_];
    const auto lasting = arm[lasting_], mean = arm[mean_];
    const float circumstances = season * arm.driver(demand_), satisfaction_effect = p.satisfaction_effect;
#pragma omp simd
    for (std::size_t i = 0; i < mean.size(); ++i) {
      lasting[i] = lasting_orders(rate[i], discount[i], terms[i], sim::exp(satisfaction_effect * gap[i]));
      mean[i] = sim::when(standing[i] >= 0, lasting[i] * circumstances);
    }
    sim::poisson_invert(month.variates().words(count_luck_), mean, orders);
    arm.count(orders_metric_, orders);
  }
}

/// Every order over its customer's mean order, made once for all arms.
void Purchasing::value_orders(sim::BlockMonth& month) const {
  const PurchasingParameters& p = month.parameters(parameters_);
  const sim::Orders& orders = month.orders();
  const auto z = month.variates().normals(order_luck_);
  const auto listed = month[listed_factor_];
  const float spread = p.order_spread, shift = p.order_shift;
#pragma omp simd
  for (std::size_t q = 0; q < listed.size(); ++q) listed[q] = order_factor(z[q], spread, shift);
  orders.spread<float>(listed, month[factor_]);
}

void Purchasing::sell(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  const auto mean_value = month[order_value_];
  const auto share = arm[share_paid_];
  const auto paid_value = arm[paid_value_];
  std::int32_t discounted = 0;
#pragma omp simd reduction(| : discounted)
  for (std::size_t i = 0; i < share.size(); ++i) {
    paid_value[i] = mean_value[i] * share[i];
    discounted |= static_cast<std::int32_t>(share[i] != 1.F);
  }

  const float* value = mean_value.data();
  const float* paid = paid_value.data();
  const float* factor = month[factor_].data();
  const std::int32_t* placed = arm[core_.orders].data();
  std::int32_t* list = arm[list_sales_].data();
  std::int32_t* net = arm[net_sales_].data();
  const float per_quantum = month.per_quantum();
  orders.each([=](std::ptrdiff_t place, std::ptrdiff_t i, std::int32_t slot) {
    list[i] = add_up(list[i], sim::when(slot < placed[i], order_quanta(value[i], factor[place], per_quantum)));
  });
  if (discounted == 0) {
    std::ranges::copy(arm[list_sales_], net);
    return;
  }
  orders.each([=](std::ptrdiff_t place, std::ptrdiff_t i, std::int32_t slot) {
    net[i] = add_up(net[i], sim::when(slot < placed[i], order_quanta(paid[i], factor[place], per_quantum)));
  });
}

void Purchasing::record(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto list = arm[list_sales_], net = arm[net_sales_], discount = arm[discount_];
#pragma omp simd
  for (std::size_t i = 0; i < net.size(); ++i) discount[i] = list[i] - net[i];
  arm.book({{list_metric_, list}, {discount_metric_, discount}, {revenue_metric_, net}});
  arm.bin(sales_histogram_, net);
  if (arm.depth(history_) > 0) std::ranges::copy(net, arm.at(history_, month.month()).begin());
}

}  // namespace clientele::models
