// Credit, one customer: a list of claims, and deliveries that stop while invoices of the list are overdue for long.
#pragma once
#include <algorithm>
#include <array>
#include <vector>

#include "models/credit.hpp"
#include "models/open_at_end.hpp"
#include "sim/random/distributions.hpp"
#include "tests/reference/models/logistics.hpp"
#include "tests/reference/models/payment.hpp"
#include "tests/reference/models/satisfaction.hpp"

namespace clientele::tests {

struct Debtor {
  struct Claim {
    int comes_in = 0;  ///< month
    std::int32_t amount = 0;
  };
  float hazard = 0;
  float hazard_now = 0;  ///< of the month, in the arm
  bool defaults = false;
  std::vector<Claim> claims;

  std::int32_t claimed() const {
    std::int32_t sum = 0;
    for (const Claim& claim : claims) sum += claim.amount;
    return sum;
  }
};

inline void be_born(const Scene& scene, const Customer& who, Debtor& debtor) {
  const auto& p = scene.setting.parameters<models::CreditParameters>("credit", who.group);
  const auto& payment = scene.setting.parameters<models::PaymentParameters>("payment", who.group);
  const float late = late_chance_of(scene, who);
  const float chance =
      scene.trait("credit", "default_chance", p.default_chance, models::addresses.of("default chance"), who);
  debtor.hazard = models::default_hazard(
      chance, models::goes_with_late(late, payment.mean_late_chance(), p.default_goes_with_late));
}

/// By what was overdue at the end of the month before.
inline void hold_deliveries(const Scene& scene, const Customer& who, const Payer& payer, Buyer& buyer, Judge& judge) {
  buyer.held = false;
  if (!who.active || scene.run_off()) return;
  const auto& p = scene.setting.parameters<models::CreditParameters>("credit", who.group);
  const int from = models::hold_from(scene.lever("credit", "hold_after_days", who));
  for (const Invoice& invoice : payer.open)
    if (from > 0 && scene.month - 1 - invoice.due >= from && invoice.amount > 0) buyer.held = true;
  if (!buyer.held) return;
  judge.moved += p.hold_points;
  scene.count("held", who, 1);
}

inline float climate_of(const Scene& scene, const models::CreditClimate& climate) {
  if (climate.is_constant()) return 1;
  std::array<float, models::CreditClimate::months_remembered> normals;
  for (int back = 0; back < static_cast<int>(normals.size()); ++back)
    normals[static_cast<std::size_t>(back)] =
        sim::normal_of(scene.luck.of_month(models::addresses.of("credit climate"), 0, scene.month - back));
  return climate.factor(climate.index(normals));
}

inline void decide_to_default(const Scene& scene, Customer& who, Debtor& debtor, const Payer& payer,
                              const Buyer& buyer) {
  debtor.defaults = false;
  if (scene.stands_still()) return;
  const auto& p = scene.setting.parameters<models::CreditParameters>("credit", who.group);
  const auto& payment = scene.setting.parameters<models::PaymentParameters>("payment", who.group);
  const float longer = (scene.lever("payment", "terms_days", who) - payment.reference_terms) / models::days_per_month;
  debtor.hazard_now = debtor.hazard * models::stress(payer.liquidity, p.stress_effect, p.stress_shift) *
                      climate_of(scene, p.climate) * scene.driver("default_chance", who) *
                      models::default_by_terms(longer, p.default_by_terms);
  const float u = sim::uniform(scene.luck.of_month(models::addresses.of("default"), who.id, scene.month));
  debtor.defaults = models::hazard_outlived(u) < debtor.hazard_now && (who.active || payer.owed + buyer.sales > 0);
  if (debtor.defaults && who.active && !scene.run_off()) who.asks_to_leave.push_back("defaulted");
}

/// Nothing of it is paid any more.
inline std::int32_t freeze(const Scene& scene, const Customer& who, Payer& payer, const Debtor& debtor) {
  if (!debtor.defaults) return 0;
  constexpr std::string_view by_age[] = {"defaulted_1_30", "defaulted_31_60", "defaulted_61_90", "defaulted_over_90"};
  for (const Invoice& invoice : payer.open)
    scene.count(invoice.due > scene.month ? "defaulted_not_due" : by_age[std::min(scene.month - invoice.due, 3)], who,
                invoice.amount);
  const std::int32_t frozen = std::exchange(payer.owed, 0);
  payer.open.clear();
  payer.paid.clear();
  scene.count("defaulted_receivables", who, frozen);
  return frozen;
}

inline float insured_now(const Scene& scene, const Customer& who) {
  return models::insured_part(scene.lever("credit", "insured_share", who), scene.driver("insured_share", who));
}

inline void insure(const Scene& scene, const Customer& who, const Buyer& buyer, Bills& bills) {
  const auto& p = scene.setting.parameters<models::CreditParameters>("credit", who.group);
  const std::int32_t premium =
      models::rounded_share(buyer.sales, insured_now(scene, who) * p.insurance_premium, buyer.rounding);
  scene.count("insurance_cost", who, premium);
  bills.push_back(premium);
}

inline void collect_claims(const Scene& scene, const Customer& who, Debtor& debtor, std::int32_t frozen,
                           const Buyer& buyer, Bills& bills) {
  const auto& p = scene.setting.parameters<models::CreditParameters>("credit", who.group);
  for (const Debtor::Claim& claim : debtor.claims)
    if (claim.comes_in == scene.month) scene.count("recovered", who, claim.amount);
  std::erase_if(debtor.claims, [&](const Debtor::Claim& claim) { return claim.comes_in == scene.month; });
  const auto part = [&](float insured) {
    return models::rounded_share(frozen, models::claimed_share(p.loss_given_default, insured, p.insurance_covers),
                                 buyer.rounding);
  };
  const std::int32_t claim = part(insured_now(scene, who));
  if (frozen > 0) debtor.claims.push_back({scene.month + p.recovery_months, claim});
  scene.count("insured_losses", who, claim - part(0.F));
  scene.count("written_off", who, frozen - claim);
  scene.count("claims", who, debtor.claimed());
  bills.push_back(frozen - claim);
}

/// What the months before have left.
inline void open_ledger(const Scene& scene, const Customer& who, const Debtor& debtor) {
  if (scene.month == 0) scene.count("claims_opening", who, debtor.claimed());
}

/// Invoices by what is expected of them, claims as they come in.
inline void settle_what_is_open(const Scene& scene, const Customer& who, const Payer& payer, const Debtor& debtor,
                                float rounding) {
  if (scene.run_off()) return;
  const sim::Horizon& horizon = scene.setting.study().horizon;
  const auto& p = scene.setting.parameters<models::CreditParameters>("credit", who.group);
  models::OpenCourse open;
  for (const Invoice& invoice : payer.open) {
    const auto ahead = static_cast<std::size_t>(invoice.settles - scene.month);
    open.owed += invoice.amount;
    if (invoice.comes_back < invoice.settles) {
      open.returned[static_cast<std::size_t>(invoice.comes_back - scene.month)] += invoice.amount;
      continue;
    }
    open.settles[ahead] += invoice.amount - invoice.credited;
    open.credited[ahead] += invoice.credited;
  }
  const auto book = [&](std::string_view owed, std::string_view lost, std::string_view claims) {
    const float claimed = models::claimed_share(p.loss_given_default, insured_now(scene, who), p.insurance_covers);
    const models::ExpectedCourse expected =
        models::expected_course(open, sim::one_minus_exp(debtor.hazard_now), claimed, p.recovery_months, rounding);
    for (int ahead = 1; ahead < sim::months_to_settle; ++ahead) {
      const int after = scene.month + ahead - horizon.months;
      const auto place = static_cast<std::size_t>(ahead);
      if (open.owed != 0) scene.counts.add_beyond(owed, after, who.tier, who.counted_in, expected.owed[place], who.id);
      if (open.owed != 0) scene.counts.add_beyond(lost, after, who.tier, who.counted_in, expected.lost[place], who.id);
      for (const Debtor::Claim& claim : debtor.claims)
        if (claim.comes_in > scene.month + ahead)
          scene.counts.add_beyond(claims, after, who.tier, who.counted_in, claim.amount, who.id);
    }
  };
  if (scene.month == horizon.months - 1) book("receivables_of_horizon", "losses_of_horizon", "claims_of_horizon");
  if (scene.month == horizon.months + horizon.beyond - 1) book("receivables", "losses_at_end", "claims");
}

}  // namespace clientele::tests
