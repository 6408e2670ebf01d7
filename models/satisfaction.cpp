// Satisfaction as a loop around its rules.
#include "models/satisfaction.hpp"

#include "models/addresses.hpp"
#include "sim/random/distributions.hpp"

namespace clientele::models {

Satisfaction::Satisfaction(sim::Wiring& wiring) : Satisfaction(wiring, wiring.step("satisfaction")) {}

Satisfaction::Satisfaction(sim::Wiring& wiring, sim::StageWiring after_deliveries)
    : core_(wiring.core()),
      parameters_(wiring.parameters<SatisfactionParameters>()),
      purchasing_(wiring.parameters_of<PurchasingParameters>("purchasing")),
      churn_(wiring.parameters_of<ChurnParameters>("churn")),
      start_luck_(wiring.birth_luck(addresses.of("first satisfaction"))),
      noise_luck_(wiring.month_luck(addresses.of("perceived performance"))),
      gap_(wiring.own_state<float>("satisfaction gap", sim::Sight::latent)),
      late_(after_deliveries.read_passing<std::int32_t>("late deliveries")),
      defective_(after_deliveries.read_passing<std::int32_t>("defective deliveries")),
      added_(after_deliveries.own_sum("perceived performance")),
      moved_(after_deliveries.own_sum("satisfaction")),
      order_rate_(wiring.step("satisfied orders").act_by_factor("order rate")),
      first_log_hazard_(wiring.birth().act_by_sum("log hazard of leaving")),
      log_hazard_(after_deliveries.act_by_sum("log hazard of leaving")),
      hundredths_(after_deliveries.own_passing<std::int32_t>("hundredths of a point")),
      satisfaction_metric_(wiring.metric("satisfaction", sim::MetricUnit::count,
                                         "points of satisfaction of active customers at the end of the month", 0.01)),
      satisfaction_histogram_(wiring.histogram("satisfaction", sim::MetricUnit::count,
                                               "customers by satisfaction [hundredths of a point]")) {}

void Satisfaction::set_first_states(sim::BlockMonth& month) const {
  const float spread = 0.1F * month.parameters(parameters_).start_spread;
  const float slope = month.parameters(churn_).satisfaction_slope;
  const auto words = month.variates().words(start_luck_);
  for (const sim::Arm& arm : month.arms()) {
    const auto gap = arm[gap_];
    const auto log_hazard = arm[first_log_hazard_];
#pragma omp simd
    for (std::size_t i = 0; i < gap.size(); ++i) {
      gap[i] = spread * sim::normal_of(words[i]);
      log_hazard[i].add_product(slope, gap[i]);
    }
  }
}

void Satisfaction::move_orders(sim::BlockMonth& month) const {
  if (month.run_off()) return;
  const float effect = month.parameters(purchasing_).satisfaction_effect;
  for (const sim::Arm& arm : month.arms()) {
    const auto gap = arm[gap_];
    const auto rate = arm[order_rate_];
#pragma omp simd
    for (std::size_t i = 0; i < gap.size(); ++i) rate[i] *= sim::exp(effect * gap[i]);
  }
}

void Satisfaction::advance(sim::BlockMonth& month) const {
  const auto words = month.variates().words(noise_luck_);
  const float reference = month.parameters(parameters_).reference;
  const float slope = month.parameters(churn_).satisfaction_slope;
  for (const sim::Arm& arm : month.arms()) {
    if (!month.run_off()) adjust(month, arm, words);
    const auto status = arm[core_.status];
    const auto gap = arm[gap_];
    const auto log_hazard = arm[log_hazard_];
    const auto hundredths = arm[hundredths_];
#pragma omp simd
    for (std::size_t i = 0; i < gap.size(); ++i) {
      hundredths[i] = sim::when(status[i] == 1, sim::to_quanta(reference + 10.F * gap[i], 100.F));
      log_hazard[i].add_product(slope, gap[i]);
    }
    arm.count(satisfaction_metric_, hundredths);
    arm.bin(satisfaction_histogram_, hundredths);
  }
}

void Satisfaction::adjust(sim::BlockMonth& month, const sim::Arm& arm, std::span<const std::uint32_t> words) const {
  const SatisfactionParameters p = month.parameters(parameters_);
  const auto placed = arm[core_.orders];
  const auto late = arm[late_], defective = arm[defective_];
  const auto added = arm[added_], moved = arm[moved_];
  const auto gap = arm[gap_];
#pragma omp simd
  for (std::size_t i = 0; i < gap.size(); ++i) {
    const float orders = static_cast<float>(placed[i] > 0 ? placed[i] : 1), before = p.reference + 10.F * gap[i];
    const float seen =
        perceived_performance(p, static_cast<float>(late[i]) / orders, static_cast<float>(defective[i]) / orders,
                              added[i], sim::normal_of(words[i]));
    const float after = 0.1F * (adjusted(before, seen, p.learning, p.loss_weight) - p.reference);
    gap[i] = (placed[i] > 0 ? after : gap[i]) + 0.1F * moved[i];
  }
}

}  // namespace clientele::models
