// What is owed: invoices stand in the month in which they settle, and are paid when it comes.
#pragma once
#include <cstdint>
#include <span>

#include "models/credit_notes.hpp"
#include "models/known_past.hpp"
#include "models/payment_delay.hpp"
#include "models/quanta.hpp"
#include "sim/behavior.hpp"

namespace clientele::models {

/// Invoices of a customer that settle in one month stand in 16 bits, the late ones of them in 16 more (a ring of their
/// own would cost a tenth of a run's time), and so do two of the reasons. All that is open may settle at once: so many
/// orders a month fit, and a customer who places more stops the run.
inline constexpr std::int32_t max_orders_of_a_month = 65535 / (max_months_open + 1);

/// Two counts added up in one word, and both parts of a sum.
CLIENTELE_INLINE std::uint32_t two_counts(bool high, bool low) {
  return 65536U * static_cast<std::uint32_t>(high) + static_cast<std::uint32_t>(low);
}
CLIENTELE_INLINE std::int32_t high_count(std::uint32_t sum) { return static_cast<std::int32_t>(sum >> 16); }
CLIENTELE_INLINE std::int32_t low_count(std::uint32_t sum) { return static_cast<std::int32_t>(sum & 0xffffU); }

/// The invoices of a month as an arm dates them: along the month's list of orders, then those that may be late, behind
/// each other.
struct DatedInvoices {
  explicit DatedInvoices(sim::StageWiring& settle);

  sim::Listed<std::int32_t> cell, amount;  ///< where it settles in a ring of months ahead; 0 where nobody ordered
  sim::Listed<std::uint32_t> counts;       ///< 1 where somebody ordered, in the high half; 1 if late, in the low one
  sim::Listed<std::uint32_t> late_places;  ///< where those that may be late stand on the list
  sim::Listed<std::int32_t> late_customer;
  sim::Listed<std::int32_t> lag, late_cell, eighths;  ///< months until it settles; eighths of a day, 0 if not late
  sim::Listed<std::int32_t> overdue;                  ///< month ends between the due date and payment
  sim::Listed<std::uint32_t> reasons;                 ///< disputed, and for want of money
};

/// What of a payment record beside invoices and late ones is told.
struct RecordTold {
  bool administration = false, days = false;
};

/// Days, reasons and money are booked in the month of settlement: a firm does not know them before. Balances are exact:
/// receivables = those of the month before + invoiced - collected - credited - what is open of who defaults, and less
/// what is credited and not paid back for orders that come back (models/credit_notes.hpp).
class OpenInvoices {
 public:
  OpenInvoices(sim::Wiring& wiring, sim::StageWiring& settle);
  sim::Metric receivables_metric() const { return receivables_metric_; }
  /// Each invoice goes into the month in which it settles.
  void enter(const sim::BlockMonth& month, const sim::Arm& arm, const DatedInvoices& dated, std::size_t late) const;
  /// Those that would settle after the last month that is kept: hardly ever any.
  void count_beyond(const sim::BlockMonth& month, const sim::Arm& arm, const DatedInvoices& dated,
                    std::size_t late) const;
  /// What is due by now is paid, also by customers who have left.
  void settle(const sim::BlockMonth& month, const sim::Arm& arm) const;
  /// Who defaults pays none of it any more: what is open is frozen.
  void freeze(const sim::BlockMonth& month, const sim::Arm& arm, std::span<const std::uint32_t> customers) const;
  void book(const sim::BlockMonth& month, const sim::Arm& arm) const;

  /// What each customer owes.
  sim::State<std::int32_t> receivables() const { return receivables_; }
  /// What was open of who defaults this month.
  sim::Passing<std::int32_t> frozen() const { return frozen_; }
  /// Months that invoices are kept for, the present one among them.
  int depth(const sim::Arm& arm) const { return arm.depth(amount_); }
  /// What one customer owes, and the months ahead in which it settles.
  struct OpenCourse course_of(int month, const sim::Arm& arm, std::size_t customer) const;
  /// An invoice that the books brought along as a month begins, settled so many months after it, late by so many
  /// eighths of a day.
  void bring(int from, const sim::Arm& arm, std::size_t customer, std::int32_t amount, std::int32_t lag,
             std::int32_t eighths, bool for_want_of_money) const;
  /// Once a month is settled: a customer owes nothing, and nothing of it is to come.
  void clear(int month, const sim::Arm& arm, std::size_t customer) const;
  /// What books tell of the month so many before the present one takes the place of what was simulated. Where they do
  /// not say who was late by administration, no more are than were late; where they do not say by how many days, none
  /// are where nobody was.
  void put_record(const sim::Arm& arm, int now, int back, std::size_t customer, const InvoicesSeen& told,
                  RecordTold how_much) const;
  /// The most months of a record that anybody reads.
  int months_of_record(const sim::Arm& arm) const;
  /// Of orders that come back.
  const CreditNotes& notes() const { return notes_; }
  sim::MonthsAhead ahead_of(int month, const sim::Arm& arm) const { return arm.ahead_of(month, amount_); }

 private:
  void enter_late(const sim::BlockMonth& month, const sim::Arm& arm, const DatedInvoices& dated,
                  std::size_t late) const;
  void credit_disputes(const sim::BlockMonth& month, const sim::Arm& arm, const DatedInvoices& dated,
                       std::size_t late) const;
  void count_settled(const sim::BlockMonth& month, const sim::Arm& arm) const;

  // What is booked in the month of settlement: one ring each. These and those of ageing are as deep as each other, so
  // that an invoice has one place in all.
  sim::Ring<std::int32_t> amount_, days_;
  sim::Ring<std::uint32_t> invoices_;                                ///< and the late ones of them
  sim::Ring<std::uint32_t> reasons_;                                 ///< disputed, and for want of money
  sim::Ring<std::uint32_t> settled_by_month_;                        ///< and the late ones of them, of past months
  sim::Ring<std::int32_t> days_by_month_, administrative_by_month_;  ///< eighths late; late by administration
  bool credits_disputes_, can_default_;
  sim::Ring<std::int32_t> credited_;  ///< of disputed invoices, instead of being paid
  sim::State<std::int32_t> receivables_;
  sim::Passing<const std::int32_t> net_sales_;
  sim::Listed<const float> rounding_;
  sim::Parameters<PaymentParameters> parameters_;
  sim::Passing<std::int32_t> frozen_;
  sim::Collected costs_;
  // Of one arm after the other: they are counted at once, and one column for all stays in cache.
  sim::Common<std::int32_t> beyond_, settled_count_, late_count_, administrative_count_;
  sim::Common<std::int32_t> liquidity_count_, disputed_count_;
  sim::Metric collected_metric_, credited_metric_, frozen_metric_, receivables_metric_, invoices_metric_, late_metric_,
      days_metric_, limit_metric_;
  sim::Metric administrative_metric_, liquidity_metric_, disputed_metric_;
  CreditNotes notes_;
};

}  // namespace clientele::models
