// Every name is looked up on an axis of the cube, or in its list of KPIs.
#include "tools/clientele/compare/question.hpp"

#include <algorithm>
#include <numeric>

#include "scenarios/nearest.hpp"
#include "scenarios/printable.hpp"
#include "sim/core/check.hpp"

namespace clientele::tools {

using output::CubeReader;
using output::Question;

namespace {

using Strings = std::vector<std::string>;

constexpr std::size_t most_beside = 3;  ///< KPIs beside the headline: what a terminal is wide enough for

[[noreturn]] void fail(const std::string& text, sim::Exit status) { throw sim::UserError(text, status); }

std::string list_of(const Strings& names) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + scenarios::in_quotes(names[i]);
  return text + (names.size() > most ? ", ..." : "");
}

std::size_t place_of(const std::string& name, const Strings& known, const std::string& kind) {
  const auto found = std::find(known.begin(), known.end(), name);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  const std::string guess = scenarios::nearest(name, known);
  fail("the cube has no " + kind + " " + scenarios::in_quotes(name) + " (it has " + list_of(known) + ")." +
           (guess.empty() ? "" : " Did you mean " + scenarios::in_quotes(guess) + "?"),
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
  const std::string guess = scenarios::nearest(across, {"policies", "scenarios"});
  fail("--across " + scenarios::printable(across) + " is neither policies nor scenarios." +
           (guess.empty() ? "" : " Did you mean " + guess + "?"),
       sim::Exit::usage);
}

void choose_kpis(const Strings& named, const CubeReader& cube, Question& question) {
  const Strings& known = cube.kpis();
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
    const std::string headline = cube.text_or_empty("headline");
    if (std::find(known.begin(), known.end(), headline) == known.end())
      fail("the cube does not hold the KPI of the study's headline, " + scenarios::in_quotes(headline) + " (it has " +
               list_of(known) + "). Which one is to be compared (--kpi NAME)?",
           sim::Exit::bad_data);
    question.kpis = {headline};
    for (const std::string& name : known)
      if (name != headline && question.beside.size() < most_beside) question.beside.push_back(name);
  }
}

/// A comparison has two sides at least: where the cube has them, one was not chosen.
void expect_two(const Question& question, const CubeReader::Axes& axes) {
  const bool policies = question.across == Question::Across::policies;
  const Strings& known = policies ? axes.policies : axes.scenarios;
  if ((policies ? question.policies : question.scenarios).size() > 1) return;
  const std::string kind = policies ? "policy" : "scenario";
  if (known.size() > 1)
    fail("--" + kind + " chooses " + scenarios::in_quotes(known[question.baseline]) +
             " alone, which the others are compared with (there are: " + list_of(known) + "). Which one beside it?",
         sim::Exit::usage);
  fail(policies ? "there is one policy only, so nothing to compare it with. Is --across scenarios meant, or a study "
                  "with two policies?"
                : "there is one scenario only, so nothing to compare it with.",
       sim::Exit::bad_data);
}

}  // namespace

Question question_of(const Asked& asked, const CubeReader& cube) {
  const CubeReader::Axes& axes = cube.axes();
  Question question;
  question.across = across_of(asked);
  const bool policies = question.across == Question::Across::policies;
  const std::string study_baseline = policies ? cube.text("baseline") : axes.scenarios.front();
  question.baseline = place_of(asked.baseline.value_or(study_baseline), policies ? axes.policies : axes.scenarios,
                               policies ? "policy" : "scenario");
  const std::optional<std::size_t> baseline = question.baseline, none;
  question.policies = places_of(asked.policies, axes.policies, "policy", policies ? baseline : none);
  question.scenarios = places_of(asked.scenarios, axes.scenarios, "scenario", policies ? none : baseline);
  expect_two(question, axes);
  choose_kpis(asked.kpis, cube, question);
  return question;
}

}  // namespace clientele::tools
