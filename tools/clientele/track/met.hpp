// What has come of a promise: the months that an export tells, and the same of each future.
#pragma once
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "scenarios/books/books.hpp"
#include "tools/clientele/track/promised.hpp"

namespace clientele::tools {

/// Customers by what the firm calls them.
using KnownIds = std::unordered_set<std::string>;

/// What exports say of months from `origin` on, as many as are whole; each of the measures, or none where it is not
/// told.
struct MonthsMet {
  scenarios::Day origin = 0;
  std::size_t months = 0;
  std::vector<std::optional<std::vector<double>>> of_measure;  ///< as tracked_measures() has them
};

/// Sums of several exports of the same customers; `known` are those with an order before the origin, where that is
/// known: an order in the exports before it makes one known, too. `until`: the first day that they do not tell any
/// more. Revenue is of orders and credit notes; an order is one as a rate counts it (BookEvent).
MonthsMet months_met(const std::vector<scenarios::Books>& exports, scenarios::Day origin, scenarios::Day until,
                     std::optional<KnownIds> known);

struct TrackedMonth {
  scenarios::Day month = 0;  ///< its first day
  std::optional<double> fact;
  RangeOfFutures promise;
  std::optional<double> fact_so_far;  ///< from the origin to its end; none of what does not add up
  std::optional<RangeOfFutures> promise_so_far;
};
struct TrackedMeasure {
  Measure measure;
  std::vector<TrackedMonth> months;
};

/// Of the months that both tell; measures that the cube does not hold are left out.
std::vector<TrackedMeasure> tracked(const Promised& promised, const MonthsMet& met);

}  // namespace clientele::tools
