// Default < table < group < draw, in this order, and then levers over the fields of the same key.
#include "sim/engine/resolve.hpp"

#include "sim/core/math_double.hpp"
#include "sim/random/distributions.hpp"

namespace clientele::sim {

namespace {

/// A name for ever: FNV-1a, so that a path's draws do not depend on which other paths there are.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash ^ hash >> 48;
}

bool overrides(const Group& group, FieldRef field) {
  for (const Group::Override& own : group.overrides)
    if (own.field == field) return true;
  return false;
}

std::vector<std::vector<FieldValue>> values_of(const Study& study, const Group& group, std::span<const double> drawn) {
  auto values = study.values;
  for (const Group::Override& own : group.overrides) values[own.field.table][own.field.field] = own.value;
  for (std::size_t u = 0; u < drawn.size(); ++u) {
    const Uncertain& uncertain = study.uncertain[u];
    if (!overrides(group, uncertain.field))
      values[uncertain.field.table][uncertain.field.field].numbers[uncertain.number] = drawn[u];
  }
  return values;
}

float lever_number(const Tier& tier, FieldRef field, const FieldValue& otherwise) {
  for (const Tier::Setting& setting : tier.levers)
    if (setting.field == field) return static_cast<float>(setting.value);
  return static_cast<float>(otherwise.numbers[0]);
}

}  // namespace

std::vector<double> drawn_values(const Study& study, std::uint32_t draw) {
  std::vector<double> values;
  if (study.draws == 0) return values;
  for (const Uncertain& uncertain : study.uncertain) {
    Address at;
    at.id = hash_of(uncertain.path) & 0xffff'ffff'ffffULL;
    at.tag = tag_of_draws;
    at.replication = draw;
    values.push_back(draw_parameter(uncertain.law, at, Key{study.seed, 0}));
  }
  return values;
}

Resolved resolve(const Program& program, std::uint32_t draw) {
  const Study& study = program.study();
  const auto& tables = program.catalogue().tables();
  const std::vector<double> drawn = drawn_values(study, draw);
  Resolved resolved;
  std::vector<std::vector<std::vector<FieldValue>>> values;
  for (const Group& group : study.population.groups) {
    values.push_back(values_of(study, group, drawn));
    auto& structs = resolved.parameters.emplace_back();
    for (std::size_t t = 0; t < tables.size(); ++t) structs.push_back(tables[t].fields.resolve(values.back()[t]));
  }
  for (const Policy& policy : study.policies) {
    auto& by_group = resolved.levers.emplace_back();
    for (std::size_t g = 0; g < values.size(); ++g) {
      auto& by_lever = by_group.emplace_back();
      for (const Layout::LeverInfo& lever : program.layout().levers) {
        auto& by_tier = by_lever.emplace_back();
        for (const Tier& tier : policy.tiers)
          by_tier.push_back(
              lever.rule(resolved.parameters[g][lever.field.table].get(),
                         lever_number(tier, lever.field, values[g][lever.field.table][lever.field.field])));
      }
    }
  }
  return resolved;
}

}  // namespace clientele::sim
