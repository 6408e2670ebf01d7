// A loyalty program laid over a study: policies with it, tiers that grant it differently, terms that fall.
#pragma once
#include <vector>

#include "sim/study.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {

/// What a tier of a program grants.
struct ProgramTier {
  double join = 1, earn = 0, points_valid = 24, status = 0;
};

inline void grant(const sim::Catalogue& catalogue, sim::Tier& tier, const ProgramTier& granted) {
  tier.levers.push_back({field_ref(catalogue, "membership", "join"), granted.join});
  tier.levers.push_back({field_ref(catalogue, "points", "earn"), granted.earn});
  tier.levers.push_back({field_ref(catalogue, "points", "points_valid"), granted.points_valid});
  tier.levers.push_back({field_ref(catalogue, "program", "status"), granted.status});
}

/// The last policy but one grants it by tiers and lets its terms fall in mid-run; the last one grants the same points
/// to all tiers for good, which partners give too. The first has none. Of the second group much is otherwise.
inline void add_program(const sim::Catalogue& catalogue, sim::Study& study) {
  const auto ref = [&](const char* table, const char* key) { return field_ref(catalogue, table, key); };
  study.count.triangle = true;
  sim::Policy &falling = study.policies[study.policies.size() - 2], &steady = study.policies.back();
  const std::vector<ProgramTier> by_tier{{0.5, 0.8, 9, 1}, {0.3, 0.5, 4, 0.4}, {0.2, 0.3, 3, 0}};
  for (std::size_t k = 0; k < falling.tiers.size(); ++k) grant(catalogue, falling.tiers[k], by_tier[k % 3]);
  for (sim::Tier& tier : steady.tiers) grant(catalogue, tier, {0.4, 0.4, 240, 0});
  for (const auto& setting : std::vector<sim::PolicySetting>{{ref("points", "value"), 0.01},
                                                             {ref("points", "value"), 0.006, 7},
                                                             {ref("points", "valid_at_most"), 240},
                                                             {ref("points", "valid_at_most"), 3, 6},
                                                             {ref("points", "entry_bonus"), 150},
                                                             {ref("points", "promotion"), 1},
                                                             {ref("points", "promotion"), 3, 3},
                                                             {ref("points", "promotion"), 1, 4},
                                                             {ref("program", "announced"), 2},
                                                             {ref("redemption", "block"), 200},
                                                             {ref("redemption", "minimum"), 300}})
    falling.settings.push_back(setting);
  for (const auto& setting : std::vector<sim::PolicySetting>{{ref("points", "valid_at_most"), 240},
                                                             {ref("points", "valid_at_most"), 10, 5},
                                                             {ref("points", "inactivity"), 3},
                                                             {ref("redemption", "block"), 100}})
    steady.settings.push_back(setting);
  set(study, catalogue, "points", "recorded_share", {0.8});
  set(study, catalogue, "points", "elsewhere", {12.5});
  set(study, catalogue, "points", "elsewhere_price", {0.007});
  set(study, catalogue, "program", "reward_pressure", {0.4});
  set(study, catalogue, "program", "bystander_points", {-6});
  set(study, catalogue, "program", "devaluation_hazard", {1.5});
  set(study, catalogue, "program", "devaluation_points", {-15});
  if (study.population.groups.size() < 2) return;
  for (const auto& own : std::vector<sim::Group::Override>{{ref("points", "held"), {0, {1}}},
                                                           {ref("points", "base"), {0, {2}}},
                                                           {ref("points", "rounding"), {0, {1}}},
                                                           {ref("redemption", "amount"), {0, {1}}},
                                                           {ref("redemption", "mean"), {0, {0.7}}},
                                                           {ref("redemption", "burn_months"), {0, {4}}},
                                                           {ref("membership", "readiness"), {0, {2.5}}},
                                                           {ref("program", "rewarded"), {0, {0.3}}},
                                                           {ref("program", "heavy_buyers"), {0, {0.4}}}})
    study.population.groups[1].overrides.push_back(own);
}

}  // namespace clientele::tests
