// Churn, one customer: one chance a month.
#pragma once
#include "models/addresses.hpp"
#include "models/churn.hpp"
#include "tests/reference/models/satisfaction.hpp"

namespace clientele::tests {

struct Leaver {
  float frailty = 0, hazard = 0;  ///< cumulative, of this month
  int joined = 0;                 ///< month
};

/// Months with us, of somebody of the first base: what the file says, or the steady law's word.
inline std::int32_t age_of(const Scene& scene, const Customer& who, const models::SteadyAges& ages) {
  const sim::Population& population = scene.setting.study().population;
  if (who.row && !population.file->tenures.empty()) return population.file->tenures[*who.row];
  return ages.age(sim::uniform(scene.luck.of_birth(models::addresses.of("age"), who.id)), population.oldest);
}

inline void be_born(const Scene& scene, const Customer& who, Leaver& leaver) {
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  leaver.frailty = scene.luck.trait(p.frailty, models::addresses.of("frailty"), who.id);
  leaver.joined = who.born;
  if (!who.of_first_base) return;
  const std::int32_t age = age_of(scene, who, p.ages);
  leaver.joined = (who.row ? 0 : who.born) - age;
  leaver.frailty *= p.ages.frailty_left(age);
}

/// Nobody leaves after the horizon, nor before a customer file's month 0.
inline void decide_to_leave(const Scene& scene, Customer& who, Leaver& leaver, const Judge& judge,
                            const Served& served) {
  if (scene.run_off() || scene.stands_still() || !who.active) return;
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  const float usual = models::cumulative_hazard(p.base_cumulative, leaver.frailty,
                                                static_cast<float>(scene.month - leaver.joined), p.tenure_slope);
  leaver.hazard = models::moved_hazard(usual, scene.driver("churn_hazard", who), p.satisfaction_slope, judge.gap,
                                       served.care_hazard);
  const std::uint32_t word = scene.luck.of_month(models::addresses.of("leaving"), who.id, scene.month);
  if (sim::uniform(word) < models::churn_hazard(leaver.hazard)) who.asks_to_leave.push_back("left");
}

}  // namespace clientele::tests
