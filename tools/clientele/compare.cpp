// `clientele compare CUBE`: which policy is better, when, how often and under which condition, and how sure that is.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <utility>

#include "output/comparison/comparison.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/backtested.hpp"
#include "tools/clientele/carried_bounds.hpp"
#include "tools/clientele/compare/asked_point.hpp"
#include "tools/clientele/compare/by.hpp"
#include "tools/clientele/compare/found.hpp"
#include "tools/clientele/compare/limits.hpp"
#include "tools/clientele/compare/over_points.hpp"
#include "tools/clientele/compare/question.hpp"
#include "tools/clientele/compare/shown.hpp"
#include "tools/clientele/compare/why.hpp"
#include "tools/clientele/compare/winners.hpp"
#include "tools/clientele/sensitivity/beside.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

using output::CubeReader;
using Strings = std::vector<std::string>;

Arguments arguments_of(const Words& words) {
  using enum Option::Takes;
  return {words,
          {{"baseline", 0, value},
           {"sensitivity", 0, value, Option::Of::file},
           {"across", 0, value},
           {"policy", 0, values},
           {"point", 0, values},
           {"scenario", 0, values},
           {"kpi", 0, values},
           {"quantiles", 0, value},
           {"over-time", 0, nothing},
           {"by", 0, value},
           {"why", 0, nothing},
           {"guesses", 0, nothing},
           {"json", 0, nothing},
           {"markdown", 0, nothing},
           {"csv", 0, maybe_value}}};
}

[[noreturn]] void fail(const std::string& text, sim::Exit status) { throw sim::UserError(text, status); }

Asked asked_in(const Arguments& arguments) {
  return {arguments.value("baseline"),  arguments.value("across"), arguments.values("policy"),
          arguments.values("scenario"), arguments.values("kpi"),   arguments.value("quantiles"),
          arguments.has("over-time")};
}

enum class Form { text, markdown, json, csv, excel };

/// One form, or that of a terminal.
Form form_of(const Arguments& arguments) {
  const std::string csv = arguments.value("csv").value_or("");
  if (!csv.empty() && csv != "excel")
    fail("--csv=" + sim::printable(csv) + " is no form of CSV. Expected: --csv (RFC 4180) or --csv=excel.",
         sim::Exit::usage);
  std::vector<std::pair<std::string, Form>> given;
  for (const auto& [name, form] : {std::pair{"json", Form::json}, std::pair{"markdown", Form::markdown},
                                   std::pair{"csv", csv.empty() ? Form::csv : Form::excel}})
    if (arguments.has(name)) given.emplace_back(name, form);
  if (given.size() > 1)
    fail("--" + given[0].first + " and --" + given[1].first + " do not go together.", sim::Exit::usage);
  return given.empty() ? Form::text : given.front().second;
}

/// What arms come to part by part, where that is asked for.
std::optional<output::By> by_of(const Arguments& arguments, const std::vector<CubeReader>& cubes,
                                const output::ComparisonInput& input, const output::Question& question) {
  const auto asked = arguments.value("by");
  if (!asked) return std::nullopt;
  if (*asked != "tier" && *asked != "group" && *asked != "class") {
    const std::string guess = sim::nearest(*asked, {"tier", "group", "class"});
    fail("--by " + sim::printable(*asked) + " is neither tier nor group nor class." +
             (guess.empty() ? "" : " Did you mean " + guess + "?"),
         sim::Exit::usage);
  }
  if (cubes.size() > 1) fail("--by takes one CUBE. Would one with all cells do?", sim::Exit::usage);
  if (question.over_time) fail("--by and --over-time do not go together.", sim::Exit::usage);
  if (*asked == "class") return std::nullopt;
  const output::ByAxis axis = *asked == "tier" ? output::ByAxis::tier : output::ByAxis::group;
  return output::by_part(cubes.front(), input, question, axis, measures_by(axis));
}

