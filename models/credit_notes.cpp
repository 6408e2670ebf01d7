// Few orders come back: each is looked at by itself.
#include "models/credit_notes.hpp"

#include <algorithm>

#include "models/open_at_end.hpp"
#include "models/open_invoices.hpp"
#include "models/switches_on.hpp"

namespace clientele::models {

namespace {

constexpr std::array returned_names{"credited when back next month", "credited when back in two months"};
constexpr std::array refunded_names{"refunded when back next month", "refunded when back in two months"};

}  // namespace

bool takes_goods_back(const sim::Wiring& wiring) { return wiring.is_used("returns.chance", is_positive); }

ByMonthsUntil<sim::Passing<std::int32_t>> own_coming_back(sim::StageWiring& settle) {
  ByMonthsUntil<sim::Passing<std::int32_t>> all;
  for (std::size_t k = 0; k < returned_names.size(); ++k) {
    all.returned[k] = settle.own_passing<std::int32_t>(returned_names[k]);
    all.refunded[k] = settle.own_passing<std::int32_t>(refunded_names[k]);
  }
  return all;
}

ComingBack read_coming_back(sim::StageWiring& step) {
  ComingBack all;
  for (std::size_t k = 0; k < returned_names.size(); ++k) {
    all.returned[k] = step.read_passing<std::int32_t>(returned_names[k]);
    all.refunded[k] = step.read_passing<std::int32_t>(refunded_names[k]);
  }
  return all;
}

CreditNotes::CreditNotes(sim::Wiring& wiring, sim::StageWiring& settle)
    : is_used_(takes_goods_back(wiring)),
      returned_metric_(wiring.metric_beyond_too("returned", sim::MetricUnit::money,
                                                "credited in the month for orders that come back, as invoiced")),
      refunded_metric_(wiring.metric_beyond_too("refunded", sim::MetricUnit::money,
                                                "of these, what had been paid by then and is paid back")) {
  if (!is_used_) {
    for (const sim::Metric unused : {returned_metric_, refunded_metric_}) wiring.counts_nothing(unused);
    return;
  }
  after_ = settle.read_listed<std::int32_t>("listed months until it comes back");
  unpaid_ = settle.own_listed<std::int32_t>("comes back unpaid");
  coming_back_ = own_coming_back(settle);
  returned_ = wiring.read_ring<std::int32_t>("returned by month", 1);
  refunded_ = wiring.read_ring<std::int32_t>("refunded by month", 1);
}

void CreditNotes::date(sim::BlockMonth& month, const DatedInvoices& dated, std::size_t late,
                       sim::MonthsAhead ahead) const {
  const auto after = month[after_];
  const auto unpaid = month[unpaid_], cells = month[dated.cell];
  const auto counts = month[dated.counts];
  const auto customers = month.orders().customers();
  std::ranges::fill(unpaid, 0);
  const auto months_to = [&](std::int32_t cell) {
    const std::int32_t place = cell / ahead.customers - ahead.now;
    return place < 0 ? place + ahead.depth : place;
  };
  for (std::size_t q = 0; q < cells.size(); ++q) {
    if (counts[q] == 0 || after[q] == 0 || months_to(cells[q]) <= after[q]) continue;
    unpaid[q] = 1;
    cells[q] = ahead.cell(after[q], customers[q]);
  }
  const auto places = month[dated.late_places];
  const auto lags = month[dated.lag], late_cells = month[dated.late_cell], overdue = month[dated.overdue];
  const auto eighths = month[dated.eighths];
  const auto reasons = month[dated.reasons];
  for (std::size_t k = 0; k < late; ++k) {
    const std::uint32_t q = places[k];
    if (counts[q] == 0 || after[q] == 0) continue;
    const std::int32_t lag = std::min(lags[k], max_months_open);
    unpaid[q] = lag > after[q] ? 1 : 0;
    if (unpaid[q] == 0) continue;
    overdue[k] = std::max(0, overdue[k] - (lag - after[q]));
    lags[k] = after[q];
    late_cells[k] = ahead.cell(after[q], customers[q]);
    eighths[k] = 0;
    reasons[k] = 0;
  }
}

void CreditNotes::enter(const sim::BlockMonth& month, const sim::Arm& arm, const DatedInvoices& dated) const {
  const auto after = month[after_];
  const auto unpaid = month[unpaid_], amounts = month[dated.amount], cells = month[dated.cell];
  const auto counts = month[dated.counts];
  const std::int32_t customers = arm.ahead_of(month.month(), returned_).customers;
  std::array<std::span<std::int32_t>, 2> returned, refunded;
  for (std::size_t k = 0; k < returned.size(); ++k) {
    returned[k] = arm[coming_back_.returned[k]];
    refunded[k] = arm[coming_back_.refunded[k]];
    std::ranges::fill(returned[k], 0);
    std::ranges::fill(refunded[k], 0);
  }
  for (std::size_t q = 0; q < amounts.size(); ++q) {
    if (counts[q] == 0 || after[q] == 0) continue;
    const auto k = static_cast<std::size_t>(after[q] - 1);
    const auto i = static_cast<std::size_t>(cells[q] % customers);  // whose it is, whatever month it stands in
    returned[k][i] = add_up(returned[k][i], amounts[q]);
    if (unpaid[q] == 0) {
      refunded[k][i] = add_up(refunded[k][i], amounts[q]);
    } else {
      amounts[q] = 0;
      counts[q] = 0;
    }
  }
}

void CreditNotes::settle(const sim::BlockMonth& month, const sim::Arm& arm, std::span<std::int32_t> receivables) const {
  const auto returned = arm.at(returned_, month.month()), refunded = arm.at(refunded_, month.month());
  arm.book_all({{returned_metric_, returned}, {refunded_metric_, refunded}});
#pragma omp simd
  for (std::size_t i = 0; i < receivables.size(); ++i) receivables[i] -= returned[i] - refunded[i];
}

void CreditNotes::add_to(OpenCourse& course, int month, const sim::Arm& arm, std::size_t customer) const {
  for (int ahead = 1; ahead < arm.depth(returned_); ++ahead)
    course.returned[static_cast<std::size_t>(ahead)] =
        arm.at(returned_, month + ahead)[customer] - arm.at(refunded_, month + ahead)[customer];
}

}  // namespace clientele::models
