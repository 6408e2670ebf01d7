// The list of customers: the one output in which ids stand.
#pragma once
#include <string>
#include <vector>

#include "scenarios/file_rows.hpp"
#include "sim/catalogue.hpp"
#include "sim/metrics.hpp"
#include "sim/study.hpp"
#include "tools/clientele/classify/simulated.hpp"

namespace clientele::tools {

/// Who stands where on the list.
struct ListOrder {
  std::vector<std::size_t> rows;       ///< of the file, by falling gain under the policy that it is sorted by
  std::vector<ExpectedGain> expected;  ///< by row, of that policy
  std::size_t policy = 1;              ///< its place among those that were asked
  std::size_t served = 0;              ///< so many of the first have a gain above 0 and are within the capacity
};

/// As CSV: a line per customer of the file.
std::string list_of_customers(const sim::Study& study, const sim::Catalogue& catalogue, const sim::OutcomeInfo& info,
                              const std::vector<ClassifiedUnder>& all, const ListOrder& order,
                              const scenarios::FileRows& rows);

}  // namespace clientele::tools
