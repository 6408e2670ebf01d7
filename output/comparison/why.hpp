// Why policies differ from the baseline: what is granted, whom it is granted to, and what later reviews move, as three
// paired differences that add up to the whole in every future.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "output/comparison/input.hpp"
#include "output/cube/kpi_texts.hpp"
#include "output/statistics/statements.hpp"

namespace clientele::output {

struct Comparison;

/// Of one policy in one scenario.
struct WhyArm {
  std::size_t scenario = 0, policy = 0;
  std::size_t held = 0, at_random = 0;  ///< policies that keep its tiers, and tiers by chance
  Statements all;                       ///< the policy against the baseline
  Statements treatment;                 ///< tiers by chance against the baseline: what is granted, whoever gets it
  Statements selection;                 ///< tiers of the first review against tiers by chance: who gets it
  Statements moves;                     ///< the policy against tiers of the first review: later reviews
};

struct WhyKpi {
  KpiTexts words;
  std::vector<WhyArm> arms;  ///< by scenario, then policy
};

struct Why {
  std::vector<WhyKpi> kpis;                 ///< as compared
  std::vector<std::size_t> without_reason;  ///< policies that were compared and have nobody who keeps their tiers
};

/// Whether policies of a study are joined by those that keep their tiers (experiment.why).
bool has_why(const StudyFacts& facts);

/// Of all policies that a comparison across policies shows, in its KPIs. Only pairs with both sides count, so that
/// parts of policies whose cells are missing may rest on fewer futures than the whole.
Why why_of(const ComparisonInput& input, const Comparison& comparison);

}  // namespace clientele::output
