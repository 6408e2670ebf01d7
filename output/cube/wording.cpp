// Says in the cube itself what its numbers mean, so that it can be read without this program.
#include "output/cube/wording.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <initializer_list>
#include <sstream>

#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

using sim::KpiInfo;
using sim::KpiRule;

namespace {

std::string sum_of_terms(const std::vector<sim::Term>& terms) {
  std::string text;
  for (const sim::Term& term : terms) {
    const bool minus = term.weight < 0;
    if (text.empty())
      text += minus ? "-" : "";
    else
      text += minus ? " - " : " + ";
    if (std::fabs(term.weight) != 1) text += sim::shortest_text(std::fabs(term.weight)) + " * ";
    text += term.metric;
  }
  return text;
}

std::string in_brackets(const std::vector<sim::Term>& terms) {
  const std::string text = sum_of_terms(terms);
  return terms.size() > 1 ? "(" + text + ")" : text;
}

/// What a month's value is: by a rule of its own, the numerator, or its ratio to the denominator.
std::string monthly_value(const KpiInfo& kpi) {
  if (kpi.monthly) return formula_of(*kpi.monthly);
  if (kpi.denominator.empty()) return in_brackets(kpi.numerator);
  return in_brackets(kpi.numerator) + " / " + in_brackets(kpi.denominator);
}

/// A rate that draws vary is told by its name.
std::string rate_of(const KpiInfo& kpi) {
  return kpi.parameter_of_draw.empty() ? sim::shortest_text(kpi.parameter) : kpi.parameter_field;
}

std::string charged(const std::vector<sim::Term>& flow, const std::vector<sim::Term>& balance) {
  const std::string lent = balance.empty() ? "" : "r / (1 + r) * " + in_brackets(balance);
  if (flow.empty()) return "-" + lent;
  return lent.empty() ? in_brackets(flow) : "(" + sum_of_terms(flow) + " - " + lent + ")";
}

std::string discounted_words(const KpiInfo& kpi) {
  std::string text;
  if (!kpi.numerator.empty() || !kpi.balances.empty())
    text = "sum over months t = 0, 1, ... of " + charged(kpi.numerator, kpi.balances) + " / (1 + r)^t";
  if (!kpi.beyond.empty() || !kpi.balances_beyond.empty()) {
    text += text.empty() ? "" : " + ";
    text += "sum over ";
    text += kpi.reach == sim::Reach::half ? "the first half of the closed months" : "months beyond";
    text += " of " + charged(kpi.beyond, kpi.balances_beyond) + " / (1 + r)^t";
  }
  return text + ", r = " + rate_of(kpi);
}

std::string rule_of(const KpiInfo& kpi) {
  switch (kpi.rule) {
    case KpiRule::total:
      return "sum(" + sum_of_terms(kpi.numerator) + ")";
    case KpiRule::ratio:
      return "sum(" + sum_of_terms(kpi.numerator) + ") / sum(" + sum_of_terms(kpi.denominator) + ")";
    case KpiRule::discounted_total:
      return discounted_words(kpi);
    case KpiRule::highest:
      return "highest month of " + monthly_value(kpi);
    case KpiRule::month_of_highest:
      return "month t = 0, 1, ... of the highest " + monthly_value(kpi);
    case KpiRule::lowest:
      return "lowest month of " + monthly_value(kpi);
    case KpiRule::last:
      return "last month of " + monthly_value(kpi);
    case KpiRule::first_month_above:
      return "first month t = 0, 1, ... in which " + (kpi.factor == 1 ? "" : sim::shortest_text(kpi.factor) + " * ") +
             monthly_value(kpi) + " > " + sim::shortest_text(kpi.parameter);
  }
  return "";
}

/// A unit in which the word "money" stands for the currency.
std::string in_currency(std::string unit, const std::string& currency) {
  if (const auto at = unit.find("money"); at != std::string::npos) unit.replace(at, 5, currency);
  return unit == "days" ? "day" : unit;
}

std::chrono::year_month first_month(const sim::Horizon& horizon) {
  return std::chrono::year(horizon.start_year) / horizon.start_month;
}

/// The one of `all` that is called so.
template <class Word>
Word named(const std::string& word, std::initializer_list<Word> all, std::string (*name)(Word)) {
  for (const Word candidate : all)
    if (name(candidate) == word) return candidate;
  throw sim::UserError("a cube says " + sim::in_quotes(word) +
                       " where only a few words can stand. Is there a newer clientele?");
}

}  // namespace

std::string unit_of(sim::MetricUnit unit, const std::string& currency) {
  switch (unit) {
    case sim::MetricUnit::count:
      return "1";
    case sim::MetricUnit::money:
      return currency;
    case sim::MetricUnit::days:
      return "day";
  }
  return "";
}

std::string unit_of(const KpiInfo& kpi, const std::string& currency) {
  return in_currency(kpi.unit.empty() ? (kpi.money ? "money" : "1") : kpi.unit, currency);
}

std::string unit_of(const sim::MonthlyRule& rule, const std::string& currency) {
  return in_currency(rule.unit, currency);
}

std::string direction_of(sim::Direction direction) {
  switch (direction) {
    case sim::Direction::higher_is_better:
      return "higher is better";
    case sim::Direction::lower_is_better:
      return "lower is better";
    case sim::Direction::neither:
      return "neither";
  }
  return "";
}

std::string name_of(sim::KpiPart part) {
  switch (part) {
    case sim::KpiPart::none:
      return "";
    case sim::KpiPart::within:
      return "within";
    case sim::KpiPart::beyond:
      return "beyond";
    case sim::KpiPart::whole:
      return "whole";
    case sim::KpiPart::spending:
      return "spending";
  }
  return "";
}

