// Laws of single orders and of customers' means, from the same rows.
#include "tools/clientele/fitted/values.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include "models/fit/mean_value.hpp"
#include "models/fit/order_value.hpp"
#include "sim/core/check.hpp"

namespace clientele::tools {

namespace {

/// Around each customer's own mean, where that can be said at all: of prices that never change next to nothing.
std::optional<double> pooled_within(const models::ValueHistory& orders) {
  constexpr double least_freedom = 10, least = 0.01;
  double squares = 0, freedom = 0;
  for (std::size_t i = 0; i < orders.rows(); ++i) squares += orders.squares[i], freedom += orders.orders[i] - 1;
  if (freedom < least_freedom) return {};
  return std::max(least, std::sqrt(squares / freedom));
}

}  // namespace

FittedValue fit_value(const scenarios::History& history, std::optional<std::uint32_t> group) {
  models::ValueHistory orders;
  for (const scenarios::CustomerHistory& customer : history.customers) {
    if ((group && customer.group != *group) || customer.orders_valued == 0) continue;
    const auto n = static_cast<double>(customer.orders_valued);
    orders.orders.push_back(n);
    orders.sum.push_back(n * customer.arithmetic_mean_value);
    orders.mean_log.push_back(std::log(customer.geometric_mean_value));
    orders.squares.push_back(customer.log_value_squares);
  }
  constexpr std::size_t fewest = 20;
  if (orders.rows() < fewest)
    throw sim::UserError("what these customers' orders are worth has no law (only " + std::to_string(orders.rows()) +
                             " customers have orders of some value, 20 are needed).",
                         sim::Exit::bad_data);
  const models::Fitted single = models::fit_lognormal(orders);
  const auto pooled = pooled_within(orders);
  const double within = single.is_found() ? single.values[2] : pooled.value_or(0.5);
  models::MeanValue law = models::fit_mean_value(orders, within);
  FittedValue value{.mean = law.mean,
                    .tied_mean = law.tied_mean,
                    .means = std::move(law.means),
                    .between = law.between,
                    .spread = law.spread,
                    .within = within,
                    .customers = orders.rows()};
  double off = 0;
  for (std::size_t i = 0; i < orders.rows(); ++i) off += std::pow(orders.sum[i] - value.mean * orders.orders[i], 2);
  value.mean_se = std::sqrt(off) / std::accumulate(orders.orders.begin(), orders.orders.end(), 0.0);
  if (!single.is_found())
    value.within_told = std::string(pooled ? " (within: pooled, " : " (within: a guess, ") + single.why_not + ")";
  return value;
}

ToldValue told_value(const scenarios::CustomerHistory& customer, const FittedValue& value, double net_share) {
  if (customer.orders_valued == 0 || !(value.spread > 0)) return {};
  const double w2 = value.within * value.within;
  return {.orders = static_cast<double>(customer.orders_valued) * w2 / (value.spread * value.spread),
          .typical = net_share * customer.arithmetic_mean_value * std::exp(-0.5 * w2)};
}

}  // namespace clientele::tools
