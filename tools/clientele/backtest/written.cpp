// Lines are looked at, not the tree: comments and layout are the user's.
#include "tools/clientele/backtest/written.hpp"

#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "output/files/durable_file.hpp"
#include "output/files/hash.hpp"
#include "scenarios/books/dates.hpp"
#include "sim/core/printable.hpp"
#include "sim/core/toml_text.hpp"
#include "tools/clientele/fitted/books_of_study.hpp"
#include "tools/clientele/fitted/neutral.hpp"
#include "tools/clientele/fitted/study.hpp"

namespace clientele::tools {

namespace {

constexpr std::string_view header = "[books.backtest]";

std::string_view without_blanks(std::string_view line) {
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

/// Where lines begin, and the end of the text.
std::vector<std::size_t> beginnings_of(std::string_view text) {
  std::vector<std::size_t> places{0};
  for (std::size_t at = 0; at < text.size(); ++at)
    if (text[at] == '\n' && at + 1 < text.size()) places.push_back(at + 1);
  places.push_back(text.size());
  return places;
}

/// Behind the lines of the table that begins in line `first`: at a blank one, or where the next table begins.
std::size_t behind(std::string_view text, const std::vector<std::size_t>& begin, std::size_t first) {
  for (std::size_t line = first + 1; line + 1 < begin.size(); ++line) {
    const std::string_view one = without_blanks(text.substr(begin[line], begin[line + 1] - 1 - begin[line]));
    if (one.empty() || one.front() == '[') return begin[line];
  }
  return text.size();
}

std::string text_in(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) throw sim::UserError(sim::file_in_quotes(path.string()) + " cannot be read.", sim::Exit::input_output);
  return text;
}

/// Whether the text says what the table says.
bool says(const std::string& text, const std::string& table) {
  const auto verdict = [](const std::string& study) {
    const auto books = scenarios::books_in(study, "study", {}, models::catalogue());
    sim::expects(books && books->backtest, "a study with a backtest has one");
    const scenarios::StatedBacktest& one = *books->backtest;
    return std::tuple(one.inside, one.figures, one.months, one.origins, one.futures, one.digest);
  };
  try {
    const std::string least =
        "[books]\norigin = 2000-01-01\nread_on = 2000-01-01\n[[books.file]]\nkind = \"orders\"\n"
        "path = \"orders.csv\"\n";
    return verdict(text) == verdict(least + table);
  } catch (const sim::UserError&) {
    return false;
  }
}

}  // namespace

std::string backtest_table(const std::vector<BacktestAt>& all, const DigestOfFit& fit) {
  std::size_t inside = 0, figures = 0;
  std::string origins;
  for (const BacktestAt& one : all) {
    inside += one.inside(), figures += one.figures.size();
    origins += (origins.empty() ? "" : ", ") + scenarios::iso_text(one.origin);
  }
  return fmt::format(
      "[books.backtest]                 # written by clientele backtest --write\ninside  = {}\nfigures = {}\n"
      "months  = {}\norigins = [{}]\nfutures = {}\ndigest  = {}\nfiles   = {}\n",
      inside, figures, all.front().months, origins, all.front().futures, sim::toml_text(fit.study),
      sim::toml_text(fit.files));
}

std::string with_backtest(std::string_view study, std::string_view table) {
  const std::vector<std::size_t> begin = beginnings_of(study);
  std::size_t from = study.size(), to = study.size();
  for (std::size_t line = 0; line + 1 < begin.size(); ++line) {
    const std::string_view one = without_blanks(study.substr(begin[line], begin[line + 1] - begin[line]));
    if (one.starts_with(header)) {
      from = begin[line], to = behind(study, begin, line);
      break;
    }
    if (one.starts_with("[books") || one.starts_with("[[books")) from = to = behind(study, begin, line);
  }
  std::string text(study.substr(0, from));
  const bool windows = study.find("\r\n") != std::string_view::npos;
  if (!text.empty() && text.back() != '\n') text += windows ? "\r\n" : "\n";
  for (const char c : table) text += windows && c == '\n' ? "\r\n" : std::string(1, c);
  return text + std::string(study.substr(to));
}

namespace {

/// XXH3 of 128 bits as 32 hex digits, as the reader of a study has it.
std::string digest_of_bytes(const std::string& bytes) {
  output::Hash hash;
  hash.add_bytes(bytes);
  return hash.hex();
}

}  // namespace

DigestOfFit digest_of_refit(const scenarios::StatedBooks& stated, const scenarios::Books& books) {
  const FittedBase base = fit_base(books, day_in_books(stated.origin), {.season = stated.season});
  StudyFrame frame{.customers_file = "customers.csv", .draws_file = "draws.csv", .books = stated};
  frame.satisfaction_reference = neutral_reference();
  return {scenarios::books_in(study_text(base, frame), "the fitted study", {}, models::catalogue())->fit_digest,
          digest_of_bytes(digest_of_bytes(customers_csv(base, books)) +
                          digest_of_bytes(draws_csv(draws_of(base, draws_of_a_fit, 1))))};
}

void write_backtest(const std::filesystem::path& study, const std::vector<BacktestAt>& all, const DigestOfFit& fit) {
  const std::string table = backtest_table(all, fit), text = with_backtest(text_in(study), table);
  if (!says(text, table))
    throw sim::UserError(sim::file_in_quotes(study.string()) +
                             " has a books.backtest in a form of its own, which cannot be replaced line by line "
                             "(nothing was written). Take it out and try again?",
                         sim::Exit::bad_data);
  output::DurableFile file(study, output::Existing::replace);
  std::filesystem::permissions(file.temporary(), std::filesystem::status(study).permissions());
  file.write(text);
  file.commit();
}

}  // namespace clientele::tools
