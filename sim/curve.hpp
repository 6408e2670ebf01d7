// How a number becomes points: along straight lines between stated values, or by its rank among all customers.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/schema.hpp"

namespace clientele::sim {

/// A curve of one of the numbers that a field lists.
struct Curve {
  std::uint32_t of = 0;        ///< by its place in FieldInfo::curved
  std::vector<double> values;  ///< at least two, rising; none: by rank
  std::vector<double> points;  ///< as many
  bool by_rank() const { return values.empty(); }
  bool operator==(const Curve&) const = default;
};
using Curves = std::vector<Curve>;  ///< by rising `of`, at most one of each

/// Linear between two stated values, and beyond the ends the points of the end: never more than is stated anywhere.
inline double points_along(const Curve& curve, double number) {
  if (number <= curve.values.front()) return curve.points.front();
  for (std::size_t k = 1; k < curve.values.size(); ++k)
    if (number <= curve.values[k]) {
      const double way = (number - curve.values[k - 1]) / (curve.values[k] - curve.values[k - 1]);
      return curve.points[k - 1] + way * (curve.points[k] - curve.points[k - 1]);
    }
  return curve.points.back();
}

/// As FieldValue::numbers hold them: of each its number, how many values it has, these, and their points.
inline std::vector<double> packed(const Curves& curves) {
  std::vector<double> numbers;
  for (const Curve& curve : curves) {
    numbers.push_back(static_cast<double>(curve.of));
    numbers.push_back(static_cast<double>(curve.values.size()));
    numbers.insert(numbers.end(), curve.values.begin(), curve.values.end());
    numbers.insert(numbers.end(), curve.points.begin(), curve.points.end());
  }
  return numbers;
}

inline Curves unpacked(std::span<const double> numbers) {
  Curves curves;
  while (!numbers.empty()) {
    expects(numbers.size() >= 2, "curves are packed whole");
    const auto size = static_cast<std::size_t>(numbers[1]);
    expects(numbers.size() >= 2 + 2 * size, "curves are packed whole");
    const auto values = numbers.subspan(2, size), points = numbers.subspan(2 + size, size);
    curves.push_back(
        {static_cast<std::uint32_t>(numbers[0]), {values.begin(), values.end()}, {points.begin(), points.end()}});
    numbers = numbers.subspan(2 + 2 * size);
  }
  return curves;
}

/// Curves of some numbers: { volume = { from = 0, to = 50_000 }, growth = "percentile" }. By default there are none.
template <class S>
FieldInfo field(Curves S::*member, std::string_view key, std::string_view unit, std::vector<CurvedNumber> numbers,
                std::string_view meaning, Provenance provenance) {
  FieldInfo info{key, unit, {}, {}, Kind::fixed, meaning, provenance, false, false, false, {}, {}, {}};
  info.curved = std::move(numbers);
  info.set = [member](ParameterStruct& s, const FieldValue& v) { s.as<S>().*member = unpacked(v.numbers); };
  return info;
}

}  // namespace clientele::sim
