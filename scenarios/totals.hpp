// Totals of a year as an annual report tells them: what they are called, what they may be, and which contradict.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/api.hpp"
#include "sim/schema.hpp"

namespace clientele::scenarios {

/// Of the last twelve months before month 0, under the baseline.
enum class Total { customers, orders, sales, top_tenth, leavers, dso, late, bad_debt };
inline constexpr std::size_t number_of_totals = 8;

struct TotalInfo {
  Total total = Total::customers;
  std::string_view key, unit, meaning;
  sim::Range range;
  enum class Of { number, share } of = Of::number;
};

/// In the order of the enumeration.
CLIENTELE_API const std::vector<TotalInfo>& total_infos();

/// What somebody says of them.
class Totals {
 public:
  std::optional<double>& operator[](Total total) { return said_[static_cast<std::size_t>(total)]; }
  const std::optional<double>& operator[](Total total) const { return said_[static_cast<std::size_t>(total)]; }
  bool empty() const {
    for (const auto& one : said_)
      if (one) return false;
    return true;
  }
  bool operator==(const Totals&) const = default;

 private:
  std::array<std::optional<double>, number_of_totals> said_ = {};
};

/// Two totals that cannot both be, and why.
struct Contradiction {
  std::pair<Total, Total> between;
  std::string text;
};

/// All that arithmetic alone refuses, of totals that are said and within their ranges.
CLIENTELE_API std::vector<Contradiction> contradictions_in(const Totals& totals);

}  // namespace clientele::scenarios
