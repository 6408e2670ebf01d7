// The opening ageing, one customer: an invoice an age, put onto the list of those that are open.
#pragma once
#include <array>

#include "models/opening_invoices.hpp"
#include "tests/reference/models/payment.hpp"

namespace clientele::tests {

inline models::OpeningWeight weight_of(const Scene& scene, const Buyer& buyer, const Payer& payer) {
  return models::opening_weight(buyer.order_rate, buyer.order_value, payer.late_odds, scene.per_quantum());
}

/// Of one age each, the first not due, in quanta: on the list as month 0 begins.
inline void bring_amounts(const Scene& scene, const Customer& who, Payer& payer,
                          const std::array<std::int32_t, 5>& amounts) {
  const auto& p = scene.setting.parameters<models::PaymentParameters>("payment", who.group);
  const auto luck = [&](sim::WordAddress word) { return sim::uniform(scene.luck.of_birth(word, who.id)); };
  const float odds = payer.late_odds * sim::exp(p.liquidity_effect * payer.liquidity);
  const float threshold = models::late_threshold(odds * scene.driver("late_odds", who));
  const float scale = p.scale_days * scene.driver("days_late", who) * payer.days_factor;
  const float other_luck = luck(models::addresses.of("opening reason"));
  for (int bucket = 0; bucket < 5; ++bucket) {
    const std::int32_t amount = amounts[static_cast<std::size_t>(bucket)];
    if (amount == 0) continue;
    const models::OpeningInvoice made =
        bucket == 0 ? models::invoice_not_due(scene.lever("payment", "terms_days", who),
                                              luck(models::addresses.of("opening due day")),
                                              -sim::log(luck(models::addresses.of("opening delay"))), threshold, scale,
                                              p.inverse_shape, payer.early_days, other_luck)
                    : models::invoice_overdue(bucket, luck(models::addresses.of("opening age")),
                                              -sim::log(luck(models::addresses.of("opening further delay"))), scale,
                                              p.inverse_shape);
    Invoice invoice;
    invoice.due = bucket == 0 ? made.due : -bucket;
    invoice.settles = std::min(made.lag, scene.month + models::max_months_open);  // what is kept ends with that month
    invoice.amount = amount;
    invoice.eighths_late = made.eighths;
    if (made.eighths > 0) invoice.reason = other_luck < p.liquidity_share ? Reason::liquidity : Reason::administration;
    payer.open.push_back(invoice);
    payer.owed += amount;
  }
}

inline void bring_invoices(const Scene& scene, const Customer& who, Payer& payer, const Buyer& buyer,
                           const models::OpeningWeight& all) {
  const auto& p = scene.setting.parameters<models::PaymentParameters>("payment", who.group);
  const float rounding = sim::uniform(scene.luck.of_birth(models::addresses.of("opening rounding"), who.id));
  const models::OpeningWeight own = weight_of(scene, buyer, payer);
  std::array<std::int32_t, 5> amounts{};
  for (std::size_t bucket = 0; bucket < amounts.size(); ++bucket) {
    const double total = static_cast<double>(p.opening[bucket]) * static_cast<double>(scene.per_quantum());
    amounts[bucket] = static_cast<std::int32_t>(models::opening_part(total, bucket == 0 ? own.sales : own.arrears,
                                                                     bucket == 0 ? all.sales : all.arrears, rounding));
    scene.count("receivables_brought", who, amounts[bucket]);
  }
  bring_amounts(scene, who, payer, amounts);
}

/// As the warm-up ends: what it left open is gone, and what of it would have come back is paid back in cash, as if it
/// had been paid; the books' own amounts are open.
inline void take_open_items_from_books(const Scene& scene, const Customer& who, Payer& payer) {
  constexpr std::string_view by_age[] = {"open_not_due", "open_1_30", "open_31_60", "open_61_90", "open_over_90"};
  if (!told_once(scene, who, by_age[0])) return;
  for (Invoice invoice : std::exchange(payer.open, {})) {
    if (invoice.comes_back == std::numeric_limits<int>::max()) continue;
    if (invoice.settles <= invoice.comes_back) invoice.amount -= invoice.credited;
    invoice.credited = 0;
    payer.paid.push_back(invoice);
  }
  payer.owed = 0;
  std::array<std::int32_t, 5> amounts{};
  for (std::size_t bucket = 0; bucket < amounts.size(); ++bucket)
    amounts[bucket] = static_cast<std::int32_t>(
        std::rint(*told_once(scene, who, by_age[bucket]) * static_cast<double>(scene.per_quantum())));
  bring_amounts(scene, who, payer, amounts);
}

}  // namespace clientele::tests
