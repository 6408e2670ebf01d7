// A sentence names every policy that the bound is of, in the order of the answer.
#include "tools/clientele/compare/limits.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/printable.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

namespace {

using output::Bound;
using output::Broken;
using output::KeptBound;

std::string bound_in_words(const KeptBound& kept, const std::string& currency, Language language) {
  const Bound& bound = kept.bound;
  const std::string unit = behind_number(kept.words.unit == "money" ? currency : kept.words.unit, language);
  const auto value = [&](double number) { return in_short(number, language) + unit; };
  if (bound.at_most && bound.at_least)
    return say(language, "limit.between", {{"low", value(*bound.at_least)}, {"high", value(*bound.at_most)}});
  return bound.at_most ? say(language, "limit.at_most", {{"value", value(*bound.at_most)}})
                       : say(language, "limit.at_least", {{"value", value(*bound.at_least)}});
}

std::string arm_in_words(const Broken& arm, const output::Comparison& c, Language language) {
  const std::string policy = policy_of(c, arm.policy), broken = with_commas(arm.broken, language);
  const std::string all = with_commas(arm.futures, language);
  if (std::isnan(arm.share.low))
    return say(language, "limit.arm_alone", {{"policy", policy}, {"broken", broken}, {"all", all}});
  return say(language, "limit.arm",
             {{"policy", policy},
              {"broken", broken},
              {"all", all},
              {"low", percent(arm.share.low, language)},
              {"high", percent(arm.share.high, language)}});
}

}  // namespace

std::vector<Bound> bounds_of(const sim::Study& study) {
  std::vector<Bound> bounds;
  for (const sim::Constraint& one : study.constraints)
    bounds.push_back(
        {one.kpi, one.at_most, one.at_least, one.policy ? study.policies[*one.policy].name : std::string()});
  return bounds;
}

void show_bounded(const std::vector<Bound>& bounds, const output::ComparisonInput& input, output::Question& question) {
  const auto is_in = [](const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
  };
  for (const Bound& bound : bounds)
    if (input.kpi(bound.kpi) != nullptr && !is_in(question.kpis, bound.kpi) && !is_in(question.beside, bound.kpi))
      question.beside.push_back(bound.kpi);
}

std::vector<Sentence> sentences_of(const std::vector<KeptBound>& bounds, const output::Comparison& comparison,
                                   Language language) {
  std::vector<Sentence> all;
  for (const KeptBound& kept : bounds)
    for (const std::size_t scenario : comparison.question.scenarios) {
      std::string list;
      for (const Broken& arm : kept.arms) {
        if (arm.scenario != scenario || arm.futures == 0) continue;
        const std::string words = arm_in_words(arm, comparison, language);
        list = list.empty() ? words : say(language, "listed.next", {{"first", list}, {"next", words}});
      }
      if (list.empty()) continue;
      all.push_back({"limits", say(language, "limit.sentence",
                                   {{"kpi", sim::printable(kept.words.name)},
                                    {"bound", bound_in_words(kept, comparison.currency, language)},
                                    {"scenario", scenario_of(comparison, scenario)},
                                    {"list", list}})});
    }
  return all;
}

}  // namespace clientele::tools
