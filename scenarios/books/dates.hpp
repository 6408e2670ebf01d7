// Dates as programs export them: what they may mean, and which order of day, month and year a file has.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/books/books.hpp"

namespace clientele::scenarios {

Day day_of(int year, unsigned month, unsigned day);
/// The month that holds a day.
CalendarMonth month_of(Day day);
/// The first day of a month.
Day first_day_of(CalendarMonth month);
/// The same day of the month so many months later (or earlier, below 0); the month's last where it has no such day.
Day months_later(Day day, int months);
/// "2011-12-09".
std::string iso_text(Day day);
std::string iso_month(CalendarMonth month);

/// Which orders a text can be read in, and what it then is; years of four digits at the beginning, points and month
/// names leave one. Times behind the date are passed over. Nowhere in time before 1980 or after 2199.
struct PossibleDates {
  std::optional<Day> dmy, mdy, ymd;
  bool any() const { return dmy || mdy || ymd; }
  std::optional<Day> in(DateOrder order) const;
};
PossibleDates dates_of(std::string_view text);

/// The day that a spreadsheet means by a plain number such as 40513 or 40513.35: so many days after 1899-12-30, hours
/// passed over; nothing before 1980 or after 2199.
std::optional<Day> spreadsheet_day(std::string_view text);

/// The month of "2027-03", "03/2027" or of a whole date in the order.
std::optional<CalendarMonth> month_in(std::string_view text, DateOrder order);

}  // namespace clientele::scenarios
