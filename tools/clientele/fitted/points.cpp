// Movements of points month by month, beside the orders of who holds them.
#include "tools/clientele/fitted/points.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "models/fit/normal_words.hpp"
#include "scenarios/books/dates.hpp"
#include "scenarios/books/history.hpp"
#include "scenarios/books/point_lots.hpp"

namespace clientele::tools {

using scenarios::BookPoints;
using scenarios::Day;

namespace {

constexpr double for_ever = 240;  ///< months of validity, as the field has it

Day first_earned(const scenarios::Books& books, Day origin) {
  Day first = origin;
  for (const BookPoints& move : books.points)
    if (move.day != scenarios::no_day && move.points > 0) first = std::min(first, move.day);
  return first;
}

/// The median of months from earning to the last in which points hold, each point counting once.
void fit_validity(const scenarios::Books& books, Day origin, FittedPoints& points) {
  std::map<double, double> by_months;
  double all = 0;
  for (const BookPoints& move : books.points) {
    if (move.day == scenarios::no_day || move.day >= origin || move.points <= 0) continue;
    const double months = move.ends == scenarios::no_end ? for_ever : move.ends - scenarios::month_of(move.day);
    by_months[std::clamp(months, 1.0, for_ever)] += static_cast<double>(move.points);
    all += static_cast<double>(move.points);
  }
  double below = 0;
  for (const auto& [months, number] : by_months) {
    below += number;
    if (2 * below < all) continue;
    points.valid = months, points.as_valid = number / all;
    return;
  }
}

/// Balances as months begin, of who orders in them.
std::vector<double> held_when_ordering(const scenarios::Books& books, Day first, Day origin) {
  std::vector<double> held(books.customers.size());
  const auto events = scenarios::events_before(books, origin);
  for (scenarios::CalendarMonth month = scenarios::month_of(first) + 1; scenarios::first_day_of(month) < origin;
       ++month) {
    const Day begin = scenarios::first_day_of(month), end = scenarios::first_day_of(month + 1);
    for (const auto& [customer, lots] : scenarios::lots_before(books, begin)) {
      const bool orders = std::ranges::any_of(
          events[customer], [&](const scenarios::BookEvent& event) { return event.day >= begin && event.day < end; });
      if (!orders) continue;
      for (const auto& [ends, number] : lots.by_end) held[customer] += static_cast<double>(number);
    }
  }
  return held;
}

std::string ends_in_words(const RatioOfSums& ratio) {
  return fmt::format("{:.4g} to {:.4g} (95 %)", ratio.low(), ratio.high());
}

}  // namespace

RatioOfSums ratio_of_sums(const std::vector<double>& parts, const std::vector<double>& wholes) {
  RatioOfSums ratio;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    ratio.part += parts[i], ratio.whole += wholes[i];
    ratio.customers += parts[i] != 0 || wholes[i] != 0 ? 1 : 0;
  }
  if (!(ratio.whole > 0)) return ratio;
  ratio.value = ratio.part / ratio.whole;
  double squares = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) squares += std::pow(parts[i] - ratio.value * wholes[i], 2);
  const auto n = static_cast<double>(ratio.customers);
  if (n > 1) ratio.se = std::sqrt(n / (n - 1) * squares) / ratio.whole;
  return ratio;
}

FittedPoints fit_points(const scenarios::Books& books, Day origin) {
  FittedPoints points;
  const Day first = first_earned(books, origin);
  if (first >= origin) return points;
  std::vector<double> earned(books.customers.size()), spent = earned, sales = earned;
  for (const BookPoints& move : books.points) {
    if (move.day == scenarios::no_day || move.day >= origin) continue;
    (move.points > 0 ? earned : spent)[move.customer] += static_cast<double>(std::abs(move.points));
  }
  for (const scenarios::BookOrder& order : books.orders)
    if (order.day >= first && order.day < origin) sales[order.customer] += scenarios::units_of(order.net);
  for (const scenarios::BookReturn& note : books.returns)
    if (note.day >= first && note.day < origin) sales[note.customer] += scenarios::units_of(note.net);
  points.earn = ratio_of_sums(earned, sales);
  points.redeemed = ratio_of_sums(spent, held_when_ordering(books, first, origin));
  fit_validity(books, origin, points);
  for (const auto& [customer, lots] : scenarios::lots_before(books, origin))
    for (const auto& [ends, number] : lots.by_end) points.held += static_cast<double>(number);
  return points;
}

std::string points_tables(const FittedPoints& points) {
  if (!points.is_known()) return "";
  std::string text = fmt::format(
      "[points]                         # the program that the list of points tells; {:.0f} points are held\n"
      "earn         = {:.6g}    # {:.0f} points earned over sales, {} customers, {}\n"
      "points_valid = {:.0f}    # months, the median of points; {:.0f} % have it\n"
      "rounding     = \"nearest\"        # the rate is of whole points\n\n",
      points.held, points.earn.value, points.earn.part, points.earn.customers, ends_in_words(points.earn), points.valid,
      100 * points.as_valid);
  const double chance = std::clamp(points.redeemed.value, 1e-6, 0.999999);
  return text +
         fmt::format(
             "[redemption]\n"
             "mean = {:.6g}    # {:.0f} points spent over those held in months with an order, {} customers, {}\n"
             "# So that of what is held so much is redeemed: all at once, by everybody alike, whatever is held or "
             "ends.\n"
             "shape = 100\nnever = 0\nblock = 1\nminimum = 0\nburn = 0\nbalance_response = 0\nvalue_response = 0\n\n",
             chance, points.redeemed.part, points.redeemed.customers, ends_in_words(points.redeemed));
}

std::string guesses_of_points(const FittedPoints& points) {
  if (!points.is_known()) return "";
  return "[program]                        # what points do to orders is in no list of points: nothing, until you say "
         "it\nreward_pressure = 0\nrewarded        = 0\n\n";
}

DrawnColumns points_draws(const FittedPoints& points, std::size_t draws, std::uint32_t seed) {
  if (!points.is_known()) return {};
  DrawnColumns columns{{"points.earn", {}}, {"redemption.mean", {}}};
  for (std::uint32_t d = 0; d < draws; ++d) {
    const auto drawn = [&](const RatioOfSums& ratio, std::uint32_t use) {
      return ratio.value *
             std::exp(ratio.value > 0 ? ratio.se / ratio.value * models::normal_of_fit(seed, d, 0, use) : 0);
    };
    columns[0].second.push_back(std::min(1000.0, drawn(points.earn, 0)));
    columns[1].second.push_back(std::clamp(drawn(points.redeemed, 1), 1e-6, 0.999999));
  }
  return columns;
}

}  // namespace clientele::tools
