// Short options are paths of the study under another name, so that one reader checks them all.
#include "tools/clientele/study_options.hpp"

#include <algorithm>
#include <limits>

#include "sim/cells.hpp"
#include "sim/core/printable.hpp"
#include "sim/core/toml_text.hpp"
#include "sim/why.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/unlikely.hpp"

namespace clientele::tools {
namespace {

struct Short {
  const char* name;
  const char* path;
  unsigned long low, high;
};
constexpr Short shorts[] = {{"customers", "population.customers", 1, 4294967295},
                            {"replications", "experiment.replications", 1, 4000000},
                            {"draws", "experiment.draws", 0, 1000000},
                            {"months", "horizon.months", 1, 600},
                            {"seed", "seed", 0, 4294967295}};

/// What is said twice with different values is nobody's wish, whichever options say it.
void expect_one_value_each(const std::vector<scenarios::Override>& overrides) {
  for (std::size_t o = 0; o < overrides.size(); ++o)
    for (std::size_t before = 0; before < o; ++before)
      if (overrides[before].path == overrides[o].path && overrides[before].value != overrides[o].value)
        throw sim::UserError(sim::printable(overrides[before].option) + " and " + sim::printable(overrides[o].option) +
                                 " do not go together. Which one?",
                             sim::Exit::usage);
}

/// "payment.terms_days from 15 to 60 days (4 values)"
std::string number_in_words(const scenarios::Sweep& sweep, std::size_t number) {
  const auto [low, high, values] = scenarios::range_of(sweep, number);
  const std::string unit = sweep.units[number].empty() ? "" : " " + sweep.units[number];
  const std::string path = sim::printable(sweep.paths[number], 200);
  if (values == 1) return path + " = " + sim::number_text(low) + unit;
  return path + " from " + sim::number_text(low) + " to " + sim::number_text(high) + unit + " (" + with_commas(values) +
         " values)";
}

}  // namespace

std::vector<Option> study_options() {
  std::vector<Option> options;
  for (const Short& option : shorts) options.push_back({option.name, 0, Option::Takes::value});
  options.push_back({"set", 0, Option::Takes::values});
  return options;
}

Option sweep_option() { return {"sweep", 0, Option::Takes::value, Option::Of::file}; }

std::vector<scenarios::Override> overrides_of(const Arguments& arguments) {
  std::vector<scenarios::Override> overrides;
  if (const auto file = arguments.value("sweep"))
    overrides.push_back({"--sweep " + *file, "sweep", "{ file = " + sim::toml_text(*file) + " }"});
  for (const Short& option : shorts)
    if (const auto number = arguments.whole(option.name, option.low, option.high))
      overrides.push_back(
          {"--" + std::string(option.name) + " " + std::to_string(*number), option.path, std::to_string(*number)});
  for (const std::string& text : arguments.values("set")) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      throw sim::UserError(
          "--set " + sim::printable(text) + " has no value. Expected: PATH=VALUE, such as payment.terms_days=45.",
          sim::Exit::usage);
    const auto trimmed = [](std::string part) {
      part.erase(0, std::min(part.find_first_not_of(' '), part.size()));
      return part.erase(part.find_last_not_of(' ') + 1);
    };
    overrides.push_back({"--set " + text, trimmed(text.substr(0, equals)), trimmed(text.substr(equals + 1))});
  }
  expect_one_value_each(overrides);
  return overrides;
}

std::vector<scenarios::Override> overrides_of_kept(const std::vector<std::string>& options) {
  Words words;
  for (const std::string& option : options) {
    const std::size_t space = option.find(' ');
    words.push_back(option.substr(0, space));
    if (space != std::string::npos) words.push_back(option.substr(space + 1));
  }
  std::vector<Option> accepted = study_options();
  accepted.push_back(sweep_option());
  return overrides_of(Arguments(words, accepted));
}