std::string formula_of(const KpiInfo& kpi) {
  const bool scaled =
      kpi.factor != 1 && kpi.rule != KpiRule::first_month_above && kpi.rule != KpiRule::month_of_highest;
  return (scaled ? sim::shortest_text(kpi.factor) + " * " : "") + rule_of(kpi);
}

std::string formula_of(const sim::MonthlyRule& rule) {
  std::string text = rule.words + "(";
  for (std::size_t i = 0; i < rule.inputs.size(); ++i) text += (i == 0 ? "" : ", ") + sum_of_terms(rule.inputs[i]);
  return text + ")";
}

std::string start_date(const sim::Horizon& horizon) {
  std::string year = std::to_string(horizon.start_year), month = std::to_string(horizon.start_month);
  year.insert(0, 4 - std::min<std::size_t>(4, year.size()), '0');
  return year + (month.size() < 2 ? "-0" : "-") + month + "-01";
}

std::vector<std::int32_t> month_starts(const sim::Horizon& horizon, std::size_t months) {
  const auto day_of = [&](std::size_t t) {
    return std::chrono::sys_days((first_month(horizon) + std::chrono::months(t)) / 1);
  };
  std::vector<std::int32_t> days;
  for (std::size_t t = 0; t < months; ++t) days.push_back(static_cast<std::int32_t>((day_of(t) - day_of(0)).count()));
  return days;
}

std::string name_of(sim::Luck luck) { return luck == sim::Luck::fresh ? "fresh" : "common"; }

std::string name_of(sim::People people) {
  switch (people) {
    case sim::People::redrawn:
      return "redrawn";
    case sim::People::paired:
      return "paired";
    case sim::People::fixed:
      return "fixed";
  }
  return "";
}

std::string meaning_of(sim::Luck luck) {
  if (luck == sim::Luck::fresh) return "every draw of the uncertain parameters has luck of its own";
  return "all draws have the same luck, so that they differ by their parameters alone";
}

std::string meaning_of(sim::People people) {
  switch (people) {
    case sim::People::redrawn:
      return "every replication has customers of its own";
    case sim::People::paired:
      return "replications 2k and 2k + 1 are two futures of the same customers";
    case sim::People::fixed:
      return "all draws and replications are futures of the same customers";
  }
  return "";
}

std::string name_of(sim::Replacement replacement) {
  return replacement == sim::Replacement::same_group ? "same group" : "none";
}

std::string name_of(sim::Arrivals arrivals) {
  switch (arrivals) {
    case sim::Arrivals::none:
      return "none";
    case sim::Arrivals::as_before:
      return "as before";
    case sim::Arrivals::by_number:
      return "by number";
  }
  return "";
}

std::string meaning_of(sim::Arrivals arrivals) {
  switch (arrivals) {
    case sim::Arrivals::none:
      return "nobody joins after month 0";
    case sim::Arrivals::as_before:
      return "each customer who came in the last twelve months of warm-up is followed by a new one every twelve months";
    case sim::Arrivals::by_number:
      return "a stated mean number of each group joins in every month after month 0";
  }
  return "";
}

std::string meaning_of_seed() {
  return "key of Philox4x32-10; scenarios and policies share every random number of a draw and replication";
}

std::size_t tiers_of(const sim::Policy& policy) { return std::max<std::size_t>(1, policy.tiers.size()); }

std::string in_lines(const std::vector<std::string>& texts) {
  std::string lines;
  for (std::size_t t = 0; t < texts.size(); ++t) lines += (t == 0 ? "" : "\n") + texts[t];
  return lines;
}

std::vector<std::string> lines_of(const std::string& lines) {
  std::vector<std::string> texts;
  std::istringstream input(lines);
  for (std::string line; std::getline(input, line);) texts.push_back(line);
  return texts;
}

std::vector<std::string> tier_names(const sim::Policy& policy, std::size_t tiers) {
  std::vector<std::string> names(tiers);
  if (policy.tiers.empty()) names.at(0) = "everyone";
  for (std::size_t k = 0; k < policy.tiers.size(); ++k) names.at(k) = policy.tiers[k].name;
  return names;
}

std::string name_of(ByAxis axis) {
  switch (axis) {
    case ByAxis::tier:
      return "tier";
    case ByAxis::group:
      return "group";
    case ByAxis::customer_class:
      break;
  }
  return "class";
}

std::string beyond_variable(const std::string& metric) { return "beyond_" + metric; }

std::string kpi_variable(const std::string& kpi) { return "kpi_" + kpi; }

std::string kpi_variable(const std::string& kpi, ByAxis axis) { return kpi_variable(kpi) + "_by_" + name_of(axis); }

std::string sum_variable(const std::string& metric) { return "sum_" + metric; }

std::string sum_by_class_variable(const std::string& metric) { return sum_variable(metric) + "_by_class"; }

std::string histogram_variable(const std::string& histogram, const std::string& part) {
  return "histogram_" + histogram + "_" + part;
}

sim::Direction direction_named(const std::string& words) {
  using enum sim::Direction;
  return named(words, {higher_is_better, lower_is_better, neither}, direction_of);
}

sim::KpiPart part_named(const std::string& word) {
  using enum sim::KpiPart;
  return named(word, {none, within, beyond, whole, spending}, name_of);
}

sim::Luck luck_named(const std::string& word) { return named(word, {sim::Luck::fresh, sim::Luck::common}, name_of); }

sim::People people_named(const std::string& word) {
  using enum sim::People;
  return named(word, {redrawn, paired, fixed}, name_of);
}

}  // namespace clientele::output
