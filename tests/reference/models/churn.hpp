// Churn, one customer: one chance a month.
#pragma once
#include "models/addresses.hpp"
#include "models/churn.hpp"
#include "tests/reference/cell.hpp"

namespace clientele::tests {

struct Leaver {
  float frailty = 0;
};

inline void be_born(const Scene& scene, const Customer& who, Leaver& leaver) {
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  leaver.frailty = scene.luck.trait(p.frailty, models::addresses.of("frailty"), who.id);
}

/// Nobody leaves after the horizon.
inline void decide_to_leave(const Scene& scene, Customer& who, const Leaver& leaver) {
  if (scene.run_off() || !who.active) return;
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  const float cumulative = models::cumulative_hazard(p.base_cumulative, leaver.frailty,
                                                     static_cast<float>(scene.month - who.born), p.tenure_slope);
  const std::uint32_t word = scene.luck.of_month(models::addresses.of("leaving"), who.id, scene.month);
  if (sim::uniform(word) < models::churn_hazard(cumulative, scene.driver("churn_hazard", who)))
    who.asks_to_leave.push_back("left");
}

}  // namespace clientele::tests
