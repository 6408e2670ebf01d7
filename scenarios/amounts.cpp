// Marks are told apart by where they stand: what comes last and once may be a decimal mark, what groups three is none.
#include "scenarios/amounts.hpp"

#include <algorithm>
#include <optional>

#include "sim/core/printable.hpp"

namespace clientele::scenarios {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

using sim::Character;
using sim::character_at;

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Spaces that programs print between thousands, and the apostrophes of Switzerland.
bool groups_digits(char32_t code) {
  return code == ' ' || code == '_' || code == '\'' || code == 0xA0 || code == 0x2007 || code == 0x2009 ||
         code == 0x202F || code == 0x2019 || code == 0x2BC;
}

bool is_currency(char32_t code) {
  return code == '$' || (code >= 0xA2 && code <= 0xA5) || (code >= 0x20A0 && code <= 0x20CF);
}

/// The text without a currency's code (EUR) at either end.
std::string_view without_code(std::string_view text) {
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.size() > 3 && std::all_of(text.end() - 3, text.end(), is_letter)) text.remove_suffix(3);
  if (text.size() > 3 && std::all_of(text.begin(), text.begin() + 3, is_letter)) text.remove_prefix(3);
  return text;
}

/// Digits, points and commas, a minus at most before them.
struct Bare {
  std::string text;
  bool negative = false, grouped = false;
};

std::optional<Bare> bare(std::string_view text) {
  Bare found;
  text = trimmed(without_code(trimmed(text)));
  if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
    found.negative = true;
    text = trimmed(without_code(trimmed(text.substr(1, text.size() - 2))));
  }
  for (std::size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    at += c.bytes;
    if (groups_digits(c.code))
      found.grouped = found.grouped || (!found.text.empty() && at < text.size() && is_digit(text[at]));
    else if ((c.code == '-' || c.code == 0x2212) && found.text.empty())
      found.negative = true;
    else if (c.code < 0x80 && (is_digit(static_cast<char>(c.code)) || c.code == '.' || c.code == ','))
      found.text += static_cast<char>(c.code);
    else if (!is_currency(c.code) && !(c.code == '+' && found.text.empty()))
      return std::nullopt;
  }
  if (found.text.size() > 40 || std::none_of(found.text.begin(), found.text.end(), is_digit)) return std::nullopt;
  return found;
}

/// The number with `mark` before its decimals, if there is one, and no other mark.
std::string with_point(const Bare& bare, char mark) {
  std::string plain = bare.negative ? "-" : "";
  for (const char c : bare.text)
    if (is_digit(c) || c == mark) plain += c == mark ? '.' : c;
  return plain;
}

/// Whether a mark stands before every group of three digits, and only there.
bool stands_between_thousands(std::string_view text, char mark) {
  const std::size_t first = text.find(mark);
  if (first == 0 || first > 3 || text.front() == '0') return false;
  for (std::size_t at = first; at < text.size(); at += 4)
    if (text[at] != mark || text.size() - at < 4 ||
        !std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                     text.begin() + static_cast<std::ptrdiff_t>(at) + 4, is_digit))
      return false;
  return true;
}

}  // namespace

std::vector<std::string> plain_numbers(std::string_view text) {
  const std::optional<Bare> found = bare(text);
  if (!found) return {};
  const auto count = [&](char mark) { return std::count(found->text.begin(), found->text.end(), mark); };
  const auto points = count('.'), commas = count(',');
  if (points + commas == 0) return {with_point(*found, '\0')};
  if (points > 0 && commas > 0) {
    const char last = found->text[found->text.find_last_of(".,")];
    if (count(last) > 1) return {};
    return {with_point(*found, last)};
  }
  const char mark = points > 0 ? '.' : ',';
  const bool thousands = stands_between_thousands(found->text, mark);
  if (points + commas > 1) return thousands ? std::vector{with_point(*found, '\0')} : std::vector<std::string>{};
  if (thousands && !found->grouped) return {with_point(*found, '\0'), with_point(*found, mark)};
  return {with_point(*found, mark)};
}

std::string number_meant(std::string_view text) {
  const std::vector<std::string> numbers = plain_numbers(text);
  if (numbers.empty()) return {};
  return " Did you mean " + numbers.front() + (numbers.size() > 1 ? " or " + numbers.back() : "") + "?";
}

std::optional<std::pair<std::string, std::string>> from_to(std::string_view text) {
  constexpr std::string_view word = " to ";
  const std::size_t at = text.find(word);
  if (at == std::string_view::npos) return std::nullopt;
  const auto low = plain_numbers(text.substr(0, at)), high = plain_numbers(text.substr(at + word.size()));
  if (low.size() != 1 || high.size() != 1) return std::nullopt;
  return std::pair(low.front(), high.front());
}

std::string thousands_meant(std::string_view written) {
  const std::string_view digits = written.substr(written.find_first_not_of("+-") == 1 ? 1 : 0);
  const std::size_t point = digits.find('.');
  if (point == std::string_view::npos || !stands_between_thousands(digits, '.')) return {};
  std::string meant(written);
  std::replace(meant.begin(), meant.end(), '.', '_');
  return meant;
}

}  // namespace clientele::scenarios
