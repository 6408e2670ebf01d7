// Default < table < group < draw, in this order, and then levers over the fields of the same key. A draw of everybody's
// number moves a group's own along.
#include "sim/engine/resolve.hpp"

#include "sim/core/math_double.hpp"
#include "sim/draws.hpp"
#include "sim/roll_out.hpp"

namespace clientele::sim {

namespace {

FieldValue& at(std::vector<std::vector<FieldValue>>& values, FieldRef field) {
  return values[field.table][field.field];
}

std::vector<std::vector<FieldValue>> values_of(const Study& study, const Catalogue& catalogue, std::uint32_t group,
                                               std::span<const double> drawn) {
  auto values = study.values;
  for (const Group::Override& own : study.population.groups[group].overrides) at(values, own.field) = own.value;
  for (std::size_t u = 0; u < drawn.size(); ++u) {
    if (study.uncertain[u].group || study.uncertain[u].place) continue;
    if (const auto place = place_that_follows(study, catalogue, study.uncertain[u], group))
      at(values, study.uncertain[u].field).numbers[place->number] = place->value(drawn[u]);
  }
  for (std::size_t u = 0; u < drawn.size(); ++u)
    if (study.uncertain[u].group == group)
      at(values, study.uncertain[u].field).numbers[study.uncertain[u].number] = drawn[u];
  return values;
}

/// A study in one of its draws.
struct InDraw {
  const Study& study;
  std::span<const double> drawn;
};

float lever_number(const InDraw& at, std::uint32_t policy, std::size_t tier, FieldRef field,
                   const FieldValue& otherwise) {
  for (const Tier::Setting& setting : at.study.policies[policy].tiers[tier].levers)
    if (setting.field == field) return static_cast<float>(level_in_draw(at.study, at.drawn, policy, tier, setting));
  return static_cast<float>(otherwise.numbers[0]);
}

std::vector<std::vector<double>> changes_in(const InDraw& at) {
  std::vector<std::vector<double>> changes;
  for (std::uint32_t policy = 0; policy < at.study.policies.size(); ++policy) {
    auto& own = changes.emplace_back();
    for (std::size_t setting = 0; setting < at.study.policies[policy].settings.size(); ++setting)
      own.push_back(setting_in_draw(at.study, at.drawn, policy, setting));
  }
  return changes;
}

}  // namespace

Resolved resolve(const Program& program, std::uint32_t draw) {
  const Study& study = program.study();
  const auto& tables = program.catalogue().tables();
  const std::vector<double> drawn = drawn_values(study, draw);
  Resolved resolved;
  std::vector<std::vector<std::vector<FieldValue>>> values;
  for (std::uint32_t group = 0; group < study.population.groups.size(); ++group) {
    values.push_back(values_of(study, program.catalogue(), group, drawn));
    auto& structs = resolved.parameters.emplace_back();
    for (std::size_t t = 0; t < tables.size(); ++t) structs.push_back(tables[t].fields.resolve(values.back()[t]));
  }
  for (const FieldRef at : program.layout().settings)
    resolved.settings.push_back(static_cast<float>(values.front()[at.table][at.field].numbers[0]));
  const InDraw in_draw{study, drawn};
  resolved.changes = changes_in(in_draw);
  if (draws_move_shocks(study)) resolved.drivers = program.drivers_of(drawn);
  for (std::uint32_t policy = 0; policy < study.policies.size(); ++policy) {
    auto& by_group = resolved.levers.emplace_back();
    for (std::size_t g = 0; g < values.size(); ++g) {
      auto& by_lever = by_group.emplace_back();
      for (const Layout::LeverInfo& lever : program.layout().levers) {
        auto& by_tier = by_lever.emplace_back();
        const FieldValue& otherwise = values[g][lever.field.table][lever.field.field];
        for (std::size_t tier = 0; tier < study.policies[policy].tiers.size(); ++tier)
          by_tier.push_back(lever.rule(resolved.parameters[g][lever.parameters],
                                       lever_number(in_draw, policy, tier, lever.field, otherwise)));
      }
    }
  }
  return resolved;
}

Wiring::EachNumber each_number_of(const Study& study, const Catalogue& catalogue) {
  return [&study, &catalogue](FieldRef field, const Wiring::Visit& visit) {
    const auto varies =
        std::ranges::any_of(study.uncertain, [&](const Uncertain& uncertain) { return is_of_field(uncertain, field); });
    for (std::uint32_t draw = 0; draw < (varies ? std::max(1U, study.draws) : 1U); ++draw) {
      const std::vector<double> drawn = varies ? drawn_values(study, draw) : std::vector<double>();
      for (std::uint32_t group = 0; group < study.population.groups.size(); ++group) {
        auto values = values_of(study, catalogue, group, drawn);
        for (const double number : at(values, field).numbers) visit(number);
      }
    }
    if (study.population.file)
      for (const CustomerFile::KnownTrait& known : study.population.file->traits)
        if (known.field == field)
          for (const float value : known.values) visit(static_cast<double>(value));
    for (std::size_t u = 0; u < study.uncertain.size(); ++u)
      if (study.uncertain[u].place && study.uncertain[u].field == field)
        for (std::uint32_t draw = 0; draw < study.draws; ++draw) visit(drawn_values(study, draw)[u]);
    for (const Policy& policy : study.policies) {
      for (const PolicySetting& setting : policy.settings)
        if (setting.field == field) visit(setting.value);
      for (const Tier& tier : policy.tiers)
        for (const Tier::Setting& lever : tier.levers)
          if (lever.field == field) visit(lever.value);
    }
  };
}

std::vector<float> settings_of(const Program& program, const Resolved& resolved, std::uint32_t policy, int month) {
  const Study& study = program.study();
  const std::uint32_t setting = reaches_somebody(study.policies[policy], month) ? policy : study.baseline;
  std::vector<float> values = resolved.settings;
  for (std::size_t s = 0; s < values.size(); ++s) {
    auto value = static_cast<double>(values[s]);
    for (std::size_t c = 0; c < resolved.changes[setting].size(); ++c) {
      const PolicySetting& change = study.policies[setting].settings[c];
      if (change.field != program.layout().settings[s] || (change.from && month < *change.from)) continue;
      const int since = change.from ? month - *change.from + 1 : change.ramp;
      const double share = since >= change.ramp ? 1 : static_cast<double>(since) / change.ramp;
      value += share * (resolved.changes[setting][c] - value);
    }
    values[s] = static_cast<float>(value);
  }
  return values;
}

float Arm::setting_in(Setting s, int months) const {
  const int month = month_->month() + months;
  const std::uint32_t policy = month < 0 ? program_->study().baseline : policy_;
  return settings_of(*program_, *resolved_, policy, month)[s.index];
}

float Arm::setting_of_baseline_in(Setting s, int months) const {
  return settings_of(*program_, *resolved_, program_->study().baseline, month_->month() + months)[s.index];
}

}  // namespace clientele::sim
