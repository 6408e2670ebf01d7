// Points by the month in which they end: what comes opens a lot, what goes takes from the lot that ends first.
#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "scenarios/books/books.hpp"

namespace clientele::scenarios {

struct PointLots {
  std::map<CalendarMonth, std::int64_t> by_end;  ///< above 0
  std::int64_t overspent = 0;                    ///< what was taken and was not there
};

/// What each customer (by index) holds at the end of the day before `origin`: movements in the order of their days, of
/// one day what comes before what goes; balances first. Lots that ended before `origin` are gone. Customers without
/// points have no entry.
std::map<std::uint32_t, PointLots> lots_before(const Books& books, Day origin);

/// Counts customers who spent points that they did not have.
void count_overspent(Books& books);

}  // namespace clientele::scenarios
