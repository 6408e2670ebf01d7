// Two Poisson means that add up in every month.
#include "tools/clientele/fitted/joining.hpp"

#include <algorithm>
#include <cmath>

namespace clientele::tools {

namespace {

struct TwoMeans {
  double newcomers = 0, before = 0, dispersion = 1, sd = 0;
};

TwoMeans likeliest(const std::vector<double>& counts, const std::vector<double>& late) {
  TwoMeans found;
  double all = 0, late_in_all = 0;
  for (std::size_t t = 0; t < counts.size(); ++t) all += counts[t], late_in_all += late[t];
  const auto months = static_cast<double>(counts.size());
  found.newcomers = 0.5 * all / months;
  found.before = late_in_all > 0 ? 0.5 * all / late_in_all : 0;
  for (int step = 0; step < 2000; ++step) {
    double a = 0, b = 0;
    for (std::size_t t = 0; t < counts.size(); ++t) {
      const double mean = found.newcomers + found.before * late[t];
      if (!(mean > 0)) continue;
      a += counts[t] * found.newcomers / mean;
      b += counts[t] * found.before * late[t] / mean;
    }
    found.newcomers = a / months;
    found.before = late_in_all > 0 ? b / late_in_all : 0;
  }
  double aa = 0, ab = 0, bb = 0, chi = 0;
  for (std::size_t t = 0; t < counts.size(); ++t) {
    const double mean = std::max(1e-9, found.newcomers + found.before * late[t]);
    aa += 1 / mean;
    ab += late[t] / mean;
    bb += late[t] * late[t] / mean;
    chi += (counts[t] - mean) * (counts[t] - mean) / mean;
  }
  found.dispersion = counts.size() > 2 ? std::max(1.0, chi / (months - 2)) : 1;
  const double determinant = aa * bb - ab * ab;
  found.sd = std::sqrt(found.dispersion * (determinant > 0 ? bb / determinant : 1 / aa));
  return found;
}

}  // namespace

void fit_joining(FittedBase& base) {
  constexpr double months_to_come = 12;
  const double r = base.buying.values[0], alpha = base.buying.values[1];
  std::vector<double> counts, late;
  std::vector<std::size_t> places;
  for (std::size_t t = 0; t < base.history.months.size(); ++t) {
    const scenarios::MonthOfBooks& month = base.history.months[t];
    if (!month.whole) continue;
    const auto gone = static_cast<double>(t);
    counts.push_back(static_cast<double>(month.newcomers));
    late.push_back(std::pow(alpha / (alpha + gone), r) - std::pow(alpha / (alpha + gone + 1), r));
    places.push_back(t);
  }
  if (counts.empty()) return;
  const TwoMeans all = likeliest(counts, late);
  const double sd = std::sqrt(all.sd * all.sd + (all.dispersion - 1) * all.newcomers / months_to_come);
  double late_half = 0;
  std::vector<double> of_group(base.groups.size());
  for (std::size_t k = counts.size() / 2; k < counts.size(); ++k)
    for (std::size_t g = 0; g < base.groups.size(); ++g) {
      const auto here = static_cast<double>(base.history.newcomers_of_group[g][places[k]]);
      of_group[g] += here;
      late_half += here;
    }
  for (std::size_t g = 0; g < base.groups.size(); ++g) {
    const double share = late_half > 0 ? of_group[g] / late_half : 1.0 / static_cast<double>(base.groups.size());
    base.groups[g].joining = {.mean = all.newcomers * share, .sd = sd * share, .months = counts.size()};
  }
}

}  // namespace clientele::tools