/// Who wins and who loses, where that is asked for.
std::optional<output::Winners> winners_of(const Arguments& arguments, const CubeReader& cube,
                                          const output::ComparisonInput& input, const output::Question& question) {
  if (arguments.value("by") != "class") return std::nullopt;
  if (!question.is_across_policies())
    fail("--by class is of policies: two scenarios do not have the same customers. Without --across scenarios?",
         sim::Exit::usage);
  if (!output::has_classes(cube))
    fail(
        "--by class has nothing to tell: the cube does not count customers by class. Would a run with --set "
        "count.classes=true do?",
        sim::Exit::bad_data);
  const std::string& kpi = question.kpis.front();
  if (!output::is_told_by_class(cube, kpi))
    fail("--by class adds up classes, and " + sim::printable(kpi) +
             " (a ratio, or a KPI of single months) does not add up. Did you mean --kpi " + input.headline + "?",
         sim::Exit::usage);
  return output::winners_of(cube, input, question);
}

/// What makes policies differ from the baseline, where that is asked for.
std::optional<output::Why> why_of(const Arguments& arguments, const output::ComparisonInput& input,
                                  const output::Comparison& comparison) {
  if (!arguments.has("why")) return std::nullopt;
  for (const char* other : {"by", "over-time"})
    if (arguments.has(other)) fail("--why and --" + std::string(other) + " do not go together.", sim::Exit::usage);
  if (!comparison.question.is_across_policies())
    fail("--why is of policies: scenarios do not keep tiers. Without --across scenarios?", sim::Exit::usage);
  if (!output::has_why(input)) {
    const bool some_roll_out = std::ranges::any_of(input.roll_outs, [](const std::string& r) { return !r.empty(); });
    fail(
        "--why has nothing to tell: no policies that keep their tiers stand in the cube. Would a run with --set "
        "experiment.why=true do (three policies in place of each but the baseline, and two that are put together of "
        "it" +
            std::string(some_roll_out ? "; those that roll out have none" : "") + ")?",
        sim::Exit::bad_data);
  }
  return output::why_of(input, comparison);
}

/// What is told in place of the answer, or beside it.
struct Parts {
  std::optional<output::By> by;
  std::optional<output::Winners> winners;
  std::optional<output::Why> why;
};

std::string answer_of(const output::Comparison& comparison, const Parts& parts, const Arguments& arguments, Form form,
                      const std::vector<Sentence>& more, const std::vector<output::KeptBound>& bounds) {
  const auto& [by, winners, why] = parts;
  if (form == Form::json)
    return json_of(comparison, by ? &*by : nullptr, more, why ? &*why : nullptr, bounds, winners ? &*winners : nullptr);
  if (form == Form::csv || form == Form::excel) {
    const CsvForm csv = form == Form::excel ? CsvForm::excel : CsvForm::plain;
    if (why) return why_as_csv(comparison, *why, csv);
    if (winners) return winners_as_csv(comparison, *winners, csv);
    if (by) return by_as_csv(comparison, *by, csv);
    return comparison.over_time ? csv_over_time(comparison, csv) : csv_of(comparison, csv, bounds);
  }
  const Paper paper = form == Form::markdown ? Paper::markdown : Paper::terminal;
  if (why) return why_in_words(comparison, *why, paper);
  if (winners) return winners_in_words(comparison, *winners, paper);
  if (by) return by_in_words(comparison, *by, paper);
  return text_of(comparison, {arguments.has("quantiles"), arguments.has("guesses"), paper, more});
}

/// What sensitivity found: in the file that is named, or in the one that stands beside the cube under its name.
std::vector<Sentence> found_by_sensitivity(const Arguments& arguments, const output::ComparisonInput& input,
                                           Form form) {
  const auto named = arguments.value("sensitivity");
  if (named && (form == Form::csv || form == Form::excel || arguments.has("by") || arguments.has("why")))
    fail("--sensitivity goes with sentences (text, --markdown, --json), which --csv, --by and --why do not have.",
         sim::Exit::usage);
  std::vector<Sentence> sentences;
  with_sensitivity_of(arguments.words().front(), named, [&](const std::string& file) {
    sentences = sentences_of(read_sensitivity_of(file, input.study_digest, input.model_version), file);
  });
  return sentences;
}

void expect_one_study(const std::vector<CubeReader>& cubes, const Strings& files) {
  const auto name = [&](std::size_t c) {
    return sim::in_quotes(files[c], 200) + " (" + sim::in_quotes(cubes[c].text_or_empty("title")) + ", study " +
           sim::printable(cubes[c].text("study_digest").substr(0, 8)) + ", model " +
           sim::printable(cubes[c].text("model_version")) + ")";
  };
  for (std::size_t c = 1; c < cubes.size(); ++c)
    if (!output::are_of_one_study(cubes.front(), cubes[c]))
      fail(name(0) + " and " + name(c) +
               " are of different studies: their futures do not pair. Would one study with all policies do?",
           sim::Exit::bad_data);
}

