// Legal, and still unlikely to be meant: money that no customer-month can hold in its 32 bits, or that rounds away.
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "scenarios/reader/reading.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::number_text;

namespace {

/// A quarter of what a customer's month can come to: several orders of that size still fit.
constexpr double max_quanta = 268435456;
/// An order is rounded to whole quanta: one of fewer may change by a percent.
constexpr double least_quanta = 50;

double power_of_ten(double exponent) { return exponent < 0 ? 1 / std::pow(10, -exponent) : std::pow(10, exponent); }

/// What one in 700 customers has of a lognormal law whose mean is known, as a multiple of it; the most of a sample.
double largest_over_mean(const sim::FieldInfo& field, const sim::FieldValue& value) {
  if (value.sample && value.sample->mean > 0) {
    const double within = value.numbers.size() > 1 ? value.numbers[1] : 0;
    return static_cast<double>(value.sample->values.back()) / value.sample->mean *
           std::exp(3 * within - within * within / 2);
  }
  if (field.families.empty() || field.families[value.family].family != sim::Family::lognormal) return 1;
  double variance = 0;
  for (std::size_t n = 1; n < value.numbers.size(); ++n) variance += value.numbers[n] * value.numbers[n];
  return std::exp(3 * std::sqrt(variance) - variance / 2);
}

void judge_small(const std::string& says, double amount, Reading& reading) {
  const double quantum = reading.study.money_quantum, better = power_of_ten(std::floor(std::log10(amount / 100)));
  const bool nothing = amount < quantum;
  const std::string than = nothing ? " is less than" : " is " + number_text(std::rint(amount / quantum)) + " times";
  const std::string means = nothing ? "most of it rounds to 0." : "rounding to it changes amounts by some percent.";
  const std::string instead = better < 1e-6 ? "" : " Would money_quantum = " + number_text(better) + " do?";
  reading.mistakes.warn({}, says + than + " the smallest amount that is counted (money_quantum = " +
                                number_text(quantum) + "): " + means + instead);
}

void judge_large(const std::string& says, double largest, Reading& reading) {
  const double quantum = reading.study.money_quantum;
  const double better = power_of_ten(std::ceil(std::log10(largest / max_quanta)));
  reading.mistakes.warn({}, says + " leads to amounts of " + number_text(std::rint(largest / quantum)) +
                                " times the smallest that is counted (more than 2^28 a month may not fit). Would "
                                "money_quantum = " +
                                number_text(better) + " do (it is " + number_text(quantum) + ")?");
}

void judge_money(const sim::FieldInfo& field, const std::string& path, const sim::FieldValue& value, Reading& reading) {
  if (!field.money || value.numbers.empty()) return;
  const double amount = std::fabs(value.numbers.front()), quantum = reading.study.money_quantum;
  const double largest = amount * largest_over_mean(field, value);
  const std::string says = path + " = " + number_text(value.numbers.front());
  if (field.kind == sim::Kind::trait && amount > 0 && amount < least_quanta * quantum)
    judge_small(says, amount, reading);
  else if (field.kind != sim::Kind::fixed && largest > max_quanta * quantum)  // a fixed one is the firm's
    judge_large(says, largest, reading);
}

/// Columns of one file lose what their rows have in common.
void judge_columns_of_one_file(Reading& reading) {
  std::map<std::string, std::vector<std::string>> paths;  // by file
  for (std::size_t t = 0; t < reading.study.values.size(); ++t)
    for (std::size_t f = 0; f < reading.study.values[t].size(); ++f)
      if (const auto& sample = reading.study.values[t][f].sample; sample && sample->values.size() > 1) {
        const sim::Catalogue::Table& table = reading.catalogue.tables()[t];
        paths[sample->file].push_back(table.key + "." + std::string(table.fields.fields()[f].key));
      }
  for (const auto& [file, columns] : paths) {
    if (columns.size() < 2) continue;
    std::string list = columns.front();
    for (std::size_t c = 1; c < columns.size(); ++c) list += (c + 1 == columns.size() ? " and " : ", ") + columns[c];
    reading.mistakes.warn({}, list + " are columns of " + in_quotes(file, 200) +
                                  ", and each is drawn by itself (what goes together in a row does not here). Rows "
                                  "that stay together are a file of customers, population.file.");
  }
}

}  // namespace

void judge_plausibility(Reading& reading) {
  const auto& tables = reading.catalogue.tables();
  const auto judge = [&](std::size_t t, std::size_t f, const std::string& before, const sim::FieldValue& value) {
    const sim::FieldInfo& field = tables[t].fields.fields()[f];
    judge_money(field, before + tables[t].key + "." + std::string(field.key), value, reading);
  };
  for (std::size_t t = 0; t < reading.study.values.size(); ++t)
    for (std::size_t f = 0; f < reading.study.values[t].size(); ++f) judge(t, f, "", reading.study.values[t][f]);
  for (const sim::Group& group : reading.study.population.groups)
    for (const sim::Group::Override& own : group.overrides)
      judge(own.field.table, own.field.field, "group " + in_quotes(group.name) + ": ", own.value);
  judge_columns_of_one_file(reading);
}

}  // namespace clientele::scenarios
