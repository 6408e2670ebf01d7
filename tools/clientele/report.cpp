// `clientele report CUBE -o report.html --xlsx report.xlsx`: the answer as a page to look at, to send on and to print,
// and as a workbook to go on with.
#include <cstdio>
#include <filesystem>
#include <optional>
#include <sstream>

#include "output/comparison/comparison.hpp"
#include "output/files/durable_file.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/backtested.hpp"
#include "tools/clientele/carried_bounds.hpp"
#include "tools/clientele/compare/asked_point.hpp"
#include "tools/clientele/compare/limits.hpp"
#include "tools/clientele/compare/question.hpp"
#include "tools/clientele/report/content.hpp"
#include "tools/clientele/report/moved_guesses.hpp"
#include "tools/clientele/report/page.hpp"
#include "tools/clientele/report/workbook.hpp"
#include "tools/clientele/sensitivity/beside.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

[[noreturn]] void fail(const std::string& text) { throw sim::UserError(text, sim::Exit::usage); }

Language language_of(const Arguments& arguments) {
  const std::string asked = arguments.value("language").value_or("en");
  for (const Language language : {Language::english, Language::chinese, Language::spanish})
    if (asked == code_of(language)) return language;
  const std::string guess = sim::nearest(asked, {"en", "zh", "es"});
  fail("--language " + sim::printable(asked) + " is none of en (English), zh (Chinese) and es (Spanish)." +
       (guess.empty() ? "" : " Did you mean " + guess + "?"));
}

/// Where a file goes that is not the cube itself by another name, and not there already.
void check_file(const std::string& target, const std::string& cube, output::Existing existing) {
  std::error_code unknown;
  if (std::filesystem::equivalent(target, cube, unknown))
    throw sim::UserError(sim::file_in_quotes(target) + " is the cube that the report is of.", sim::Exit::output_exists);
  output::check_target(target, existing);
}

void tell(const std::string& target) { std::fprintf(stdout, "%s\n", sim::printable(target, 4000).c_str()); }

void write_page(const std::string& target, const Report& report, output::Existing existing) {
  output::DurableFile file(target, existing);
  file.write(page_of(report));
  file.commit();
  tell(target);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Workbook workbook_of(const Report& report) {
  Workbook book{.language = report.language, .title = report.title};
  TextSheet answer{say(report.language, "page.answer"), {report.title, report.question}};
  for (const Sentence& sentence : report.answer) answer.lines.push_back(sentence.text);
  for (const std::string& warning : report.warnings) answer.lines.push_back(warning);
  for (const auto& [name, value] : report.made) answer.lines.push_back(name + ": " + value);
  book.texts = {answer, {say(report.language, "page.study"), lines_of(report.study_text)}};
  book.pictures = report.pictures;
  book.tables = {{report.assumptions.title, report.assumptions.columns, report.assumptions.rows}};
  return book;
}

/// A page is of one point.
void look_at_point(const std::vector<std::string>& asked, const std::string& path, output::CubeReader& cube) {
  if (!cube.points().any() && !asked.empty())
    fail(sim::file_in_quotes(path) + " has no points, so that --point has nothing to choose from.");
  if (!cube.points().any()) return;
  if (asked.empty())
    fail(sim::file_in_quotes(path) + " has " + std::to_string(cube.points().places()) +
         " points, and a page is of one: which one (--point N, or --point " + cube.points().paths.front() +
         "=VALUE)? compare tells of all.");
  cube.look_at(point_of(cube.points(), asked));
}

}  // namespace

sim::Exit report(const Words& words) {
  using enum Option::Takes;
  const Arguments arguments(words, {{"output", 'o', value, Option::Of::file},
                                    {"xlsx", 0, value, Option::Of::file},
                                    {"sensitivity", 0, value, Option::Of::file},
                                    {"language", 0, value},
                                    {"force", 0, nothing},
                                    {"baseline", 0, value},
                                    {"kpi", 0, value},
                                    {"point", 0, values}});
  const std::string path = arguments.only_word("CUBE");
  const auto page = arguments.value("output"), workbook = arguments.value("xlsx");
  if (!page && !workbook)
    fail("where it goes is missing. Expected: clientele report CUBE -o report.html, or --xlsx report.xlsx.");
  if (page && workbook && *page == *workbook) fail("-o and --xlsx are the same file.");
  if (workbook && !can_write_workbooks())
    fail("--xlsx: this clientele was built without libxlsxwriter (Debian: libxlsxwriter-dev; then build it again).");
  const Language language = language_of(arguments);
  const auto existing = arguments.has("force") ? output::Existing::replace : output::Existing::refuse;
  for (const auto& file : {page, workbook}) {
    if (!file) continue;
    check_file(*file, path, existing);
    output::remove_left_overs(*file);
  }
  output::CubeReader cube(path);
  look_at_point(arguments.values("point"), path, cube);
  output::ComparisonInput input = output::input_of({&cube});
  input.to_books = fitted_in(cube);
  Asked asked;
  asked.baseline = arguments.value("baseline");
  asked.kpis = arguments.values("kpi");
  const output::Comparison comparison = output::compare(input, question_of(asked, input));
  std::optional<MovedGuesses> moved;
  with_sensitivity_of(path, arguments.value("sensitivity"),
                      [&](const std::string& file) { moved = read_moved_guesses(file, input); });
  Report content = report_of({cube, input, comparison, language, moved ? &*moved : nullptr}, path, CLIENTELE_VERSION);
  const auto kept = output::kept_bounds(input, comparison.question, bounds_in(cube));
  for (Sentence& sentence : sentences_of(kept, comparison, language)) content.answer.push_back(std::move(sentence));
  if (page) write_page(*page, content, existing);
  if (workbook) {
    write_workbook(*workbook, workbook_of(content), existing);
    tell(*workbook);
  }
  return sim::Exit::done;
}

}  // namespace clientele::tools
