// The opening ageing, one customer: an invoice an age, put onto the list of those that are open.
#pragma once
#include "models/opening_invoices.hpp"
#include "tests/reference/models/payment.hpp"

namespace clientele::tests {

inline models::OpeningWeight weight_of(const Scene& scene, const Buyer& buyer, const Payer& payer) {
  return models::opening_weight(buyer.order_rate, buyer.order_value, payer.late_odds, scene.per_quantum());
}

inline void bring_invoices(const Scene& scene, const Customer& who, Payer& payer, const Buyer& buyer,
                           const models::OpeningWeight& all) {
  const auto& p = scene.setting.parameters<models::PaymentParameters>("payment", who.group);
  const auto luck = [&](sim::WordAddress word) { return sim::uniform(scene.luck.of_birth(word, who.id)); };
  const float odds = payer.late_odds * sim::exp(p.liquidity_effect * payer.liquidity);
  const float threshold = models::late_threshold(odds * scene.driver("late_odds", who));
  const float scale = p.scale_days * scene.driver("days_late", who) * payer.days_factor;
  const float other_luck = luck(models::addresses.of("opening reason"));
  const models::OpeningWeight own = weight_of(scene, buyer, payer);
  for (int bucket = 0; bucket < 5; ++bucket) {
    const double total =
        static_cast<double>(p.opening[static_cast<std::size_t>(bucket)]) * static_cast<double>(scene.per_quantum());
    const auto amount = static_cast<std::int32_t>(models::opening_part(total, bucket == 0 ? own.sales : own.arrears,
                                                                       bucket == 0 ? all.sales : all.arrears,
                                                                       luck(models::addresses.of("opening rounding"))));
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
    invoice.settles = made.lag;
    invoice.amount = amount;
    invoice.eighths_late = made.eighths;
    if (made.eighths > 0) invoice.reason = other_luck < p.liquidity_share ? Reason::liquidity : Reason::administration;
    payer.open.push_back(invoice);
    payer.owed += amount;
    scene.count("receivables_brought", who, amount);
  }
}

}  // namespace clientele::tests
