// What an account is worth beside the mean account: the margin that is expected of it in a month, over the mean.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "models/accounting.hpp"
#include "models/logistics.hpp"
#include "models/purchasing.hpp"
#include "sim/core/math.hpp"
#include "sim/study.hpp"

namespace clientele::models {

/// Expected margin of a month = orders per month x (order value x gross margin - cost of an order) [money].
CLIENTELE_INLINE float expected_margin(float orders, float value, float margin, float order_cost) {
  return orders * (value * margin - order_cost);
}

/// The margin over its mean. Nobody is worth less than a twentieth of the mean, who loses money included; where the
/// mean account itself earns nothing, all are worth the same.
CLIENTELE_INLINE float account_value(float margin, float mean) {
  constexpr float least = 0.05F;
  const float value = mean > 0.F ? margin / mean : 1.F;
  return value > least ? value : least;
}

/// Customers of a group when a study begins, as a part of all, and the means over them of products of what a customer
/// file says (1 for what it does not): traits that it does not say are drawn independently, so that their means are
/// factors. Expected margins then add up to their mean over the file's customers themselves, not over a law beside it.
struct KnownAccounts {
  double share = 1, sales = 1, orders = 1, ways = 1;  ///< orders x value x margin; orders; orders x distance
};

/// Fields that a file may say, in this order.
inline constexpr std::array<std::string_view, 4> fields_of_accounts{
    "purchasing.orders_per_month", "purchasing.order_value", "accounting.gross_margin", "logistics.distance"};
using KnownFields = std::array<std::span<const float>, fields_of_accounts.size()>;

/// By group.
inline std::vector<KnownAccounts> known_accounts(const sim::Population& population, const KnownFields& known) {
  std::vector<KnownAccounts> groups;
  if (!population.file) {
    for (const sim::Group& group : population.groups) groups.push_back({group.share});
    return groups;
  }
  groups.assign(population.groups.size(), {0, 0, 0, 0});
  const auto& group_of = population.file->groups;
  for (std::size_t row = 0; row < group_of.size(); ++row) {
    const auto said = [&](std::size_t field) {
      return known[field].empty() ? 1 : static_cast<double>(known[field][row]);
    };
    KnownAccounts& group = groups[group_of[row]];
    group.share += 1;
    group.sales += said(0) * said(1) * said(2);
    group.orders += said(0);
    group.ways += said(0) * said(3);
  }
  for (KnownAccounts& group : groups) {
    if (group.share == 0) continue;
    for (double* sum : {&group.sales, &group.orders, &group.ways}) *sum /= group.share;
    group.share /= static_cast<double>(group_of.size());
  }
  return groups;
}

/// Families of these fields have their mean, or their one value, first.
inline double mean_of(const sim::Law& law, std::span<const float> known) {
  return known.empty() ? static_cast<double>(law.values[0]) : 1;
}

/// A group's part of the mean over all customers: its laws' means, in a draw, for what the file does not say.
inline double part_of_mean(const KnownAccounts& accounts, const KnownFields& known,
                           const PurchasingParameters& purchasing, const AccountingParameters& accounting,
                           const LogisticsParameters& logistics) {
  const double orders = mean_of(purchasing.orders_per_month, known[0]) * static_cast<double>(purchasing.order_level);
  const double value = mean_of(purchasing.order_value, known[1]) * static_cast<double>(purchasing.value_level);
  const double sales = orders * value * mean_of(accounting.gross_margin, known[2]);
  const double per_order = static_cast<double>(logistics.shipping) + static_cast<double>(logistics.handling);
  const double way = static_cast<double>(logistics.per_km) * mean_of(logistics.distance, known[3]);
  return accounts.share * (accounts.sales * sales - orders * (accounts.orders * per_order + accounts.ways * way));
}

}  // namespace clientele::models
