// Churn, one customer: one chance a month, and a moment in it.
#pragma once
#include "models/addresses.hpp"
#include "models/churn.hpp"
#include "models/conditioning/quantiles.hpp"
#include "models/conditioning/small_numbers.hpp"
#include "tests/reference/models/satisfaction.hpp"
#include "tests/reference/models/told_past.hpp"

namespace clientele::tests {

struct Leaver {
  float frailty = 0, effect = 0;  ///< of satisfaction and care on the log-hazard, since the last month's end
  float hazard = 0, share = 1;    ///< cumulative, of this month; how much of the month the customer is there
  int joined = 0;                 ///< month
  int quiet = 0;                  ///< months since the last order
  bool gone = false;              ///< before month 0, of who stands in a file that tells the past
};

/// Months with us, of somebody of the first base: what the file says, or the steady law's word.
inline std::int32_t age_of(const Scene& scene, const Customer& who, const models::SteadyAges& ages) {
  const sim::Population& population = scene.setting.study().population;
  if (who.row && !population.file->tenures.empty()) return population.file->tenures[*who.row];
  return ages.age(sim::uniform(scene.luck.of_birth(models::addresses.of("age"), who.id)), population.oldest);
}

/// The hazard of a renewal over that of the mean chance, of somebody who has renewed as often as its age says: one
/// beta variate, by inversion.
inline float frailty_by_contract(const Scene& scene, const Customer& who, const models::ChurnParameters& p,
                                 std::int32_t age) {
  if (!(p.base_cumulative > 0.F)) return 0;
  const auto mean = static_cast<double>(p.renewal_loss), a = static_cast<double>(p.renewal_loss_shape);
  int renewals = 0;
  for (std::int32_t months = p.contract_months; months <= age; months += p.contract_months) ++renewals;
  const std::uint32_t word = scene.luck.of_birth(models::addresses.of("frailty"), who.id);
  const double y = models::beta_log_odds_quantile(a, a * (1.0 - mean) / mean + renewals,
                                                  (static_cast<double>(word) + 0.5) / 4294967296.0);
  const auto hazard = static_cast<float>(y < 40 ? models::log_of_one_plus(sim::exp(y)) : y);
  return hazard * (1.F / p.base_cumulative);
}

/// Of Pareto/NBD: who left before month 0, where the firm does not see it, and the frailty of who has been there for so
/// long: Gamma(s, s + H T) with s = 1 / variance.
inline void look_at_orders(const Scene& scene, const Customer& who, const models::KnownOrders& seen,
                           const models::ChurnParameters& p, Leaver& leaver) {
  const sim::Law& rates =
      scene.setting.parameters<models::PurchasingParameters>("purchasing", who.group).orders_per_month;
  const double variance{p.frailty_variance}, hazard{p.base_cumulative};
  const double s = variance > 0 ? 1 / variance : 0;
  const models::GammaOfRates orders{double{rates.values[0]},
                                    rates.family == sim::Family::gamma ? double{rates.values[1]} : 0.0};
  if (p.notice == models::Notice::silent)
    leaver.gone =
        part_of(scene, models::addresses.of("still there"), who) >= models::chance_alive(seen, orders, {hazard, s});
  const double part = part_of(scene, models::addresses.of("frailty given the past"), who);
  leaver.frailty = s > 0 ? static_cast<float>(models::gamma_quantile(s, part) / (s + hazard * seen.seen)) : 1.F;
}

inline void be_born(const Scene& scene, const Customer& who, Leaver& leaver, const Judge& judge) {
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  const bool by_contract = p.process == models::LeavingProcess::contract;
  if (!by_contract) leaver.frailty = scene.luck.trait(p.frailty, models::addresses.of("frailty"), who.id);
  leaver.effect = std::fma(p.satisfaction_slope, judge.gap, 0.F);
  leaver.joined = who.born;
  const std::int32_t age = who.of_first_base ? age_of(scene, who, p.ages) : 0;
  if (who.of_first_base) leaver.joined = (who.row ? 0 : who.born) - age;
  if (by_contract)
    leaver.frailty = frailty_by_contract(scene, who, p, age);
  else if (const auto seen = orders_told(scene, who))
    look_at_orders(scene, who, *seen, p, leaver);
  else if (who.of_first_base)
    leaver.frailty *= p.ages.frailty_left(age);
}

/// Cumulative, of this month; and the word that is held against it.
inline float word_and_hazard(const Scene& scene, const Customer& who, Leaver& leaver) {
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  const int tenure = scene.month - leaver.joined;
  const float usual =
      p.process != models::LeavingProcess::contract
          ? models::cumulative_hazard(p.base_cumulative, leaver.frailty, static_cast<float>(tenure), p.tenure_slope)
      : tenure % p.contract_months == p.contract_months - 1 ? p.base_cumulative * leaver.frailty
                                                            : 0.F;
  leaver.hazard = models::moved_hazard(usual, scene.driver("churn_hazard", who), leaver.effect);
  return sim::uniform(scene.luck.of_month(models::addresses.of("leaving"), who.id, scene.month));
}

inline bool at_month_end(const models::ChurnParameters& p) {
  return p.process == models::LeavingProcess::contract || p.leaving == models::Leaving::month_end;
}

/// Nobody leaves while what is open is settled, nor before a customer file's month 0.
inline void decide_to_leave(const Scene& scene, Customer& who, Leaver& leaver) {
  leaver.share = 1.F;
  const auto& p = scene.setting.parameters<models::ChurnParameters>("churn", who.group);
  if (scene.run_off() || scene.stands_still() || !who.active || at_month_end(p)) return;
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
  if (!at_month_end(p) || scene.stands_still()) return;
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
    const auto quiet = told_once(scene, who, "months_quiet");
    if (books_take_over(scene) && quiet) {  // the firm knows when it heard of each last
      leaver.quiet = static_cast<int>(*quiet);
      who.on_books = leaver.quiet == 0 || leaver.quiet < p.inactive_after;
    }
  }
  if (was_on_books && !who.on_books) scene.count("off_books", who, 1);
  if (!was_on_books && who.on_books) scene.count("back_on_books", who, 1);
}

}  // namespace clientele::tests
