// How a firm's customers pay, from its invoices: terms, who is late, how late, why, and how far ahead who is on time.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "models/fit/lateness.hpp"
#include "models/fit/maximum.hpp"
#include "scenarios/books/books.hpp"
#include "scenarios/books/history.hpp"

namespace clientele::tools {

/// A share of so many.
struct ShareOf {
  double part = 0, whole = 0;
  double value() const { return whole > 0 ? part / whole : 0; }
};

/// Of invoices that were due before the origin: of each it is known whether it was late, whenever it was paid. Those
/// due later that are paid already would all be on time, and are left out.
struct FittedPayment {
  std::size_t invoices = 0;  ///< issued before the origin; 0: nothing is known
  std::size_t customers = 0, other_terms = 0;
  double terms = 0;  ///< median of due - issued [days]
  ShareOf late;
  models::Fitted chance;      ///< a, b of the law of customers' chances
  models::Fitted days;        ///< scale, shape of days late and, where disputes tell it, `disputed_factor`
  double mean_days = 0;       ///< late invoices that are settled
  ShareOf disputed;           ///< of all; nothing where no invoice is disputed
  models::Fitted disputes;    ///< a, b, `dispute_odds`
  ShareOf for_want_of_money;  ///< of late ones without a dispute whose reason is given
  double ahead = 0;           ///< mean days before the due day at which invoices on time are paid
  std::size_t paid_ahead = 0;
  std::size_t long_overdue = 0;  ///< open and more than 90 days overdue
  double level = 0;              ///< sd of what the log-odds of a month have in common beside luck
  std::size_t months = 0;        ///< that it was seen in

  bool is_known() const { return invoices > 0; }
};
FittedPayment fit_payment(const scenarios::Books& books, scenarios::Day origin);

/// Whether customers' invoices due in [from, to) were late, a row for each customer of the books.
models::LatenessHistory lateness_between(const scenarios::Books& books, scenarios::Day from, scenarios::Day to,
                                         scenarios::Day known_until);

/// Tables [payment] and [credit] of the study; without invoices customers pay at once. The second is no estimate.
std::string payment_table(const FittedPayment& payment);
std::string credit_table(const FittedPayment& payment);

/// Columns of joint draws: path, then a number for each draw. `told` takes how they were drawn, a line each.
using DrawnColumns = std::vector<std::pair<std::string, std::vector<double>>>;
DrawnColumns payment_draws(const FittedPayment& payment, std::size_t draws, std::uint32_t seed, std::string& told);

}  // namespace clientele::tools
