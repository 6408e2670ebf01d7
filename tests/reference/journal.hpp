// Everything that a scalar cell counted, one entry after the other, and who was a customer in each month: cells that
// are put together of two others are made of it.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/study.hpp"

namespace clientele::tests {

struct Journal {
  struct Entry {
    enum class Into { month, beyond, histogram } into = Into::month;
    const std::string* name = nullptr;  ///< metric or histogram
    int month = 0;                      ///< after the horizon, 0 the first, where it is counted beyond
    std::uint32_t group = 0;
    std::optional<std::uint64_t> who = {};  ///< nobody: the firm's own
    std::int64_t value = 0;
  };
  using When = std::pair<sim::MonthKind, int>;
  std::vector<std::pair<When, std::vector<Entry>>> months;  ///< in the order in which they were lived
  std::map<When, std::set<std::uint64_t>> active;           ///< as the month begins, once it is known who joins
};

}  // namespace clientele::tests
