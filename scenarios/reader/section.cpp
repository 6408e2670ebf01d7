// Strict reading of keys and numbers, with the words in which their mistakes are told.
#include "scenarios/reader/section.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/amounts.hpp"
#include "scenarios/reader/former_keys.hpp"
#include "scenarios/reader/options.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::is_name;
using sim::nearest;
using sim::number_text;
using sim::printable;

namespace {

std::string unit_text(const NumberRule& rule) { return rule.unit.empty() ? "" : " (" + rule.unit + ")"; }

constexpr double least_float = std::numeric_limits<float>::min();

/// Behaviors count in float32: what is no finite float, or too small for one, is no value.
bool is_float(double value) {
  const double size = std::fabs(value);
  return value == 0 || (size >= least_float && size <= std::numeric_limits<float>::max());
}

bool is_inside(double value, double low, double high) { return value >= low && value <= high; }

std::string did_you_mean(const std::string& guess) { return guess.empty() ? "" : " Did you mean " + guess + "?"; }

}  // namespace

NumberRule rule_of(const StudyKey& key) {
  const auto of = key.kind == KeyKind::whole ? NumberRule::Of::whole : NumberRule::Of::reals;
  return {std::string(key.unit), key.range, of};
}

std::string outside_text(double value, const sim::Range& range) {
  const bool above_zero = range.low > 0 && range.low <= least_float;  // the least float stands for "above 0"
  if (value < range.low && above_zero) return "is not above 0";
  const bool bounded_low = std::isfinite(range.low), bounded_high = std::isfinite(range.high);
  if (bounded_low && bounded_high && above_zero) return "is outside (0, " + number_text(range.high) + "]";
  if (bounded_low && bounded_high)
    return "is outside [" + number_text(range.low) + ", " + number_text(range.high) + "]";
  return value < range.low ? "is less than " + number_text(range.low) : "is more than " + number_text(range.high);
}

std::string likely_meaning(double value, const sim::Range& range) {
  const auto legal = [&](double guess) { return is_inside(guess, range.low, range.high); };
  const bool chance = range.low >= 0 && range.high <= 1 && range.high > 0.5;
  const double hundredth = std::rint(value * 1e10) / 1e12;
  if (chance && is_inside(value, 1, 100) && legal(hundredth)) return did_you_mean(number_text(hundredth));
  if (value != 0 && legal(-value)) return did_you_mean(number_text(-value));
  return {};
}

std::optional<double> read_number(const Node& node, const std::string& what, const NumberRule& rule,
                                  Mistakes& mistakes) {
  const bool whole = rule.of == NumberRule::Of::whole;
  const std::string says = what + " = " + shown(node);
  mistakes.note_number(node.place, {what, rule.unit, rule.short_unit, rule.range.low, rule.range.high,
                                    rule.range.plausible_low, rule.range.plausible_high, whole});
  if (node.kind != Node::Kind::number) {
    mistakes.add(node.place, says + " is " + kind_of(node) + ". Expected: a " + (whole ? "whole " : "") + "number" +
                                 unit_text(rule) + "." +
                                 (node.kind == Node::Kind::text ? number_meant(node.text) : "") +
                                 (node.kind == Node::Kind::text && from_to(node.text)
                                      ? " What is not known stands in [uncertain], beside the number here."
                                      : ""));
    return std::nullopt;
  }
  if (const std::string meant = thousands_meant(node.written); !meant.empty() && rule.of != NumberRule::Of::reals) {
    const std::string text = what + " = " + node.written + " is " + number_text(node.number) +
                             " (a point stands before decimals, never between thousands). Did you mean " + meant + "?";
    if (!whole) mistakes.warn(node.place, text);
    if (whole) return mistakes.add(node.place, text), std::nullopt;
  }
  const double value = node.number == 0 ? 0 : node.number;
  if (!std::isfinite(value) || !is_float(value)) {
    mistakes.add(node.place, says + " is no number to count with (sizes from 1.2e-38 to 3.4e38, or 0). Expected: a " +
                                 (whole ? "whole " : "") + "number" + unit_text(rule) + ".");
    return std::nullopt;
  }
  if (!is_inside(value, rule.range.low, rule.range.high)) {
    mistakes.add(node.place, says + " " + outside_text(value, rule.range) + unit_text(rule) + "." +
                                 likely_meaning(value, rule.range));
    return std::nullopt;
  }
  if (whole && value != std::rint(value)) {
    mistakes.add(node.place, says + " is not a whole number" + unit_text(rule) + ".");
    return std::nullopt;
  }
  if (!is_inside(value, rule.range.plausible_low, rule.range.plausible_high))
    mistakes.warn(node.place, says + " is unusual (from " + number_text(rule.range.plausible_low) + " to " +
                                  number_text(rule.range.plausible_high) + " would be usual" +
                                  (rule.unit.empty() ? "" : "; " + rule.unit) + ").");
  return value;
}

std::optional<std::size_t> read_choice(const Node& node, const std::string& what, const std::vector<std::string>& words,
                                       Mistakes& mistakes) {
  const auto found = std::find(words.begin(), words.end(), node.text);
  if (node.kind == Node::Kind::text && found != words.end()) return static_cast<std::size_t>(found - words.begin());
  if (node.kind != Node::Kind::text) {
    mistakes.add(node.place, what + " = " + shown(node) + " is " + kind_of(node) + ". Expected: text between quotes.");
    return std::nullopt;
  }
  std::string known;
  for (const std::string& word : words) known += (known.empty() ? "" : ", ") + printable(word);
  const std::string guess = nearest(node.text, words);
  mistakes.add(node.place, what + " = " + in_quotes(node.text) + " is not known (there are: " + known + ")." +
                               did_you_mean(guess.empty() ? "" : in_quotes(guess)));
  return std::nullopt;
}

