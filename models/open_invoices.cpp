// Open invoices as loops: along a month's list when they are issued, over customers when they are paid.
#include "models/open_invoices.hpp"

#include <algorithm>

namespace clientele::models {

DatedInvoices::DatedInvoices(sim::StageWiring& settle)
    : cell(settle.own_listed<std::int32_t>("where an invoice settles")),
      amount(settle.own_listed<std::int32_t>("invoice amount")),
      counts(settle.own_listed<std::uint32_t>("invoices")),
      late_places(settle.own_listed<std::uint32_t>("places of late invoices")),
      late_customer(settle.own_listed<std::int32_t>("whose a late invoice is")),
      lag(settle.own_listed<std::int32_t>("months open")),
      late_cell(settle.own_listed<std::int32_t>("where a late invoice settles")),
      eighths(settle.own_listed<std::int32_t>("eighths late")),
      overdue(settle.own_listed<std::int32_t>("month ends overdue")),
      reasons(settle.own_listed<std::uint32_t>("why late")) {}

OpenInvoices::OpenInvoices(sim::Wiring& wiring, sim::StageWiring& settle)
    : amount_(wiring.own_ring_ahead<std::int32_t>("due", sim::Sight::latent)),
      days_(wiring.own_ring_ahead<std::int32_t>("eighths late when due", sim::Sight::latent)),
      invoices_(wiring.own_ring_ahead<std::uint32_t>("invoices when due", sim::Sight::latent)),
      reasons_(wiring.own_ring_ahead<std::uint32_t>("reasons when due", sim::Sight::latent)),
      receivables_(wiring.own_state<std::int32_t>("receivables", sim::Sight::observed)),
      net_sales_(settle.read_passing<std::int32_t>("net sales")),
      open_at_end_(wiring.step("what stays open").own_common<std::int32_t>("open at the end")),
      beyond_(settle.own_common<std::int32_t>("settled at limit")),
      settled_count_(settle.own_common<std::int32_t>("invoices settled")),
      late_count_(settle.own_common<std::int32_t>("late invoices settled")),
      administrative_count_(settle.own_common<std::int32_t>("late by administration")),
      liquidity_count_(settle.own_common<std::int32_t>("late for want of money")),
      disputed_count_(settle.own_common<std::int32_t>("late and disputed")),
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
                                     "late invoices settled in the month that were disputed")) {}

void OpenInvoices::enter(const sim::BlockMonth& month, const sim::Arm& arm, const DatedInvoices& dated,
                         std::size_t late) const {
  enter_late(month, arm, dated, late);
  const std::int32_t *cells = month[dated.cell].data(), *amounts = month[dated.amount].data();
  const std::uint32_t* counts = month[dated.counts].data();
  std::int32_t* amount = arm.all(amount_).data();
  std::uint32_t* invoices = arm.all(invoices_).data();
  const std::size_t listed = month[dated.cell].size();
  for (std::size_t q = 0; q < listed; ++q) {
    const std::int32_t cell = cells[q];
    amount[cell] = add_up(amount[cell], amounts[q]);
    invoices[cell] += counts[q];
  }
}

/// Late ones move to the month in which they settle, with their days and reasons. Who is late is so by an eighth of a
/// day at least.
void OpenInvoices::enter_late(const sim::BlockMonth& month, const sim::Arm& arm, const DatedInvoices& dated,
                              std::size_t late) const {
  const std::int32_t *late_cells = month[dated.late_cell].data(), *eighths = month[dated.eighths].data();
  const std::uint32_t *places = month[dated.late_places].data(), *reasons = month[dated.reasons].data();
  std::int32_t *cells = month[dated.cell].data(), *days = arm.all(days_).data();
  std::uint32_t *counts = month[dated.counts].data(), *whys = arm.all(reasons_).data();
  for (std::size_t k = 0; k < late; ++k) {
    const std::int32_t cell = late_cells[k];
    const std::uint32_t q = places[k];
    cells[q] = cell;
    counts[q] += two_counts(false, eighths[k] > 0);
    days[cell] = add_up(days[cell], eighths[k]);
    whys[cell] += reasons[k];
  }
}

void OpenInvoices::count_beyond(const sim::BlockMonth& month, const sim::Arm& arm, const DatedInvoices& dated,
                                std::size_t late) const {
  const auto lags = month[dated.lag], customers = month[dated.late_customer];
  const auto places = month[dated.late_places], counts = month[dated.counts];
  const auto beyond = month[beyond_];
  std::ranges::fill(beyond, 0);
  for (std::size_t k = 0; k < late; ++k)
    if (lags[k] > max_months_open) beyond[static_cast<std::size_t>(customers[k])] += high_count(counts[places[k]]);
  arm.count(limit_metric_, beyond);
}

void OpenInvoices::settle(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto amount = arm.at(amount_, month.month()), days = arm.at(days_, month.month());
  arm.book_all({{days_metric_, days}, {collected_metric_, amount}});
  const auto receivables = arm[receivables_];
  const auto sold = arm[net_sales_];
#pragma omp simd
  for (std::size_t i = 0; i < receivables.size(); ++i) {
    receivables[i] = add_up(receivables[i] - amount[i], sold[i]);
    amount[i] = days[i] = 0;
  }
  arm.book_all(receivables_metric_, receivables);
  count_settled(month, arm);
}

void OpenInvoices::book_open(const sim::BlockMonth& month, const sim::Arm& arm) const {
  if (month.last_of_horizon()) book_open_as(month, arm, receivables_of_horizon_metric_);
  if (month.last_of_all()) book_open_as(month, arm, receivables_metric_);
}

void OpenInvoices::book_open_as(const sim::BlockMonth& month, const sim::Arm& arm, sim::Metric metric) const {
  const auto open = month[open_at_end_];
  std::ranges::copy(arm[receivables_], open.begin());
  for (int ahead = 1; ahead < arm.depth(amount_); ++ahead) {
    const auto settles = arm.at(amount_, month.month() + ahead);
#pragma omp simd
    for (std::size_t i = 0; i < open.size(); ++i) open[i] -= settles[i];
    arm.book_ahead(metric, ahead, open);
  }
}

void OpenInvoices::count_settled(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto invoices = arm.at(invoices_, month.month()), reasons = arm.at(reasons_, month.month());
  const auto settled = month[settled_count_], late = month[late_count_], disputes = month[disputed_count_];
  const auto by_liquidity = month[liquidity_count_], by_administration = month[administrative_count_];
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

}  // namespace clientele::models
