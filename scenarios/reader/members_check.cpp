// Tiers that members of a program earn: somebody must be able to join it.
#include <algorithm>

#include "scenarios/reader/reading.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/printable.hpp"
#include "sim/roll_out.hpp"

namespace clientele::scenarios {

using sim::in_quotes;

namespace {

/// At 0 nobody joins, and at 1 nobody has to: all are in the program, and none becomes a member.
bool lets_join(double join) { return join > 0 && join < 1; }

/// Whether a tier's customers may join, by its own number or by that of all, in some group and draw.
bool may_join(const sim::Tier& tier, sim::FieldRef join, const sim::Study& study) {
  const auto varies = [&](const sim::Uncertain& uncertain) { return uncertain.field == join; };
  if (std::ranges::any_of(study.uncertain, varies)) return true;
  const auto own = std::ranges::find(tier.levers, join, &sim::Tier::Setting::field);
  if (own != tier.levers.end()) return lets_join(own->value);
  if (lets_join(study.values[join.table][join.field].numbers.front())) return true;
  return std::ranges::any_of(study.population.groups, [&](const sim::Group& group) {
    return std::ranges::any_of(group.overrides, [&](const sim::Group::Override& other) {
      return other.field == join && lets_join(other.value.numbers.front());
    });
  });
}

/// Where a tier says how its customers join, and otherwise the tier itself.
Place place_of_join(const Node& policy, const sim::Tier& tier, std::string_view key, Reading& reading) {
  for (const Node* node : tables_of(policy, "tier", "", reading)) {
    const Entry* name = node->find("name");
    if (name == nullptr || name->node.text != tier.name) continue;
    const Entry* join = node->find(key);
    return join == nullptr ? node->place : join->node.place;
  }
  return policy.place;
}

}  // namespace

void check_members(const Node& root, Reading& reading) {
  const sim::Study& study = reading.study;
  const auto nodes = tables_of(root, "policy", "", reading);
  for (std::size_t p = 0; p < study.policies.size(); ++p) {
    const sim::Policy& policy = study.policies[p];
    const auto& segmentation = reading.catalogue.segmentations()[policy.segmentation];
    if (!segmentation.is_of_members()) continue;
    const sim::FieldRef join = reading.catalogue.field_at(segmentation.join_by);
    const auto has_a_way = [&](const sim::Tier& tier) { return may_join(tier, join, study); };
    const auto of_baseline = sim::own_tiers(study.policies[study.baseline]);
    const sim::Tier& none = sim::own_tiers(policy).back();
    if (none.from || has_a_way(none) || std::ranges::any_of(of_baseline, has_a_way)) continue;
    const std::string key(reading.catalogue.tables()[join.table].fields.fields()[join.field].key);
    const Place place = place_of_join(*nodes.at(p), none, key, reading);
    const std::string says = "policy " + in_quotes(policy.name) + ", tier " + in_quotes(none.name) +
                             ": nobody ever joins (" + key +
                             " is 0, or 1 as where nobody has to, here and in all tiers of the baseline), ";
    if (place.option < 0)
      reading.mistakes.add(place, says + "so that no tier is earned. Expected: " + key + " = 0.3, a chance per order.");
    else  // an end of what somebody tries
      reading.mistakes.warn(place, says + "so that no tier is earned.");
  }
}

}  // namespace clientele::scenarios
