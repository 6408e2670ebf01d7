// One policy while it is read, and the parts of reading it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scenarios/reader/reading.hpp"

namespace clientele::scenarios {

class Section;

struct PolicyReading {
  const Node& node;
  std::string label;  ///< `policy "today": `
  std::vector<const Node*> tier_nodes;
  sim::Policy policy;
  const sim::Catalogue::SegmentationEntry* segmentation = nullptr;
  std::optional<std::uint32_t> attribute = {};  ///< that a segmentation goes by; absent: by groups
};

std::string tier_label(const PolicyReading& at, std::size_t tier);

/// What a tier gets: levers by their own key, or by behavior.
void read_tier_levers(const Node& node, const std::string& label, sim::Tier& tier, Reading& reading);

/// Levers that a policy states once, for all its tiers; and granting them to each tier that does not say otherwise.
void read_levers_for_all(Section& section, const PolicyReading& at, sim::Tier& all, Reading& reading);
void grant_to_all(const sim::Tier& all, PolicyReading& at, Reading& reading);

/// What the policy sets for all customers, by behavior: { loyalty.budget = { value = 1e6, from = 6, ramp = 3 } }.
void read_settings(const Node& node, PolicyReading& at, Reading& reading);

/// Who is in which tier: shares, cumulative tops, values to start from, conditions or groups, as the segmentation asks.
void read_membership(PolicyReading& at, Reading& reading);
void read_conditions(PolicyReading& at, Reading& reading);

}  // namespace clientele::scenarios
