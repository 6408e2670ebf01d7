// What most files have, a plain number, is read here; marks and signs of all countries by scenarios/amounts.
#include "scenarios/books/decimals.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "scenarios/amounts.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {
namespace {

constexpr std::size_t most_digits = 13;  ///< before the decimals

/// "-123.4567" as an amount; nothing where it is anything else.
std::optional<Amount> plain_decimal(std::string_view text, char mark) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  Amount whole = 0, part = 0;
  std::size_t at = 0, decimals = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
    if (at < most_digits) whole = 10 * whole + (text[at] - '0');
  if (at > most_digits || text.empty()) return {};
  if (at < text.size() && text[at] == mark) {
    bool up = false;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++decimals) {
      if (decimals < 4) part = 10 * part + (text[at] - '0');
      if (decimals == 4) up = text[at] >= '5';
    }
    for (std::size_t d = decimals; d < 4; ++d) part *= 10;
    part += up ? 1 : 0;
    if (at == 1) return {};  // a mark alone
  }
  if (at < text.size() || whole > 1'000'000'000'000) return {};
  const Amount amount = whole * amounts_per_unit + part;
  return negative ? -amount : amount;
}

std::string_view digits_after(Amount part, std::array<char, 4>& digits) {
  for (std::size_t d = 4; d-- > 0; part /= 10) digits[d] = static_cast<char>('0' + part % 10);
  std::size_t size = 4;
  while (size > 0 && digits[size - 1] == '0') --size;
  return {digits.data(), size};
}

/// Ledgers of some programs have the minus behind the number: 12,50-.
std::string minus_in_front(std::string_view text) {
  text = trimmed(text);
  if (!text.ends_with('-')) return std::string(text);
  text.remove_suffix(1);
  return "-" + std::string(trimmed(text));
}

}  // namespace

PossibleMarks marks_of(std::string_view written) {
  const std::string text = minus_in_front(written);
  const std::vector<std::string> numbers = plain_numbers(text);
  if (numbers.empty()) return {};
  const std::size_t last = text.find_last_of(".,");
  if (last == std::string::npos) return {.point = true, .comma = true};
  if (numbers.size() > 1) return {.point = true, .comma = true, .unclear = true};
  const bool decimals = numbers.front().find('.') != std::string::npos;
  const bool point = decimals == (text[last] == '.');
  return {.point = point, .comma = !point};
}

std::optional<Amount> amount_of(std::string_view written, DecimalMark mark) {
  const char wanted = mark == DecimalMark::comma ? ',' : '.';
  if (const auto plain = plain_decimal(written, wanted)) return plain;
  const std::string text = minus_in_front(written);
  const PossibleMarks marks = marks_of(text);
  if (mark == DecimalMark::comma ? !marks.comma : !marks.point) return {};
  const std::vector<std::string> numbers = plain_numbers(text);
  const bool has_decimals = text.find(wanted) != std::string::npos;
  return plain_decimal(marks.unclear && has_decimals ? numbers.back() : numbers.front(), '.');
}

std::string_view currency_beside(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || (text.back() >= '0' && text.back() <= '9' && text.front() >= '0' && text.front() <= '9'))
    return {};
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  for (const std::string_view code :
       {text.substr(0, 3), text.substr(text.size() - std::min<std::size_t>(3, text.size()))})
    if (code.size() == 3 && std::all_of(code.begin(), code.end(), is_capital)) return code;
  for (std::size_t at = 0; at < text.size();) {
    const sim::Character c = sim::character_at(text, at);
    if (c.code == '$' || (c.code >= 0xA2 && c.code <= 0xA5) || (c.code >= 0x20A0 && c.code <= 0x20CF))
      return text.substr(at, c.bytes);
    at += c.bytes;
  }
  return {};
}

std::string plain_amount(Amount amount) {
  std::array<char, 4> digits{};
  const Amount size = amount < 0 ? -amount : amount;
  const std::string_view part = digits_after(size % amounts_per_unit, digits);
  return (amount < 0 ? "-" : "") + std::to_string(size / amounts_per_unit) +
         (part.empty() ? "" : "." + std::string(part));
}

std::string amount_text(Amount amount) {
  std::string plain = plain_amount(amount);
  std::size_t point = plain.find('.');
  if (point == std::string::npos) {
    point = plain.size();
    plain += ".00";
  } else if (plain.size() == point + 2) {
    plain += '0';
  }
  for (std::size_t at = point; at > (amount < 0 ? 4U : 3U); at -= 3) plain.insert(at - 3, 1, ',');
  return plain;
}

}  // namespace clientele::scenarios
