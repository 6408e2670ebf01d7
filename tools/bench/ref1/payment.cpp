// Payment as loops: factors are drawn per listed order once, summed and compared with a limit in every arm.
#include "tools/bench/ref1/payment.hpp"

#include <cmath>

#include "sim/core/math.hpp"
#include "tools/bench/ref1/addresses.hpp"

namespace clientele::bench {

using sim::Arm;
using sim::BirthLuck;
using sim::BlockMonth;
using sim::exp;
using sim::exp2;
using sim::MetricUnit;
using sim::normal_pair;
using sim::Orders;
using sim::Sight;
using sim::to_quanta;
using sim::Wiring;

namespace {

constexpr float quanta_per_day = 64;

}  // namespace

Payment::Payment(Wiring& w)
    : core_(w.core()),
      typical_delay_(w.own_trait<float>("typical delay", Sight::latent)),
      late_factor_(w.own_trait<float>("late factor", Sight::latent)),
      late_(w.own_passing<std::int32_t>("late")),
      days_(w.own_passing<std::int32_t>("days")),
      factor_sum_(w.own_passing<float>("delay factor sum")),
      listed_factor_(w.own_listed<float>("listed delay")),
      factor_(w.own_slots<float>("delay")),
      late_metric_(w.metric("late", MetricUnit::count, "orders paid after more than 30 days")),
      delay_metric_(w.metric("delay", MetricUnit::days, "payment delays, added up", 1 / quanta_per_day)),
      habit_luck_(w.birth_luck(addresses.of("payment habit"), 2)),
      luck_(w.order_luck(addresses.of("payment delay"))) {}

void Payment::draw_traits(BlockMonth& month) const {
  const auto delay = month.at_birth(typical_delay_), late = month.at_birth(late_factor_);
  const auto w0 = month.variates().words(habit_luck_);
  const auto w1 = month.variates().words(BirthLuck{habit_luck_.entry, habit_luck_.word + 1});
#pragma omp simd
  for (std::size_t i = 0; i < delay.size(); ++i) {
    delay[i] = exp(std::fma(0.3F, normal_pair(w0[i], w1[i]).first, 3.21887582F));  // log 25
    late[i] = 30.F / delay[i];
  }
}

void Payment::advance(BlockMonth& month) const {
  const Orders& orders = month.orders();
  const auto z = month.variates().normals(luck_);
  const auto listed = month[listed_factor_];
#pragma omp simd
  for (std::size_t q = 0; q < listed.size(); ++q) listed[q] = exp2(z[q] * (0.4F * 1.44269504F));
  const auto factor = month[factor_];
  orders.spread(listed, factor);

  const auto typical = month[typical_delay_], limit = month[late_factor_];
  for (const Arm& arm : month.arms()) {
    const auto placed = arm[core_.orders];
    const auto late = arm[late_], days = arm[days_];
    const auto sum = arm[factor_sum_];
    orders.sum(placed, factor, sum);
    orders.count_above(placed, factor, limit, late);
#pragma omp simd
    for (std::size_t i = 0; i < typical.size(); ++i) days[i] = to_quanta(typical[i] * sum[i], quanta_per_day);
    arm.count(late_metric_, late);
    arm.book(delay_metric_, days);
  }
}

}  // namespace clientele::bench
