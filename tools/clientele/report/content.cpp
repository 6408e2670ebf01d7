// The sentences of `compare`, three numbers with their ranges, the pictures, and what all of it rests on.
#include "tools/clientele/report/content.hpp"

#include <cmath>
#include <filesystem>

#include "sim/core/printable.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/language/elsewhere.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/unchanged.hpp"

namespace clientele::tools {

namespace {

std::string interval_text(const Material& material, double low, double high, const std::string& unit, double half) {
  return material.say("key.interval", {{"low", amount(material, low, unit, half)},
                                       {"high", amount(material, high, unit, half)},
                                       {"confidence", share_text(material, material.comparison.question.confidence)}});
}

std::string of_average(const Material& material, const output::Interval& average, const std::string& unit) {
  if (std::isnan(average.half_width))
    return material.say("key.no_interval", {{"why", translated(material.language, average.why_missing)}});
  return interval_text(material, average.low(), average.high(), unit, average.half_width);
}

std::string of_futures(const Material& material, const output::Prediction& range, const std::string& unit,
                       double half) {
  return material.say("key.range", {{"low", amount(material, range.low, unit, half)},
                                    {"high", amount(material, range.high, unit, half)}});
}

KeyNumber difference_number(const Material& material, const output::Answer& answer) {
  const output::Effect& effect = answer.headline;
  const output::Interval& average = effect.statements.average;
  const std::string& unit = effect.kpi.unit;
  KeyNumber number{material.say("key.difference", {{"kpi", as_beginning(kpi_name(material, effect.kpi))},
                                                   {"policy", policy_name(material, answer.policy)},
                                                   {"baseline", baseline_name(material)}}),
                   signed_amount(material, average.mean, unit, average.half_width),
                   {of_average(material, average, unit)}};
  if (!std::isnan(effect.statements.range.low))
    number.ranges.push_back(of_futures(material, effect.statements.range, unit, average.half_width));
  return number;
}

KeyNumber chance_number(const Material& material, const output::Answer& answer) {
  const output::Chance& chance = answer.headline.statements.futures;
  KeyNumber number{material.say("key.better", {{"policy", policy_name(material, answer.policy)}}),
                   share_text(material, chance.share),
                   {}};
  number.ranges.push_back(
      std::isnan(chance.low)
          ? material.say("key.no_interval", {{"why", translated(material.language, chance.why_missing)}})
          : material.say("key.interval",
                         {{"low", share_text(material, chance.low)},
                          {"high", share_text(material, chance.high)},
                          {"confidence", share_text(material, material.comparison.question.confidence)}}));
  return number;
}

KeyNumber level_number(const Material& material, const output::ComparedArm& arm, const output::KpiTexts& kpi) {
  const output::Interval& mean = arm.levels.mean;
  KeyNumber number{material.say("key.level", {{"kpi", as_beginning(kpi_name(material, kpi))},
                                              {"policy", policy_name(material, arm.policy)}}),
                   amount(material, mean.mean, kpi.unit, mean.half_width),
                   {of_average(material, mean, kpi.unit)}};
  if (!std::isnan(arm.levels.prediction.low))
    number.ranges.push_back(of_futures(material, arm.levels.prediction, kpi.unit, mean.half_width));
  return number;
}

std::vector<KeyNumber> numbers_of(const Material& material) {
  const auto& answer = material.comparison.answer;
  const output::ComparedKpi& kpi = material.comparison.kpis.front();
  std::vector<KeyNumber> numbers;
  if (answer) {
    numbers.push_back(difference_number(material, *answer));
    numbers.push_back(chance_number(material, *answer));
  }
  for (const output::ComparedArm& arm : kpi.arms)
    if (numbers.size() < 3 && arm.scenario == scenario_of_answer(material) && material.comparison.is_baseline(arm))
      numbers.push_back(level_number(material, arm, kpi.words));
  return numbers;
}

std::vector<std::string> warnings_of(const Material& material) {
  std::vector<std::string> warnings;
  const output::Comparison& c = material.comparison;
  if (c.cells_done < c.axes().cells())
    warnings.push_back(material.say("method.unfinished", {{"done", count_text(material, double(c.cells_done))},
                                                          {"all", count_text(material, double(c.axes().cells()))}}));
  for (const std::string& warning : c.warnings)
    warnings.push_back(foreign(material.language, sim::printable(warning, 1000)));
  for (const sim::LeverUse& lever : c.one_sided)
    warnings.push_back(foreign(material.language, "only one side is modelled of " + shown_name(lever.path)));
  return warnings;
}

std::vector<std::string> left_out_of(const Material& material) {
  std::vector<std::string> all;
  if (!material.comparison.has_two_sides()) all.push_back(material.say("page.one_policy"));
  if (!has_single_months(material)) all.push_back(material.say("page.missing_months"));
  return all;
}

std::vector<std::string> method_of(const Material& material) {
  const output::Comparison& c = material.comparison;
  std::vector<std::string> method{
      material.say("method.futures", {{"futures", futures_in_words(c, c.draws * c.replications, material.language)}}),
      material.say("method.interval", {{"confidence", share_text(material, c.question.confidence)}}),
      material.say("method.horizon", {{"months", count_text(material, double(c.months))},
                                      {"closed", count_text(material, double(c.closed))}})};
  if (c.provenance_known)
    method.push_back(
        material.say("method.guesses", {{"count", count_text(material, double(c.guesses.size() + c.stated.size()))}}));
  return method;
}

NamedTable assumptions_of(const Material& material) {
  NamedTable table{material.say("page.assumptions"), {}, {}};
  for (const char* name : {"path", "value", "known", "source"}) table.columns.push_back(text_column(material, name));
  table.columns.push_back(code_column(material, "varied"));
  table.columns.push_back(text_column(material, "meaning"));
  const auto english = [&](const std::string& text) { return foreign(material.language, sim::printable(text, 1000)); };
  for (const sim::Assumption& field : material.input.assumptions)
    table.rows.push_back({shown_name(field.path), sim::printable(field.value, 1000), english(field.mark),
                          english(field.source), std::string(field.uncertain ? "yes" : "no"), english(field.meaning)});
  return table;
}

std::string in_shell_quotes(const std::string& word) {
  if (!word.empty() &&
      word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=,%+:@") ==
          std::string::npos)
    return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

/// The study is that of this page; options are those that its cube was made with.
std::string again_of(const Facts& facts, const std::string& file) {
  const std::string cube = std::filesystem::path(file).filename().string();
  std::string run = "clientele run study.toml";
  for (const std::string& option : facts.options) run += " " + in_shell_quotes(option);
  return run + " -o " + in_shell_quotes(cube) + "\nclientele verify " + in_shell_quotes(cube) + "\nclientele report " +
         in_shell_quotes(cube) + " -o report.html";
}

}  // namespace

Report report_of(const Material& material, const std::string& file, const std::string& version) {
  Report report{.language = material.language,
                .title = sim::printable(material.input.title, 1000),
                .facts = facts_of(material.cube)};
  report.question = sim::printable(report.facts.question, 4000);
  report.answer = sentences_of(material.comparison, material.language);
  report.numbers = numbers_of(material);
  report.warnings = warnings_of(material);
  report.unchanged = unchanged_policies(material);
  report.pictures = pictures_of(material);
  report.left_out = left_out_of(material);
  report.method = method_of(material);
  report.assumptions = assumptions_of(material);
  report.study_text = material.cube.study_text();
  report.made = {{material.say("made.digest"), material.input.study_digest},
                 {material.say("made.model"), material.input.model_version},
                 {material.say("made.data"), material.input.data_hash},
                 {material.say("made.seed"), std::to_string(static_cast<std::uint64_t>(report.facts.seed))},
                 {material.say("made.program"), "clientele " + version}};
  report.again = again_of(report.facts, file);
  return report;
}

}  // namespace clientele::tools
