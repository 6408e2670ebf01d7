// `clientele init [NAME] [-o FILE]`, `init --like TOTALS` and `init --from ORDERS`: a study to begin with.
#include <cstdio>
#include <filesystem>
#include <string_view>

#include "models/catalogue.hpp"
#include "output/files/durable_file.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/init/from_books.hpp"
#include "tools/clientele/init/starters.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/totals/calibration.hpp"
#include "tools/clientele/totals/like.hpp"
#include "tools/clientele/totals/told.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

const Starter& starter_called(const std::string& name) {
  std::vector<std::string> names;
  std::string known;
  for (const Starter& starter : starters()) {
    if (starter.name == name) return starter;
    names.emplace_back(starter.name);
    known += (known.empty() ? "" : ", ") + names.back();
  }
  const std::string guess = sim::nearest(name, names);
  throw sim::UserError(sim::in_quotes(name) + " is no study to begin with (there are: " + known + ")." +
                           (guess.empty() ? "" : " Did you mean " + guess + "?"),
                       sim::Exit::usage);
}

void refuse_what_is_there(const std::string& file) {
  if (std::filesystem::exists(std::filesystem::symlink_status(file)))
    throw sim::UserError(sim::file_in_quotes(file) + " is there already (nothing was overwritten). Another name?",
                         sim::Exit::output_exists);
}

/// Writes the study to a file, and says what it is on stdout; or to stdout.
sim::Exit hand_over(const std::optional<std::string>& file, std::string_view text, std::string_view about) {
  if (!file) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    return sim::Exit::done;
  }
  refuse_what_is_there(*file);
  output::DurableFile study(*file, output::Existing::refuse);
  study.write(text);
  study.commit();
  const std::string name = sim::printable(*file, 200);
  std::printf("%s: %s. Next: clientele run %s\n", name.c_str(), std::string(about).c_str(), name.c_str());
  return sim::Exit::done;
}

/// The table goes where it is no part of the study.
void tell(const Calibrated& found, const scenarios::Totals& totals, std::FILE* to) {
  constexpr double as_good_as_met = 0.01;
  std::fprintf(to, "The year before month 0, simulated in %zu populations of %s customers:\n%s",
               found.shown.populations, with_commas(found.shown.customers).c_str(),
               totals_beside_simulated(totals, found.shown).c_str());
  for (const scenarios::TotalInfo& total : scenarios::total_infos())
    if (const double off = difference_of(total.total, totals, found.shown); off > as_good_as_met)
      std::fprintf(to, "%s is off by %.0f %%: no base that was tried has it (few customers decide it?).\n",
                   std::string(total.key).c_str(), 100 * off);
  std::fputs("Of what your totals do not say, margin and costs before all, the study has guesses; it marks them.\n",
             to);
}

sim::Exit init_like(const Arguments& arguments) {
  if (!arguments.words().empty() && arguments.only_word("NAME") != "b2b")
    throw sim::UserError("--like writes a study of its own, of a firm whose customers pay later. Leave " +
                             sim::in_quotes(arguments.only_word("NAME")) + " out?",
                         sim::Exit::usage);
  const auto file = arguments.value("output");
  if (file) refuse_what_is_there(*file);
  const scenarios::Totals totals = totals_in(*arguments.value("like"));
  const Calibrated found = calibrated(totals, models::catalogue());
  tell(found, totals, file ? stdout : stderr);
  return hand_over(file, found.text, "a base with your totals, and longer terms and care for its best fifth");
}

}  // namespace

sim::Exit init(const Words& words) {
  std::vector<Option> options = options_from_books();
  options.push_back({"output", 'o', Option::Takes::value, Option::Of::file});
  options.push_back({"like", 0, Option::Takes::value});
  const Arguments arguments(words, options);
  if (arguments.has("from") || arguments.has("invoices")) return init_from_books(arguments);
  for (const Option& option : options)
    if (option.name != "output" && option.name != "like" && arguments.has(option.name))
      throw sim::UserError("--" + option.name + " goes with --from (a list of orders) or --invoices.",
                           sim::Exit::usage);
  if (arguments.has("like")) return init_like(arguments);
  const bool named = !arguments.words().empty();
  const Starter& starter = named ? starter_called(arguments.only_word("NAME")) : starters().front();
  return hand_over(arguments.value("output"), starter.text, starter.about);
}

}  // namespace clientele::tools
