// Open invoices as loops: along a month's list when they are issued, over customers when they are paid.
#include "models/open_invoices.hpp"

#include <algorithm>

#include "models/open_at_end.hpp"
#include "models/rounding.hpp"

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
      settled_by_month_(wiring.own_ring<std::uint32_t>("settled by month", sim::Sight::observed)),
      days_by_month_(wiring.own_ring<std::int32_t>("eighths late by month", sim::Sight::observed)),
      administrative_by_month_(wiring.own_ring<std::int32_t>("late by administration by month", sim::Sight::observed)),
      credits_disputes_(wiring.is_used("credited_share", [](double share) { return share > 0; })),
      can_default_(wiring.is_used("credit.default_chance", [](double chance) { return chance > 0; })),
      receivables_(wiring.own_state<std::int32_t>("receivables", sim::Sight::observed)),
      net_sales_(settle.read_passing<std::int32_t>("net sales")),
      rounding_(settle.read_listed<float>("rounding of an order")),
      parameters_(wiring.parameters<PaymentParameters>()),
      frozen_(settle.own_passing<std::int32_t>("frozen")),
      costs_(settle.collect("costs")),
      beyond_(settle.own_common<std::int32_t>("settled at limit")),
      settled_count_(settle.own_common<std::int32_t>("invoices settled")),
      late_count_(settle.own_common<std::int32_t>("late invoices settled")),
      administrative_count_(settle.own_common<std::int32_t>("late by administration")),
      liquidity_count_(settle.own_common<std::int32_t>("late for want of money")),
      disputed_count_(settle.own_common<std::int32_t>("late and disputed")),
      collected_metric_(wiring.metric_beyond_too("collected", sim::MetricUnit::money, "invoices settled in the month")),
      credited_metric_(wiring.metric_beyond_too("credited", sim::MetricUnit::money,
                                                "of disputed invoices settled in the month, what was not paid")),
      frozen_metric_(wiring.metric_beyond_too("defaulted_receivables", sim::MetricUnit::money,
                                              "open of customers who default in the month: a claim from then on")),
      receivables_metric_(
          wiring.metric_beyond_too("receivables", sim::MetricUnit::money, "owed at the end of the month")),
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
                                     "late invoices settled in the month that were disputed")),
      notes_(wiring, settle) {
  if (credits_disputes_)
    credited_ = wiring.own_ring_ahead<std::int32_t>("credited when due", sim::Sight::latent);
  else
    wiring.counts_nothing(credited_metric_);
  if (!can_default_) wiring.counts_nothing(frozen_metric_);
}

