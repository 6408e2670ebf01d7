// Ranks instead of laws: an interval of a quantile lies between two futures that were seen.
#include "output/statistics/levels.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

#include <boost/math/distributions/binomial.hpp>

#include "output/statistics/shares.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

constexpr double no_quantile = std::numeric_limits<double>::quiet_NaN();

std::string percent_of(double p) {
  std::ostringstream text;
  text << 100 * p << " %";
  return text.str();
}

/// The largest k with P(fewer than k below the quantile) <= tail, and the smallest with P(at least k) <= tail.
Bounds by_ranks(const std::vector<double>& ascending, double p, double tail) {
  const boost::math::binomial_distribution<double> below(static_cast<double>(ascending.size()), p);
  std::size_t low = 0, high = ascending.size();
  while (low < ascending.size() && boost::math::cdf(below, static_cast<double>(low)) <= tail) ++low;
  while (high > 0 && boost::math::cdf(boost::math::complement(below, static_cast<double>(high) - 1)) <= tail) --high;
  sim::expects(low >= 1 && high < ascending.size(), "a quantile has futures on both of its sides");
  return {ascending[low - 1], ascending[high]};
}

Bounds by_shares(const Futures& futures, const std::vector<double>& ascending, double p, double value,
                 double confidence) {
  std::vector<ClusterCount> clusters;
  double below = 0;
  for (const auto& unit : by_unit(futures)) {
    ClusterCount& count = clusters.emplace_back();
    for (const double one : unit) count.holding += one <= value ? 1 : 0;
    count.all = static_cast<double>(unit.size());
    below += count.holding;
  }
  const double share = below / static_cast<double>(ascending.size());
  const Bounds bounds = exact_interval(p, effective_trials(clusters, share, confidence), confidence);
  return {quantile(ascending, bounds.low), quantile(ascending, bounds.high)};
}

Quantile quantile_of(const Futures& futures, const std::vector<double>& ascending, double p, double confidence) {
  const std::size_t independent = by_unit(futures).size();
  Quantile result{p, no_quantile, no_quantile, no_quantile, independent, futures_needed(p, confidence), ""};
  if (independent < result.needed) {
    result.why_missing = "the " + percent_of(p) + " quantile needs " + std::to_string(result.needed) +
                         " independent futures, here " + (independent == 1 ? "is " : "are ") +
                         count_of(futures, independent);
    return result;
  }
  result.value = quantile(ascending, p);
  const Bounds bounds = independent == ascending.size() ? by_ranks(ascending, p, (1 - confidence) / 2)
                                                        : by_shares(futures, ascending, p, result.value, confidence);
  result.low = bounds.low;
  result.high = bounds.high;
  return result;
}

}  // namespace

std::size_t futures_needed(double p, double confidence) {
  sim::expects(p > 0 && p < 1, "a quantile lies between 0 and 1");
  const double tail = (1 - confidence) / 2, rarer = std::max(p, 1 - p);
  return static_cast<std::size_t>(std::ceil(std::log(tail) / std::log(rarer) - 1e-9));
}

Levels levels_of(const Futures& futures, const std::vector<double>& probabilities, double confidence,
                 double share_of_ten_largest) {
  std::vector<double> ascending = present(futures);
  std::sort(ascending.begin(), ascending.end());
  Levels levels;
  levels.mean = interval_over(futures, confidence, share_of_ten_largest);
  for (const double p : probabilities) levels.quantiles.push_back(quantile_of(futures, ascending, p, confidence));
  levels.prediction = prediction_of(futures);
  levels.futures = ascending.size();
  levels.missing = futures.values.size() - ascending.size();
  return levels;
}

}  // namespace clientele::output