void talk(Talk volume, const std::string& text) {
  if (volume == Talk::all) std::fprintf(stderr, "%s\n", text.c_str());
}

scenarios::StudyReading with_what_is_unlikely(scenarios::StudyReading reading, const sim::Catalogue& catalogue) {
  for (const std::string& warning : unlikely_in(reading.study, catalogue))
    reading.study.warnings.push_back(warning + ".");
  return reading;
}

scenarios::StudyReading reading_of(const Arguments& arguments, const sim::Catalogue& catalogue) {
  scenarios::StudyReading read =
      scenarios::read_study(arguments.only_word("STUDY"), catalogue, overrides_of(arguments));
  for (const std::string& warning : read.warnings) std::fprintf(stderr, "warning: %s\n", warning.c_str());
  const std::size_t told = read.study.warnings.size();
  scenarios::StudyReading reading = with_what_is_unlikely(std::move(read), catalogue);
  for (std::size_t w = told; w < reading.study.warnings.size(); ++w)
    std::fprintf(stderr, "warning: %s\n", reading.study.warnings[w].c_str());
  return reading;
}

sim::Study study_of(const Arguments& arguments, const sim::Catalogue& catalogue) {
  scenarios::StudyReading reading = reading_of(arguments, catalogue);
  if (!reading.sweep.empty())
    std::fprintf(stderr, "the sweep of the study has no part in this: its numbers are taken as stated.\n");
  return std::move(reading.study);
}

std::string sweep_in_words(const scenarios::Sweep& sweep) {
  if (sweep.empty()) return {};
  std::string text = with_commas(sweep.points.size()) + (sweep.points.size() == 1 ? " point (" : " points (") +
                     sim::printable(sweep.design, 200) + "): ";
  for (std::size_t n = 0; n < sweep.paths.size(); ++n) text += (n == 0 ? "" : ", ") + number_in_words(sweep, n);
  return text;
}

/// Those after the horizon are simulated too.
static int months_of(const sim::Study& study) {
  return study.horizon.months + study.horizon.run_off + study.horizon.beyond;
}

std::string size_of(const sim::Study& study, std::size_t points) {
  const auto part = [](std::uint64_t count, const std::string& one) {
    const std::string many = one == "policy" ? "policies" : one + "s";
    return with_commas(count) + " " + (count == 1 ? one : many);
  };
  const sim::CellAxes axes = sim::cell_axes_of(study);
  const auto blends = static_cast<std::uint64_t>(
      std::ranges::count(study.policies, false, [](auto& p) { return sim::is_simulated(p); }));
  const std::uint64_t simulated = axes.cells() / axes.policies * (axes.policies - blends);
  const double months = static_cast<double>(simulated * std::max<std::size_t>(1, points)) *
                        static_cast<double>(study.population.customers) * months_of(study);
  std::string text = points > 0 ? part(points, "point") + " x " : "";
  const auto others =
      static_cast<std::uint64_t>(std::ranges::count(study.policies, true, [](auto& p) { return p.twin.has_value(); }));
  text +=
      part(study.scenarios.size(), "scenario") + " x " + part(study.policies.size(), "policy") +
      (others > 0 ? " (" + with_commas(others) + " of them say why others differ" +
                        (blends > 0 ? ", " + with_commas(blends) + " without being simulated, for about 6 % more time"
                                    : std::string()) +
                        ")"
                  : "") +
      " x ";
  if (study.draws > 0) text += part(axes.draws, "draw") + " x ";
  return text + part(study.replications, "replication") + " x " + part(study.population.customers, "customer") + " x " +
         part(static_cast<std::uint64_t>(months_of(study)), "month") +
         (study.horizon.beyond > 0 ? " (" + std::to_string(study.horizon.beyond) + " beyond the horizon)" : "") +
         " = " + with_commas(static_cast<std::uint64_t>(std::min(months, 1e18))) + " customer-months";
}

}  // namespace clientele::tools
