// Each uncertain number is drawn at an address made of its path, or stands in a file's row; a group's number goes
// along.
#include "sim/draws.hpp"

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

}  // namespace clientele::sim
