// What part of a year's sales the customers hold who bought most in it, where rate, value, luck and time differ.
#pragma once
#include <algorithm>
#include <cmath>
#include <vector>

#include <boost/math/special_functions/gamma.hpp>

#include "models/theory/compound_poisson.hpp"

namespace clientele::models {

/// A customer's sales of a year: value x (w_1 + ... + w_N), N ~ Poisson(orders x rate x time there), rate ~ Gamma of
/// mean 1, value lognormal of mean 1 and deviation `between` of its log, w lognormal of mean 1 and deviation `within`.
/// Of customers at the year's end a part has joined within it, evenly over the year.
///   Given N = n the sum of w is taken as lognormal with its own mean and variance (Fenton 1960), so that sales are:
///   their part above q is n Phi(d + sd), and the chance of more than q is Phi(d), d = (mean of log - log q) / sd.
struct YearOfSales {
  double orders = 24;    ///< a year, of an average customer
  double shape = 2;      ///< of the gamma law of rates
  double between = 1.1;  ///< of orders' values over customers
  double within = 0.5;   ///< of one customer's orders
  double joined = 0;     ///< part of the customers who have joined in the year

  /// Part of all sales that the largest `share` of customers buys.
  double held_by_largest(double share) const {
    const std::vector<Count> counts = chances();
    double low = -60, high = 60;  // log of the least that one of them buys, the mean order being 1
    for (int step = 0; step < 50; ++step) {
      const double middle = (low + high) / 2;
      (above(counts, middle).customers > share ? low : high) = middle;
    }
    const Above there = above(counts, high), just_below = above(counts, low - 1e-9);
    double all = 0;
    for (const Count& count : counts) all += count.chance * count.orders;
    // At a jump (without any spread of values) the part of those at it who are still within the share.
    const double open = just_below.customers - there.customers;
    const double part = open > 1e-12 ? std::clamp((share - there.customers) / open, 0.0, 1.0) : 0;
    return (there.sales + part * (just_below.sales - there.sales)) / all;
  }

 private:
  struct Count {
    double orders = 0, chance = 0;
  };
  struct Above {
    double customers = 0, sales = 0;
  };

  /// Numbers of orders and their chances: each up to some number, from there on a hundred to a doubling.
  std::vector<Count> chances() const {
    constexpr int parts_of_year = 5;
    constexpr double each = 200, finer = 100;
    const double farthest = orders * (1 + 12 / std::sqrt(std::min(shape, orders)) + 60 / shape) + 60;
    std::vector<double> at;
    for (double n = 0; n < farthest; n += n < each ? 1 : std::max(1.0, std::floor(n / finer))) at.push_back(n);
    std::vector<Count> counts(at.size());
    for (int part = 0; part <= parts_of_year; ++part) {
      const double there = part == 0 ? 1 : (part - 0.5) / parts_of_year;
      const double weight = part == 0 ? 1 - joined : joined / parts_of_year;
      for (std::size_t n = 0; n < at.size() && weight > 0; ++n) {
        const double width = n + 1 < at.size() ? at[n + 1] - at[n] : 1, middle = at[n] + (width - 1) / 2;
        counts[n].orders = middle;
        counts[n].chance += weight * width * chance_of(middle, orders * there);
      }
    }
    return counts;
  }

  /// Negative binomial.
  double chance_of(double n, double mean) const {
    const double never = shape / (shape + mean);
    return std::exp(boost::math::lgamma(shape + n) - boost::math::lgamma(shape) - boost::math::lgamma(n + 1) +
                    shape * std::log(never) + n * std::log1p(-never));
  }

  Above above(const std::vector<Count>& counts, double log_least) const {
    const auto normal_below = [](double d) { return std::erfc(-d / std::sqrt(2.0)) / 2; };
    Above found;
    for (const Count& count : counts) {
      if (count.orders <= 0) continue;
      const double sum = CompoundPoisson::sd_log_of(CompoundPoisson::squared_variation(within) / count.orders);
      const double sd = std::max(1e-9, std::sqrt(between * between + sum * sum));
      const double d = (std::log(count.orders) - sd * sd / 2 - log_least) / sd;
      found.customers += count.chance * normal_below(d);
      found.sales += count.chance * count.orders * normal_below(d + sd);
    }
    return found;
  }
};

}  // namespace clientele::models
