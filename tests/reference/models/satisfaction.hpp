// Satisfaction, one customer: a month with orders moves it, a month without leaves it where it is.
#pragma once
#include "models/satisfaction.hpp"
#include "sim/random/distributions.hpp"
#include "tests/reference/models/service.hpp"

namespace clientele::tests {

struct Judge {
  float gap = 0;    ///< (satisfaction - reference) / 10
  float moved = 0;  ///< what else has pleased or displeased this month [points]
};

inline void be_born(const Scene& scene, const Customer& who, Judge& judge) {
  const auto& p = scene.setting.parameters<models::SatisfactionParameters>("satisfaction", who.group);
  judge.gap =
      0.1F * p.start_spread * sim::normal_of(scene.luck.of_birth(models::addresses.of("first satisfaction"), who.id));
}

/// Who is content orders more.
inline void move_orders(const Scene& scene, const Customer& who, const Judge& judge, Buyer& buyer) {
  const auto& p = scene.setting.parameters<models::PurchasingParameters>("purchasing", who.group);
  buyer.effects *= sim::exp(p.satisfaction_effect * judge.gap);
}

/// Beyond the horizon nothing is experienced, and who is still there is as content as before.
inline void experience(const Scene& scene, const Customer& who, Judge& judge, const Buyer& buyer, const Served& served,
                       float performance_by_program) {
  if (!who.active) return;
  const auto& p = scene.setting.parameters<models::SatisfactionParameters>("satisfaction", who.group);
  if (!buyer.orders.empty()) {
    const auto orders = static_cast<float>(buyer.orders.size());
    const std::uint32_t mood = scene.luck.of_month(models::addresses.of("perceived performance"), who.id, scene.month);
    const float performance = models::perceived_performance(
        p, static_cast<float>(served.late) / orders, static_cast<float>(served.defective) / orders,
        performance_by_program + served.care_points, sim::normal_of(mood));
    const float satisfaction = models::adjusted(p.reference + 10.F * judge.gap, performance, p.learning, p.loss_weight);
    judge.gap = 0.1F * (satisfaction - p.reference);
  }
  judge.gap += 0.1F * judge.moved;
  const std::int32_t hundredths = sim::to_quanta(p.reference + 10.F * judge.gap, 100.F);
  scene.count("satisfaction", who, hundredths);
  scene.counts.bin("satisfaction", scene.month, who.counted_in, hundredths, who.id);
}

}  // namespace clientele::tests
