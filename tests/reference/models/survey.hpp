// The survey, one customer: asked at the end of each quarter, he answers or what he said before stands.
#pragma once
#include "models/addresses.hpp"
#include "models/survey.hpp"
#include "sim/random/distributions.hpp"
#include "tests/reference/models/satisfaction.hpp"

namespace clientele::tests {

struct Surveyed {
  float said = models::never_answered;
};

inline void ask(const Scene& scene, const Customer& who, Surveyed& surveyed, const Judge& judge) {
  const auto& p = scene.setting.parameters<models::SurveyParameters>("survey", who.group);
  int months = scene.month + 1;
  while (months < 0) months += p.every;
  if (scene.run_off() || !who.active || months % p.every != 0) return;
  const auto& satisfaction = scene.setting.parameters<models::SatisfactionParameters>("satisfaction", who.group);
  const std::uint32_t answers = scene.luck.of_month(models::addresses.of("survey answer"), who.id, scene.month);
  const std::uint32_t error = scene.luck.of_month(models::addresses.of("survey error"), who.id, scene.month);
  const float chance = models::chance_to_answer(p, judge.gap);
  if (!sim::happens(sim::chance_bits(answers), sim::chance_threshold(chance))) return;
  surveyed.said = models::said_in_survey(satisfaction.reference + 10.F * judge.gap, p.error, sim::normal_of(error));
}

}  // namespace clientele::tests
