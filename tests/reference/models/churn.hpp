// Churn, one customer: one chance a month, and a moment in it.
#pragma once
#include "models/addresses.hpp"
#include "models/churn.hpp"
#include "tests/reference/models/satisfaction.hpp"

namespace clientele::tests {

struct Leaver {
  float frailty = 0, effect = 0;  ///< of satisfaction and care on the log-hazard, since the last month's end
  float hazard = 0, share = 1;    ///< cumulative, of this month; how much of the month the customer is there
};

inline void be_born(const Scene& scene, const Customer& who, Leaver& leaver, const Judge& judge) {
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  leaver.frailty = scene.luck.trait(p.frailty, models::addresses.of("frailty"), who.id);
  leaver.effect = models::hazard_effect(p.satisfaction_slope, judge.gap, 0.F);
}

/// Cumulative, of this month; and the word that is held against it.
inline float word_and_hazard(const Scene& scene, const Customer& who, Leaver& leaver) {
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  const float usual = models::cumulative_hazard(p.base_cumulative, leaver.frailty,
                                                static_cast<float>(scene.month - who.born), p.tenure_slope);
  leaver.hazard = models::moved_hazard(usual, scene.driver("churn_hazard", who), leaver.effect);
  return sim::uniform(scene.luck.of_month(models::addresses.of("leaving"), who.id, scene.month));
}

/// Nobody leaves after the horizon.
inline void decide_to_leave(const Scene& scene, Customer& who, Leaver& leaver) {
  leaver.share = 1.F;
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  if (scene.run_off() || !who.active || p.leaving == models::Leaving::month_end) return;
  const float outlived = models::hazard_outlived(word_and_hazard(scene, who, leaver));
  leaver.share = models::share_of_month(outlived, leaver.hazard);
  if (outlived < leaver.hazard) who.asks_to_leave.push_back("left");
}

/// What the month has done to the hazard; and leaving at its end.
inline void end_month(const Scene& scene, Customer& who, Leaver& leaver, const Judge& judge, const Served& served) {
  if (scene.run_off() || !who.active) return;
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  leaver.effect = models::hazard_effect(p.satisfaction_slope, judge.gap, served.care_hazard);
  if (p.leaving == models::Leaving::within_the_month) return;
  const float word = word_and_hazard(scene, who, leaver);
  if (word < models::churn_hazard(leaver.hazard)) who.asks_to_leave.push_back("left");
}

}  // namespace clientele::tests
