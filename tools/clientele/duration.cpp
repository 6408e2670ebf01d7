// Two ways to write it: places with colons, or a number and its unit.
#include "tools/clientele/duration.hpp"

#include <regex>

namespace clientele::tools {
namespace {

constexpr std::uint64_t minute = 60, hour = 60 * minute, day = 24 * hour;

std::uint64_t unit_of(char letter) {
  switch (letter) {
    case 's':
      return 1;
    case 'm':
      return minute;
    case 'h':
      return hour;
    default:
      return day;
  }
}

std::uint64_t number_in(const std::string& digits) { return digits.empty() ? 0 : std::stoull(digits); }

}  // namespace

std::optional<std::uint64_t> seconds_in(const std::string& text) {
  static const std::regex with_colons(R"((?:(\d{1,4})-)?(\d{1,5}):([0-5]\d):([0-5]\d))");
  static const std::regex with_unit(R"((\d{1,9})([smhd]))");
  std::smatch part;
  std::uint64_t seconds = 0;
  if (std::regex_match(text, part, with_colons))
    seconds = number_in(part[1]) * day + number_in(part[2]) * hour + number_in(part[3]) * minute + number_in(part[4]);
  else if (std::regex_match(text, part, with_unit))
    seconds = number_in(part[1]) * unit_of(*part[2].first);
  return seconds > 0 ? std::optional(seconds) : std::nullopt;
}

std::string in_places(std::uint64_t seconds) {
  const auto two_digits = [](std::uint64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return (seconds < day ? "" : std::to_string(seconds / day) + "-") + two_digits(seconds % day / hour) + ":" +
         two_digits(seconds % hour / minute) + ":" + two_digits(seconds % minute);
}

}  // namespace clientele::tools
