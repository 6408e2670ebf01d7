// Churn, one customer: one chance a month.
#pragma once
#include "models/addresses.hpp"
#include "models/churn.hpp"
#include "tests/reference/models/satisfaction.hpp"

namespace clientele::tests {

struct Leaver {
  float frailty = 0, hazard = 0;  ///< cumulative, of this month
};

inline void be_born(const Scene& scene, const Customer& who, Leaver& leaver) {
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  leaver.frailty = scene.luck.trait(p.frailty, models::addresses.of("frailty"), who.id);
}

/// Nobody leaves after the horizon.
inline void decide_to_leave(const Scene& scene, Customer& who, Leaver& leaver, const Judge& judge,
                            const Served& served) {
  if (scene.run_off() || !who.active) return;
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  const float usual = models::cumulative_hazard(p.base_cumulative, leaver.frailty,
                                                static_cast<float>(scene.month - who.born), p.tenure_slope);
  leaver.hazard = models::moved_hazard(usual, scene.driver("churn_hazard", who), p.satisfaction_slope, judge.gap,
                                       served.care_hazard);
  const std::uint32_t word = scene.luck.of_month(models::addresses.of("leaving"), who.id, scene.month);
  if (sim::uniform(word) < models::churn_hazard(leaver.hazard)) who.asks_to_leave.push_back("left");
}

}  // namespace clientele::tests
