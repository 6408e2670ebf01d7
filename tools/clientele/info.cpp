// `clientele info STUDY|CUBE`: what a study asks, or what a cube holds; the first bytes tell which it is.
#include <cstdio>
#include <filesystem>
#include <string_view>

#include "models/catalogue.hpp"
#include "output/files/file_errors.hpp"
#include "output/records/run_directory.hpp"
#include "scenarios/plain_file.hpp"
#include "sim/core/printable.hpp"
#include "sim/plan.hpp"
#include "tools/clientele/backtested.hpp"
#include "tools/clientele/books.hpp"
#include "tools/clientele/info/shown.hpp"
#include "tools/clientele/study_options.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

constexpr std::string_view signature_of_hdf5 = "\x89HDF\r\n\x1a\n";

/// The first bytes of a file; nothing where they cannot be read.
std::string start_of(const std::string& path) {
  std::string start(4096, '\0');
  auto file = scenarios::open_plain_file(path);
  if (file.problem.empty()) file.stream.read(start.data(), static_cast<std::streamsize>(start.size()));
  return start.substr(0, file.problem.empty() ? static_cast<std::size_t>(file.stream.gcount()) : 0);
}

/// What is no study is not to be told the mistakes of one.
void expect_text(const std::string& path, const std::string& start) {
  std::error_code unknown;
  const bool empty =
      start.empty() && std::filesystem::is_regular_file(path, unknown) && std::filesystem::is_empty(path, unknown);
  if (empty || start.find('\0') != std::string::npos)
    throw sim::UserError(sim::file_in_quotes(path) + " is neither a study nor a cube: it is " +
                         (empty ? "empty." : "no text, and no HDF5."));
}

}  // namespace

sim::Exit info(const Words& words) {
  const Arguments arguments(words, {{"json", 0, Option::Takes::nothing}});
  const std::string path = arguments.only_word("STUDY or CUBE");
  const std::string start = start_of(path);
  std::error_code unknown;
  const bool is_unfinished =
      !std::filesystem::exists(path, unknown) && std::filesystem::is_directory(output::run_directory_of(path), unknown);
  Facts facts;
  if (start.starts_with(signature_of_hdf5) || is_unfinished) {
    const output::CubeReader cube(path);
    facts = facts_of(cube);
    facts.to_books = fitted_in(cube);
  } else {
    expect_text(path, start);
    const sim::Catalogue catalogue = models::catalogue();
    const scenarios::StudyReading reading = reading_of(arguments, catalogue);
    facts = facts_of(reading.study, sim::Plan(reading.study, catalogue).info());
    facts.beginning = beginning_and_books_of(reading.study, catalogue);
    facts.to_books = fitted_of(reading.books);
    facts.sweep = sweep_facts_of(reading.sweep);
  }
  std::fputs((arguments.has("json") ? json_of(facts) : text_of(facts)).c_str(), stdout);
  return sim::Exit::done;
}

}  // namespace clientele::tools
