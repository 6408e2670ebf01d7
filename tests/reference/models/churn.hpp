// Churn, one customer: one chance a month, and a moment in it.
#pragma once
#include "models/addresses.hpp"
#include "models/churn.hpp"
#include "tests/reference/models/satisfaction.hpp"

namespace clientele::tests {

struct Leaver {
  float frailty = 0, effect = 0;  ///< of satisfaction and care on the log-hazard, since the last month's end
  float hazard = 0, share = 1;    ///< cumulative, of this month; how much of the month the customer is there
  int joined = 0;                 ///< month
  int quiet = 0;                  ///< months since the last order
};

/// Months with us, of somebody of the first base: what the file says, or the steady law's word.
inline std::int32_t age_of(const Scene& scene, const Customer& who, const models::SteadyAges& ages) {
  const sim::Population& population = scene.setting.study().population;
  if (who.row && !population.file->tenures.empty()) return population.file->tenures[*who.row];
  return ages.age(sim::uniform(scene.luck.of_birth(models::addresses.of("age"), who.id)), population.oldest);
}

inline void be_born(const Scene& scene, const Customer& who, Leaver& leaver, const Judge& judge) {
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  leaver.frailty = scene.luck.trait(p.frailty, models::addresses.of("frailty"), who.id);
  leaver.effect = std::fma(p.satisfaction_slope, judge.gap, 0.F);
  leaver.joined = who.born;
  if (!who.of_first_base) return;
  const std::int32_t age = age_of(scene, who, p.ages);
  leaver.joined = (who.row ? 0 : who.born) - age;
  leaver.frailty *= p.ages.frailty_left(age);
}

/// Cumulative, of this month; and the word that is held against it.
inline float word_and_hazard(const Scene& scene, const Customer& who, Leaver& leaver) {
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  const float usual = models::cumulative_hazard(p.base_cumulative, leaver.frailty,
                                                static_cast<float>(scene.month - leaver.joined), p.tenure_slope);
  leaver.hazard = models::moved_hazard(usual, scene.driver("churn_hazard", who), leaver.effect);
  return sim::uniform(scene.luck.of_month(models::addresses.of("leaving"), who.id, scene.month));
}

/// Nobody leaves while what is open is settled, nor before a customer file's month 0.
inline void decide_to_leave(const Scene& scene, Customer& who, Leaver& leaver) {
  leaver.share = 1.F;
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  if (scene.run_off() || scene.stands_still() || !who.active || p.leaving == models::Leaving::month_end) return;
  const float outlived = models::hazard_outlived(word_and_hazard(scene, who, leaver));
  leaver.share = models::share_of_month(outlived, leaver.hazard);
  if (outlived < leaver.hazard) who.asks_to_leave.push_back("left");
}

/// What the month has done to the hazard (`others`: what other behaviors have added to its log); and leaving at its
/// end.
inline void end_month(const Scene& scene, Customer& who, Leaver& leaver, const Judge& judge, float others) {
  if (scene.run_off() || !who.active) return;
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  leaver.effect = std::fma(p.satisfaction_slope, judge.gap, others);
  if (p.leaving == models::Leaving::within_the_month || scene.stands_still()) return;
  const float word = word_and_hazard(scene, who, leaver);
  if (word < models::churn_hazard(leaver.hazard)) who.asks_to_leave.push_back("left");
}

/// After the exits: what the firm makes of it. `was_on_books` is of this month.
inline void keep_books(const Scene& scene, Customer& who, Leaver& leaver, const Buyer& buyer, bool was_on_books,
                       bool defaults) {
  if (was_on_books) scene.count("on_books", who, 1);
  if (scene.run_off()) return;
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  if (p.notice == models::Notice::silent) {
    leaver.quiet = buyer.orders.empty() ? leaver.quiet + 1 : 0;
    who.on_books = !defaults && (leaver.quiet == 0 || (was_on_books && leaver.quiet < p.inactive_after));
  }
  if (was_on_books && !who.on_books) scene.count("off_books", who, 1);
  if (!was_on_books && who.on_books) scene.count("back_on_books", who, 1);
}

}  // namespace clientele::tests