Section::Section(const Node& table, std::string label, Reading& reading)
    : table_(table), label_(std::move(label)), reading_(reading) {
  if (table.kind == Node::Kind::table) return;
  std::string what = label_;
  while (!what.empty() && (what.back() == '.' || what.back() == ' ' || what.back() == ':')) what.pop_back();
  reading.mistakes.add(table.place, what + " is " + kind_of(table) + ". Expected: a table of keys.");
}

const Entry* Section::find(std::string_view key) {
  known_.emplace_back(key);
  return table_.find(key);
}

std::optional<double> Section::number(std::string_view key, const NumberRule& rule) {
  const Entry* entry = find(key);
  if (entry == nullptr) return std::nullopt;
  return read_number(entry->node, label_of(key), rule, reading_.mistakes);
}

std::optional<std::string> Section::text(std::string_view key) {
  const Entry* entry = find(key);
  if (entry == nullptr) return std::nullopt;
  if (entry->node.kind == Node::Kind::text) return entry->node.text;
  reading_.mistakes.add(entry->node.place, label_of(key) + " = " + shown(entry->node) + " is " + kind_of(entry->node) +
                                               ". Expected: text between quotes.");
  return std::nullopt;
}

std::optional<std::string> Section::name(std::string_view key) {
  const std::optional<std::string> given = text(key);
  if (!given || is_name(*given)) return given;
  reading_.mistakes.add(table_.find(key)->node.place,
                        label_of(key) + " = " + in_quotes(*given) +
                            " cannot be a name (names are visible, not empty, and have no spaces at their ends).");
  return std::nullopt;
}

std::optional<bool> Section::truth(std::string_view key) {
  const Entry* entry = find(key);
  if (entry == nullptr) return std::nullopt;
  if (entry->node.kind == Node::Kind::truth) return entry->node.truth;
  reading_.mistakes.add(entry->node.place, label_of(key) + " = " + shown(entry->node) + " is " + kind_of(entry->node) +
                                               ". Expected: true or false.");
  return std::nullopt;
}

std::optional<std::size_t> Section::choice(std::string_view key, const std::vector<std::string>& words) {
  const Entry* entry = find(key);
  if (entry == nullptr) return std::nullopt;
  return read_choice(entry->node, label_of(key), words, reading_.mistakes);
}

void Section::close() {
  for (const Entry& entry : table_.entries)
    if (std::find(known_.begin(), known_.end(), entry.key) == known_.end()) unknown(entry);
}

void Section::unknown(const Entry& entry) const {
  if (const std::string hint = former_key_hint(label_of(entry.key)); !hint.empty())
    return reading_.mistakes.add(entry.place, label_of(entry.key) + " is not part of a study" + hint);
  const bool top = label_.empty();
  const bool table = entry.node.kind == Node::Kind::table || entry.node.kind == Node::Kind::array;
  const auto bracketed = [&](const std::string& key) { return top && table ? "[" + key + "]" : key; };
  std::string guess = nearest(entry.key, known_);
  if (top && entry.key == "name") guess = "title";
  if (guess.empty())
    guess = reading_.vocabulary.home_of(entry.key, table);
  else
    guess = is_typed_as_path(entry) ? path_with(guess, entry) : bracketed(guess);
  const std::string what =
      reading_.draws != nullptr ? printable(path_with(entry.key, entry)) : bracketed(label_of(printable(entry.key)));
  reading_.mistakes.add(entry.place, what + " is not part of a study." + did_you_mean(guess));
}

/// An option or the head of a column is one line: what is to stand there instead is told whole.
bool Section::is_typed_as_path(const Entry& entry) const {
  return (entry.place.option >= 0 || reading_.draws != nullptr) && label_.find(' ') == std::string::npos;
}

/// The path that was typed with this key in the place of one of its parts.
std::string Section::path_with(const std::string& key, const Entry& entry) const {
  constexpr std::string_view of_columns = "uncertain.";  // which heads of columns leave out
  std::string path = label_ + key;
  if (reading_.draws != nullptr && path.starts_with(of_columns)) path.erase(0, of_columns.size());
  for (const Node* node = &entry.node; node->kind == Node::Kind::table && node->entries.size() == 1;
       node = &node->entries.front().node)
    path += "." + as_part(node->entries.front().key);
  return path;
}

std::vector<const Node*> tables_of(const Node& root, std::string_view key, const std::string& label, Reading& reading) {
  std::vector<const Node*> tables;
  const Entry* entry = root.find(key);
  if (entry == nullptr) return tables;
  const std::string list = reading.vocabulary.list_called(key);
  if (entry->node.kind == Node::Kind::table) {
    reading.mistakes.add(entry->place,
                         label + std::string(key) + " is one table (there may be several). Did you mean " + list + "?");
    return tables;
  }
  if (entry->node.kind != Node::Kind::array) {
    reading.mistakes.add(entry->node.place, label + std::string(key) + " = " + shown(entry->node) + " is " +
                                                kind_of(entry->node) + ". Expected: tables, " + list + ".");
    return tables;
  }
  for (const Node& item : entry->node.items) tables.push_back(&item);
  return tables;
}

}  // namespace clientele::scenarios
