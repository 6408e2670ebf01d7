// A number that is not known, wherever in a study it stands: its path, where its draws must be, and the law it is
// given.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "scenarios/reader/reading.hpp"
#include "sim/schema.hpp"

namespace clientele::scenarios {

/// A number of a field, everybody's or a group's, or one of a policy or a scenario: its range, and how a study writes
/// it.
struct NumberPlace {
  sim::FieldRef field;
  std::uint32_t number = 0;
  std::string path;
  sim::Range range = {};
  std::optional<std::uint32_t> group = {};
  std::optional<sim::Uncertain::Place> place = {};
};

inline const sim::FieldInfo& info_of(sim::FieldRef field, const Reading& reading) {
  return reading.catalogue.tables()[field.table].fields.fields()[field.field];
}

/// Reads the law of a number, or takes the column of a file that gives its draws.
void read_law_of(const Node& node, const NumberPlace& at, Reading& reading);

/// What is not known of policies, uncertain.policy.scorecard.tier.A.care, and of scenarios,
/// uncertain.scenario.recession.demand.
void read_uncertain_policies(const Node& node, Reading& reading);
void read_uncertain_scenarios(const Node& node, Reading& reading);

}  // namespace clientele::scenarios