/// Makes every cube tell of the point that is asked for. False where a table over all points is.
bool look_at_point(const Arguments& arguments, std::vector<CubeReader>& cubes) {
  const Strings asked = arguments.values("point");
  for (std::size_t c = 0; c < cubes.size(); ++c) {
    const output::CubePoints& points = cubes[c].points();
    if (!points.any() && !asked.empty())
      fail(sim::file_in_quotes(arguments.words()[c]) + " has no points, so that --point has nothing to choose from.",
           sim::Exit::usage);
    if (!points.any()) continue;
    if (asked.empty() && cubes.size() > 1)
      fail("several cubes with points are compared at one of them: which one (--point N)?", sim::Exit::usage);
    if (asked.empty()) return false;
    cubes[c].look_at(point_of(points, asked));
  }
  return true;
}

sim::Exit compare_over_points(const Arguments& arguments, CubeReader& cube, Form form) {
  for (const char* option : {"sensitivity", "across", "quantiles", "over-time", "by", "why", "guesses"})
    if (arguments.has(option))
      fail("--" + std::string(option) + " is told of one point: which one of " +
               std::to_string(cube.points().places()) + " (--point N, or --point " + cube.points().paths.front() +
               "=VALUE)?",
           sim::Exit::usage);
  output::ComparisonInput facts = facts_of_points(cube);
  facts.to_books = fitted_in(cube);
  const output::OverPoints over =
      output::over_points(facts, question_of(asked_in(arguments), facts), cube.points(),
                          [&](const std::string& kpi) { return cube.kpi_at_all_points(kpi); });
  const std::string answer = form == Form::json  ? json_of(over)
                             : form == Form::csv ? csv_of(over)
                             : form == Form::excel
                                 ? csv_of(over, CsvForm::excel)
                                 : text_of(over, form == Form::markdown ? Paper::markdown : Paper::terminal);
  std::fwrite(answer.data(), 1, answer.size(), stdout);
  return sim::Exit::done;
}

}  // namespace

sim::Exit compare(const Words& words) {
  const Arguments arguments = arguments_of(words);
  const Form form = form_of(arguments);
  const Strings& files = arguments.words();
  if (files.empty()) fail("CUBE is missing.", sim::Exit::usage);
  std::vector<CubeReader> cubes;
  for (const std::string& file : files) cubes.emplace_back(file);
  if (!look_at_point(arguments, cubes)) return compare_over_points(arguments, cubes.front(), form);
  expect_one_study(cubes, files);
  std::vector<const CubeReader*> readers;
  for (const CubeReader& cube : cubes) readers.push_back(&cube);
  output::ComparisonInput input = output::input_of(readers);
  input.to_books = fitted_in(cubes.front());
  output::Question question = question_of(asked_in(arguments), input);
  const std::vector<output::Bound> bounds = bounds_in(cubes.front());
  show_bounded(bounds, input, question);
  const output::Comparison comparison = output::compare(input, question);
  if (comparison.question.over_time && comparison.has_two_sides() && !comparison.over_time)
    fail(
        "--over-time has nothing to show: the cube lacks months that stand alone, a metric that profit is made of, or "
        "a "
        "format of 1.5 or later. Was it made with [output] that sums months or leaves out metrics?",
        sim::Exit::bad_data);
  const Parts parts{by_of(arguments, cubes, input, comparison.question),
                    winners_of(arguments, cubes.front(), input, comparison.question),
                    why_of(arguments, input, comparison)};
  const auto kept = output::kept_bounds(input, comparison.question, bounds);
  std::vector<Sentence> more = sentences_of(kept, comparison);
  for (Sentence& sentence : found_by_sensitivity(arguments, input, form)) more.push_back(std::move(sentence));
  const std::string answer = answer_of(comparison, parts, arguments, form, more, kept);
  std::fwrite(answer.data(), 1, answer.size(), stdout);  // UTF-16 has bytes of zero
  return sim::Exit::done;
}

}  // namespace clientele::tools
