// First what ends first: the order in which programs redeem, and the one that members would choose.
#include "scenarios/books/point_lots.hpp"

#include <algorithm>
#include <limits>

#include "scenarios/books/dates.hpp"

namespace clientele::scenarios {
namespace {

/// Lots that ended before a month are gone when something happens in it.
void forget_ended(PointLots& lots, CalendarMonth month) {
  lots.by_end.erase(lots.by_end.begin(), lots.by_end.lower_bound(month));
}

void spend(PointLots& lots, std::int64_t points) {
  while (points > 0 && !lots.by_end.empty()) {
    const auto first = lots.by_end.begin();
    const std::int64_t taken = std::min(points, first->second);
    points -= taken;
    first->second -= taken;
    if (first->second == 0) lots.by_end.erase(first);
  }
  lots.overspent += points;
}

}  // namespace

std::map<std::uint32_t, PointLots> lots_before(const Books& books, Day origin) {
  std::vector<BookPoints> moves;
  for (const BookPoints& move : books.points)
    if (move.day < origin) moves.push_back(move);
  std::sort(moves.begin(), moves.end(), [](const BookPoints& a, const BookPoints& b) {
    return a.day != b.day ? a.day < b.day : (a.points > 0 && b.points <= 0);
  });
  std::map<std::uint32_t, PointLots> lots;
  for (const BookPoints& move : moves) {
    PointLots& of = lots[move.customer];
    if (move.day != no_day) forget_ended(of, month_of(move.day));
    if (move.points > 0)
      of.by_end[move.ends] += move.points;
    else
      spend(of, -move.points);
  }
  if (origin != std::numeric_limits<Day>::max())
    for (auto& [customer, of] : lots) forget_ended(of, month_of(origin));
  return lots;
}

void count_overspent(Books& books) {
  const auto lots = lots_before(books, std::numeric_limits<Day>::max());
  RuleCount& counted = books.rules[static_cast<std::size_t>(BookRule::spent_before_earned)];
  counted.count = static_cast<std::uint64_t>(
      std::count_if(lots.begin(), lots.end(), [](const auto& of) { return of.second.overspent > 0; }));
}

}  // namespace clientele::scenarios
