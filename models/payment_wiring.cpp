// What payment owns, reads, draws and counts.
#include "models/addresses.hpp"
#include "models/payment.hpp"

namespace clientele::models {

Payment::Payment(sim::Wiring& wiring) : Payment(wiring, wiring.step("settle")) {}

Payment::Payment(sim::Wiring& wiring, sim::StageWiring settle)
    : core_(wiring.core()),
      parameters_(wiring.parameters<PaymentParameters>()),
      late_chance_(wiring.own_trait_of_field("late chance", "late_chance", sim::Sight::latent)),
      late_odds_(wiring.own_trait<float>("late odds", sim::Sight::latent)),
      days_factor_(wiring.own_trait<float>("days late over the stated", sim::Sight::latent)),
      early_(wiring.own_trait<float>("days early at most", sim::Sight::latent)),
      liquidity_(wiring.own_fate<float>("liquidity", sim::Sight::latent)),
      late_luck_(wiring.birth_luck(addresses.of("late chance"), 4)),
      first_liquidity_luck_(wiring.birth_luck(addresses.of("first liquidity"))),
      liquidity_luck_(wiring.month_luck(addresses.of("liquidity"))),
      delay_luck_(wiring.order_luck(addresses.of("payment delay"))),
      issue_luck_(wiring.order_luck(addresses.of("issue day"))),
      dispute_luck_(wiring.order_luck(addresses.of("dispute"))),
      reason_luck_(wiring.order_luck(addresses.of("payment reason"))),
      days_late_driver_(wiring.driver("days_late")),
      late_odds_driver_(wiring.driver("late_odds")),
      dispute_driver_(wiring.driver("disputes")),
      terms_(wiring.lever("terms_days")),
      effect_of_terms_(wiring.lever<float>(parameters_, "terms_days",
                                           [](const PaymentParameters& p, float terms) {
                                             return models::terms_effect(terms, p.terms_elasticity, p.reference_terms);
                                           })),
      discount_(wiring.lever("purchasing.discount")),
      order_rate_(wiring.step("terms").act_by_factor("order rate")),
      odds_now_(settle.own_common<float>("late odds of the month")),
      threshold_(settle.own_passing<float>("late threshold")),
      disputed_threshold_(settle.own_passing<float>("late threshold if disputed")),
      net_sales_(settle.read_passing<std::int32_t>("net sales")),
      list_value_(settle.read_listed<std::int32_t>("listed order value")),
      rounding_(settle.read_listed<float>("rounding of an order")),
      exponential_(settle.own_listed<float>("payment exponential")),
      issue_day_(settle.own_listed<float>("issue day")),
      reason_(settle.own_listed<float>("payment reason")),
      ahead_(settle.own_listed<float>("days ahead if on time")),
      excess_(settle.own_listed<float>("payment excess")),
      dispute_bits_(settle.own_listed<std::int32_t>("dispute bits")),
      cell_(settle.own_listed<std::int32_t>("where an invoice settles")),
      amount_(settle.own_listed<std::int32_t>("invoice amount")),
      may_be_late_(settle.own_listed<std::int32_t>("invoice may be late")),
      counts_(settle.own_listed<std::uint32_t>("invoices")),
      late_places_(settle.own_listed<std::uint32_t>("places of late invoices")),
      lag_(settle.own_listed<std::int32_t>("months open")),
      late_cell_(settle.own_listed<std::int32_t>("where a late invoice settles")),
      eighths_(settle.own_listed<std::int32_t>("eighths late")),
      overdue_(settle.own_listed<std::int32_t>("month ends overdue")),
      late_counts_(settle.own_listed<std::uint32_t>("late invoices")),
      reasons_(settle.own_listed<std::uint32_t>("why late")),
      overdue_places_(settle.own_listed<std::uint32_t>("places of overdue invoices")),
      open_at_end_(wiring.step("what stays open").own_passing<std::int32_t>("open at the end")),
      beyond_(settle.own_passing<std::int32_t>("settled at limit")),
      collected_(settle.own_passing<std::int32_t>("collected")),
      settled_count_(settle.own_passing<std::int32_t>("invoices settled")),
      late_count_(settle.own_passing<std::int32_t>("late invoices settled")),
      administrative_count_(settle.own_passing<std::int32_t>("late by administration")),
      liquidity_count_(settle.own_passing<std::int32_t>("late for want of money")),
      disputed_count_(settle.own_passing<std::int32_t>("late and disputed")),
      receivables_(wiring.own_state<std::int32_t>("receivables", sim::Sight::observed)),
      collected_metric_(wiring.metric("collected", sim::MetricUnit::money, "invoices settled in the month")),
      receivables_metric_(
          wiring.metric_beyond_too("receivables", sim::MetricUnit::money, "owed at the end of the month")),
      receivables_of_horizon_metric_(wiring.metric("receivables_of_horizon", sim::MetricUnit::money,
                                                   "owed at the end of the month for what the horizon has invoiced", 1,
                                                   sim::MonthsOf::beyond)),
      invoices_metric_(wiring.metric("invoices_settled", sim::MetricUnit::count, "invoices settled in the month")),
      late_metric_(wiring.metric("invoices_late", sim::MetricUnit::count, "late invoices settled in the month")),
      days_metric_(
          wiring.metric("days_late", sim::MetricUnit::days, "days late of invoices settled in the month", 0.125)),
      limit_metric_(wiring.metric("settled_at_limit", sim::MetricUnit::count,
                                  "invoices that settle after 23 months because later is not kept, when issued")),
      administrative_metric_(wiring.metric("late_administrative", sim::MetricUnit::count,
                                           "late invoices settled in the month that were late by administration")),
      liquidity_metric_(wiring.metric("late_liquidity", sim::MetricUnit::count,
                                      "late invoices settled in the month that were late for want of money")),
      disputed_metric_(wiring.metric("late_disputed", sim::MetricUnit::count,
                                     "late invoices settled in the month that were disputed")) {
  const auto ring = [&](const char* name) { return wiring.own_ring_ahead<std::int32_t>(name, sim::Sight::latent); };
  const auto counts = [&](const char* name) { return wiring.own_ring_ahead<std::uint32_t>(name, sim::Sight::latent); };
  settled_ = {ring("due"), ring("eighths late when due"), counts("invoices when due"), counts("reasons when due")};
  const auto state = [&](const char* name) { return wiring.own_state<std::int32_t>(name, sim::Sight::observed); };
  ageing_ = {ring("becomes overdue"),     ring("paid after one month end"), ring("paid after two month ends"),
             ring("paid after more"),     state("overdue to 30 days"),      state("overdue to 60 days"),
             state("overdue to 90 days"), state("overdue for longer")};
  const auto overdue = [&](const char* name, const char* meaning) {
    return wiring.metric(name, sim::MetricUnit::money, meaning);
  };
  overdue_metrics_[0] = overdue("overdue_1_30", "owed at the end of the month, 1 to 30 days after it was due");
  overdue_metrics_[1] = overdue("overdue_31_60", "owed at the end of the month, 31 to 60 days after it was due");
  overdue_metrics_[2] = overdue("overdue_61_90", "owed at the end of the month, 61 to 90 days after it was due");
  overdue_metrics_[3] = overdue("overdue_over_90", "owed at the end of the month, more than 90 days after it was due");
  wiring.keep_while(receivables_);
  wiring.ledger({.balance = "receivables", .adds = {"revenue"}, .takes = {"collected"}}, receivables_);
}

}  // namespace clientele::models
