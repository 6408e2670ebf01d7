// What is not known of decisions and of the world: a lever of a tier, a setting of a policy, the size of a shock. Paths
// are those of options, and a scenario's shock goes by its driver alone as well.
#include <algorithm>

#include "scenarios/reader/behavior_reader.hpp"
#include "scenarios/reader/options.hpp"
#include "scenarios/reader/section.hpp"
#include "scenarios/reader/uncertain_reading.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "sim/draws.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::nearest;
using sim::printable;

namespace {

using Placed = sim::Uncertain::Place;

/// The item that the key of an entry names; notes an unknown one.
std::optional<std::uint32_t> place_named(const Entry& entry, const std::vector<std::string>& names,
                                         std::string_view kind, const std::string& label, Reading& reading) {
  Node name;
  name.kind = Node::Kind::text;
  name.text = entry.key;
  name.place = entry.place;
  return place_in(names, {entry.key, entry.place, name}, kind, label, reading);
}

template <class List>
std::vector<std::string> names_in(const List& list) {
  std::vector<std::string> names;
  for (const auto& item : list) names.push_back(item.name);
  return names;
}

std::string field_path(sim::FieldRef field, const Reading& reading) {
  return reading.catalogue.tables()[field.table].key + "." + std::string(info_of(field, reading).key);
}

/// "a, b or c"; what a study offers in the place of something that it has not.
std::string one_of(const std::vector<std::string>& all) {
  std::string text;
  for (std::size_t n = 0; n < all.size(); ++n) text += (n == 0 ? "" : n + 1 == all.size() ? " or " : ", ") + all[n];
  return text;
}

void read_number_at(const Node& node, NumberPlace at, Reading& reading) {
  const sim::FieldInfo& field = info_of(at.field, reading);
  at.range = sim::range(field.range.low, field.range.high);
  if (field.whole)
    return reading.mistakes.add(node.place,
                                "uncertain." + at.path + " cannot be drawn (only numbers with fractions can).");
  read_law_of(node, at, reading);
}

/// What a lever goes by in paths: its key, and its behavior's before it where two have that key.
std::string drawn_lever_key(sim::FieldRef lever, const Reading& reading) {
  std::size_t called_so = 0;
  for (const auto& table : reading.catalogue.tables())
    if (const auto field = table.fields.find(info_of(lever, reading).key))
      called_so += table.fields.fields()[*field].lever ? 1 : 0;
  return called_so > 1 ? field_path(lever, reading) : std::string(info_of(lever, reading).key);
}

/// The levers of a tier while its part of [uncertain] is read.
struct TierPlace {
  const sim::Policy& policy;
  std::uint32_t number = 0, tier = 0;
  std::string path;  ///< "policy.scorecard.tier.A."
};

void note_no_lever_there(const Entry& entry, const std::string& key, const TierPlace& at, Reading& reading) {
  std::vector<std::string> known;
  for (const sim::Tier::Setting& lever : at.policy.tiers[at.tier].levers)
    known.push_back(drawn_lever_key(lever.field, reading));
  const std::string guess = nearest(key, known);
  reading.mistakes.add(entry.place,
                       "uncertain." + at.path + printable(key) + ": tier " + in_quotes(at.policy.tiers[at.tier].name) +
                           " of policy " + in_quotes(at.policy.name) +
                           (known.empty() ? " sets no lever (what is uncertain is stated as well)."
                                          : " sets no such lever (what is uncertain is stated as well; it sets " +
                                                one_of(known) + ").") +
                           (guess.empty() ? "" : " Did you mean " + guess + "?"));
}

/// A lever by its key, or by its behavior and key.
void read_drawn_lever(const Entry& entry, const std::string& key, const TierPlace& at, Reading& reading) {
  for (const sim::Tier::Setting& lever : at.policy.tiers[at.tier].levers)
    if (drawn_lever_key(lever.field, reading) == key || field_path(lever.field, reading) == key)
      return read_number_at(entry.node,
                            {.field = lever.field,
                             .path = at.path + drawn_lever_key(lever.field, reading),
                             .place = Placed{Placed::Of::tier, at.number, at.tier}},
                            reading);
  note_no_lever_there(entry, key, at, reading);
}

void read_drawn_tiers(const Node& node, const sim::Policy& policy, std::uint32_t number, const std::string& path,
                      Reading& reading) {
  Section(node, "uncertain." + path, reading);  // says so where it is no table
  for (const Entry& tier : node.entries) {
    const auto place = place_named(tier, names_in(policy.tiers), "tier", "uncertain." + path, reading);
    if (!place) continue;
    const TierPlace at{policy, number, *place, path + "." + as_part(tier.key) + "."};
    Section(tier.node, "uncertain." + at.path, reading);
    for (const Entry& entry : tier.node.entries)
      if (table_of(reading.catalogue, entry.key) && entry.node.kind == Node::Kind::table &&
          entry.node.find("dist") == nullptr)
        for (const Entry& lever : entry.node.entries) read_drawn_lever(lever, entry.key + "." + lever.key, at, reading);
      else
        read_drawn_lever(entry, entry.key, at, reading);
  }
}

/// The values of a setting: one, or several by their places, 1 the first.
void read_drawn_setting(const Entry& entry, sim::FieldRef field, std::uint32_t number, std::string path,
                        Reading& reading) {
  const sim::Policy& policy = reading.study.policies[number];
  std::vector<std::uint32_t> places;
  for (std::uint32_t s = 0; s < policy.settings.size(); ++s)
    if (policy.settings[s].field == field) places.push_back(s);
  if (places.empty())
    return reading.mistakes.add(entry.place, "uncertain." + path + ": policy " + in_quotes(policy.name) +
                                                 " does not set it (what is uncertain is stated as well).");
  const auto at = [&](std::size_t n, const std::string& called) {
    return NumberPlace{.field = field, .path = called, .place = Placed{Placed::Of::setting, number, places[n]}};
  };
  if (places.size() == 1) return read_number_at(entry.node, at(0, path), reading);
  std::vector<std::string> choices;
  for (std::size_t n = 0; n < places.size(); ++n) {
    choices.push_back(std::to_string(n + 1));
    if (const Entry* value = entry.node.find(choices.back()))
      read_number_at(value->node, at(n, path + "." + choices.back()), reading);
  }
  const auto is_none = [&](const Entry& one) { return std::ranges::find(choices, one.key) == choices.end(); };
  if (entry.node.kind == Node::Kind::table && std::ranges::none_of(entry.node.entries, is_none)) return;
  for (std::string& choice : choices) choice = "uncertain." + path + "." + choice;
  reading.mistakes.add(entry.place, "uncertain." + path + " has " + std::to_string(places.size()) +
                                        " values, each with its month. Did you mean " + one_of(choices) + "?");
}

void read_drawn_settings(const Node& node, std::uint32_t number, const std::string& path, Reading& reading) {
  Section tables(node, "uncertain." + path, reading);
  for (std::uint32_t t = 0; t < reading.catalogue.tables().size(); ++t) {
    const sim::Catalogue::Table& table = reading.catalogue.tables()[t];
    const Entry* entry = tables.find(table.key);
    if (entry == nullptr) continue;
    Section fields(entry->node, "uncertain." + path + table.key + ".", reading);
    for (std::uint32_t f = 0; f < table.fields.fields().size(); ++f)
      if (const Entry* said = fields.find(table.fields.fields()[f].key))
        read_drawn_setting(*said, {t, f}, number, path + field_path({t, f}, reading), reading);
    fields.close();
  }
  tables.close();
}

/// Shocks of a scenario while its part of [uncertain] is read.
struct ShockPlaces {
  std::uint32_t scenario = 0;
  std::string path;                  ///< "scenario.recession.shock."
  std::vector<std::string> drivers;  ///< of the shocks
};

/// What a shock goes by: its driver, or its place where it is not the only one of that driver.
std::string name_of_shock(std::size_t shock, const ShockPlaces& at) {
  return std::ranges::count(at.drivers, at.drivers[shock]) == 1 ? at.drivers[shock] : std::to_string(shock + 1);
}

std::string size_key(std::size_t shock, const ShockPlaces& at, const Reading& reading) {
  const auto driver = std::ranges::find(reading.catalogue.drivers(), at.drivers[shock], &sim::DriverInfo::name);
  return driver->kind == sim::DriverKind::factor ? "times" : "plus";
}

std::vector<std::string> without_repeats(std::vector<std::string> names) {
  std::ranges::sort(names);
  const auto again = std::ranges::unique(names);
  names.erase(again.begin(), again.end());
  return names;
}

/// The shock of a name, by driver or place; notes one that is unknown, or that two may be.
std::optional<std::size_t> shock_called(const Entry& entry, const ShockPlaces& at, Reading& reading) {
  const auto& shocks = reading.study.scenarios[at.scenario].shocks;
  std::vector<std::string> choices;
  for (std::size_t s = 0; s < shocks.size(); ++s) {
    if (name_of_shock(s, at) == entry.key || std::to_string(s + 1) == entry.key) return s;
    if (at.drivers[s] == entry.key)
      choices.push_back("uncertain." + at.path + std::to_string(s + 1) + "." + size_key(s, at, reading) +
                        " (from = " + std::to_string(shocks[s].from) + ")");
  }
  const std::string what = "uncertain." + at.path + printable(entry.key);
  const std::string of = "scenario " + in_quotes(reading.study.scenarios[at.scenario].name);
  if (!choices.empty())
    return reading.mistakes.add(entry.place, what + ": " + of + " has " + std::to_string(choices.size()) +
                                                 " shocks of it. Did you mean " + one_of(choices) + "?"),
           std::nullopt;
  const std::string guess = nearest(entry.key, at.drivers);
  reading.mistakes.add(entry.place, what + ": " + of +
                                        (at.drivers.empty() ? " moves nothing (what is uncertain is stated as well)."
                                                            : " has no such shock (it moves " +
                                                                  one_of(without_repeats(at.drivers)) + ").") +
                                        (guess.empty() ? "" : " Did you mean " + guess + "?"));
  return std::nullopt;
}

/// Of a shock only its size can be drawn.
void read_drawn_size(const Node& node, std::size_t shock, const ShockPlaces& at, Reading& reading) {
  const std::string key = size_key(shock, at, reading);
  const sim::Range range = study_key("scenario.shock", key).range;
  read_law_of(node,
              {.field = sim::no_field,
               .path = at.path + as_part(name_of_shock(shock, at)) + "." + key,
               .range = sim::range(range.low, range.high),
               .place = Placed{Placed::Of::shock, at.scenario, static_cast<std::uint32_t>(shock)}},
              reading);
}

void read_drawn_shocks(const Node& node, const ShockPlaces& at, Reading& reading) {
  Section(node, "uncertain." + at.path, reading);
  for (const Entry& entry : node.entries) {
    const auto shock = shock_called(entry, at, reading);
    if (!shock) continue;
    Section section(entry.node, "uncertain." + at.path + as_part(entry.key) + ".", reading);
    if (const Entry* size = section.find(size_key(*shock, at, reading)))
      read_drawn_size(size->node, *shock, at, reading);
    section.close();
  }
}

}  // namespace

