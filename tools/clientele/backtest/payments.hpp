// How customers paid, and would pay: what a backtest says of invoices.
#pragma once
#include <string>

#include "sim/plan.hpp"
#include "tools/clientele/backtest/simulated.hpp"

namespace clientele::tools {

/// Invoices settled in [from, to), the late ones among them, and what is owed at its end.
void add_payments(const scenarios::Books& books, scenarios::Day from, scenarios::Day to, Outcome& outcome);
/// The same of a simulated cell, over its months.
void add_payments(const sim::CellOutcome& outcome, const sim::OutcomeInfo& info, double quantum, Outcome& into);

/// Points earned and redeemed in [from, to), and those held at its end; and of a simulated cell.
void add_points(const scenarios::Books& books, scenarios::Day from, scenarios::Day to, Outcome& outcome);
void add_points(const sim::CellOutcome& outcome, const sim::OutcomeInfo& info, Outcome& into);

/// How well customers' own chances foretell who is late of the invoices due in the months held back, against one chance
/// for all; empty where nothing can be said.
std::string late_chances_told(const FittedBase& base, const scenarios::Books& books, int months);

}  // namespace clientele::tools
