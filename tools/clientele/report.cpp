// `clientele report CUBE -o report.html`: the answer as a page to look at, to send on and to print.
#include <cstdio>
#include <filesystem>

#include "output/comparison/comparison.hpp"
#include "output/files/durable_file.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/compare/question.hpp"
#include "tools/clientele/report/content.hpp"
#include "tools/clientele/report/page.hpp"
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

/// Never the cube itself, by whatever name.
void expect_other_file(const std::string& target, const std::string& cube) {
  std::error_code unknown;
  if (std::filesystem::equivalent(target, cube, unknown))
    throw sim::UserError(sim::file_in_quotes(target) + " is the cube that the report is of.", sim::Exit::output_exists);
}

void write(const std::string& target, const std::string& content, output::Existing existing) {
  output::DurableFile file(target, existing);
  file.write(content);
  file.commit();
  std::fprintf(stdout, "%s\n", sim::printable(target, 4000).c_str());
}

}  // namespace

sim::Exit report(const Words& words) {
  using enum Option::Takes;
  const Arguments arguments(words, {{"output", 'o', value, Option::Of::file},
                                    {"language", 0, value},
                                    {"force", 0, nothing},
                                    {"baseline", 0, value},
                                    {"kpi", 0, value}});
  const std::string path = arguments.only_word("CUBE");
  const auto page = arguments.value("output");
  if (!page) fail("where the page goes is missing. Expected: clientele report CUBE -o report.html");
  const Language language = language_of(arguments);
  const auto existing = arguments.has("force") ? output::Existing::replace : output::Existing::refuse;
  expect_other_file(*page, path);
  output::check_target(*page, existing);
  const output::CubeReader cube(path);
  const output::ComparisonInput input = output::input_of({&cube});
  Asked asked;
  asked.baseline = arguments.value("baseline");
  asked.kpis = arguments.values("kpi");
  const output::Comparison comparison = output::compare(input, question_of(asked, input));
  const Material material{cube, input, comparison, language};
  write(*page, page_of(report_of(material, path, CLIENTELE_VERSION)), existing);
  return sim::Exit::done;
}

}  // namespace clientele::tools
