// Only a year that is lived under replacement has these totals: a shorter warm-up, and a customer file's, has none.
#include "tools/clientele/totals/checked.hpp"

#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/stated.hpp"
#include "tools/clientele/totals/calibration.hpp"
#include "tools/clientele/totals/told.hpp"

namespace clientele::tools {

namespace {

constexpr std::uint32_t populations_of_check = 8;
constexpr int year = 12;  ///< months

double orders_a_month(const sim::Study& study, const sim::Catalogue& catalogue) {
  double orders = 0;
  for (const sim::Group& group : study.population.groups)
    orders += group.share * Stated(study, catalogue, group).number("purchasing", "orders_per_month");
  return orders;
}

std::string why_not_compared(const sim::Study& study) {
  if (study.population.file) return "the customers of a file neither leave nor join in their warm-up";
  if (study.horizon.warmup < year)
    return "they are of a year before month 0, and the warm-up has " + std::to_string(study.horizon.warmup) +
           " months: horizon.warmup = 24 has one that is settled";
  return "";
}

}  // namespace

CheckedTotals checked_totals(const scenarios::Totals& totals, const sim::Study& study,
                             const sim::Catalogue& catalogue) {
  if (totals.empty()) return {};
  if (const std::string why = why_not_compared(study); !why.empty())
    return {"", {"[totals] is not compared (" + why + ")"}};
  const auto customers = static_cast<double>(study.population.customers);
  const YearBefore shown = year_before(study, catalogue, populations_of_check,
                                       customers_of_a_look(customers, orders_a_month(study, catalogue)));
  return {"totals of the year before month 0, in " + std::to_string(shown.populations) + " populations of " +
              with_commas(shown.customers) + " customers:\n" + totals_beside_simulated(totals, shown),
          totals_not_met(totals, shown)};
}

}  // namespace clientele::tools
