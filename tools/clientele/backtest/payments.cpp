// Counts of the books and of a cell's metrics, by the same names: of invoices and of points.
#include "tools/clientele/backtest/payments.hpp"

#include <cmath>

#include <fmt/format.h>

#include "scenarios/books/dates.hpp"
#include "scenarios/books/point_lots.hpp"

namespace clientele::tools {

namespace {

/// use(name, sum_from) of each metric of a cell: sum_from(m) adds up tiers and groups from month m on.
template <class Use>
void each_metric(const sim::CellOutcome& outcome, const sim::OutcomeInfo& info, const Use& use) {
  const std::size_t metrics = info.metrics.size(), stride = info.tiers * info.groups * metrics;
  for (std::size_t metric = 0; metric < metrics; ++metric)
    use(info.metrics[metric].name, [&](std::size_t first) {
      double sum = 0;
      for (std::size_t month = first; month < info.months; ++month)
        for (std::size_t place = metric; place < stride; place += metrics)
          sum += static_cast<double>(outcome.counts[month * stride + place]);
      return sum * info.metrics[metric].scale;
    });
}

}  // namespace

void add_payments(const scenarios::Books& books, scenarios::Day from, scenarios::Day to, Outcome& outcome) {
  for (const scenarios::BookInvoice& invoice : books.invoices) {
    const bool is_settled = invoice.settled != scenarios::no_day && invoice.settled < to;
    if (invoice.issued < to && !is_settled) outcome.owed += scenarios::units_of(invoice.amount);
    if (!is_settled || invoice.settled < from) continue;
    ++outcome.invoices_settled;
    if (invoice.settled > invoice.due) ++outcome.invoices_late, outcome.days_late += invoice.settled - invoice.due;
  }
}

void add_payments(const sim::CellOutcome& outcome, const sim::OutcomeInfo& info, double quantum, Outcome& into) {
  each_metric(outcome, info, [&](const std::string& name, const auto& sum_from) {
    if (name == "invoices_settled") into.invoices_settled = sum_from(0);
    if (name == "invoices_late") into.invoices_late = sum_from(0);
    if (name == "days_late") into.days_late = sum_from(0);
    if (name == "receivables") into.owed = quantum * sum_from(info.months - 1);
  });
}

void add_points(const scenarios::Books& books, scenarios::Day from, scenarios::Day to, Outcome& outcome) {
  for (const scenarios::BookPoints& move : books.points) {
    if (move.day == scenarios::no_day || move.day < from || move.day >= to) continue;
    (move.points > 0 ? outcome.points_earned : outcome.points_redeemed) += std::abs(static_cast<double>(move.points));
  }
  for (const auto& [customer, lots] : scenarios::lots_before(books, to))
    for (const auto& [ends, points] : lots.by_end) outcome.points_held += static_cast<double>(points);
}

void add_points(const sim::CellOutcome& outcome, const sim::OutcomeInfo& info, Outcome& into) {
  each_metric(outcome, info, [&](const std::string& name, const auto& sum_from) {
    if (name == "points_earned") into.points_earned = sum_from(0);
    if (name == "points_redeemed") into.points_redeemed = sum_from(0);
    if (name == "points") into.points_held = sum_from(info.months - 1);
  });
}

std::string late_chances_told(const FittedBase& base, const scenarios::Books& books, int months) {
  if (!base.payment.chance.is_found()) return {};
  const scenarios::Day origin = base.history.origin, to = scenarios::months_later(origin, months);
  const models::LatenessHistory earlier = lateness_between(books, scenarios::no_day, origin - 1, origin);
  models::LatenessHistory later = lateness_between(books, origin - 1, to - 1, to);
  std::size_t customers = 0;
  for (std::size_t i = 0; i < later.rows(); ++i) {
    if (earlier.invoices[i] <= 0) later.invoices[i] = later.late[i] = later.disputed[i] = later.disputed_late[i] = 0;
    if (later.invoices[i] > 0) ++customers;
  }
  const models::LatenessScore score = models::score_late_chance(base.payment.chance, earlier, later);
  if (score.invoices <= 0) return {};
  return fmt::format(
      "late: {} customers' own chances foretell their {:.0f} invoices {} than one chance for all does, by {:.3f} nats "
      "an "
      "invoice (+- {:.3f}; {:.3f} against {:.3f})",
      customers, score.invoices, score.gain() >= 0 ? "better" : "worse", std::abs(score.gain()), 1.96 * score.gain_se,
      score.by_customer, score.pooled);
}

}  // namespace clientele::tools
