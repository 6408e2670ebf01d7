// Leaves one unit out after the other; what is left is an average again.
#include "output/statistics/of_means.hpp"

#include <cmath>
#include <cstddef>

#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

/// By number, the means of units of those futures that have all numbers.
std::vector<std::vector<double>> means_by_unit(const std::vector<Futures>& numbers) {
  std::vector<std::vector<double>> means;
  for (Futures shown : numbers) {
    for (const Futures& other : numbers) shown = where_present(shown, other);
    means.push_back(unit_means(shown));
  }
  return means;
}

/// All units, or all but one.
double of_all_but(const std::vector<std::vector<double>>& means, const OfMeans& of, std::size_t left_out) {
  std::vector<double> averages;
  for (const std::vector<double>& number : means) {
    double sum = 0, n = 0;
    for (std::size_t u = 0; u < number.size(); ++u)
      if (u != left_out) sum += number[u], ++n;
    averages.push_back(sum / n);
  }
  return of(averages);
}

}  // namespace

Interval interval_of_means(const std::vector<Futures>& numbers, const OfMeans& of, double confidence,
                           double share_of_ten_largest) {
  sim::expects(!numbers.empty(), "a function of means has some");
  const std::vector<std::vector<double>> means = means_by_unit(numbers);
  const std::size_t units = means.front().size();
  if (units == 0) return interval_of({}, confidence);
  const double all = of_all_but(means, of, units);
  if (std::isnan(all)) return {not_known, not_known, 0, "", "it is not defined"};
  std::vector<double> pseudo;  // values whose spread is that of the number
  for (std::size_t u = 0; u < units && units > 1; ++u) {
    const double without = of_all_but(means, of, u);
    if (std::isnan(without)) return {all, not_known, units, "", "it hangs on a single one of what is independent"};
    pseudo.push_back(all + static_cast<double>(units - 1) * (all - without));
  }
  if (units == 1) pseudo.push_back(all);
  Interval interval = interval_of(pseudo, confidence, share_of_ten_largest);
  interval.mean = all;
  return interval;
}

Futures in_each_future(const std::vector<Futures>& numbers, const OfMeans& of) {
  sim::expects(!numbers.empty(), "a function of means has some");
  Futures all = numbers.front();
  std::vector<double> of_future(numbers.size());
  for (std::size_t f = 0; f < all.values.size(); ++f) {
    bool is_there = true;
    for (std::size_t n = 0; n < numbers.size(); ++n) {
      of_future[n] = numbers[n].values[f];
      is_there = is_there && !std::isnan(of_future[n]);
    }
    all.values[f] = is_there ? of(of_future) : not_known;
  }
  return all;
}

}  // namespace clientele::output
