// A study whose base has the totals that somebody said: first by closed forms, then by what short simulations show.
#pragma once
#include <string>

#include "scenarios/totals.hpp"
#include "sim/catalogue.hpp"
#include "tools/clientele/totals/year_before.hpp"

namespace clientele::tools {

/// What is compared: so many populations.
inline constexpr std::uint32_t populations_of_totals = 20;

struct Calibrated {
  std::string text;  ///< of the study
  YearBefore shown;  ///< what its populations do
  double off = 0;    ///< the largest relative difference of a total that was said
};

/// The study text of a base with these totals. Equal totals give equal texts: seeds are fixed, and numbers are rounded
/// before they are simulated.
Calibrated calibrated(const scenarios::Totals& totals, const sim::Catalogue& catalogue);

/// The relative difference of a simulated mean from what was said; of what is 0, none where 0 is simulated.
double difference_of(scenarios::Total total, const scenarios::Totals& totals, const YearBefore& shown);

/// How many customers are simulated: fewer where they order often.
std::uint64_t customers_of_a_look(double customers, double orders_a_month);

}  // namespace clientele::tools
