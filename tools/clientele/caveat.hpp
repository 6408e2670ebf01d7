// What is to be kept in mind of a study of real customers, said wherever it is asked, run, compared or looked at.
#pragma once
#include <string>

#include "sim/core/printable.hpp"

namespace clientele::tools {

/// A line about the file of customers; nothing where there is none.
inline std::string caveat_of(const std::string& customer_file) {
  if (customer_file.empty()) return "";
  return "Customers of " + sim::printable(customer_file, 60) +
         ": not fitted, what the file says is taken as known; no forecast from it has been backtested.\n";
}

}  // namespace clientele::tools
