// The last month below nothing in each future, then three order statistics.
#include "output/comparison/payback.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "output/statistics/prediction.hpp"

namespace clientele::output {

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

/// The first month from which a future's sum stays at 0 or above; the sum itself where that is not known.
double payback_of(const WorthOverTime& worth, std::size_t future) {
  double payback = 1;
  for (std::size_t t = 0; t < worth.months; ++t)
    if (worth.up_to(future, t) < 0) payback = static_cast<double>(t) + 2;  // the month after this one at the earliest
  const double last = worth.up_to(future, worth.months - 1);
  return std::isnan(last) ? last : last < 0 ? never : payback;
}

/// The order statistic at p (n + 1), or the next one above.
double order_statistic(const std::vector<double>& ascending, double p) {
  const auto place = static_cast<std::size_t>(std::ceil(p * static_cast<double>(ascending.size() + 1) - 1e-9));
  return ascending[std::clamp<std::size_t>(place, 1, ascending.size()) - 1];
}

}  // namespace

std::optional<Payback> payback_of(const ComparisonInput& input, const ArmOf& one, const ArmOf& baseline) {
  const std::optional<WorthOverTime> worth = worth_over_time(input, one, baseline);
  if (!worth) return std::nullopt;
  std::vector<double> paybacks;
  for (std::size_t f = 0; f < input.draws * input.replications; ++f)
    if (const double payback = payback_of(*worth, f); !std::isnan(payback)) paybacks.push_back(payback);
  if (paybacks.size() < least_futures_of_a_range) return std::nullopt;
  std::ranges::sort(paybacks);
  return Payback{order_statistic(paybacks, 0.05),
                 order_statistic(paybacks, 0.5),
                 order_statistic(paybacks, 0.95),
                 paybacks.size(),
                 static_cast<std::size_t>(std::ranges::count(paybacks, never)),
                 worth->months};
}

}  // namespace clientele::output
