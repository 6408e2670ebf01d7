// Payment from month to month: liquidity moves, what is due is paid, what is not grows older.
#include "models/payment.hpp"

#include <algorithm>

#include "models/addresses.hpp"
#include "sim/random/distributions.hpp"

namespace clientele::models {

void Payment::draw_traits(sim::BlockMonth& month) const {
  const PaymentParameters& p = month.parameters(parameters_);
  month.draw(late_chance_, p.late_chance, late_luck_);
  const auto chance = month[late_chance_];
  const auto odds = month.at_birth(late_odds_), liquidity = month[liquidity_];
  const auto days = month.at_birth(days_factor_), early = month.at_birth(early_);
  const auto words = month.variates().words(first_liquidity_luck_);
  const float usual = sim::exp(p.late_offset), disputed = p.disputes_in_late_chance * p.dispute_chance;
#pragma omp simd
  for (std::size_t i = 0; i < odds.size(); ++i) {
    const float beside = odds_beside_disputes(chance[i], disputed, p.dispute_odds);
    odds[i] = usual * (disputed > 0.F ? beside : odds_of(chance[i]));
    days[i] = days_factor(chance[i], p.late_reference, p.days_late_slope);
    early[i] = p.early_days * days_factor(1.F - chance[i], p.early_reference, p.early_days_slope);
    liquidity[i] = sim::normal_of(words[i]);
  }
}

int Payment::months_ahead(const sim::Outlook& outlook) const {
  return longest_months_open(outlook.parameters(parameters_), outlook.most(terms_), outlook.driver(days_late_driver_));
}

void Payment::offer_terms(sim::BlockMonth& month) const {
  for (const sim::Arm& arm : month.arms()) {
    const auto effect = arm[effect_of_terms_];
    const auto rate = arm[order_rate_];
#pragma omp simd
    for (std::size_t i = 0; i < effect.size(); ++i) rate[i] *= effect[i];
  }
}

void Payment::advance(sim::BlockMonth& month) const {
  if (!month.run_off()) {
    move_liquidity(month);
    draw_luck(month, month.orders());
  }
  for (const sim::Arm& arm : month.arms()) {
    if (!month.run_off()) issue(month, arm, month.orders());
    settle(month, arm);
    age(month, arm);
  }
}

/// The same in every arm: it is the customer's own. It moves from the month after birth on.
void Payment::move_liquidity(sim::BlockMonth& month) const {
  const PaymentParameters& p = month.parameters(parameters_);
  const auto liquidity = month[liquidity_];
  const auto odds = month[late_odds_];
  const auto born = month[core_.born];
  const auto now = month[odds_now_];
  const auto words = month.variates().words(liquidity_luck_);
  const std::int32_t t = month.month();
  const float memory = p.liquidity_memory, step = p.liquidity_step, effect = p.liquidity_effect;
#pragma omp simd
  for (std::size_t i = 0; i < odds.size(); ++i) {
    const float moved = next_liquidity(liquidity[i], memory, step, sim::normal_of(words[i]));
    liquidity[i] = born[i] < t ? moved : liquidity[i];
    now[i] = odds[i] * sim::exp(effect * liquidity[i]);
  }
}

/// What is due by now is paid, also by customers who have left. Receivables balance to the quantum.
void Payment::settle(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto amount = arm.at(settled_.amount, month.month()), days = arm.at(settled_.days, month.month());
  arm.book_all({{days_metric_, days}, {collected_metric_, amount}});
  const auto receivables = arm[receivables_], collected = arm[collected_];
  const auto sold = arm[net_sales_];
#pragma omp simd
  for (std::size_t i = 0; i < receivables.size(); ++i) {
    collected[i] = amount[i];
    receivables[i] = add_up(receivables[i] - amount[i], sold[i]);
    amount[i] = days[i] = 0;
  }
  arm.book_all(receivables_metric_, receivables);
  count_settled(month, arm);
}

/// What the horizon leaves open is charged to the horizon, whatever comes after it.
void Payment::settle_what_is_open(sim::BlockMonth& month) const {
  for (const sim::Arm& arm : month.arms()) {
    if (month.last_of_horizon()) book_open(month, arm, receivables_of_horizon_metric_);
    if (month.last_of_all()) book_open(month, arm, receivables_metric_);
  }
}

void Payment::book_open(const sim::BlockMonth& month, const sim::Arm& arm, sim::Metric metric) const {
  const auto open = arm[open_at_end_];
  std::ranges::copy(arm[receivables_], open.begin());
  for (int ahead = 1; ahead < arm.depth(settled_.amount); ++ahead) {
    const auto settles = arm.at(settled_.amount, month.month() + ahead);
#pragma omp simd
    for (std::size_t i = 0; i < open.size(); ++i) open[i] -= settles[i];
    arm.book_ahead(metric, ahead, open);
  }
}

void Payment::count_settled(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto invoices = arm.at(settled_.invoices, month.month()), reasons = arm.at(settled_.reasons, month.month());
  const auto settled = arm[settled_count_], late = arm[late_count_], disputes = arm[disputed_count_];
  const auto by_liquidity = arm[liquidity_count_], by_administration = arm[administrative_count_];
#pragma omp simd
  for (std::size_t i = 0; i < settled.size(); ++i) {
    settled[i] = high_count(invoices[i]);
    late[i] = low_count(invoices[i]);
    disputes[i] = high_count(reasons[i]);
    by_liquidity[i] = low_count(reasons[i]);
    by_administration[i] = late[i] - disputes[i] - by_liquidity[i];
    invoices[i] = reasons[i] = 0;
  }
  arm.count_all({{invoices_metric_, settled},
                 {late_metric_, late},
                 {disputed_metric_, disputes},
                 {liquidity_metric_, by_liquidity},
                 {administrative_metric_, by_administration}});
}

/// At a month's end what is overdue is a month older, less what was paid; what came due in the month joins.
void Payment::age(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const int now = month.month();
  const auto enters = arm.at(ageing_.enters, now), after_one = arm.at(ageing_.after_one, now);
  const auto after_two = arm.at(ageing_.after_two, now), after_more = arm.at(ageing_.after_more, now);
  const auto first = arm[ageing_.first], second = arm[ageing_.second], third = arm[ageing_.third];
  const auto older = arm[ageing_.older];
#pragma omp simd
  for (std::size_t i = 0; i < first.size(); ++i) {
    older[i] += third[i] - after_more[i];
    third[i] = second[i] - after_two[i];
    second[i] = first[i] - after_one[i];
    first[i] = enters[i];
    enters[i] = after_one[i] = after_two[i] = after_more[i] = 0;
  }
  arm.book_all({{overdue_metrics_[0], first},
                {overdue_metrics_[1], second},
                {overdue_metrics_[2], third},
                {overdue_metrics_[3], older}});
}

}  // namespace clientele::models
