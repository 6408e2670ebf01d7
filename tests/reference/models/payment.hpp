// Payment, one customer: a list of open invoices, each with the month in which it settles.
#pragma once
#include <algorithm>
#include <vector>

#include "models/payment.hpp"
#include "tests/reference/models/purchasing.hpp"

namespace clientele::tests {

struct Invoice {
  int settles = 0;  ///< month
  std::int32_t amount = 0, eighths_late = 0;
};

struct Payer {
  float late_threshold = 0;
  std::vector<Invoice> open;
  std::int32_t owed = 0;
};

inline void be_born(const Scene& scene, const Customer& who, Payer& payer) {
  const auto& p = scene.setting.parameters<models::PaymentParameters>("payment", who.group);
  payer.late_threshold = models::late_threshold(
      scene.trait("payment", "late_chance", p.late_chance, models::addresses.of("late chance"), who));
}

/// What this month's terms do to demand.
inline float offer_terms(const Scene& scene, const Customer& who) {
  const auto& p = scene.setting.parameters<models::PaymentParameters>("payment", who.group);
  return models::terms_effect(scene.lever("payment", "terms_days", who), p.terms_elasticity, p.reference_terms);
}

inline Invoice invoice_of(const Scene& scene, const Customer& who, const Payer& payer, const Buyer& buyer,
                          const Order& order) {
  const auto& p = scene.setting.parameters<models::PaymentParameters>("payment", who.group);
  constexpr auto delay = models::addresses.of("payment delay"), issue = models::addresses.of("issue day");
  const float exponential = -sim::log(sim::uniform(order.luck[delay.word]));
  const float days_late = models::unit_days_late(exponential, payer.late_threshold, p.inverse_shape) *
                          (p.scale_days * scene.driver("days_late", who));
  const float issue_day = models::days_per_month * sim::uniform(order.luck[issue.word]);
  const int months = models::months_open(issue_day, scene.lever("payment", "terms_days", who), days_late);
  if (months > models::most_months_open) scene.count("settled_at_limit", who, 1);
  Invoice invoice;
  invoice.settles = scene.month + std::min(months, models::most_months_open);
  invoice.amount = models::order_quanta(buyer.paid_value, order.factor, scene.per_quantum());
  invoice.eighths_late = invoice.amount > 0 ? models::eighths_late(days_late) : 0;
  return invoice;
}

/// Orders become invoices; what is due by now is paid, also by who has left.
inline void settle(const Scene& scene, const Customer& who, Payer& payer, const Buyer& buyer) {
  for (const Order& order : buyer.orders) {
    payer.open.push_back(invoice_of(scene, who, payer, buyer, order));
    payer.owed += payer.open.back().amount;
  }
  for (const Invoice& invoice : payer.open) {
    if (invoice.settles != scene.month) continue;
    scene.count("collected", who, invoice.amount);
    scene.count("days_late", who, invoice.eighths_late);
    scene.count("invoices_late", who, invoice.eighths_late > 0 ? 1 : 0);
    scene.count("invoices_settled", who, 1);
    payer.owed -= invoice.amount;
  }
  std::erase_if(payer.open, [&](const Invoice& invoice) { return invoice.settles == scene.month; });
  scene.count("receivables", who, payer.owed);
}

}  // namespace clientele::tests
