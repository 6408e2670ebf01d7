// `clientele explain STUDY --find "largest gain"`: the customer to whom a policy makes most difference.
#pragma once
#include <cstdint>
#include <string>
#include <utility>

#include "sim/catalogue.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/explain/course.hpp"

namespace clientele::tools {

struct FoundCustomer {
  std::uint64_t number = 0;               ///< from 1 on
  std::string kpi;                        ///< by which the customer was found
  std::pair<double, double> worth;        ///< under the first and the second policy
  std::uint64_t customers = 0, gain = 0;  ///< of the base, and how many of them gain
  std::uint64_t lose = 0;
  bool is_gain = true;  ///< that was sought
};

/// Of all customers of the base, in the future that is asked for. Throws UserError where none gains (or loses).
FoundCustomer find_customer(const std::string& sought, const CourseAsked& asked, const sim::Study& study,
                            const sim::Catalogue& catalogue);

/// "Customer 17 gains most of npv ..."
std::string found_in_words(const FoundCustomer& found, const CourseAsked& asked, const sim::Study& study);

}  // namespace clientele::tools
