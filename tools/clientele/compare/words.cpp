// One way to say a thing, wherever it is said.
#include "tools/clientele/compare/words.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/core/printable.hpp"
#include "tools/clientele/language/elsewhere.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

using output::Comparison;
using sim::printable;

namespace {

constexpr std::size_t longest_name = 400;

/// Without its sign.
std::string bare_percent(double share) {
  const double shown = 100 * share;
  if (shown > 0 && shown < 0.5) return "<1";
  if (shown < 100 && shown > 99.5) return ">99";
  return std::to_string(std::lround(shown));
}

/// The characters of a text, each with all its bytes.
std::vector<std::string> characters_of(const std::string& text) {
  std::vector<std::string> characters;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = sim::character_at(text, at).bytes;
    characters.push_back(text.substr(at, bytes));
    at += bytes;
  }
  return characters;
}

std::string cut(const std::string& name, std::size_t width) {
  const std::vector<std::string> all = characters_of(name);
  if (all.size() <= width) return name;
  const std::size_t end = (width - 1) / 2, start = width - 1 - end;
  std::string text;
  for (std::size_t i = 0; i < start; ++i) text += all[i];
  text += "…";
  for (std::size_t i = all.size() - end; i < all.size(); ++i) text += all[i];
  return text;
}

}  // namespace

std::string scenario_of(const Comparison& comparison, std::size_t scenario) {
  return printable(comparison.scenarios[scenario], longest_name);
}

std::string policy_of(const Comparison& comparison, std::size_t policy) {
  return printable(comparison.policies[policy], longest_name);
}

std::string side_of(const Comparison& comparison, std::size_t scenario, std::size_t policy) {
  return comparison.question.is_across_policies() ? policy_of(comparison, policy) : scenario_of(comparison, scenario);
}

std::string baseline_of(const Comparison& comparison) {
  const auto& names = comparison.question.is_across_policies() ? comparison.policies : comparison.scenarios;
  return printable(names[comparison.question.baseline], longest_name);
}

std::vector<std::string> cut_names(const std::vector<std::string>& names, std::size_t width) {
  std::vector<std::string> shown;
  std::size_t longest = 0;
  for (const std::string& name : names) {
    shown.push_back(printable(name, longest_name));
    longest = std::max(longest, characters_of(shown.back()).size());
  }
  const std::size_t distinct = std::set<std::string>(shown.begin(), shown.end()).size();
  for (std::size_t w = std::max<std::size_t>(3, width); w < longest; ++w) {
    std::vector<std::string> cuts;
    for (const std::string& name : shown) cuts.push_back(cut(name, w));
    if (std::set<std::string>(cuts.begin(), cuts.end()).size() == distinct) return cuts;
  }
  return shown;
}

std::string months_in_words(std::size_t months, Language language) {
  constexpr std::size_t most_years = 10;  // that have a word
  const std::size_t years = months / 12;
  if (months % 12 == 0 && years > 0 && years <= most_years) return say(language, "years." + std::to_string(years));
  if (months == 1) return say(language, "months.one");
  return say(language, "months.many", {{"months", with_commas(months, language)}});
}

std::string called(const Comparison& comparison, const output::KpiTexts& kpi, Language language) {
  const std::string months = months_in_words(comparison.months, language);
  const bool is_whole = kpi.part == sim::KpiPart::whole;
  if (kpi.part == sim::KpiPart::within || (is_whole && comparison.closed == 0)) {
    const bool is_one = comparison.months == 1 || comparison.months == 12;
    return say(language, is_one ? "called.profit_of_one" : "called.profit_of_many", {{"months", months}});
  }
  if (is_whole)
    return say(language, "called.profit_beyond", {{"months", months_in_words(comparison.closed, language)}});
  return printable(kpi.name, longest_name);
}

std::string field_in_words(const std::string& called, const std::string& path, const std::string& known,
                           Language language) {
  const std::string shown = printable(path, 200);
  if (called.empty()) return known.empty() ? shown : say(language, "field.known", {{"path", shown}, {"known", known}});
  const std::string name = translated(language, printable(called, 200));
  if (known.empty()) return say(language, "field.called", {{"called", name}, {"path", shown}});
  return say(language, "field.called_known", {{"called", name}, {"path", shown}, {"known", known}});
}

std::string percent(double share, Language language) {
  return std::isnan(share) ? "-" : say(language, "number.percent", {{"number", bare_percent(share)}});
}

std::string chance_in_words(const output::Chance& chance, Language language) {
  const std::string share = percent(chance.share, language);
  if (std::isnan(chance.low)) return share;
  return say(language, "number.chance",
             {{"share", share}, {"low", bare_percent(chance.low)}, {"high", bare_percent(chance.high)}});
}

std::string behind_number(const std::string& unit, Language language) {
  if (unit.empty() || unit == "1") return "";
  return unit == "day" ? say(language, "number.days") : " " + printable(unit, 40);
}

std::string favorable(const output::KpiTexts& kpi, Language language) {
  return say(language, kpi.direction == sim::Direction::neither ? "favorable.higher" : "favorable.better");
}

std::string futures_in_words(const Comparison& comparison, std::size_t futures, Language language) {
  const std::string text = futures == 1 ? say(language, "futures.one")
                                        : say(language, "futures.many", {{"futures", with_commas(futures, language)}});
  if (comparison.draws < 2 || comparison.drawn.empty()) return text;
  return say(language, "futures.of_sets", {{"futures", text}, {"draws", with_commas(comparison.draws, language)}});
}

std::string as_beginning(std::string text, Language language) {
  if (language == Language::chinese || text.empty()) return text;
  if (text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 32);
  return text;
}

}  // namespace clientele::tools
