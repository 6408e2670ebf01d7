// Ageing of receivables: what is past due at a month's end, by how many month ends it has been so.
#pragma once
#include <cstdint>

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

 private:
  /// What becomes overdue in a month, and what leaves after one, two, or more month ends overdue.
  sim::Ring<std::int32_t> enters_, after_one_, after_two_, after_more_;
  sim::State<std::int32_t> first_, second_, third_, older_;
  sim::Listed<std::uint32_t> places_;
  sim::Metric metrics_[4];
};

}  // namespace clientele::models
