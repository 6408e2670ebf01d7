// Administration: what a policy costs for a customer whom it moves, and what it costs the firm.
#pragma once
#include <algorithm>
#include <cmath>

#include "models/administration.hpp"
#include "tests/reference/models/logistics.hpp"

namespace clientele::tests {

inline void charge_move(const Scene& scene, const Customer& who, Bills& bills) {
  if (who.moved == 0) return;
  const std::int32_t cost =
      sim::to_quanta(scene.setting.policy_setting("administration", "per_move", scene.month), scene.per_quantum());
  bills.push_back(cost);
  scene.count("administration_cost", who, cost);
}

/// Of a month as a whole, whoever is a customer.
inline void administer(const Scene& scene) {
  if (scene.run_off()) return;
  const auto quanta = [&](double money) { return std::llround(money / scene.setting.study().money_quantum); };
  const auto of = [&](std::string_view table, std::string_view key) {
    return static_cast<double>(scene.setting.policy_setting(table, key, scene.month));
  };
  const sim::Policy& policy = scene.setting.policy(scene.month);
  bool starts = scene.month == 0;
  auto entry = static_cast<std::int32_t>(policy.entry);
  if (!policy.rollout.empty()) {
    int first = policy.rollout.front().month;
    for (const sim::RollOut& step : policy.rollout) first = std::min(first, step.month);
    starts = starts || scene.month == first;
    const sim::Study& study = scene.setting.study();
    if (scene.month < first)
      entry = static_cast<std::int32_t>(policy.tiers.size() - policy.before + study.policies[study.baseline].entry);
  }
  std::int64_t cost = quanta(of("administration", "per_month"));
  cost += quanta(of("service", "managers") * of("administration", "per_manager"));
  if (starts) cost += quanta(of("administration", "once"));
  const auto of_the_firm = static_cast<std::uint32_t>(sim::number_of_classes(scene.setting.study()) - 1);
  scene.counts.add("administration_cost", scene.month, entry, of_the_firm, cost, std::nullopt);
  scene.counts.add("contribution", scene.month, entry, of_the_firm, -cost, std::nullopt);
}

}  // namespace clientele::tests
