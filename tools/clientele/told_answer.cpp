// Whoever made the cube, the same lines.
#include "tools/clientele/told_answer.hpp"

#include <cstdio>

#include "output/comparison/comparison.hpp"
#include "output/cube/reader.hpp"
#include "tools/clientele/books.hpp"
#include "tools/clientele/compare/question.hpp"
#include "tools/clientele/compare/shown.hpp"
#include "tools/clientele/compare/tables.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

void tell_answer(const sim::Plan& plan, const output::ComparisonInput& input, const std::string& data_hash) {
  std::fputs(text_of(output::compare(input, question_of({}, input))).c_str(), stdout);
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
