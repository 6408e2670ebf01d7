// Each uncertain number is drawn at an address made of its path, or stands in a file's row; a group's number goes
// along, and so do the copies that policies hold of each other's tiers and settings.
#include "sim/draws.hpp"

#include <algorithm>

#include "sim/random/address_book.hpp"
#include "sim/random/distributions.hpp"

namespace clientele::sim {

namespace {

/// A name for ever: FNV-1a, so that a path's draws do not depend on which other paths there are.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash ^ hash >> 48;
}

/// Which number of a group's own law is called like a number of everybody's; a constant's value is its mean.
std::optional<std::uint32_t> number_called_like(const FieldInfo& field, std::uint32_t own_family, std::uint32_t family,
                                                std::uint32_t number) {
  if (own_family == family) return number;
  const auto name = [](const LawParameter& parameter) {
    return parameter.key == "value" ? std::string_view("mean") : parameter.key;
  };
  const std::string_view sought = name(field.families[family].parameters[number]);
  const auto& own = field.families[own_family].parameters;
  for (std::uint32_t n = 0; n < own.size(); ++n)
    if (name(own[n]) == sought) return n;
  return std::nullopt;
}

}  // namespace

std::vector<FieldValue> values_in(const Study& study, const Group& group, std::uint32_t table) {
  std::vector<FieldValue> values = study.values[table];
  for (const Group::Override& own : group.overrides)
    if (own.field.table == table) values[own.field.field] = own.value;
  return values;
}

bool has_a_part(const Study& study, const Catalogue& catalogue, FieldRef at) {
  const FieldTable& table = catalogue.tables()[at.table].fields;
  const FieldInfo& field = table.fields()[at.field];
  if (!field.unsaid && field.counts_with.key.empty()) return true;
  return std::ranges::any_of(study.population.groups, [&](const Group& group) {
    const std::vector<FieldValue> values = values_in(study, group, at.table);
    return field.counts_with.key.empty() ? values[at.field] != field.standard : counts(field, table, values);
  });
}

std::vector<double> drawn_values(const Study& study, std::uint32_t draw) {
  std::vector<double> values;
  if (study.draws == 0) return values;
  for (const Uncertain& uncertain : study.uncertain) {
    if (!uncertain.drawn.empty()) {
      values.push_back(uncertain.drawn.at(draw));
      continue;
    }
    Address at;
    at.id = hash_of(uncertain.path) & 0xffff'ffff'ffffULL;
    at.tag = tag_of_draws;
    at.replication = draw;
    values.push_back(draw_parameter(uncertain.law, at, Key{study.seed, 0}));
  }
  return values;
}

std::optional<Follower> place_that_follows(const Study& study, const Catalogue& catalogue, const Uncertain& uncertain,
                                           std::uint32_t group) {
  const FieldValue& stated = study.values[uncertain.field.table][uncertain.field.field];
  for (const Group::Override& own : study.population.groups[group].overrides) {
    if (own.field != uncertain.field) continue;
    const FieldInfo& field = catalogue.tables()[own.field.table].fields.fields()[own.field.field];
    const auto number = number_called_like(field, own.value.family, stated.family, uncertain.number);
    if (!number) return std::nullopt;
    return Follower{*number, own.value.family, stated.numbers[uncertain.number], own.value.numbers[*number]};
  }
  const double number = stated.numbers[uncertain.number];
  return Follower{uncertain.number, stated.family, number, number};
}

namespace {

using Place = Uncertain::Place;

struct Part {
  std::uint32_t owner = 0;
  std::size_t part = 0;
};

/// Where the tier was stated. Those before a roll-out are the baseline's.
Part tier_as_stated(const Study& study, std::uint32_t policy, std::size_t tier) {
  const Policy& of = study.policies[policy];
  const std::size_t own = of.tiers.size() - of.before;
  if (tier >= own) return {study.baseline, tier - own};
  return {of.twin.value_or(policy), tier};
}

/// Who spends the same money evenly, or keeps its twin's tiers, has the settings of the other.
Part setting_as_stated(const Study& study, std::uint32_t policy, std::size_t setting) {
  const Policy& of = study.policies[policy];
  return {of.twin.value_or(of.same_money_as.value_or(policy)), setting};
}

std::optional<double> drawn_at(const Study& study, std::span<const double> drawn, Place::Of what, Part at,
                               std::optional<FieldRef> lever = {}) {
  for (std::size_t u = 0; u < drawn.size(); ++u) {
    const Uncertain& uncertain = study.uncertain[u];
    if (uncertain.place && uncertain.place->of == what && uncertain.place->owner == at.owner &&
        uncertain.place->part == at.part && (!lever || uncertain.field == *lever))
      return drawn[u];
  }
  return std::nullopt;
}

bool draws_move(const Study& study, Place::Of what) {
  return study.draws > 0 && std::ranges::any_of(study.uncertain, [&](const Uncertain& uncertain) {
           return uncertain.place && uncertain.place->of == what;
         });
}

}  // namespace

double level_in_draw(const Study& study, std::span<const double> drawn, std::uint32_t policy, std::size_t tier,
                     const Tier::Setting& lever) {
  const bool is_mean = study.policies[policy].same_money_as && tier == 0;  // of all tiers: it stands for none of them
  if (is_mean) return lever.value;
  return drawn_at(study, drawn, Place::Of::tier, tier_as_stated(study, policy, tier), lever.field)
      .value_or(lever.value);
}

double setting_in_draw(const Study& study, std::span<const double> drawn, std::uint32_t policy, std::size_t setting) {
  return drawn_at(study, drawn, Place::Of::setting, setting_as_stated(study, policy, setting))
      .value_or(study.policies[policy].settings[setting].value);
}

double size_in_draw(const Study& study, std::span<const double> drawn, std::uint32_t scenario, std::size_t shock) {
  return drawn_at(study, drawn, Place::Of::shock, {scenario, shock})
      .value_or(study.scenarios[scenario].shocks[shock].size);
}

bool draws_move_levers(const Study& study) { return draws_move(study, Place::Of::tier); }

bool draws_move_shocks(const Study& study) { return draws_move(study, Place::Of::shock); }

Study with_placed_draw(const Study& study, std::span<const double> drawn) {
  Study placed = study;
  for (std::uint32_t p = 0; p < study.policies.size(); ++p) {
    Policy& policy = placed.policies[p];
    for (std::size_t t = 0; t < policy.tiers.size(); ++t)
      for (Tier::Setting& lever : policy.tiers[t].levers) lever.value = level_in_draw(study, drawn, p, t, lever);
    for (std::size_t s = 0; s < policy.settings.size(); ++s)
      policy.settings[s].value = setting_in_draw(study, drawn, p, s);
  }
  for (std::uint32_t s = 0; s < study.scenarios.size(); ++s)
    for (std::size_t n = 0; n < study.scenarios[s].shocks.size(); ++n)
      placed.scenarios[s].shocks[n].size = size_in_draw(study, drawn, s, n);
  return placed;
}

double stated_in(const Study& study, const Uncertain& uncertain) {
  const Place& place = *uncertain.place;
  switch (place.of) {
    case Place::Of::setting:
      return study.policies[place.owner].settings[place.part].value;
    case Place::Of::shock:
      return study.scenarios[place.owner].shocks[place.part].size;
    case Place::Of::tier:
      break;
  }
  const auto& levers = study.policies[place.owner].tiers[place.part].levers;
  const auto lever = std::ranges::find(levers, uncertain.field, &Tier::Setting::field);
  expects(lever != levers.end(), "an uncertain lever is one that its tier sets");
  return lever->value;
}

}  // namespace clientele::sim
