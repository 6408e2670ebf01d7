// Three numbers and what stands between them; the calendar is the standard library's.
#include "scenarios/books/dates.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace clientele::scenarios {
namespace {

namespace chrono = std::chrono;

constexpr int earliest_year = 1980, latest_year = 2199;

/// A part of a date: its value and with how many digits it is written; 0 digits for a month's name.
struct DatePart {
  int value = 0;
  std::size_t digits = 0;
};

bool is_decimal_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

std::optional<Day> valid_day(int year, int month, int day) {
  if (year < earliest_year || year > latest_year || month < 1 || month > 12 || day < 1 || day > 31) return {};
  const chrono::year_month_day date{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                    chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return {};
  return static_cast<Day>(chrono::sys_days(date).time_since_epoch().count());
}

int month_named(std::string_view name) {
  constexpr std::string_view names = "janfebmaraprmayjunjulaugsepoctnovdec";
  std::string small;
  for (const char c : name.substr(0, 3)) small += static_cast<char>(c | 0x20);
  const std::size_t at = small.size() == 3 ? names.find(small) : std::string_view::npos;
  return at == std::string_view::npos || at % 3 != 0 ? 0 : static_cast<int>(at / 3) + 1;
}

std::optional<DatePart> take_part(std::string_view& text) {
  std::size_t size = 0;
  DatePart part;
  while (size < text.size() && is_decimal_digit(text[size]) && size < 9)
    part.value = 10 * part.value + (text[size++] - '0');
  part.digits = size;
  if (size == 0) {
    while (size < text.size() && is_ascii_letter(text[size])) ++size;
    part.value = month_named(text.substr(0, size));
    if (part.value == 0) return {};
  }
  text.remove_prefix(size);
  return part;
}

/// The mark between two parts: / . - a blank, or the characters for year and month.
char take_mark(std::string_view& text) {
  for (const std::string_view sign : {"\xE5\xB9\xB4", "\xE6\x9C\x88", "\xE6\x97\xA5"})
    if (text.starts_with(sign)) {
      text.remove_prefix(sign.size());
      return '-';
    }
  if (text.empty() || (text[0] != '/' && text[0] != '.' && text[0] != '-' && text[0] != ' ')) return 0;
  const char mark = text[0];
  text.remove_prefix(1);
  while (!text.empty() && text[0] == ' ') text.remove_prefix(1);
  return mark;
}

/// Whether what stands behind a date is a time, or nothing.
bool is_time(std::string_view rest) {
  if (rest.empty() || rest == "\xE6\x97\xA5") return true;
  if (rest.starts_with("\xE6\x97\xA5")) rest.remove_prefix(3);
  if (rest[0] != ' ' && rest[0] != 'T') return false;
  return rest.find_first_not_of("0123456789:.,+-TZ APMapm") == std::string_view::npos;
}

int full_year(DatePart year) { return year.digits == 2 ? year.value + (year.value < 70 ? 2000 : 1900) : year.value; }

PossibleDates dates_of_parts(const std::array<DatePart, 3>& parts, char mark) {
  PossibleDates found;
  const auto& [a, b, c] = parts;
  if (a.digits == 4 && c.digits <= 2) {
    found.ymd = valid_day(a.value, b.value, c.value);
  } else if (b.digits == 0) {
    found.dmy = valid_day(full_year(c), b.value, a.value);  // 31-Dec-2010
  } else if (c.digits == 4 || c.digits == 2) {
    if (a.digits > 0) found.dmy = valid_day(full_year(c), b.value, a.value);
    if (mark != '.') found.mdy = valid_day(full_year(c), a.value, b.value);
    if (c.digits == 2 && a.digits == 2) found.ymd = valid_day(full_year(a), b.value, c.value);
  }
  return found;
}

}  // namespace

Day day_of(int year, unsigned month, unsigned day) {
  return static_cast<Day>(
      chrono::sys_days(chrono::year(year) / chrono::month(month) / chrono::day(day)).time_since_epoch().count());
}

CalendarMonth month_of(Day day) {
  const chrono::year_month_day date{chrono::sys_days(chrono::days(day))};
  return (static_cast<int>(date.year()) - 1970) * 12 + static_cast<int>(static_cast<unsigned>(date.month())) - 1;
}

Day first_day_of(CalendarMonth month) {
  const int years = month >= 0 ? month / 12 : -((11 - month) / 12);
  return day_of(1970 + years, static_cast<unsigned>(month - 12 * years) + 1, 1);
}

Day months_later(Day day, int months) {
  const CalendarMonth to = month_of(day) + months;
  const Day in_month = day - first_day_of(month_of(day));
  const Day length = first_day_of(to + 1) - first_day_of(to);
  return first_day_of(to) + (in_month < length ? in_month : length - 1);
}

std::string iso_text(Day day) {
  const chrono::year_month_day date{chrono::sys_days(chrono::days(day))};
  const unsigned number = static_cast<unsigned>(date.day());
  return iso_month(month_of(day)) + (number < 10 ? "-0" : "-") + std::to_string(number);
}

std::string iso_month(CalendarMonth month) {
  const int years = month >= 0 ? month / 12 : -((11 - month) / 12), number = month - 12 * years + 1;
  return std::to_string(1970 + years) + (number < 10 ? "-0" : "-") + std::to_string(number);
}

std::optional<Day> PossibleDates::in(DateOrder order) const {
  if (order == DateOrder::dmy) return dmy;
  if (order == DateOrder::mdy) return mdy;
  return order == DateOrder::ymd ? ymd : std::nullopt;
}

PossibleDates dates_of(std::string_view text) {
  std::array<DatePart, 3> parts;
  char mark = 0;
  const auto first = take_part(text);
  if (!first) return {};
  if (first->digits == 8) {  // 20111209
    PossibleDates found;
    if (is_time(text)) found.ymd = valid_day(first->value / 10000, first->value / 100 % 100, first->value % 100);
    return found;
  }
  parts[0] = *first;
  for (std::size_t p = 1; p < 3; ++p) {
    const char between = take_mark(text);
    if (between == 0) return {};
    mark = p == 1 ? between : mark;
    const auto part = take_part(text);
    if (!part) return {};
    parts[p] = *part;
  }
  return is_time(text) ? dates_of_parts(parts, mark) : PossibleDates{};
}

std::optional<Day> spreadsheet_day(std::string_view text) {
  constexpr std::size_t digits_of_day = 5;
  const std::size_t whole = std::min(text.find_first_of(".,"), text.size());
  if (whole != digits_of_day || text.find_first_not_of("0123456789") < whole) return {};
  if (whole < text.size() &&
      (whole + 1 == text.size() || text.find_first_not_of("0123456789", whole + 1) != std::string_view::npos))
    return {};
  Day number = 0;
  for (const char c : text.substr(0, whole)) number = 10 * number + (c - '0');
  const Day day = day_of(1899, 12, 30) + number;
  return day >= day_of(earliest_year, 1, 1) && day <= day_of(latest_year, 12, 31) ? std::optional(day) : std::nullopt;
}

std::optional<CalendarMonth> month_in(std::string_view text, DateOrder order) {
  const PossibleDates dates = dates_of(text);
  std::optional<Day> day = dates.in(order);
  if (!day) day = dates.ymd;
  if (day) return month_of(*day);
  const auto first = take_part(text);
  if (!first || take_mark(text) == 0) return {};
  const auto second = take_part(text);
  if (!second || !text.empty()) return {};
  const auto whole = first->digits == 4 ? valid_day(first->value, second->value, 1)
                                        : valid_day(second->digits == 4 ? second->value : 0, first->value, 1);
  return whole ? std::optional(month_of(*whole)) : std::nullopt;
}

}  // namespace clientele::scenarios
