// Compares futures bit for bit, then looks for the reason in what tiers grant and in who is there.
#include "tools/clientele/report/unchanged.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/counted.hpp"

namespace clientele::tools {

namespace {

bool is_same(const Material& material, std::size_t policy) {
  bool any = false;
  for (const output::ComparedArm& arm : material.comparison.kpis.front().arms) {
    if (arm.policy != policy || !arm.against) continue;
    const output::Chance& chance = arm.against->futures;
    if (chance.better + chance.worse > 0) return false;
    any = any || chance.equal > 0;
  }
  return any;
}

std::set<std::string> granted(const Material& material, std::size_t policy) {
  const auto& levers = material.cube.texts().study.tier_levers;
  if (policy >= levers.size()) return {};
  std::set<std::string> all;
  for (std::size_t t = 0; t < levers[policy].size(); ++t)
    if (!material.cube.tier_name(policy, t).empty()) all.insert(levers[policy][t]);
  return all;
}

/// Tiers that nobody is in, in any scenario.
std::vector<std::string> empty_tiers(const Material& material, std::size_t policy) {
  std::vector<std::string> names;
  for (std::size_t t = 0; t < material.cube.axes().tiers; ++t) {
    const std::string name = tier_name(material, policy, t);
    if (name.empty()) continue;
    const bool somebody = std::ranges::any_of(material.comparison.question.scenarios, [&](std::size_t scenario) {
      const auto customers = Counted::of(material, "customers", scenario, policy);
      return !customers || customers->average({.tier = t}).mean > 0;
    });
    if (!somebody) names.push_back(name);
  }
  return names;
}

std::string reason_of(const Material& material, std::size_t policy) {
  const std::set<std::string> ours = granted(material, policy);
  if (!ours.empty() && ours == granted(material, material.comparison.question.baseline))
    return material.say("unchanged.levers", {{"baseline", baseline_name(material)}});
  const std::vector<std::string> empty = empty_tiers(material, policy);
  return empty.empty() ? material.say("unchanged.unknown")
                       : material.say("unchanged.nobody", {{"tiers", list_of(material, empty)}});
}

}  // namespace

std::vector<std::string> unchanged_policies(const Material& material) {
  std::vector<std::string> sentences;
  for (const std::size_t policy : material.comparison.question.policies)
    if (policy != material.comparison.question.baseline && is_same(material, policy))
      sentences.push_back(material.say("unchanged.same", {{"policy", policy_name(material, policy)},
                                                          {"baseline", baseline_name(material)},
                                                          {"why", reason_of(material, policy)}}));
  return sentences;
}

}  // namespace clientele::tools