void read_uncertain_policies(const Node& node, Reading& reading) {
  Section(node, "uncertain.policy.", reading);
  for (const Entry& policy : node.entries) {
    const auto number = place_named(policy, names_in(reading.study.policies), "policy", "uncertain.policy", reading);
    if (!number) continue;
    const std::string path = "policy." + as_part(policy.key) + ".";
    Section section(policy.node, "uncertain." + path, reading);
    if (const Entry* tiers = section.find("tier"))
      read_drawn_tiers(tiers->node, reading.study.policies[*number], *number, path + "tier", reading);
    if (const Entry* settings = section.find("settings"))
      read_drawn_settings(settings->node, *number, path + "settings.", reading);
    section.close();
  }
}

void read_uncertain_scenarios(const Node& node, Reading& reading) {
  Section(node, "uncertain.scenario.", reading);
  for (const Entry& scenario : node.entries) {
    const auto number =
        place_named(scenario, names_in(reading.study.scenarios), "scenario", "uncertain.scenario", reading);
    if (!number) continue;
    ShockPlaces at{*number, "scenario." + as_part(scenario.key) + ".shock.", {}};
    for (const sim::Shock& shock : reading.study.scenarios[*number].shocks)
      at.drivers.push_back(reading.catalogue.drivers()[shock.driver].name);
    Section(scenario.node, "uncertain.scenario." + as_part(scenario.key) + ".", reading);
    for (const Entry& entry : scenario.node.entries)
      if (entry.key == "shock" && entry.node.find("dist") == nullptr)
        read_drawn_shocks(entry.node, at, reading);
      else if (const auto shock = shock_called(entry, at, reading))
        read_drawn_size(entry.node, *shock, at, reading);
  }
}

}  // namespace clientele::scenarios
