// Promise and fact, to read, for programs and for tables.
#pragma once
#include <string>
#include <vector>

#include "tools/clientele/spreadsheet.hpp"
#include "tools/clientele/track/met.hpp"

namespace clientele::tools {

struct Tracking {
  std::string title, scenario, policy, currency;
  scenarios::Day origin = 0;
  std::size_t futures = 0;
  std::vector<TrackedMeasure> measures;
  std::string backtested;  ///< one sentence
};

/// Tables of each measure, and a sentence of each.
std::string tracking_in_words(const Tracking& tracking);
/// One object, `schema_version` 1 (README.md).
std::string tracking_as_json(const Tracking& tracking);
/// One line per measure and month, all digits.
std::string tracking_as_csv(const Tracking& tracking, CsvForm form);

}  // namespace clientele::tools
