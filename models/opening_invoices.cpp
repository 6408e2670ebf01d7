// Every customer's part of the opening ageing becomes one open invoice an age.
#include "models/opening_invoices.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "models/addresses.hpp"

namespace clientele::models {

/// What one customer's invoices hang on.
struct OpeningInvoices::Customer {
  float terms, threshold, scale, early, due_luck, delay, other_luck, age_luck, further_delay;
};

OpeningInvoices::OpeningInvoices(sim::Wiring& wiring, sim::StageWiring opening)
    : core_(wiring.core()),
      is_used_(wiring.is_used("opening", [](double amount) { return amount > 0; })),
      parameters_(wiring.parameters<PaymentParameters>()),
      order_rate_(wiring.read_trait<float>("order rate")),
      order_value_(wiring.read_trait<float>("order value")),
      late_odds_(wiring.read_trait<float>("late odds")),
      days_factor_(wiring.read_trait<float>("days late over the stated")),
      early_(wiring.read_trait<float>("days early at most")),
      liquidity_(wiring.read_fate<float>("liquidity")),
      due_luck_(wiring.birth_luck(addresses.of("opening due day"))),
      delay_luck_(wiring.birth_luck(addresses.of("opening delay"))),
      reason_luck_(wiring.birth_luck(addresses.of("opening reason"))),
      rounding_luck_(wiring.birth_luck(addresses.of("opening rounding"))),
      age_luck_(wiring.birth_luck(addresses.of("opening age"))),
      further_luck_(wiring.birth_luck(addresses.of("opening further delay"))),
      days_late_driver_(wiring.driver("days_late")),
      late_odds_driver_(wiring.driver("late_odds")),
      terms_(wiring.lever("terms_days")),
      brought_(opening.own_common<std::int32_t>("opening receivables")),
      brought_metric_(wiring.metric("receivables_brought", sim::MetricUnit::money,
                                    "owed when month 0 begins, by the ageing that the study gives")),
      told_{wiring.past("open_not_due"), wiring.past("open_1_30"), wiring.past("open_31_60"), wiring.past("open_61_90"),
            wiring.past("open_over_90")} {
  if (!is_used_) wiring.counts_nothing(brought_metric_);
}

/// Only where nothing comes before month 0: a warm-up leaves receivables of its own.
bool OpeningInvoices::needed(const sim::Occasion& occasion) const {
  return is_used_ && occasion.month() == 0 && occasion.is_first();
}

OpeningWeight OpeningInvoices::weight(const sim::BlockMonth& month, std::size_t i) const {
  return opening_weight(month[order_rate_][i], month[order_value_][i], month[late_odds_][i], month.per_quantum());
}

void OpeningInvoices::measure(sim::BlockMonth& month, const sim::Arm& arm, int, const sim::Decision&,
                              sim::Voice voice) const {
  const auto status = arm[core_.status];
  for (std::size_t i = 0; i < status.size(); ++i) {
    if (status[i] != 1) continue;
    const OpeningWeight own = weight(month, i);
    voice.sums[0] += own.sales;
    voice.sums[1] += own.arrears;
  }
}

bool OpeningInvoices::decide(const sim::Occasion&, int, sim::Voice heard, sim::Decision& decision) const {
  decision.assign(heard.sums.begin(), heard.sums.end());
  return true;
}

void OpeningInvoices::open(sim::BlockMonth& month, const OpenInvoices& open, const Ageing& ageing) const {
  if (!is_used_ || month.month() != 0 || !month.is_first()) return;
  const PaymentParameters& p = month.parameters(parameters_);
  const auto rounding = month.variates().words(rounding_luck_), reasons = month.variates().words(reason_luck_);
  for (const sim::Arm& arm : month.arms()) {
    const auto status = arm[core_.status];
    const auto brought = month[brought_];
    for (std::size_t i = 0; i < status.size(); ++i) {
      brought[i] = 0;
      if (status[i] != 1) continue;
      const Customer who = customer(month, arm, i);
      const OpeningWeight own = weight(month, i);
      const bool for_want_of_money = sim::uniform(reasons[i]) < p.liquidity_share;
      for (std::size_t bucket = 0; bucket < p.opening.size(); ++bucket) {
        const double total = static_cast<double>(p.opening[bucket]) * static_cast<double>(month.per_quantum());
        const double part = opening_part(total, bucket == 0 ? own.sales : own.arrears,
                                         arm.decision()[bucket == 0 ? 0 : 1], sim::uniform(rounding[i]));
        if (part >= static_cast<double>(max_quanta)) arm.refuse(brought_metric_, part);
        const auto amount = static_cast<std::int32_t>(part);
        if (amount == 0) continue;
        const OpeningInvoice made = invoice(who, p, bucket);
        open.bring(month.month(), arm, i, amount, made.lag, made.eighths, for_want_of_money);
        ageing.bring(month.month(), arm, i, amount, static_cast<std::int32_t>(bucket), made.due, made.lag);
        brought[i] = add_up(brought[i], amount);
      }
    }
    arm.book(brought_metric_, brought);
  }
}

void OpeningInvoices::take_over(sim::BlockMonth& month, const OpenInvoices& open, const Ageing& ageing) const {
  const PaymentParameters& p = month.parameters(parameters_);
  const auto reasons = month.variates().words(reason_luck_);
  const int now = month.month();
  for (const sim::Arm& arm : month.arms()) {
    for (std::size_t i = 0; i < month.customers(); ++i) {
      open.clear(now, arm, i);
      ageing.clear(now, arm, i);
      const Customer who = customer(month, arm, i);
      const bool for_want_of_money = sim::uniform(reasons[i]) < p.liquidity_share;
      for (std::size_t bucket = 0; bucket < std::size(told_); ++bucket) {
        const double told = std::rint(month.balance_told(told_[bucket], i) * static_cast<double>(month.per_quantum()));
        if (told >= static_cast<double>(max_quanta)) arm.refuse(open.receivables_metric(), told);
        const auto amount = static_cast<std::int32_t>(told);
        if (amount == 0) continue;
        const OpeningInvoice made = invoice(who, p, bucket);
        const std::int32_t lag = std::min(made.lag, max_months_open - 1);  // the rings end 23 months after this one
        open.bring(now + 1, arm, i, amount, lag, made.eighths, for_want_of_money);
        ageing.bring(now + 1, arm, i, amount, static_cast<std::int32_t>(bucket), made.due, lag);
      }
    }
  }
}

OpeningInvoices::Customer OpeningInvoices::customer(sim::BlockMonth& month, const sim::Arm& arm, std::size_t i) const {
  const PaymentParameters& p = month.parameters(parameters_);
  const auto uniform = [&](sim::BirthLuck luck) { return sim::uniform(month.variates().words(luck)[i]); };
  const float odds = month[late_odds_][i] * sim::exp(p.liquidity_effect * month[liquidity_][i]);
  Customer who{};
  who.terms = arm[terms_][i];
  who.threshold = late_threshold(odds * arm.driver(late_odds_driver_));
  who.scale = p.scale_days * arm.driver(days_late_driver_) * month[days_factor_][i];
  who.early = month[early_][i];
  who.due_luck = uniform(due_luck_);
  who.delay = -sim::log(uniform(delay_luck_));
  who.other_luck = uniform(reason_luck_);
  who.age_luck = uniform(age_luck_);
  who.further_delay = -sim::log(uniform(further_luck_));
  return who;
}

OpeningInvoice OpeningInvoices::invoice(const Customer& who, const PaymentParameters& p, std::size_t bucket) const {
  if (bucket > 0)
    return invoice_overdue(static_cast<std::int32_t>(bucket), who.age_luck, who.further_delay, who.scale,
                           p.inverse_shape);
  return invoice_not_due(who.terms, who.due_luck, who.delay, who.threshold, who.scale, p.inverse_shape, who.early,
                         who.other_luck);
}

}  // namespace clientele::models
