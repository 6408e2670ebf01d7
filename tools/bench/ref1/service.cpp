// Service as loops: a listed order is on time where its bits are not above what the customer's tier gets.
#include "tools/bench/ref1/service.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/math.hpp"
#include "tools/bench/ref1/addresses.hpp"

namespace clientele::bench {

using sim::Arm;
using sim::BirthLuck;
using sim::BlockMonth;
using sim::chance_bits;
using sim::chance_threshold;
using sim::computed;
using sim::field;
using sim::FieldTable;
using sim::Kind;
using sim::lever;
using sim::MetricUnit;
using sim::normal_pair;
using sim::Orders;
using sim::range;
using sim::Sight;
using sim::Wiring;

Service::Service(Wiring& w)
    : core_(w.core()),
      first_satisfaction_(w.own_trait<float>("first satisfaction", Sight::latent)),
      satisfaction_(w.own_state<float>("satisfaction", Sight::latent)),
      threshold_(w.lever<std::int32_t>(w.parameters<ServiceParameters>(), "uplift",
                                       [](const ServiceParameters&, float u) { return chance_threshold(0.92 + u); })),
      on_time_(w.own_passing<std::int32_t>("on time")),
      listed_bits_(w.own_listed<std::int32_t>("listed on time bits")),
      bits_(w.own_slots<std::int32_t>("on time bits")),
      on_time_metric_(w.metric("on_time", MetricUnit::count, "orders delivered on time")),
      first_luck_(w.birth_luck(addresses.of("first satisfaction"), 2)),
      luck_(w.order_luck(addresses.of("on time"))) {}

FieldTable Service::fields() {
  return sim::fields<ServiceParameters>(
      {lever(field(&ServiceParameters::uplift, "uplift", "chance", range(0, 0.2), 0, Kind::by_group,
                   "added to the chance of 0.92 that an order is on time", computed("REF-1")),
             {.benefit = "satisfaction, and so fewer customers leave", .helps = {"-left"}})});
}

void Service::draw_traits(BlockMonth& month) const {
  const auto first = month.at_birth(first_satisfaction_);
  const auto w0 = month.variates().words(first_luck_);
  const auto w1 = month.variates().words(BirthLuck{first_luck_.entry, first_luck_.word + 1});
#pragma omp simd
  for (std::size_t i = 0; i < first.size(); ++i)
    first[i] = std::min(std::max(std::fma(0.1F, normal_pair(w0[i], w1[i]).first, 0.7F), 0.F), 1.F);
}

void Service::set_first_states(BlockMonth& month) const {
  for (const Arm& arm : month.arms()) std::ranges::copy(month[first_satisfaction_], arm[satisfaction_].begin());
}

/// Lists bits less one, so that "below" stands for "not above", also at a chance of 1.
void Service::deliver(BlockMonth& month) const {
  const Orders& orders = month.orders();
  const auto words = month.variates().words(luck_);
  const auto listed = month[listed_bits_];
#pragma omp simd
  for (std::size_t q = 0; q < listed.size(); ++q) listed[q] = chance_bits(words[q]) - 1;
  const auto bits = month[bits_];
  orders.spread(listed, bits);
  for (const Arm& arm : month.arms()) orders.count_below(arm[core_.orders], bits, arm[threshold_], arm[on_time_]);
}

/// s <- 0.9 s + 0.1 f stays within [0, 1] by itself, as s and f are; rounding may leave it by 1e-7.
void Service::advance(BlockMonth& month) const {
  deliver(month);
  const auto first = month[first_satisfaction_];
  for (const Arm& arm : month.arms()) {
    const auto placed = arm[core_.orders];
    const auto on_time = arm[on_time_];
    const auto satisfaction = arm[satisfaction_];
#pragma omp simd
    for (std::size_t i = 0; i < first.size(); ++i) {
      const float share = static_cast<float>(on_time[i]) / static_cast<float>(placed[i]);
      satisfaction[i] = std::fma(0.9F, satisfaction[i], 0.1F * (placed[i] > 0 ? share : first[i]));
    }
    arm.count(on_time_metric_, on_time);
  }
}

}  // namespace clientele::bench
