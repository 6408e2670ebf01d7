// Pairs of a name and a number, held to what each total may be and to the others.
#include "tools/clientele/totals/like.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"

namespace clientele::tools {

namespace {

using scenarios::Total;
using sim::in_quotes;
using sim::number_text;

std::vector<std::string> parted(const std::string& text, char by) {
  std::vector<std::string> parts(1);
  for (const char c : text)
    if (c == by)
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t");
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

/// As TOML writes numbers, and with a point in front: 20_000, 182e6, .44.
std::optional<double> number_in(std::string text) {
  std::erase(text, '_');
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size() && std::isfinite(number);
  return whole ? std::optional(number) : std::nullopt;
}

const scenarios::TotalInfo* total_called(const std::string& key) {
  const auto& all = scenarios::total_infos();
  const auto found = std::ranges::find(all, key, &scenarios::TotalInfo::key);
  return found == all.end() ? nullptr : &*found;
}

std::string unknown(const std::string& key) {
  std::vector<std::string> names;
  std::string known;
  for (const scenarios::TotalInfo& total : scenarios::total_infos()) {
    names.emplace_back(total.key);
    known += (known.empty() ? "" : ", ") + names.back();
  }
  const std::string guess = sim::nearest(key, names);
  return in_quotes(key) + " is no total (there are: " + known + ")." +
         (guess.empty() ? "" : " Did you mean " + guess + "?");
}

std::string outside(const scenarios::TotalInfo& total, double value) {
  const bool percent = total.of == scenarios::TotalInfo::Of::share && value >= 2 && value <= 100;
  return std::string(total.key) + " = " + number_text(value) + " is outside [" + number_text(total.range.low) + ", " +
         number_text(total.range.high) + "] (" + std::string(total.unit) + ")." +
         (percent ? " Did you mean " + number_text(value / 100) + "?" : "");
}

class Reading {
 public:
  void take(const std::string& pair) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos)
      return mistake(in_quotes(trimmed(pair)) + " has no value. Expected: NAME=NUMBER, such as customers=20000.");
    const std::string key = trimmed(pair.substr(0, equals)), value = trimmed(pair.substr(equals + 1));
    const scenarios::TotalInfo* total = total_called(key);
    if (total == nullptr) return mistake(unknown(key));
    if (!seen_.insert(total->total).second) return mistake(key + " is said twice. Which one?");
    const auto number = number_in(value);
    if (!number) return mistake(key + " = " + in_quotes(value) + " is no number (such as 182e6, or .44).");
    if (*number < total->range.low || *number > total->range.high) return mistake(outside(*total, *number));
    if (total->total == Total::customers && std::floor(*number) != *number)
      return mistake("customers = " + number_text(*number) + " is no whole number.");
    totals_[total->total] = *number;
  }

  scenarios::Totals take_all() {
    for (const Total needed : {Total::customers, Total::sales})
      if (!seen_.contains(needed))
        mistake(std::string(scenarios::total_infos()[static_cast<std::size_t>(needed)].key) +
                " is missing (a base needs at least customers and sales).");
    for (const scenarios::Contradiction& one : scenarios::contradictions_in(totals_)) mistake(one.text);
    if (mistakes_.empty()) return totals_;
    std::string text = "--like: ";
    for (const std::string& one : mistakes_) text += one + "\n  ";
    const std::size_t count = mistakes_.size();
    text += count == 1 ? "1 mistake; nothing was written." : std::to_string(count) + " mistakes; nothing was written.";
    throw sim::UserError(text, sim::Exit::usage);
  }

 private:
  void mistake(std::string text) { mistakes_.push_back(std::move(text)); }

  scenarios::Totals totals_;
  std::set<Total> seen_;
  std::vector<std::string> mistakes_;
};

}  // namespace

scenarios::Totals totals_in(const std::string& said) {
  Reading reading;
  for (const std::string& pair : parted(said, ','))
    if (!trimmed(pair).empty()) reading.take(pair);
  return reading.take_all();
}

}  // namespace clientele::tools
