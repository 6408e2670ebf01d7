// The same words both ways.
#include "output/cube/kpi_texts.hpp"

#include <algorithm>
#include <cstdlib>

#include "output/cube/wording.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

namespace {

constexpr const char* times = " * ";

/// One a line: "contribution", or "-0.5 * contribution".
std::string in_words(const std::vector<sim::Term>& terms) {
  std::vector<std::string> lines;
  for (const sim::Term& term : terms)
    lines.push_back(term.weight == 1 ? term.metric : sim::shortest_text(term.weight) + times + term.metric);
  return in_lines(lines);
}

std::vector<sim::Term> terms_in(const std::string& words) {
  std::vector<sim::Term> terms;
  for (const std::string& line : lines_of(words)) {
    const std::size_t at = line.find(times);
    if (at == std::string::npos)
      terms.push_back({line});
    else
      terms.push_back({line.substr(at + std::string(times).size()), std::strtod(line.c_str(), nullptr)});
  }
  return terms;
}

bool is_among(const std::vector<sim::Term>& terms, const sim::Term& term) {
  return std::ranges::any_of(
      terms, [&](const sim::Term& other) { return other.metric == term.metric && other.weight == term.weight; });
}

/// Whether what is earned within the horizon is earned beyond it, too. What else is counted there, such as losses that
/// are expected of what the last month leaves open, is told apart (KpiTexts::flow_beyond).
bool goes_on(const std::vector<sim::Term>& within, const std::vector<sim::Term>& beyond) {
  return std::ranges::all_of(within, [&](const sim::Term& term) { return is_among(beyond, term); });
}

bool treats_all_months_alike(const sim::KpiInfo& kpi) {
  return kpi.rule == sim::KpiRule::discounted_total && kpi.reach == sim::Reach::all && kpi.factor == 1 &&
         goes_on(kpi.numerator, kpi.beyond) && in_words(kpi.balances) == in_words(kpi.balances_beyond);
}

}  // namespace

KpiTexts words_of(const sim::KpiInfo& kpi, const std::string& currency) {
  KpiTexts words{kpi.name, kpi.meaning, unit_of(kpi, currency), formula_of(kpi), kpi.direction, kpi.part, kpi.month_of};
  if (kpi.monthly) words.series = kpi.monthly->series;
  if (kpi.part != sim::KpiPart::whole || !treats_all_months_alike(kpi)) return words;
  words.flow = kpi.numerator;
  words.balance = kpi.balances;
  for (const sim::Term& term : kpi.beyond)
    if (!is_among(kpi.numerator, term)) words.flow_beyond.push_back(term);
  words.rate_field = kpi.parameter_field;
  return words;
}

std::vector<std::pair<std::string, std::string>> attributes_of(const sim::MonthlyRule& rule,
                                                               const std::string& currency) {
  return {{"long_name", rule.meaning},
          {"units", unit_of(rule, currency)},
          {"formula", formula_of(rule)},
          {"role", "series"}};
}

std::vector<std::pair<std::string, std::string>> attributes_of(const KpiTexts& words) {
  return {{"long_name", words.meaning},
          {"units", words.unit},
          {"formula", words.formula},
          {"direction", direction_of(words.direction)},
          {"role", "kpi"},
          {"part", name_of(words.part)},
          {"month_of", words.month_of},
          {"series", words.series},
          {"flow", in_words(words.flow)},
          {"balance", in_words(words.balance)},
          {"flow_beyond", in_words(words.flow_beyond)},
          {"rate_field", words.rate_field}};
}

KpiTexts read_kpi_texts(const std::string& name, const Hdf5Node& variable) {
  const auto text = [&](const char* attribute) {
    return variable.has_attribute(attribute) ? variable.text_attribute(attribute) : "";
  };
  return {name,
          variable.text_attribute("long_name"),
          variable.text_attribute("units"),
          variable.text_attribute("formula"),
          direction_named(variable.text_attribute("direction")),
          part_named(text("part")),
          text("month_of"),
          terms_in(text("flow")),
          terms_in(text("balance")),
          text("rate_field"),
          terms_in(text("flow_beyond")),
          text("series")};
}

}  // namespace clientele::output
