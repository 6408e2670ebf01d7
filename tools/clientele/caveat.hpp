// What is to be kept in mind of a study of real customers, said wherever it is asked, run, compared or looked at.
#pragma once
#include <algorithm>
#include <string>

#include "sim/core/printable.hpp"
#include "sim/study.hpp"
#include "tools/clientele/backtested.hpp"

namespace clientele::tools {

/// A line about the file of customers; nothing where there is none, and of a study that is fitted what a backtest came
/// to, or that there is none.
inline std::string caveat_of(const std::string& customer_file, const output::FittedToBooks& fitted) {
  if (customer_file.empty()) return "";
  if (fitted.fitted) return fitted_in_words(fitted, customer_file) + "\n";
  return "Customers of " + sim::printable(customer_file, 60) +
         ": not fitted, what the file says is taken as known; no forecast from it has been backtested.\n";
}

/// The same of the file itself: customers whose orders it tells are drawn given these.
inline std::string caveat_of(const sim::CustomerFile& file, const output::FittedToBooks& fitted) {
  const bool tells_orders =
      std::ranges::find(file.past, "repeat_orders", &sim::CustomerFile::KnownPast::key) != file.past.end();
  if (!tells_orders || fitted.fitted) return caveat_of(file.name, fitted);
  return "Customers of " + sim::printable(file.name, 60) +
         ": who is a customer still and how each orders is drawn given what the file tells of the past; whether such a "
         "forecast met its past, `clientele backtest` says.\n";
}

}  // namespace clientele::tools
