// Two Poisson means that add up in every month.
#include "tools/clientele/fitted/joining.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/books/dates.hpp"
#include "tools/clientele/fitted/orders.hpp"

namespace clientele::tools {

namespace {

/// Who joins changes over the years: months before these say little of those to come.
constexpr std::size_t recent_months = 6;

struct Joined {
  double mean = 0, dispersion = 1, sd = 0;
};

/// Counts less what is expected of customers who were there before; months differ by at least Poisson luck.
Joined joined(const std::vector<double>& counts, const std::vector<double>& late) {
  Joined found;
  const auto months = static_cast<double>(counts.size());
  double expected_late = 0;
  for (std::size_t t = 0; t < counts.size(); ++t) found.mean += counts[t] - late[t], expected_late += late[t];
  found.mean = std::max(0.0, found.mean / months);
  double chi = 0;
  for (std::size_t t = 0; t < counts.size(); ++t) {
    const double mean = std::max(1e-9, found.mean + late[t]);
    chi += (counts[t] - mean) * (counts[t] - mean) / mean;
  }
  found.dispersion = counts.size() > 1 ? std::max(1.0, chi / (months - 1)) : 1;
  found.sd = std::sqrt(found.dispersion * (found.mean + expected_late / months) / months);
  return found;
}

/// First orders from one time of the season to another of customers who were there before the books.
double first_orders_of_who_was_there(const FittedBase& base, double from, double to) {
  if (!base.joining_by.is_found()) return 0;
  const double until_new = season_time(base.history.first_day, base.new_since, base.season),
               was_there =
                   static_cast<double>(base.joining_by.customers) / (1 - none_until(base.joining_by, until_new));
  return was_there * (none_until(base.joining_by, from) - none_until(base.joining_by, to));
}

}  // namespace

void fit_joining(FittedBase& base) {
  constexpr double months_to_come = 12;
  std::vector<double> counts, late;
  std::vector<std::size_t> places;
  const std::size_t all_months = base.history.months.size();
  for (std::size_t t = all_months - std::min(all_months, recent_months); t < all_months; ++t) {
    const scenarios::MonthOfBooks& month = base.history.months[t];
    const scenarios::Day from = scenarios::first_day_of(month.month);
    if (!month.whole || from < base.new_since) continue;
    counts.push_back(static_cast<double>(month.newcomers));
    places.push_back(t);
    late.push_back(first_orders_of_who_was_there(
        base, season_time(base.history.first_day, from, base.season),
        season_time(base.history.first_day, scenarios::first_day_of(month.month + 1), base.season)));
  }
  if (counts.empty()) return;
  const Joined recent = joined(counts, late);
  const double sd = std::sqrt(recent.sd * recent.sd + (recent.dispersion - 1) * recent.mean / months_to_come);
  const double now = season_time(base.history.first_day, base.history.origin, base.season),
               still_to_come = first_orders_of_who_was_there(base, now, now + months_to_come) / months_to_come;
  std::vector<double> of_group(base.groups.size() / 2);
  double sum = 0;
  for (const std::size_t place : places)
    for (std::size_t g = 0; g < of_group.size(); ++g) {
      of_group[g] += static_cast<double>(base.history.newcomers_of_group[g][place]);
      sum += static_cast<double>(base.history.newcomers_of_group[g][place]);
    }
  for (std::size_t g = 0; g < of_group.size(); ++g) {
    const double share = sum > 0 ? of_group[g] / sum : 1.0 / static_cast<double>(of_group.size());
    base.groups[2 * g + 1].joining = {.mean = (recent.mean + still_to_come) * share,
                                      .sd = sd * share,
                                      .months = counts.size(),
                                      .there_before = still_to_come * share};
  }
}

}  // namespace clientele::tools
