// Arithmetic means are what sales are made of; their logs are nearly normal.
#include "tools/clientele/fitted/values.hpp"

#include <algorithm>
#include <cmath>

#include "models/fit/order_value.hpp"
#include "sim/core/check.hpp"

namespace clientele::tools {

namespace {

struct MeanOfCustomer {
  double orders = 0, sum = 0;
};

/// No mean is surer than if single orders differed by half of what they do: where means differ for other reasons, those
/// of many orders as much as those of few, the likelihood would have it that one order tells all.
constexpr double least_spread = 0.5;

models::Fitted fit_means(const std::vector<MeanOfCustomer>& customers) {
  double sum = 0, squares = 0;
  for (const MeanOfCustomer& one : customers) {
    const double log = std::log(one.sum / one.orders);
    sum += log, squares += log * log;
  }
  const auto n = static_cast<double>(customers.size());
  const double mean = sum / n, sd = std::sqrt(std::max(1e-4, squares / n - mean * mean));
  models::Question question;
  question.parameters = {{"log_mean", models::Scale::plain}, {"between"}, {"spread"}};
  question.starts = {{mean, 0.7 * sd, 0.7 * sd}, {mean, 0.3 * sd, sd}};
  question.ends = models::Ends::by_curvature;
  question.log_likelihood = [customers](const std::vector<double>& at) {
    double total = 0;
    for (const MeanOfCustomer& one : customers) {
      const double variance = at[1] * at[1] + at[2] * at[2] / one.orders, off = std::log(one.sum / one.orders) - at[0];
      total -= 0.5 * (std::log(2 * M_PI * variance) + off * off / variance);
    }
    return total;
  };
  models::Fitted fitted = models::maximize(question);
  fitted.observations = n;
  return fitted;
}

/// Around each customer's own mean, where that can be said at all: of prices that never change next to nothing.
std::optional<double> pooled_within(const models::ValueHistory& orders) {
  constexpr double least_freedom = 10, least = 0.01;
  double squares = 0, freedom = 0;
  for (std::size_t i = 0; i < orders.rows(); ++i) squares += orders.squares[i], freedom += orders.orders[i] - 1;
  if (freedom < least_freedom) return {};
  return std::max(least, std::sqrt(squares / freedom));
}

/// The mean of the law at which the values that customers' own means and the law together tell come to their sales.
double mean_that_ties_out(const std::vector<MeanOfCustomer>& customers, const FittedValue& value) {
  const double b2 = value.between * value.between, c = value.spread * value.spread;
  const auto told = [&](double mean) {
    double sum = 0;
    for (const MeanOfCustomer& one : customers) {
      const double k = one.orders * b2 / (one.orders * b2 + c);
      sum += one.orders * std::exp((1 - k) * std::log(mean) + k * std::log(one.sum / one.orders));
    }
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

FittedValue fit_value(const scenarios::History& history, std::optional<std::uint32_t> group) {
  models::ValueHistory orders;
  std::vector<MeanOfCustomer> customers;
  double all = 0, number = 0;
  for (const scenarios::CustomerHistory& customer : history.customers) {
    if ((group && customer.group != *group) || customer.orders_valued == 0) continue;
    const auto n = static_cast<double>(customer.orders_valued);
    orders.orders.push_back(n);
    orders.sum.push_back(n * customer.arithmetic_mean_value);
    orders.mean_log.push_back(std::log(customer.geometric_mean_value));
    orders.squares.push_back(customer.log_value_squares);
    customers.push_back({n, orders.sum.back()});
    all += orders.sum.back(), number += n;
  }
  constexpr std::size_t fewest = 20;
  if (customers.size() < fewest)
    throw sim::UserError("what these customers' orders are worth has no law (only " + std::to_string(customers.size()) +
                             " customers have orders of some value, 20 are needed).",
                         sim::Exit::bad_data);
  FittedValue value{.mean = all / number, .means = fit_means(customers), .customers = customers.size()};
  double off = 0;
  for (const MeanOfCustomer& one : customers) off += std::pow(one.sum - value.mean * one.orders, 2);
  value.mean_se = std::sqrt(off) / number;
  const models::Fitted single = models::fit_lognormal(orders);
  const auto pooled = pooled_within(orders);
  value.within = single.is_found() ? single.values[2] : pooled.value_or(0.5);
  if (!single.is_found())
    value.within_told = std::string(pooled ? " (within: pooled, " : " (within: a guess, ") + single.why_not + ")";
  if (value.means.is_found() && value.means.values[1] > 0) {
    value.between = value.means.values[1];
    value.spread = std::max(value.means.values[2], least_spread * value.within);
  } else {
    value.spread = value.within;
  }
  value.tied_mean = value.between > 0 ? mean_that_ties_out(customers, value) : value.mean;
  return value;
}

bool is_between_told(const FittedValue& value) {
  constexpr double flat = 0.5;
  const models::Estimate& between = value.means.estimates[1];
  return between.se <= flat * between.value;
}

namespace {

/// The log-likelihood of `between` at the spread that is likeliest with it (golden section on its log).
double height_at(const FittedValue& value, double between) {
  const auto at = [&](double log_spread) {
    return value.means.surface({value.means.values[0], between, std::exp(log_spread)});
  };
  constexpr double golden = 0.6180339887498949;
  constexpr int steps = 16;
  const double middle = std::log(value.means.values[2]);
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

std::vector<double> likely_between(const FittedValue& value) {
  constexpr std::size_t points = 48, quantiles = 100;
  // Customers differ in all by both together, and hardly by twice as much.
  const double most = 2 * std::hypot(value.means.values[1], value.means.values[2]);
  std::vector<double> at, summed{0}, heights;
  for (std::size_t k = 0; k <= points; ++k) {
    at.push_back(most * std::pow(static_cast<double>(k) / points, 2));
    heights.push_back(height_at(value, at.back()));
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

ToldValue told_value(const scenarios::CustomerHistory& customer, const FittedValue& value, double net_share) {
  if (customer.orders_valued == 0 || !(value.spread > 0)) return {};
  const double w2 = value.within * value.within;
  return {.orders = static_cast<double>(customer.orders_valued) * w2 / (value.spread * value.spread),
          .typical = net_share * customer.arithmetic_mean_value * std::exp(-0.5 * w2)};
}

}  // namespace clientele::tools
