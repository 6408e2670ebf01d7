// The table of contents of reading: guard, parse, lay options over, read the parts in order, tell all mistakes.
#include "scenarios/study_reader.hpp"

#include <iostream>

#include "scenarios/customers/kept_files.hpp"
#include "scenarios/plain_file.hpp"
#include "scenarios/reader/parsed_study.hpp"
#include "scenarios/reader/reading.hpp"
#include "scenarios/reader/sweep_check.hpp"
#include "scenarios/reader/text_guard.hpp"
#include "scenarios/reader/tiers_file.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::printable;

namespace {

bool is_standard_input(const std::filesystem::path& path) { return path == "-" || path == "/dev/stdin"; }

/// A study that another program writes: `-`, or what /dev/stdin leads to.
std::string text_of_standard_input() {
  std::string text(max_bytes + 1, '\0');
  std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::cin.gcount()));
  return text;
}

std::string text_of(const std::filesystem::path& path) {
  if (is_standard_input(path)) return text_of_standard_input();
  const auto fail = [&](const std::string& why, sim::Exit status = sim::Exit::input_output) {
    throw sim::UserError("cannot read the study " + printable(path.string(), 200) + " (" + why + ").", status);
  };
  auto [file, problem, status] = open_plain_file(path);
  if (!problem.empty()) fail(problem, status);
  std::string text(max_bytes + 1, '\0');  // one byte more than a study may have: the guard refuses it by its size
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) fail("it breaks off");
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

/// Draws come last, so an option that states an uncertain number says nothing.
void warn_of_what_draws_overrule(const std::vector<Override>& overrides, Reading& reading) {
  for (std::size_t o = 0; o < overrides.size(); ++o)
    for (const sim::Uncertain& uncertain : reading.study.uncertain)
      if (overrides[o].path == uncertain.path && reading.study.draws > 0)
        reading.mistakes.warn({0, 0, 1, static_cast<int>(o)},
                              "has no effect: [uncertain] gives " + uncertain.path +
                                  " another value in every draw. Did you mean uncertain." + uncertain.path + "?");
}

/// The sweep of a study, held to it.
Sweep read_sweep(const std::optional<Entry>& entry, const ParsedStudy& parsed, Reading& reading) {
  if (!entry) return {};
  Design design = read_design(*entry, reading);
  Sweep sweep = sweep_of(design, parsed, reading);
  if (design.file) tell_of(*design.file, design.place, reading);
  return sweep;
}

}  // namespace

StudyReading read_study_text(std::string_view text, const std::string& name, const std::filesystem::path& folder,
                             const sim::Catalogue& catalogue, const std::vector<Override>& overrides, Points points) {
  Mistakes mistakes(name, text, options_of(overrides));
  Node root = parsed_or_thrown(text, mistakes);
  const Vocabulary vocabulary(catalogue);
  CustomerFiles customer_files(catalogue);
  Reading reading{catalogue, vocabulary, mistakes, folder};
  reading.swept = true;
  reading.customer_files = &customer_files;
  const std::string whole = with_tiers_of_files(root, text, reading);
  const std::optional<Entry> entry = read_tree(root, overrides, reading);
  Sweep sweep;
  if (points == Points::read) sweep = read_sweep(entry, {root, name, text, overrides}, reading);
  mistakes.throw_if_any();
  warn_of_what_draws_overrule(overrides, reading);
  finish_study(whole, overrides, reading);
  return {std::move(reading.study),  mistakes.warnings(), std::move(sweep),
          {name, folder, overrides}, reading.totals,      std::move(reading.books)};
}

StudyReading read_study(const std::filesystem::path& path, const sim::Catalogue& catalogue,
                        const std::vector<Override>& overrides, Points points) {
  if (is_standard_input(path))
    return read_study_text(text_of(path), "standard input", ".", catalogue, overrides, points);
  return read_study_text(text_of(path), path.string(), path.parent_path(), catalogue, overrides, points);
}

}  // namespace clientele::scenarios
