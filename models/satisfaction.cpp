// Satisfaction as a loop around its rules.
#include "models/satisfaction.hpp"

#include "models/addresses.hpp"
#include "sim/random/distributions.hpp"

namespace clientele::models {

Satisfaction::Satisfaction(sim::Wiring& wiring)
    : core_(wiring.core()),
      parameters_(wiring.parameters<SatisfactionParameters>()),
      start_luck_(wiring.birth_luck(addresses.of("first satisfaction"))),
      noise_luck_(wiring.month_luck(addresses.of("perceived performance"))),
      gap_(wiring.own_state<float>("satisfaction gap", sim::Sight::latent)),
      late_(wiring.read_passing<std::int32_t>("late deliveries")),
      defective_(wiring.read_passing<std::int32_t>("defective deliveries")),
      care_points_(wiring.read_passing<float>("care points")),
      hundredths_(wiring.own_passing<std::int32_t>("hundredths of a point")),
      satisfaction_metric_(wiring.metric("satisfaction", sim::MetricUnit::count,
                                         "points of satisfaction of active customers at the end of the month", 0.01)),
      satisfaction_histogram_(wiring.histogram("satisfaction", sim::MetricUnit::count,
                                               "customers by satisfaction [hundredths of a point]")) {}

void Satisfaction::set_first_states(sim::BlockMonth& month) const {
  const float spread = 0.1F * month.parameters(parameters_).start_spread;
  const auto words = month.variates().words(start_luck_);
  for (const sim::Arm& arm : month.arms()) {
    const auto gap = arm[gap_];
#pragma omp simd
    for (std::size_t i = 0; i < gap.size(); ++i) gap[i] = spread * sim::normal_of(words[i]);
  }
}

void Satisfaction::advance(sim::BlockMonth& month) const {
  const auto words = month.variates().words(noise_luck_);
  const float reference = month.parameters(parameters_).reference;
  for (const sim::Arm& arm : month.arms()) {
    if (!month.run_off()) adjust(month, arm, words);
    const auto gap = arm[gap_];
    const auto hundredths = arm[hundredths_];
#pragma omp simd
    for (std::size_t i = 0; i < gap.size(); ++i) hundredths[i] = sim::to_quanta(reference + 10.F * gap[i], 100.F);
    arm.count(satisfaction_metric_, hundredths);
    arm.bin(satisfaction_histogram_, hundredths);
  }
}

void Satisfaction::adjust(sim::BlockMonth& month, const sim::Arm& arm, std::span<const std::uint32_t> words) const {
  const SatisfactionParameters p = month.parameters(parameters_);
  const auto placed = arm[core_.orders];
  const auto late = arm[late_], defective = arm[defective_];
  const auto points = arm[care_points_];
  const auto gap = arm[gap_];
#pragma omp simd
  for (std::size_t i = 0; i < gap.size(); ++i) {
    const float orders = static_cast<float>(placed[i] > 0 ? placed[i] : 1), before = p.reference + 10.F * gap[i];
    const float seen =
        perceived_performance(p.performance, p.late_effect, static_cast<float>(late[i]) / orders, p.defect_effect,
                              static_cast<float>(defective[i]) / orders, points[i], p.noise, sim::normal_of(words[i]));
    const float after = 0.1F * (adjusted(before, seen, p.learning, p.loss_weight) - p.reference);
    gap[i] = placed[i] > 0 ? after : gap[i];
  }
}

}  // namespace clientele::models
