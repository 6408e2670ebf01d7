// Amounts by the month in which they came about, before month 0: what a firm's books say of its past.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/schema.hpp"

namespace clientele::sim {

/// Of a month, or of several months together, whose parts in it are not known.
struct DatedAmount {
  std::int32_t month = 0;  ///< the first, below 0
  std::int64_t amount = 0;
  std::int32_t months = 1;
  bool operator==(const DatedAmount&) const = default;
};
using DatedAmounts = std::vector<DatedAmount>;  ///< by rising month, of each at most one, all above 0

/// As FieldValue::numbers hold them, one behind the other.
inline std::vector<double> packed_amounts(const DatedAmounts& amounts) {
  std::vector<double> numbers;
  for (const DatedAmount& one : amounts)
    for (const double number :
         {static_cast<double>(one.month), static_cast<double>(one.amount), static_cast<double>(one.months)})
      numbers.push_back(number);
  return numbers;
}

inline DatedAmounts unpacked_amounts(std::span<const double> numbers) {
  expects(numbers.size() % 3 == 0, "amounts are packed with their months");
  DatedAmounts amounts;
  for (std::size_t n = 0; n < numbers.size(); n += 3)
    amounts.push_back({static_cast<std::int32_t>(numbers[n]), static_cast<std::int64_t>(numbers[n + 1]),
                       static_cast<std::int32_t>(numbers[n + 2])});
  return amounts;
}

/// Amounts of the past: { file = "opening.csv", balance = 1_000 }, a CSV with the columns `issued` and `unit`. By
/// default there are none.
template <class S>
FieldInfo field(DatedAmounts S::*member, std::string_view key, std::string_view unit, FieldInfo::Dated dated,
                std::string_view meaning, Provenance provenance) {
  FieldInfo info{key, unit, {}, {}, Kind::fixed, meaning, provenance, false, false, false, {}, {}, {}};
  info.dated = dated;
  info.set = [member](ParameterStruct& s, const FieldValue& v) { s.as<S>().*member = unpacked_amounts(v.numbers); };
  return info;
}

}  // namespace clientele::sim
