// What churn's fields imply for the base, put into words.
#include "tools/clientele/beginning.hpp"

#include <cmath>
#include <string_view>
#include <vector>

#include "models/theory/renewal.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/stated.hpp"

namespace clientele::tools {
namespace {

/// Satisfaction moves in months with orders: of customers whose rates differ, n / (1 + n) have one at a mean of n.
models::HazardShift shift_of(const Stated& stated) {
  const double care = stated.lever("service", "care"), reference = stated.number("service", "care_reference");
  const double care_effect = care > 0 ? 2 * care / (care + reference) : 0;
  const double late = stated.number("service", "late_chance") * (1 - stated.lever("service", "expedite"));
  const double perceived = stated.number("satisfaction", "performance") +
                           stated.number("satisfaction", "late_effect") * late +
                           stated.number("satisfaction", "defect_effect") * stated.number("service", "defect_chance") +
                           stated.number("service", "care_points") * care_effect;
  const double orders = stated.number("purchasing", "orders_per_month");
  const double gap = (perceived - stated.number("satisfaction", "reference")) / 10;
  return {stated.number("churn", "satisfaction_slope") * gap,
          stated.number("satisfaction", "learning") * orders / (1 + orders),
          stated.number("service", "care_hazard") * care_effect};
}

/// Of a customer of the whole base.
models::Renewal renewal_of(const sim::Study& study, const sim::Catalogue& catalogue) {
  models::Renewal all;
  for (const sim::Group& group : study.population.groups) {
    const Stated stated(study, catalogue, group);
    const models::Renewal its =
        models::renewal_of(stated.churn(), study.horizon.warmup, study.population.oldest, shift_of(stated));
    all.replacements_a_month += group.share * its.replacements_a_month;
    all.lost_in_a_year += group.share * its.lost_in_a_year;
  }
  return all;
}

/// Two digits, or whole where it is small: what arithmetic can say of what luck decides.
std::string about(double number) {
  double unit = 1;
  while (number / unit >= 100) unit *= 10;
  return with_commas(static_cast<std::uint64_t>(std::lround(number / unit) * std::lround(unit)));
}

std::string melting_by(const models::Renewal& of_one) {
  return "nobody arrives: this base melts by about " + about(100 * of_one.lost_in_a_year) + " % in the first year";
}

std::string past_of(const sim::Study& study) {
  const int warmup = study.horizon.warmup;
  const std::string months = std::to_string(warmup) + (warmup == 1 ? " month" : " months") + " of warm-up";
  if (study.population.file) {
    const std::string file = " of " + sim::printable(study.population.file->name, 60) + " at month 0";
    return warmup == 0 ? file : file + ", after " + months + " in which they bought and paid and nobody left or joined";
  }
  const int oldest = study.population.oldest;
  const std::string ages =
      oldest == 0 ? ", all of them new" : ", with us for 0 to " + std::to_string(oldest) + " months";
  if (warmup == 0) return " at month 0" + ages + " (no warm-up)";
  return study.population.replacement == sim::Replacement::same_group
             ? " at month 0, after " + months + " in which each customer who left was replaced; at its start" +
                   (oldest == 0 ? " all were new"
                                : " they had been with us for 0 to " + std::to_string(oldest) + " months")
             : " before " + months + " in which nobody was replaced";
}

/// By the population's numbers, and by those of groups that may be uncertain (acquisition.arrivals).
double stated_arrivals(const sim::Study& study, const sim::Catalogue& catalogue) {
  double stated = 0;
  for (const sim::Group& group : study.population.groups)
    stated += group.arrivals + Stated(study, catalogue, group).number("acquisition", "arrivals");
  return stated;
}

std::string future_of(const sim::Study& study, const sim::Catalogue& catalogue) {
  const models::Renewal of_one = renewal_of(study, catalogue);
  const auto customers = static_cast<double>(study.population.customers);
  const double stated = stated_arrivals(study, catalogue);
  switch (study.population.arrivals) {
    case sim::Arrivals::as_before:
      return "; then about " + about(customers * of_one.replacements_a_month) +
             " arrive a month, as in the year before";
    case sim::Arrivals::by_number:
      return "; then " + in_short(stated) + " arrive a month on average";
    case sim::Arrivals::none:
      break;
  }
  if (stated > 0) return "; then " + in_short(stated) + " arrive a month on average";
  return "; " + melting_by(of_one);
}

}  // namespace

std::string beginning_of(const sim::Study& study, const sim::Catalogue& catalogue) {
  return with_commas(study.population.customers) + (study.population.customers == 1 ? " customer" : " customers") +
         past_of(study) + future_of(study, catalogue);
}

std::string melting_in_words(const sim::Study& study, const sim::Catalogue& catalogue) {
  const bool melts = study.population.arrivals == sim::Arrivals::none && !(stated_arrivals(study, catalogue) > 0);
  return melts ? melting_by(renewal_of(study, catalogue)) : "";
}

}  // namespace clientele::tools
