// Invoices of orders that come back: what is open then is never paid, and what has been paid is paid back.
#pragma once
#include <array>
#include <cstdint>

#include "sim/behavior.hpp"

namespace clientele::models {

struct DatedInvoices;
struct OpenCourse;

/// Whether any order comes back: else nothing of it is worked out.
bool takes_goods_back(const sim::Wiring& wiring);

/// Of the orders of a month [quanta]: what is credited when they come back, by months until then, and the part of it
/// that has been paid by then.
template <class T>
struct ByMonthsUntil {
  std::array<T, 2> returned, refunded;
};
using ComingBack = ByMonthsUntil<sim::Passing<const std::int32_t>>;
/// As the step that owns them has them, or one that reads them.
ByMonthsUntil<sim::Passing<std::int32_t>> own_coming_back(sim::StageWiring& settle);
ComingBack read_coming_back(sim::StageWiring& step);

/// An order that comes back before its invoice settles takes it out of what is owed: it is neither paid nor late, in
/// whatever month it would have settled, and grows overdue until then. One whose invoice has settled by then, in the
/// same month too, is refunded in cash: what was paid of it, without what was credited for a dispute.
///   receivables = those of the month before + invoiced + refunded - collected - credited - returned - defaulted
class CreditNotes {
 public:
  CreditNotes(sim::Wiring& wiring, sim::StageWiring& settle);
  bool is_used() const { return is_used_; }
  /// Once invoices are dated: those that come back before they settle leave in the month in which they come back.
  void date(sim::BlockMonth& month, const DatedInvoices& dated, std::size_t late, sim::MonthsAhead ahead) const;
  /// Takes them out of what will be paid, and adds up what comes back by months until then.
  void enter(const sim::BlockMonth& month, const sim::Arm& arm, const DatedInvoices& dated) const;
  /// What comes back this month.
  void settle(const sim::BlockMonth& month, const sim::Arm& arm, std::span<std::int32_t> receivables) const;
  /// What is open of a customer leaves what it owes in the months ahead without being paid.
  void add_to(OpenCourse& course, int month, const sim::Arm& arm, std::size_t customer) const;

 private:
  bool is_used_;
  sim::Listed<const std::int32_t> after_;
  sim::Listed<std::int32_t> unpaid_;  ///< 1 where an order comes back before its invoice settles
  ByMonthsUntil<sim::Passing<std::int32_t>> coming_back_;
  sim::Ring<const std::int32_t> returned_, refunded_;  ///< by month
  sim::Metric returned_metric_, refunded_metric_;
};

}  // namespace clientele::models
