// One regression of logs of means on nothing, with two variances.
#include "models/fit/mean_value.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "sim/core/check.hpp"

namespace clientele::models {
namespace {

struct MeanOfCustomer {
  double orders = 0, sum = 0;
};

constexpr double least_spread = 0.5;  ///< of `within`

Fitted fit_means(const std::vector<MeanOfCustomer>& customers) {
  double sum = 0, squares = 0;
  for (const MeanOfCustomer& one : customers) {
    const double log = std::log(one.sum / one.orders);
    sum += log, squares += log * log;
  }
  const auto n = static_cast<double>(customers.size());
  const double mean = sum / n, sd = std::sqrt(std::max(1e-4, squares / n - mean * mean));
  Question question;
  question.parameters = {{"log_mean", Scale::plain}, {"between"}, {"spread"}};
  question.starts = {{mean, 0.7 * sd, 0.7 * sd}, {mean, 0.3 * sd, sd}};
  question.ends = Ends::by_curvature;
  question.log_likelihood = [customers](const std::vector<double>& at) {
    double total = 0;
    for (const MeanOfCustomer& one : customers) {
      const double variance = at[1] * at[1] + at[2] * at[2] / one.orders, off = std::log(one.sum / one.orders) - at[0];
      total -= 0.5 * (std::log(2 * M_PI * variance) + off * off / variance);
    }
    return total;
  };
  Fitted fitted = maximize(question);
  fitted.observations = n;
  return fitted;
}

/// The mean of the law at which what customers' own means and the law together tell comes to their sales.
double mean_that_ties_out(const std::vector<MeanOfCustomer>& customers, MeanValue value) {
  const auto told = [&](double mean) {
    value.tied_mean = mean;
    double sum = 0;
    for (const MeanOfCustomer& one : customers) sum += one.orders * value.told_by(one.orders, one.sum / one.orders);
    return sum;
  };
  double sales = 0, low = value.mean / 4, high = value.mean * 4;
  for (const MeanOfCustomer& one : customers) sales += one.sum;
  if (!(told(low) < sales && sales < told(high))) return value.mean;
  for (int step = 0; step < 60; ++step) {
    const double middle = std::sqrt(low * high);
    (told(middle) < sales ? low : high) = middle;
  }
  return std::sqrt(low * high);
}

}  // namespace

double MeanValue::told_by(double orders, double own_mean) const {
  const double b2 = between * between, k = b2 > 0 ? orders * b2 / (orders * b2 + spread * spread) : 0;
  return std::exp((1 - k) * std::log(tied_mean) + k * std::log(own_mean));
}

MeanValue fit_mean_value(const ValueHistory& history, double within) {
  std::vector<MeanOfCustomer> customers;
  double sum = 0, number = 0;
  for (std::size_t i = 0; i < history.rows(); ++i) {
    if (!(history.orders[i] > 0)) continue;
    customers.push_back({history.orders[i], history.sum[i]});
    sum += history.sum[i], number += history.orders[i];
  }
  sim::expects(!customers.empty(), "somebody has ordered something of a value");
  MeanValue value{.means = fit_means(customers), .mean = sum / number};
  if (value.means.is_found() && value.means.values[1] > 0) {
    value.between = value.means.values[1];
    value.spread = std::max(value.means.values[2], least_spread * within);
  } else {
    value.spread = within;
  }
  value.tied_mean = value.between > 0 ? mean_that_ties_out(customers, value) : value.mean;
  return value;
}

bool is_between_told(const Fitted& means) {
  constexpr double flat = 0.5;
  const Estimate& between = means.estimates[1];
  return between.se <= flat * between.value;
}

namespace {

/// The log-likelihood of `between` at the spread that is likeliest with it (golden section on its log).
double height_at(const Fitted& means, double between) {
  const auto at = [&](double log_spread) { return means.surface({means.values[0], between, std::exp(log_spread)}); };
  constexpr double golden = 0.6180339887498949;
  constexpr int steps = 16;
  const double middle = std::log(means.values[2]);
  double low = middle - 3, high = middle + 1;
  double a = high - golden * (high - low), b = low + golden * (high - low), at_a = at(a), at_b = at(b);
  for (int step = 0; step < steps; ++step) {
    if (at_a > at_b) {
      high = b, b = a, at_b = at_a, a = high - golden * (high - low), at_a = at(a);
    } else {
      low = a, a = b, at_a = at_b, b = low + golden * (high - low), at_b = at(b);
    }
  }
  return std::max(at_a, at_b);
}

}  // namespace

std::vector<double> likely_between(const Fitted& means) {
  constexpr std::size_t points = 48, quantiles = 100;
  // Customers differ in all by both together, and hardly by twice as much.
  const double most = 2 * std::hypot(means.values[1], means.values[2]);
  std::vector<double> at, summed{0}, heights;
  for (std::size_t k = 0; k <= points; ++k) {
    at.push_back(most * std::pow(static_cast<double>(k) / points, 2));
    heights.push_back(height_at(means, at.back()));
  }
  const double top = *std::ranges::max_element(heights);
  for (std::size_t k = 1; k <= points; ++k)
    summed.push_back(summed.back() +
                     0.5 * (at[k] - at[k - 1]) * (std::exp(heights[k] - top) + std::exp(heights[k - 1] - top)));
  std::vector<double> likely;
  std::size_t k = 1;
  for (std::size_t q = 0; q <= quantiles; ++q) {
    const double wanted = summed.back() * static_cast<double>(q) / quantiles;
    while (k < points && summed[k] < wanted) ++k;
    const double part = summed[k] > summed[k - 1] ? (wanted - summed[k - 1]) / (summed[k] - summed[k - 1]) : 0;
    likely.push_back(at[k - 1] + std::min(1.0, part) * (at[k] - at[k - 1]));
  }
  return likely;
}

SalesMissed sales_missed(const ValueHistory& earlier, const ValueHistory& all, const ValueForetold& laws) {
  sim::expects(earlier.rows() == all.rows() && laws.why_not.empty(), "laws of earlier orders are known");
  const MeanValue means = fit_mean_value(earlier, laws.lognormal.values[2]);
  const double p = laws.gamma_gamma.values[0], q = laws.gamma_gamma.values[1], v = laws.gamma_gamma.values[2];
  SalesMissed missed;
  double sales = 0;
  for (std::size_t i = 0; i < all.rows(); ++i) {
    const double n = earlier.orders[i], sum = earlier.sum[i], orders = all.orders[i] - n, sold = all.sum[i] - sum;
    if (!(n > 0 && orders > 0 && p * n + q > 1)) continue;
    missed.by_means += std::fabs(orders * means.told_by(n, sum / n) - sold);
    missed.by_gamma_gamma += std::fabs(orders * p * (v + sum) / (p * n + q - 1) - sold);
    missed.by_own_mean += std::fabs(orders * sum / n - sold);
    sales += sold;
    ++missed.customers;
  }
  for (double* of : {&missed.by_means, &missed.by_gamma_gamma, &missed.by_own_mean}) *of /= std::max(sales, 1e-300);
  return missed;
}

}  // namespace clientele::models
