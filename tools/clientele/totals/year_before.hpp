// The last year of a warm-up as an annual report would tell it, simulated: what a study's totals are held against.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "scenarios/totals.hpp"
#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

/// A total over populations: the mean, and how far one population is from it.
struct Simulated {
  double mean = 0, sd = 0;
};

/// Of each total, in the order of scenarios::total_infos().
struct YearBefore {
  std::vector<Simulated> totals;
  std::uint64_t customers = 0;  ///< that were simulated; customers, orders and sales are of the whole base
  std::size_t populations = 0;
};

/// The warm-up of the baseline in so many populations, people drawn anew in each; of more customers than `at_most`
/// that many. The last twelve months are lived as months of a horizon, which are counted, in which whoever leaves or
/// fails is followed by somebody new a month later, as in the warm-up. Months have other luck than those of a run, and
/// the same law. The study has a warm-up of at least a year and invented customers.
YearBefore year_before(const sim::Study& study, const sim::Catalogue& catalogue, std::uint32_t populations,
                       std::uint64_t at_most);

}  // namespace clientele::tools