void OpenInvoices::enter(const sim::BlockMonth& month, const sim::Arm& arm, const DatedInvoices& dated,
                         std::size_t late) const {
  enter_late(month, arm, dated, late);
  if (credits_disputes_) credit_disputes(month, arm, dated, late);
  if (notes_.is_used()) notes_.enter(month, arm, dated);
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

/// Of a disputed one that is late a share is credited in the month in which the rest is paid.
void OpenInvoices::credit_disputes(const sim::BlockMonth& month, const sim::Arm& arm, const DatedInvoices& dated,
                                   std::size_t late) const {
  const std::int32_t* late_cells = month[dated.late_cell].data();
  const std::uint32_t *places = month[dated.late_places].data(), *reasons = month[dated.reasons].data();
  const auto rounding = month[rounding_];
  std::int32_t *amounts = month[dated.amount].data(), *credited = arm.all(credited_).data();
  const float share = month.parameters(parameters_).credited_share;
  for (std::size_t k = 0; k < late; ++k) {
    if (high_count(reasons[k]) == 0) continue;
    const std::uint32_t q = places[k];
    const std::int32_t part = rounded_share(amounts[q], share, rounding[q]);
    credited[late_cells[k]] = add_up(credited[late_cells[k]], part);
    amounts[q] -= part;
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
  if (arm.depth(days_by_month_) > 0) std::ranges::copy(days, arm.at(days_by_month_, month.month()).begin());
  const auto receivables = arm[receivables_];
  const auto sold = arm[net_sales_];
#pragma omp simd
  for (std::size_t i = 0; i < receivables.size(); ++i) {
    receivables[i] = add_up(receivables[i] - amount[i], sold[i]);
    amount[i] = days[i] = 0;
  }
  if (credits_disputes_) {
    if (std::ranges::max(receivables) >= max_quanta) arm.refuse(receivables_metric_, max_quanta);
    const auto credited = arm.at(credited_, month.month()), costs = arm[costs_];
    arm.book_all(credited_metric_, credited);
#pragma omp simd
    for (std::size_t i = 0; i < receivables.size(); ++i) {
      receivables[i] -= credited[i];
      costs[i] += credited[i];
      credited[i] = 0;
    }
  }
  if (notes_.is_used()) notes_.settle(month, arm, receivables);
  count_settled(month, arm);
}

void OpenInvoices::clear(int month, const sim::Arm& arm, std::size_t customer) const {
  arm[receivables_][customer] = 0;
  for (int ahead = 1; ahead < arm.depth(amount_); ++ahead) {
    const int settles = month + ahead;
    arm.at(amount_, settles)[customer] = arm.at(days_, settles)[customer] = 0;
    arm.at(invoices_, settles)[customer] = arm.at(reasons_, settles)[customer] = 0;
    if (credits_disputes_) arm.at(credited_, settles)[customer] = 0;
  }
}

int OpenInvoices::months_of_record(const sim::Arm& arm) const {
  return std::max({arm.depth(settled_by_month_), arm.depth(days_by_month_), arm.depth(administrative_by_month_)});
}

void OpenInvoices::put_record(const sim::Arm& arm, int now, int back, std::size_t customer, const InvoicesSeen& told,
                              RecordTold how_much) const {
  const int month = now - back;
  if (back < arm.depth(settled_by_month_))
    arm.at(settled_by_month_, month)[customer] =
        65536U * static_cast<std::uint32_t>(told.settled) + static_cast<std::uint32_t>(told.late);
  if (back < arm.depth(administrative_by_month_)) {
    std::int32_t& administrative = arm.at(administrative_by_month_, month)[customer];
    const std::int64_t most = how_much.administration ? told.administrative : std::int64_t{administrative};
    administrative = static_cast<std::int32_t>(std::min(most, told.late));
  }
  if (back < arm.depth(days_by_month_)) {
    std::int32_t& days = arm.at(days_by_month_, month)[customer];
    days = how_much.days ? static_cast<std::int32_t>(told.eighths_late) : told.late > 0 ? days : 0;
  }
}

void OpenInvoices::freeze(const sim::BlockMonth& month, const sim::Arm& arm,
                          std::span<const std::uint32_t> customers) const {
  const auto frozen = arm[frozen_], receivables = arm[receivables_];
  std::ranges::fill(frozen, 0);
  if (customers.empty()) return;
  for (const std::uint32_t i : customers) {
    frozen[i] = receivables[i];
    clear(month.month(), arm, i);
  }
  arm.book_all(frozen_metric_, frozen);
}

void OpenInvoices::book(const sim::BlockMonth&, const sim::Arm& arm) const {
  arm.book_all(receivables_metric_, arm[receivables_]);
}

OpenCourse OpenInvoices::course_of(int month, const sim::Arm& arm, std::size_t customer) const {
  OpenCourse course;
  course.owed = arm[receivables_][customer];
  for (int ahead = 1; ahead < arm.depth(amount_); ++ahead) {
    const auto place = static_cast<std::size_t>(ahead);
    course.settles[place] = arm.at(amount_, month + ahead)[customer];
    if (credits_disputes_) course.credited[place] = arm.at(credited_, month + ahead)[customer];
  }
  if (notes_.is_used()) notes_.add_to(course, month, arm, customer);
  return course;
}

void OpenInvoices::bring(int from, const sim::Arm& arm, std::size_t customer, std::int32_t amount, std::int32_t lag,
                         std::int32_t eighths, bool for_want_of_money) const {
  const int settles = from + lag;
  std::int32_t &owed = arm[receivables_][customer], &due = arm.at(amount_, settles)[customer];
  owed = add_up(owed, amount);
  due = add_up(due, amount);
  const bool is_late = eighths > 0;
  arm.at(days_, settles)[customer] += eighths;
  arm.at(invoices_, settles)[customer] += two_counts(true, is_late);
  arm.at(reasons_, settles)[customer] += two_counts(false, is_late & for_want_of_money);
}

void OpenInvoices::count_settled(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto invoices = arm.at(invoices_, month.month()), reasons = arm.at(reasons_, month.month());
  const auto settled = month[settled_count_], late = month[late_count_], disputes = month[disputed_count_];
  const auto by_liquidity = month[liquidity_count_], by_administration = month[administrative_count_];
  if (arm.depth(settled_by_month_) > 0) std::ranges::copy(invoices, arm.at(settled_by_month_, month.month()).begin());
#pragma omp simd
  for (std::size_t i = 0; i < settled.size(); ++i) {
    settled[i] = high_count(invoices[i]);
    late[i] = low_count(invoices[i]);
    disputes[i] = high_count(reasons[i]);
    by_liquidity[i] = low_count(reasons[i]);
    by_administration[i] = late[i] - disputes[i] - by_liquidity[i];
    invoices[i] = reasons[i] = 0;
  }
  if (arm.depth(administrative_by_month_) > 0)
    std::ranges::copy(by_administration, arm.at(administrative_by_month_, month.month()).begin());
  arm.count_all({{invoices_metric_, settled},
                 {late_metric_, late},
                 {disputed_metric_, disputes},
                 {liquidity_metric_, by_liquidity},
                 {administrative_metric_, by_administration}});
}

}  // namespace clientele::models
