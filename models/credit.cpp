// Credit as loops: one hazard for all arms, moved by each arm's terms; what fails is written off or waited for.
#include "models/credit.hpp"

#include <algorithm>
#include <array>

#include "models/addresses.hpp"
#include "models/rounding.hpp"
#include "models/switches_on.hpp"
#include "sim/random/distributions.hpp"

namespace clientele::models {

Credit::Credit(sim::Wiring& wiring)
    : Credit(wiring, wiring.step("hold"), wiring.step("defaults"), wiring.step("claims")) {}

Credit::Credit(sim::Wiring& wiring, sim::StageWiring hold, sim::StageWiring decide, sim::StageWiring collect)
    : core_(wiring.core()),
      parameters_(wiring.parameters<CreditParameters>()),
      payment_(wiring.parameters_of<PaymentParameters>("payment")),
      is_used_(wiring.is_used("default_chance", is_positive)),
      holds_(wiring.is_used("hold_after_days", is_a_hold)),
      insures_(wiring.is_used("insured_share", is_positive)),
      chance_(wiring.own_trait_of_field("default chance", "default_chance", sim::Sight::latent)),
      hazard_(wiring.own_trait<float>("hazard of default", sim::Sight::latent)),
      late_chance_(wiring.read_trait<float>("late chance")),
      chance_luck_(wiring.birth_luck(addresses.of("default chance"), 4)),
      default_luck_(wiring.month_luck(addresses.of("default"))),
      climate_luck_(wiring.month_luck(addresses.of("credit climate"))),
      liquidity_(wiring.read_fate<float>("liquidity")),
      default_driver_(wiring.driver("default_chance")),
      insured_driver_(wiring.driver("insured_share")),
      months_longer_(wiring.lever<float>(
          payment_, "payment.terms_days",
          [](const PaymentParameters& p, float terms) { return (terms - p.reference_terms) / days_per_month; })),
      insured_share_(wiring.lever("insured_share")),
      hold_from_(wiring.lever("hold_after_days")),
      to_60_(wiring.read_state<std::int32_t>("overdue to 60 days")),
      to_90_(wiring.read_state<std::int32_t>("overdue to 90 days")),
      older_(wiring.read_state<std::int32_t>("overdue for longer")),
      receivables_(wiring.read_state<std::int32_t>("receivables")),
      held_(hold.own_passing<std::int32_t>("held")),
      defaults_(decide.own_passing<std::int32_t>("defaults")),
      satisfaction_(hold.act_by_sum("satisfaction")),
      hazard_now_(decide.own_common<float>("hazard of default of the month")),
      outlived_(decide.own_common<float>("hazard of default outlived")),
      chance_now_(decide.own_passing<float>("chance of default of the month")),
      defaulted_(wiring.departure("defaulted", 5, "customers who fail to pay for good in the month")),
      sold_(decide.read_passing<std::int32_t>("net sales")),
      insured_sales_(collect.read_passing<std::int32_t>("net sales")),
      frozen_(collect.read_passing<std::int32_t>("frozen")),
      rounding_(collect.read_common<float>("rounding")),
      premium_(collect.own_common<std::int32_t>("insurance premium")),
      written_off_(collect.own_common<std::int32_t>("written off")),
      insured_(collect.own_common<std::int32_t>("insured loss")),
      costs_(collect.collect("costs")),
      open_at_end_(wiring.step("what claims stay open").own_common<std::int32_t>("claims at the end")),
      held_metric_(wiring.metric("held", sim::MetricUnit::count,
                                 "active customers to whom nothing is delivered, because they are overdue")),
      premium_metric_(wiring.metric("insurance_cost", sim::MetricUnit::money, "premiums of credit insurance")),
      written_off_metric_(wiring.metric_beyond_too(
          "written_off", sim::MetricUnit::money,
          "of what was open when customers defaulted, what is not expected to come in, at sales prices")),
      insured_metric_(wiring.metric("insured_losses", sim::MetricUnit::money,
                                    "of what was open when customers defaulted, what insurers will pay")),
      recovered_metric_(wiring.metric_beyond_too("recovered", sim::MetricUnit::money,
                                                 "claims on customers who defaulted that come in, from insurers too")),
      claims_metric_(wiring.metric_beyond_too("claims", sim::MetricUnit::money,
                                              "expected at the end of the month from customers who defaulted")),
      claims_of_horizon_metric_(wiring.metric("claims_of_horizon", sim::MetricUnit::money,
                                              "expected at the end of the month from customers who defaulted within "
                                              "the horizon",
                                              1, sim::MonthsOf::beyond)) {
  const sim::LedgerInfo ledger{
      .balance = "claims", .adds = {"defaulted_receivables"}, .takes = {"recovered", "written_off"}, .goes = {}};
  if (!holds_) wiring.counts_nothing(held_metric_);
  if (!insures_) wiring.counts_nothing(premium_metric_);
  if (!insures_ || !is_used_) wiring.counts_nothing(insured_metric_);
  if (!is_used_) {
    for (const sim::Metric unused : {written_off_metric_, recovered_metric_, claims_of_horizon_metric_})
      wiring.counts_nothing(unused);
    wiring.counts_nothing(defaulted_);
    wiring.unused_ledger(ledger);
    return;
  }
  due_claims_ = wiring.own_ring_ahead<std::int32_t>("claims by the month they come in", sim::Sight::observed);
  claims_ = wiring.own_state<std::int32_t>("claims", sim::Sight::observed);
  wiring.keep_while(claims_);
  wiring.ledger(ledger, claims_);
}

void Credit::draw_traits(sim::BlockMonth& month) const {
  const CreditParameters& p = month.parameters(parameters_);
  const float mean_late = month.parameters(payment_).mean_late_chance();
  month.draw(chance_, p.default_chance, chance_luck_);
  const auto chance = month[chance_], late = month[late_chance_];
  const auto hazard = month.at_birth(hazard_);
  const float slope = p.default_goes_with_late;
#pragma omp simd
  for (std::size_t i = 0; i < hazard.size(); ++i)
    hazard[i] = default_hazard(chance[i], goes_with_late(late[i], mean_late, slope));
}

int Credit::months_ahead(const sim::Outlook& outlook) const {
  return is_used_ ? outlook.parameters(parameters_).recovery_months : 0;
}

void Credit::hold(sim::BlockMonth& month) const {
  if (!holds_) return;
  const float points = month.parameters(parameters_).hold_points;
  for (const sim::Arm& arm : month.arms()) {
    const auto after = arm[hold_from_];
    const auto to_60 = arm[to_60_], to_90 = arm[to_90_], older = arm[older_], status = arm[core_.status];
    const auto held = arm[held_];
    const auto satisfaction = arm[satisfaction_];
    const std::int32_t goes_on = month.run_off() ? 0 : 1;
#pragma omp simd
    for (std::size_t i = 0; i < held.size(); ++i) {
      const bool stops = is_held(hold_from(after[i]), to_60[i], to_90[i], older[i]) & (status[i] == 1);
      held[i] = sim::when(stops, goes_on);
      satisfaction[i] += sim::when(held[i] != 0, points);
    }
    arm.count(held_metric_, held);
  }
}

/// While a file's customers are warmed up nobody defaults.
void Credit::decide(sim::BlockMonth& month) const {
  if (!is_used_) return;
  if (month.nobody_leaves() && !month.run_off()) {
    for (const sim::Arm& arm : month.arms()) std::ranges::fill(arm[defaults_], 0);
    return;
  }
  find_hazard(month);
  for (const sim::Arm& arm : month.arms()) {
    decide(month, arm);
    if (month.last_of_horizon() || month.last_of_all()) tell_chance(month, arm);
  }
}

/// What no arm changes.
void Credit::find_hazard(sim::BlockMonth& month) const {
  const CreditParameters& p = month.parameters(parameters_);
  float climate = 1;
  if (!p.climate.is_constant()) {
    std::array<float, CreditClimate::months_remembered> normals;
    for (std::size_t k = 0; k < normals.size(); ++k)
      normals[k] = sim::normal_of(month.variates().common_word(climate_luck_, month.month() - static_cast<int>(k)));
    climate = p.climate.factor(p.climate.index(normals));
  }
  const auto hazard = month[hazard_];
  const auto liquidity = month[liquidity_];
  const auto now = month[hazard_now_], outlived = month[outlived_];
  const auto words = month.variates().words(default_luck_);
  const float effect = p.stress_effect, shift = p.stress_shift;
#pragma omp simd
  for (std::size_t i = 0; i < now.size(); ++i) {
    now[i] = hazard[i] * stress(liquidity[i], effect, shift) * climate;
    outlived[i] = hazard_outlived(sim::uniform(words[i]));
  }
}

/// Who is there, or owes something. After the horizon nobody's exit counts.
void Credit::decide(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto hazard = month[hazard_now_], outlived = month[outlived_];
  const auto longer = arm[months_longer_];
  const float by_terms = month.parameters(parameters_).default_by_terms;
  const auto status = arm[core_.status], owed = arm[receivables_], sold = arm[sold_];
  const auto defaults = arm[defaults_], request = arm[defaulted_.request];
  const float driver = arm.driver(default_driver_);
  const std::int32_t can_go = month.run_off() ? 0 : 1;
#pragma omp simd
  for (std::size_t i = 0; i < defaults.size(); ++i) {
    const bool is_there = status[i] == 1;
    const bool fails = outlived[i] < hazard[i] * driver * default_by_terms(longer[i], by_terms);
    defaults[i] = sim::when(fails & (is_there | (owed[i] + sold[i] > 0)), 1);
    request[i] += sim::when(is_there, defaults[i] & can_go);
  }
}

/// Where months end, what is open then is worth what is expected of it.
void Credit::tell_chance(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto hazard = month[hazard_now_];
  const auto longer = arm[months_longer_];
  const float by_terms = month.parameters(parameters_).default_by_terms;
  const auto chance = arm[chance_now_];
  const float driver = arm.driver(default_driver_);
#pragma omp simd
  for (std::size_t i = 0; i < chance.size(); ++i)
    chance[i] = sim::one_minus_exp(hazard[i] * driver * default_by_terms(longer[i], by_terms));
}

void Credit::collect(sim::BlockMonth& month) const {
  for (const sim::Arm& arm : month.arms()) {
    if (insures_) insure(month, arm);
    if (is_used_) write_off(month, arm);
  }
}

/// Premiums are paid on what is sold, at the share that the insurer still covers.
void Credit::insure(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const float driver = arm.driver(insured_driver_), rate = month.parameters(parameters_).insurance_premium;
  const auto share = arm[insured_share_];
  const auto sold = arm[insured_sales_];
  const auto rounding = month[rounding_];
  const auto premium = month[premium_], costs = arm[costs_];
#pragma omp simd
  for (std::size_t i = 0; i < costs.size(); ++i) {
    premium[i] = rounded_share(sold[i], insured_part(share[i], driver) * rate, rounding[i]);
    costs[i] += premium[i];
  }
  arm.book(premium_metric_, premium);
}

/// Months in which nobody of the block defaults or has anything to come are the rule.
void Credit::write_off(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const CreditParameters& p = month.parameters(parameters_);
  const auto frozen = arm[frozen_];
  const auto claims = arm[claims_], due = arm.at(due_claims_, month.month());
  std::int32_t any = 0;
#pragma omp simd reduction(| : any)
  for (std::size_t i = 0; i < claims.size(); ++i) any |= frozen[i] | claims[i];
  if (any == 0) return;
  arm.book_all(recovered_metric_, due);
  const auto share = arm[insured_share_];
  const auto rounding = month[rounding_];
  const auto later = arm.at(due_claims_, month.month() + p.recovery_months);
  const auto written_off = month[written_off_], insured = month[insured_], costs = arm[costs_];
  const float driver = arm.driver(insured_driver_), loss = p.loss_given_default, covers = p.insurance_covers;
#pragma omp simd
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const float part = insured_part(share[i], driver);
    const std::int32_t claim = rounded_share(frozen[i], claimed_share(loss, part, covers), rounding[i]);
    const std::int32_t estate = rounded_share(frozen[i], claimed_share(loss, 0.F, covers), rounding[i]);
    insured[i] = claim - estate;
    written_off[i] = frozen[i] - claim;
    claims[i] += claim - due[i];
    due[i] = 0;
    later[i] += claim;
    costs[i] += written_off[i];
  }
  if (insures_) arm.book_all(insured_metric_, insured);
  arm.book_all({{written_off_metric_, written_off}, {claims_metric_, claims}});
}

void Credit::collect_what_is_open(sim::BlockMonth& month) const {
  if (!is_used_) return;
  for (const sim::Arm& arm : month.arms())
    for (const bool of_horizon : {true, false}) {
      if (of_horizon ? !month.last_of_horizon() : !month.last_of_all()) continue;
      const auto open = month[open_at_end_];
      std::ranges::copy(arm[claims_], open.begin());
      for (int ahead = 1; ahead < arm.depth(due_claims_); ++ahead) {
        const auto comes_in = arm.at(due_claims_, month.month() + ahead);
#pragma omp simd
        for (std::size_t i = 0; i < open.size(); ++i) open[i] -= comes_in[i];
        arm.book_ahead(of_horizon ? claims_of_horizon_metric_ : claims_metric_, ahead, open);
      }
    }
}

}  // namespace clientele::models
