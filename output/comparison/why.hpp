// Why policies differ from the baseline, in two ways, each of them three paired differences that add up to the whole in
// every future: what is granted, whom it is granted to and what later reviews move; and whose customers it comes from.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "output/comparison/input.hpp"
#include "output/cube/kpi_texts.hpp"
#include "output/statistics/statements.hpp"

namespace clientele::output {

struct Comparison;

/// Whose customers a difference comes from, month by month.
struct WhyChannels {
  std::size_t shared = 0, shared_and_own = 0;  ///< policies that are put together of the policy and the baseline
  Statements both;                             ///< customers under both: what they do otherwise
  Statements own;                              ///< customers under the policy alone: what they do
  Statements lost;                             ///< customers under the baseline alone: what is missed of them
};

/// Of one policy in one scenario.
struct WhyArm {
  std::size_t scenario = 0, policy = 0;
  std::size_t held = 0, at_random = 0;       ///< policies that keep its tiers, and tiers by chance
  Statements all;                            ///< the policy against the baseline
  Statements treatment;                      ///< tiers by chance against the baseline: what is granted, whoever gets it
  Statements selection;                      ///< tiers of the first review against tiers by chance: who gets it
  Statements moves;                          ///< the policy against tiers of the first review: later reviews
  std::optional<WhyChannels> channels = {};  ///< of a KPI that adds up customers, against the study's own baseline
};

struct WhyKpi {
  KpiTexts words;
  std::vector<WhyArm> arms;  ///< by scenario, then policy
  bool adds_up = false;      ///< over customers: it is a sum, and no ratio or number of single months
};

struct Why {
  std::vector<WhyKpi> kpis;                 ///< as compared
  std::vector<std::size_t> without_reason;  ///< policies that were compared and have nobody who keeps their tiers
};

/// Whether a KPI is a sum over customers and months, by its formula.
bool adds_up(const KpiTexts& kpi);

/// Whether policies of a study are joined by those that keep their tiers (experiment.why).
bool has_why(const StudyFacts& facts);

/// Of all policies that a comparison across policies shows, in its KPIs. Only pairs with both sides count, so that
/// parts of policies whose cells are missing may rest on fewer futures than the whole.
Why why_of(const ComparisonInput& input, const Comparison& comparison);

}  // namespace clientele::output
