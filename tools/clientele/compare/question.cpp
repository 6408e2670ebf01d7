// Every name is looked up on an axis of the cube, or in its list of KPIs.
#include "tools/clientele/compare/question.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <sstream>

#include "sim/core/check.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/compare/program.hpp"

namespace clientele::tools {

using output::ComparisonInput;
using output::Question;

namespace {

using Strings = std::vector<std::string>;

constexpr std::size_t most_beside = 3;  ///< KPIs beside the headline: what a terminal is wide enough for

[[noreturn]] void fail(const std::string& text, sim::Exit status) { throw sim::UserError(text, status); }

std::string list_of(const Strings& names) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + sim::in_quotes(names[i]);
  return text + (names.size() > most ? ", ..." : "");
}

std::size_t place_of(const std::string& name, const Strings& known, const std::string& kind) {
  const auto found = std::find(known.begin(), known.end(), name);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  const std::string guess = sim::nearest(name, known);
  fail("the cube has no " + kind + " " + sim::in_quotes(name) + " (it has " + list_of(known) + ")." +
           (guess.empty() ? "" : " Did you mean " + sim::in_quotes(guess) + "?"),
       sim::Exit::usage);
}

/// The places of the names, in the order of the cube; all where no name is given. `always` is among them.
std::vector<std::size_t> places_of(const Strings& names, const Strings& known, const std::string& kind,
                                   std::optional<std::size_t> always = {}) {
  std::vector<std::size_t> places;
  for (const std::string& name : names) places.push_back(place_of(name, known, kind));
  if (names.empty()) {
    places.resize(known.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
  } else if (always) {
    places.push_back(*always);
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

Question::Across across_of(const Asked& asked) {
  const std::string across = asked.across.value_or("policies");
  if (across == "policies") return Question::Across::policies;
  if (across == "scenarios") return Question::Across::scenarios;
  const std::string guess = sim::nearest(across, {"policies", "scenarios"});
  fail("--across " + sim::printable(across) + " is neither policies nor scenarios." +
           (guess.empty() ? "" : " Did you mean " + guess + "?"),
       sim::Exit::usage);
}

void choose_kpis(const Strings& named, const ComparisonInput& input, Question& question) {
  Strings known;
  for (const output::KpiTexts& kpi : input.kpis) known.push_back(kpi.name);
  if (known.empty()) fail("the cube holds no KPI to compare. Was it selected without them?", sim::Exit::bad_data);
  const bool has_its_own_all = std::find(known.begin(), known.end(), "all") != known.end();
  if (!has_its_own_all && std::find(named.begin(), named.end(), "all") != named.end()) {
    for (const std::string& name : named)
      if (name != "all") place_of(name, known, "KPI");
    question.kpis = known;
  } else if (!named.empty()) {
    for (const std::string& name : named)
      if (std::find(question.kpis.begin(), question.kpis.end(), known[place_of(name, known, "KPI")]) ==
          question.kpis.end())
        question.kpis.push_back(name);
  } else {
    const std::string& headline = input.headline;
    if (std::find(known.begin(), known.end(), headline) == known.end())
      fail("the cube does not hold the KPI of the study's headline, " + sim::in_quotes(headline) + " (it has " +
               list_of(known) + "). Which one is to be compared (--kpi NAME)?",
           sim::Exit::bad_data);
    question.kpis = {headline};
    for (const std::string& name : input.beside)
      if (name != headline && std::find(known.begin(), known.end(), name) != known.end())
        question.beside.push_back(name);
    for (const std::string& name : known)
      if (input.beside.empty() && name != headline && question.beside.size() < most_beside)
        question.beside.push_back(name);
  }
}

/// "0.5,0.95" as numbers between 0 and 1.
std::vector<double> quantiles_of(const std::string& text) {
  std::vector<double> quantiles;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    double p = 0;
    const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), p);
    if (problem != std::errc() || end != part.data() + part.size() || !(p > 0 && p < 1))
      fail("--quantiles " + sim::printable(text) + ": " + sim::in_quotes(part) + " is no number between 0 and 1." +
               (p >= 1 && p < 100 ? " Did you mean " + sim::number_text(p / 100) + "?"
                                  : " Expected: numbers with commas between them, such as 0.05,0.5,0.95."),
           sim::Exit::usage);
    if (std::find(quantiles.begin(), quantiles.end(), p) == quantiles.end()) quantiles.push_back(p);
  }
  std::sort(quantiles.begin(), quantiles.end());
  if (quantiles.empty()) fail("--quantiles is empty. Expected: such as 0.05,0.5,0.95.", sim::Exit::usage);
  return quantiles;
}

}  // namespace

Question question_of(const Asked& asked, const ComparisonInput& input) {
  Question question;
  question.across = across_of(asked);
  const bool policies = question.is_across_policies();
  if (!policies && input.scenarios.size() == 1)
    fail("there is one scenario only, so that --across scenarios has nothing to compare.", sim::Exit::usage);
  const std::string study_baseline = policies ? input.baseline : input.scenarios.front();
  question.baseline = place_of(asked.baseline.value_or(study_baseline), policies ? input.policies : input.scenarios,
                               policies ? "policy" : "scenario");
  const std::optional<std::size_t> baseline = question.baseline, none;
  question.policies = places_of(asked.policies, input.policies, "policy", policies ? baseline : none);
  if (asked.policies.empty())  // who keeps tiers only says why others differ
    std::erase_if(question.policies, [&](std::size_t policy) { return input.keeps_tiers(policy); });
  question.scenarios = places_of(asked.scenarios, input.scenarios, "scenario", policies ? none : baseline);
  choose_kpis(asked.kpis, input, question);
  if (asked.quantiles) question.quantiles = quantiles_of(*asked.quantiles);
  question.over_time = asked.over_time;
  question.program = program_terms();
  return question;
}

}  // namespace clientele::tools
