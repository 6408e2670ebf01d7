// Ageing of receivables: what is past due at a month's end, by how many month ends it has been so.
#pragma once
#include <cstdint>
#include <span>

#include "models/open_invoices.hpp"

namespace clientele::models {

/// An invoice is overdue from the end of the month in which it was due until the month in which it is paid, and known
/// to be when it is dated: it enters the first bucket in the one, and leaves the bucket that it has reached in the
/// other.
class Ageing {
 public:
  Ageing(sim::Wiring& wiring, sim::StageWiring& settle);
  /// Invoices that are open past their due date at some month's end: one in ten.
  void enter(const sim::BlockMonth& month, const sim::Arm& arm, const DatedInvoices& dated, std::size_t late) const;
  /// At a month's end what is overdue is a month older, less what was paid; what came due in the month joins.
  void age(const sim::BlockMonth& month, const sim::Arm& arm) const;
  /// Who defaults owes a claim, which has no age.
  void freeze(const sim::BlockMonth& month, const sim::Arm& arm, std::span<const std::uint32_t> customers,
              std::span<const std::int32_t> frozen) const;
  /// By age, and what is not due yet: all of it is what is owed, which is booked before.
  void book(const sim::Arm& arm, sim::Metric receivables) const;
  /// A customer owes nothing.
  void clear(int month, const sim::Arm& arm, std::size_t customer) const;
  /// What the books brought along as a month begins: overdue for so many month ends (0: not yet), settled so many
  /// months after it.
  void bring(int from, const sim::Arm& arm, std::size_t customer, std::int32_t amount, std::int32_t month_ends,
             std::int32_t due, std::int32_t lag) const;

 private:
  /// What becomes overdue in a month, and what leaves after one, two, or more month ends overdue.
  sim::Ring<std::int32_t> enters_, after_one_, after_two_, after_more_;
  sim::State<std::int32_t> first_, second_, third_, older_;
  sim::Listed<std::uint32_t> places_;
  sim::Common<std::int32_t> defaulted_;
  sim::Metric not_due_metric_, metrics_[4], defaulted_metrics_[5];
};

}  // namespace clientele::models
