// Amounts by the month in which they came about, before month 0: what a firm's books say of its past.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/schema.hpp"

namespace clientele::sim {

struct DatedAmount {
  std::int32_t month = 0;  ///< below 0
  std::int64_t amount = 0;
  bool operator==(const DatedAmount&) const = default;
};
using DatedAmounts = std::vector<DatedAmount>;  ///< by rising month, at most one of each, all above 0

/// As FieldValue::numbers hold them: month, amount, month, amount...
inline std::vector<double> packed(const DatedAmounts& amounts) {
  std::vector<double> numbers;
  for (const DatedAmount& one : amounts) {
    numbers.push_back(static_cast<double>(one.month));
    numbers.push_back(static_cast<double>(one.amount));
  }
  return numbers;
}

inline DatedAmounts unpacked_amounts(std::span<const double> numbers) {
  expects(numbers.size() % 2 == 0, "amounts are packed with their months");
  DatedAmounts amounts;
  for (std::size_t n = 0; n < numbers.size(); n += 2)
    amounts.push_back({static_cast<std::int32_t>(numbers[n]), static_cast<std::int64_t>(numbers[n + 1])});
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
