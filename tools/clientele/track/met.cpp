// Events of the exports by month, and the same sums of each future.
#include "tools/clientele/track/met.hpp"

#include <algorithm>
#include <set>

#include "scenarios/books/dates.hpp"
#include "scenarios/books/history.hpp"

namespace clientele::tools {

using scenarios::Day;

namespace {

enum Place : std::size_t { revenue, orders, buyers, newcomers };

struct Sums {
  std::vector<double> revenue, orders;
  std::vector<std::unordered_set<std::string>> buyers;
};

std::optional<std::size_t> month_since(Day origin, Day day, std::size_t months) {
  for (std::size_t m = 0; m < months; ++m)
    if (day >= scenarios::months_later(origin, static_cast<int>(m)) &&
        day < scenarios::months_later(origin, static_cast<int>(m + 1)))
      return m;
  return std::nullopt;
}

void add_up(const scenarios::Books& books, Day origin, Sums& sums) {
  const std::size_t months = sums.revenue.size();
  const auto events = scenarios::events_before(books, scenarios::months_later(origin, static_cast<int>(months)));
  for (std::size_t c = 0; c < events.size(); ++c)
    for (const scenarios::BookEvent& event : events[c]) {
      const auto m = month_since(origin, event.day, months);
      if (!m) continue;
      sums.revenue[*m] += scenarios::units_of(event.net);
      ++sums.orders[*m];
      sums.buyers[*m].insert(books.customers[c].id);
    }
  for (const scenarios::BookReturn& note : books.returns)
    if (const auto m = month_since(origin, note.day, months)) sums.revenue[*m] += scenarios::units_of(note.net);
}

/// Whoever orders for the first time in a month.
std::vector<double> new_in(const Sums& sums, KnownIds known) {
  std::vector<double> newcomers;
  for (const auto& buyers : sums.buyers) {
    double count = 0;
    for (const std::string& id : buyers) count += known.insert(id).second ? 1 : 0;
    newcomers.push_back(count);
  }
  return newcomers;
}

/// Values of each future, and of the first so many months of each.
std::vector<double> at(const std::vector<std::vector<double>>& futures, std::size_t month) {
  std::vector<double> values;
  for (const std::vector<double>& future : futures) values.push_back(future[month]);
  return values;
}
std::vector<double> until(const std::vector<std::vector<double>>& futures, std::size_t month) {
  std::vector<double> values;
  for (const std::vector<double>& future : futures) {
    double sum = 0;
    for (std::size_t m = 0; m <= month; ++m) sum += future[m];
    values.push_back(sum);
  }
  return values;
}

}  // namespace

MonthsMet months_met(const std::vector<scenarios::Books>& exports, Day origin, Day until,
                     std::optional<KnownIds> known) {
  MonthsMet met{.origin = origin};
  while (scenarios::months_later(origin, static_cast<int>(met.months + 1)) <= until) ++met.months;
  Sums sums{std::vector<double>(met.months), std::vector<double>(met.months), {}};
  sums.buyers.resize(met.months);
  for (const scenarios::Books& books : exports) {
    add_up(books, origin, sums);
    const auto before = scenarios::events_before(books, origin);
    for (std::size_t c = 0; c < before.size(); ++c)
      if (!before[c].empty()) {
        if (!known) known.emplace();
        known->insert(books.customers[c].id);
      }
  }
  met.of_measure.resize(tracked_measures().size());
  met.of_measure[revenue] = sums.revenue;
  met.of_measure[orders] = sums.orders;
  met.of_measure[buyers].emplace();
  for (const auto& of_month : sums.buyers) met.of_measure[buyers]->push_back(static_cast<double>(of_month.size()));
  if (known) met.of_measure[newcomers] = new_in(sums, std::move(*known));
  return met;
}

std::vector<TrackedMeasure> tracked(const Promised& promised, const MonthsMet& met) {
  std::vector<TrackedMeasure> all;
  for (std::size_t k = 0; k < tracked_measures().size(); ++k) {
    const auto& futures = promised.of_measure[k];
    if (futures.empty()) continue;
    TrackedMeasure& measure = all.emplace_back(TrackedMeasure{tracked_measures()[k], {}});
    double so_far = 0;
    for (std::size_t m = 0; m < std::min(promised.months, met.months); ++m) {
      TrackedMonth& month = measure.months.emplace_back();
      month.month = scenarios::months_later(met.origin, static_cast<int>(m));
      month.promise = range_of(at(futures, m));
      if (measure.measure.adds_up) month.promise_so_far = range_of(until(futures, m));
      if (!met.of_measure[k]) continue;
      month.fact = (*met.of_measure[k])[m];
      so_far += *month.fact;
      if (measure.measure.adds_up) month.fact_so_far = so_far;
    }
  }
  return all;
}

}  // namespace clientele::tools
