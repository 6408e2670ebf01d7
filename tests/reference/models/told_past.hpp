// What a customer file tells of one customer's past, number by number, and what is drawn of the customer given that.
#pragma once
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "models/addresses.hpp"
#include "models/conditioning/alive.hpp"
#include "models/conditioning/quantiles.hpp"
#include "sim/core/math_double.hpp"
#include "tests/reference/cell.hpp"

namespace clientele::tests {

/// All that stands under a key, the month next to month 0 first; nothing of who is not of the file, or where it does
/// not tell.
inline std::vector<double> told_under(const Scene& scene, const Customer& who, std::string_view key) {
  std::vector<double> numbers;
  if (!who.row) return numbers;
  for (const sim::CustomerFile::KnownPast& past : scene.setting.study().population.file->past)
    for (std::uint32_t k = 0; past.key == key && k < past.columns; ++k) {
      const std::size_t place = std::size_t{*who.row} * past.columns + k;
      numbers.push_back(past.exact.empty() ? static_cast<double>(past.values[place]) : past.exact[place]);
    }
  return numbers;
}

inline std::optional<double> told_once(const Scene& scene, const Customer& who, std::string_view key) {
  const std::vector<double> numbers = told_under(scene, who, key);
  return numbers.empty() ? std::nullopt : std::optional(numbers.front());
}

/// The last month before month 0 of a file that tells a past: what it says takes the place of what was lived.
inline bool books_take_over(const Scene& scene) {
  const auto& file = scene.setting.study().population.file;
  return scene.month == -1 && file && !file->past.empty();
}

/// The middle of one of 2^32 equal parts.
inline double part_of(const Scene& scene, sim::WordAddress word, const Customer& who) {
  return (static_cast<double>(scene.luck.of_birth(word, who.id)) + 0.5) / 4294967296.0;
}

/// Orders of the customer up to now, as far as the file tells them.
inline std::optional<models::KnownOrders> orders_told(const Scene& scene, const Customer& who) {
  const auto x = told_once(scene, who, "repeat_orders");
  if (!x) return std::nullopt;
  return models::KnownOrders{*x, *told_once(scene, who, "months_to_last_order"), *told_once(scene, who, "months_seen")};
}

/// Gamma rates given x orders in T months: shape r + x, rate alpha + T with alpha = r / mean.
inline std::optional<float> rate_as_told(const Scene& scene, const Customer& who, const sim::Law& law) {
  const auto seen = orders_told(scene, who);
  if (!seen) return std::nullopt;
  const double mean{law.values[0]}, r{law.values[1]};
  if (law.family == sim::Family::constant || mean == 0) return law.values[0];
  const double quantile =
      models::gamma_quantile(r + seen->x, part_of(scene, models::addresses.of("rate given the past"), who));
  return static_cast<float>(quantile / (r / mean + seen->seen));
}

/// Logs of a customer's mean around those of all by b, of its orders around it by w: normal, given n orders of
/// geometric mean g.
inline std::optional<float> value_as_told(const Scene& scene, const Customer& who, const sim::Law& law) {
  const auto g = told_once(scene, who, "typical_order_value");
  if (!g) return std::nullopt;
  const double mean{law.values[0]}, b{law.values[1]}, w{law.values[2]};
  if (law.family == sim::Family::constant || mean == 0) return law.values[0];
  const double n = *g > 0 ? *told_once(scene, who, "orders_valued") : 0;
  const double z = models::normal_quantile(part_of(scene, models::addresses.of("value given the past"), who));
  if (n == 0 || b == 0) return static_cast<float>(mean * sim::exp(-0.5 * (b * b) + b * z));
  const double all = n * (b * b) + w * w, k = n * (b * b) / all;
  const double center = (1 - k) * (-0.5 * (b * b)) + k * (sim::log(*g / mean) + 0.5 * (w * w));
  return static_cast<float>(mean * sim::exp(center + std::sqrt(b * b * (w * w) / all) * z));
}

/// Beta chances given so many late of so many.
inline std::optional<float> late_chance_as_told(const Scene& scene, const Customer& who, const sim::Law& law) {
  const auto late = told_once(scene, who, "invoices_late"), settled = told_once(scene, who, "invoices_seen");
  if (!late) return std::nullopt;
  const double mean{law.values[0]}, a{law.values[1]};
  if (law.family == sim::Family::constant || mean == 0 || mean == 1) return law.values[0];
  const double b = a * (1 - mean) / mean;
  return static_cast<float>(models::beta_quantile(
      a + *late, b + *settled - *late, part_of(scene, models::addresses.of("late chance given the past"), who)));
}

}  // namespace clientele::tests
