// Whoever made the cube, the same lines.
#include "tools/clientele/told_answer.hpp"

#include <cstdio>

#include "output/comparison/comparison.hpp"
#include "output/cube/reader.hpp"
#include "tools/clientele/backtested.hpp"
#include "tools/clientele/books.hpp"
#include "tools/clientele/compare/limits.hpp"
#include "tools/clientele/compare/question.hpp"
#include "tools/clientele/compare/shown.hpp"
#include "tools/clientele/compare/tables.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

void tell_answer(const sim::Plan& plan, const output::ComparisonInput& outcomes, const std::string& data_hash) {
  output::ComparisonInput input = outcomes;
  input.to_books = fitted_of(plan.study());
  output::Question question = question_of({}, input);
  const std::vector<output::Bound> bounds = bounds_of(plan.study());
  show_bounded(bounds, input, question);
  const output::Comparison comparison = output::compare(input, question);
  Shown shown;
  shown.more = sentences_of(output::kept_bounds(input, comparison.question, bounds), comparison);
  std::fputs(text_of(comparison, shown).c_str(), stdout);
  std::fputs(
      wrapped("Base: " + beginning_and_books_of(plan.study(), plan.catalogue()) + ".", columns_of_terminal, 0).c_str(),
      stdout);
  std::printf("data %s\n", data_hash.c_str());
}

void tell_answer(const sim::Plan& plan, const std::filesystem::path& file) {
  const output::CubeReader cube(file);
  tell_answer(plan, output::input_of({&cube}), cube.text("data_hash"));
}

}  // namespace clientele::tools
