// Purchasing as loops: one order list serves every arm; the costly exponentials run over it once, without gaps.
#include "tools/bench/ref1/purchasing.hpp"

#include <array>
#include <cmath>

#include "sim/core/math.hpp"
#include "sim/random/poisson.hpp"
#include "tools/bench/ref1/addresses.hpp"

namespace clientele::bench {

using sim::Arm;
using sim::BirthLuck;
using sim::BlockMonth;
using sim::computed;
using sim::exp;
using sim::exp2;
using sim::field;
using sim::FieldTable;
using sim::Kind;
using sim::lever;
using sim::log;
using sim::MetricUnit;
using sim::normal_pair;
using sim::Orders;
using sim::poisson_invert;
using sim::range;
using sim::Sight;
using sim::to_quanta;
using sim::uniform;
using sim::when;
using sim::Wiring;

namespace {

constexpr float log2_e = 1.44269504F;

/// 1 + 0.25 sin(2 pi t / 12).
constexpr std::array<float, 12> season{1.F, 1.125F, 1.21650635F, 1.25F, 1.21650635F, 1.125F,
                                       1.F, 0.875F, 0.78349365F, 0.75F, 0.78349365F, 0.875F};

}  // namespace

Purchasing::Purchasing(Wiring& w)
    : core_(w.core()),
      order_rate_(w.own_trait<float>("order rate", Sight::latent)),
      order_value_(w.own_trait<float>("order value", Sight::latent)),
      orders_(w.own_orders()),
      spend_(w.own_state<float>("spend", Sight::observed)),
      mean_orders_(w.own_passing<float>("mean orders")),
      basket_(w.own_passing<float>("basket")),
      revenue_(w.own_passing<std::int32_t>("revenue")),
      listed_factor_(w.own_listed<float>("listed value")),
      factor_(w.own_slots<float>("value")),
      buys_more_(w.lever<float>(w.parameters<PurchasingParameters>(), "discount",
                                [](const PurchasingParameters&, float d) { return 1 + 2 * d; })),
      pays_share_(w.lever<float>(w.parameters<PurchasingParameters>(), "discount",
                                 [](const PurchasingParameters&, float d) { return 1 - d; })),
      orders_metric_(w.metric("orders", MetricUnit::count, "orders placed")),
      revenue_metric_(w.metric("revenue", MetricUnit::money, "value of orders, less discount")),
      rate_luck_(w.birth_luck(addresses.of("order rate"), 2)),
      value_luck_(w.birth_luck(addresses.of("order value level"), 2)),
      count_luck_(w.month_luck(addresses.of("order count"))),
      order_luck_(w.order_luck(addresses.of("order value"))) {
  w.arrange_by(order_rate_);
}

FieldTable Purchasing::fields() {
  return sim::fields<PurchasingParameters>(
      {lever(field(&PurchasingParameters::discount, "discount", "share of value", range(0, 0.5), 0, Kind::by_group,
                   "what the tier pays less", computed("REF-1")),
             {.cost = "revenue per order",
              .benefit = "orders: their mean grows by twice the discount",
              .paid_in = {"revenue"},
              .helps = {"orders"}})});
}

void Purchasing::draw_traits(BlockMonth& month) const {
  const auto rate = month.at_birth(order_rate_), value = month.at_birth(order_value_);
  const auto r0 = month.variates().words(rate_luck_);
  const auto r1 = month.variates().words(BirthLuck{rate_luck_.entry, rate_luck_.word + 1});
  // Gamma of shape 2: a sum of two exponentials.
#pragma omp simd
  for (std::size_t i = 0; i < rate.size(); ++i) rate[i] = -(log(uniform(r0[i])) + log(uniform(r1[i])));
  const auto v0 = month.variates().words(value_luck_);
  const auto v1 = month.variates().words(BirthLuck{value_luck_.entry, value_luck_.word + 1});
#pragma omp simd
  for (std::size_t i = 0; i < value.size(); ++i) value[i] = exp(std::fma(0.6F, normal_pair(v0[i], v1[i]).first, 4.F));
}

void Purchasing::advance(BlockMonth& month) const {
  place(month);
  spend(month);
}

void Purchasing::place(BlockMonth& month) const {
  const auto rate = month[order_rate_];
  const auto words = month.variates().words(count_luck_);
  const float demand = season[static_cast<std::size_t>(month.month() % 12)];
  for (const Arm& arm : month.arms()) {
    const auto standing = arm[core_.standing];
    const auto orders = arm[orders_];
    const auto mean = arm[mean_orders_];
    const auto more = arm[buys_more_];
#pragma omp simd
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] = when(standing[i] >= 0, rate[i] * demand * more[i]);
    poisson_invert(words, mean, orders);
    arm.count(orders_metric_, orders);
  }
}

void Purchasing::spend(BlockMonth& month) const {
  const Orders& orders = month.orders();
  const auto z = month.variates().normals(order_luck_);
  const auto listed = month[listed_factor_];
#pragma omp simd
  for (std::size_t q = 0; q < listed.size(); ++q) listed[q] = exp2(std::fma(0.3F * log2_e, z[q], -0.045F * log2_e));
  const auto factor = month[factor_];
  orders.spread(listed, factor);

  const auto value = month[order_value_];
  const bool anew = month.month() % 12 == 0;  // the review of this month has read the last year's
  for (const Arm& arm : month.arms()) {
    const auto placed = arm[core_.orders];
    const auto revenue = arm[revenue_];
    const auto basket = arm[basket_], spend = arm[spend_];
    const auto share = arm[pays_share_];
    orders.sum(placed, factor, basket);
    if (anew) std::ranges::fill(spend, 0.F);
    const float per_quantum = month.per_quantum();
#pragma omp simd
    for (std::size_t i = 0; i < value.size(); ++i) {
      const float spent = value[i] * share[i] * basket[i];
      revenue[i] = to_quanta(spent, per_quantum);
      spend[i] += spent;
    }
    arm.book(revenue_metric_, revenue);
  }
}

}  // namespace clientele::bench
