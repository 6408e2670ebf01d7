// Payment, one customer: a list of open invoices, each with the months in which it falls due and settles.
#pragma once
#include <algorithm>
#include <limits>
#include <map>
#include <vector>

#include "models/credit.hpp"
#include "models/payment.hpp"
#include "models/segmentation/payment_record.hpp"
#include "sim/random/distributions.hpp"
#include "tests/reference/models/purchasing.hpp"
#include "tests/reference/models/service.hpp"

namespace clientele::tests {

enum class Reason { on_time, administration, liquidity, dispute };

struct Invoice {
  int due = 0, settles = 0;  ///< months
  std::int32_t amount = 0, eighths_late = 0;
  std::int32_t credited = 0;  ///< of the amount, instead of being paid
  Reason reason = Reason::on_time;
  int comes_back = std::numeric_limits<int>::max();  ///< month
};

struct Payer {
  float late_odds = 0, days_factor = 1, early_days = 0, liquidity = 0, response = 1;
  std::vector<Invoice> open;
  std::vector<Invoice> paid;  ///< whose orders come back later, or this month
  std::int32_t owed = 0;
  std::map<int, models::PaymentRecord> settled;  ///< by month
};

inline float late_chance_of(const Scene& scene, const Customer& who) {
  const auto& p = scene.setting.parameters<models::PaymentParameters>("payment", who.group);
  return late_chance_as_told(scene, who, p.late_chance)
      .value_or(scene.trait("payment", "late_chance", p.late_chance, models::addresses.of("late chance"), who));
}

inline void be_born(const Scene& scene, const Customer& who, Payer& payer) {
  const auto& p = scene.setting.parameters<models::PaymentParameters>("payment", who.group);
  const float chance = late_chance_of(scene, who);
  const float disputed = p.disputes_in_late_chance * p.dispute_chance;
  payer.late_odds =
      sim::exp(p.late_offset) *
      (disputed > 0.F ? models::odds_beside_disputes(chance, disputed, p.dispute_odds) : models::odds_of(chance));
  payer.days_factor = models::days_factor(chance, p.late_reference, p.days_late_slope);
  payer.early_days = p.early_days * models::days_factor(1.F - chance, p.early_reference, p.early_days_slope);
  payer.response = models::goes_with_late(chance, p.mean_late_chance(), p.terms_go_with_late);
  payer.liquidity = sim::normal_of(scene.luck.of_birth(models::addresses.of("first liquidity"), who.id));
}

/// Whether a newcomer joins at the terms of entry.
inline bool joins_for_terms(const Scene& scene, const Customer& who, const Payer& payer) {
  const auto& p = scene.setting.parameters<models::PaymentParameters>("payment", who.group);
  const float exponent = models::terms_exponent(scene.lever("payment", "terms_days", who), p.newcomers_by_terms,
                                                p.reference_terms, p.terms_saturation);
  const float u = sim::uniform(scene.luck.of_birth(models::addresses.of("joins for terms"), who.id));
  return models::joins(exponent, payer.response, who.won_over, u);
}

/// What this month's terms do to demand.
inline void offer_terms(const Scene& scene, const Customer& who, const Payer& payer, Buyer& buyer) {
  if (!who.active) return;
  const auto& p = scene.setting.parameters<models::PaymentParameters>("payment", who.group);
  const float exponent = models::terms_exponent(scene.lever("payment", "terms_days", who), p.terms_elasticity,
                                                p.reference_terms, p.terms_saturation);
  buyer.effects *= sim::exp(p.terms_go_with_late == 0.F ? exponent : exponent * payer.response);
}

/// The month of birth is lived with the first liquidity.
inline void move_liquidity(const Scene& scene, const Customer& who, Payer& payer) {
  if (who.born == scene.month || scene.run_off()) return;
  const auto& p = scene.setting.parameters<models::PaymentParameters>("payment", who.group);
  const float z = sim::normal_of(scene.luck.of_month(models::addresses.of("liquidity"), who.id, scene.month));
  payer.liquidity = models::next_liquidity(payer.liquidity, p.liquidity_memory, p.liquidity_step, z);
}

inline Invoice invoice_of(const Scene& scene, const Customer& who, const Payer& payer, const Order& order,
                          float rounding) {
  const auto& p = scene.setting.parameters<models::PaymentParameters>("payment", who.group);
  constexpr auto delay = models::addresses.of("payment delay"), issue = models::addresses.of("issue day");
  constexpr auto dispute = models::addresses.of("dispute"), cause = models::addresses.of("payment reason");
  const bool disputed = sim::happens(sim::chance_bits(order.care[dispute.word]),
                                     sim::chance_threshold(p.dispute_chance * scene.driver("disputes", who)));
  const float odds = payer.late_odds * sim::exp(p.liquidity_effect * payer.liquidity) * scene.driver("late_odds", who) *
                     (disputed ? p.dispute_odds : 1.F);
  const float exponential = -sim::log(sim::uniform(order.luck[delay.word]));
  const float unit = models::unit_days_late(exponential, models::late_threshold(odds), p.inverse_shape);
  const auto& credit = scene.setting.parameters<models::CreditParameters>("credit", who.group);
  const float unheld = unit *
                       (p.scale_days * scene.driver("days_late", who) * (disputed ? p.disputed_days_factor : 1.F)) *
                       payer.days_factor;
  const float hold = models::hold_days(scene.lever("credit", "hold_after_days", who));
  const float days_late = models::prompted(unheld, hold, credit.hold_prompts);
  const float other_luck = sim::uniform(order.care[cause.word]), terms = scene.lever("payment", "terms_days", who);
  const float waits = unit > 0.F ? terms + days_late : std::max(terms - payer.early_days * other_luck, 0.F);
  const float issue_day = models::days_per_month * sim::uniform(order.luck[issue.word]);
  const int months_open = models::months_until(issue_day + waits);
  Invoice invoice;
  if (order.comes_back_after > 0) invoice.comes_back = scene.month + order.comes_back_after;
  invoice.due = scene.month + models::months_until(issue_day + terms);
  invoice.settles = scene.month + std::min(months_open, models::max_months_open);
  invoice.amount = order.paid;
  if (months_open > models::max_months_open && invoice.comes_back > invoice.settles)
    scene.count("settled_at_limit", who, 1);
  if (days_late > 0.F && invoice.amount > 0) {
    invoice.eighths_late = models::eighths_late(days_late);
    invoice.reason = disputed                         ? Reason::dispute
                     : other_luck < p.liquidity_share ? Reason::liquidity
                                                      : Reason::administration;
    if (disputed) invoice.credited = models::rounded_share(invoice.amount, p.credited_share, rounding);
  }
  return invoice;
}

inline void count_settled(const Scene& scene, const Customer& who, const Invoice& invoice) {
  scene.count("collected", who, invoice.amount - invoice.credited);
  scene.count("credited", who, invoice.credited);
  scene.count("days_late", who, invoice.eighths_late);
  scene.count("invoices_settled", who, 1);
  if (invoice.reason != Reason::on_time) scene.count("invoices_late", who, 1);
  if (invoice.reason == Reason::administration) scene.count("late_administrative", who, 1);
  if (invoice.reason == Reason::liquidity) scene.count("late_liquidity", who, 1);
  if (invoice.reason == Reason::dispute) scene.count("late_disputed", who, 1);
}

/// What the months before have left, also of who has left.
inline void open_ledger(const Scene& scene, const Customer& who, const Payer& payer) {
  if (scene.month == 0) scene.count("receivables_opening", who, payer.owed);
}

/// Orders become invoices; what is due by now is paid, also by who has left.
inline void settle(const Scene& scene, const Customer& who, Payer& payer, const Buyer& buyer, Bills& bills) {
  for (const Order& order : buyer.orders) {
    payer.open.push_back(invoice_of(scene, who, payer, order, buyer.rounding));
    payer.owed += payer.open.back().amount;
  }
  for (const Invoice& invoice : payer.open) {
    if (invoice.comes_back == scene.month && invoice.settles > scene.month) {
      scene.count("returned", who, invoice.amount);
      payer.owed -= invoice.amount;
    }
    if (invoice.settles != scene.month) continue;
    count_settled(scene, who, invoice);
    if (invoice.comes_back < std::numeric_limits<int>::max()) payer.paid.push_back(invoice);
    models::PaymentRecord& of_month = payer.settled[scene.month];
    ++of_month.settled;
    if (invoice.reason != Reason::on_time) ++of_month.late;
    if (invoice.reason == Reason::administration) ++of_month.administrative;
    of_month.eighths_late += invoice.eighths_late;
    bills.push_back(invoice.credited);
    payer.owed -= invoice.amount;
  }
  for (const Invoice& invoice : payer.paid) {
    if (invoice.comes_back != scene.month) continue;
    scene.count("returned", who, invoice.amount - invoice.credited);
    scene.count("refunded", who, invoice.amount - invoice.credited);
  }
  std::erase_if(payer.open,
                [&](const Invoice& invoice) { return std::min(invoice.settles, invoice.comes_back) == scene.month; });
  std::erase_if(payer.paid, [&](const Invoice& invoice) { return invoice.comes_back == scene.month; });
}

/// So many of all invoices as fall to the first of equal months, up to one of them: to the nearest, halves up.
inline std::int64_t part_up_to(std::int64_t all, std::int64_t months, std::int64_t of) {
  return of == 0 ? 0
                 : static_cast<std::int64_t>(
                       std::floor(static_cast<double>(2 * all * months + of) / static_cast<double>(2 * of)));
}

/// Invoices of the books, evenly over the months in which they were seen, back from month 0; before that there are
/// none, and reviews see none of before the warm-up. Late ones are spread over invoices, their reasons and days over
/// them.
inline void take_record_from_books(const Scene& scene, const Customer& who, Payer& payer) {
  const auto late = told_once(scene, who, "invoices_late");
  if (!late) return;
  const auto administrative = told_once(scene, who, "late_by_administration"),
             days = told_once(scene, who, "days_late"), seen = told_once(scene, who, "months_seen");
  const auto invoices = static_cast<std::int64_t>(*told_once(scene, who, "invoices_seen"));
  const std::size_t told = std::max(told_under(scene, who, "orders").size(), told_under(scene, who, "sales").size());
  const auto months = static_cast<std::int64_t>(seen       ? std::max(1.0, std::ceil(*seen))
                                                : told > 0 ? static_cast<double>(told)
                                                           : 12.0);
  const std::map<int, models::PaymentRecord> lived = std::exchange(payer.settled, {});
  models::PaymentRecord before;
  for (int back = 1; back <= std::min<std::int64_t>(months, -who.born); ++back) {
    models::PaymentRecord upto;
    upto.settled = static_cast<std::int32_t>(part_up_to(invoices, back, months));
    upto.late = static_cast<std::int32_t>(part_up_to(std::llrint(*late), upto.settled, invoices));
    upto.administrative =
        static_cast<std::int32_t>(part_up_to(std::llrint(administrative.value_or(0)), upto.late, std::llrint(*late)));
    upto.eighths_late = part_up_to(std::llrint(8 * days.value_or(0)), upto.late, std::llrint(*late));
    models::PaymentRecord& own = payer.settled[-back];
    own = {upto.settled - before.settled, upto.late - before.late, upto.administrative - before.administrative,
           upto.eighths_late - before.eighths_late};
    before = upto;
    const auto simulated = lived.find(-back);
    const models::PaymentRecord instead = simulated == lived.end() ? models::PaymentRecord{} : simulated->second;
    if (!administrative) own.administrative = std::min(instead.administrative, own.late);
    if (!days) own.eighths_late = own.late > 0 ? instead.eighths_late : 0;
  }
}

/// By its age at the month's end: a month's end after the due date is the first.
inline void age_receivables(const Scene& scene, const Customer& who, const Payer& payer) {
  constexpr std::string_view by_age[] = {"overdue_1_30", "overdue_31_60", "overdue_61_90", "overdue_over_90"};
  scene.count("receivables", who, payer.owed);
  for (const Invoice& invoice : payer.open)
    scene.count(invoice.due > scene.month ? "not_due" : by_age[std::min(scene.month - invoice.due, 3)], who,
                invoice.amount);
}

}  // namespace clientele::tests
