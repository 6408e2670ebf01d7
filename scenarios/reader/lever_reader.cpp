// What a tier gets: each of its levers belongs to one behavior, and is said once.
#include <algorithm>
#include <array>

#include "scenarios/reader/behavior_reader.hpp"
#include "scenarios/reader/field_reader.hpp"
#include "scenarios/reader/policy_reading.hpp"
#include "scenarios/reader/section.hpp"
#include "scenarios/reader/tiers_file.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::nearest;
using sim::printable;

namespace {

struct LeverPlace {
  sim::FieldRef field;
  std::string path;
};

std::vector<LeverPlace> levers_called(std::string_view key, const sim::Catalogue& catalogue) {
  std::vector<LeverPlace> found;
  for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t)
    if (const auto f = catalogue.tables()[t].fields.find(key))
      if (catalogue.tables()[t].fields.fields()[*f].lever)
        found.push_back({{t, static_cast<std::uint32_t>(*f)}, catalogue.tables()[t].key + "." + std::string(key)});
  return found;
}

/// What a tier says of itself, besides what it gets.
constexpr std::array<std::string_view, 7> own_keys{"name", "share", "top", "from", "when", "groups", "values"};

void note_one_sided(const sim::FieldInfo& field, const Entry& entry, const std::string& what, Reading& reading) {
  if (field.lever->costs_something() && field.lever->buys_something()) return;
  reading.mistakes.warn(
      entry.place, what + " is a one-sided lever (" +
                       (field.lever->costs_something() ? "it costs and buys nothing" : "it helps and costs nothing") +
                       " in this model): an answer may rest on that.");
}

void set_lever(const Entry& entry, sim::FieldRef place, const std::string& what, sim::Tier& tier, Reading& reading) {
  const sim::FieldInfo& field = reading.catalogue.tables()[place.table].fields.fields()[place.field];
  sim::expects(field.families.empty() && field.standard.numbers.size() == 1, "a lever is one number");
  note_one_sided(field, entry, what, reading);
  if (const auto value = read_number(entry.node, what, rule_of(field), reading.mistakes)) {
    tier.levers.push_back({place, *value});
    note_use(entry, what, place, {*value}, reading);
  }
}

void note_no_lever(const Entry& entry, const std::string& label, Reading& reading) {
  std::string homes;
  for (const auto& table : reading.catalogue.tables())
    if (table.fields.find(entry.key)) homes += (homes.empty() ? "[" : ", [") + table.key + "]";
  std::vector<std::string> keys = tier_keys(reading.catalogue);
  keys.insert(keys.end(), own_keys.begin(), own_keys.end());
  const std::string guess = nearest(entry.key, keys);
  const std::string why = homes.empty() ? " is nothing that a tier can have."
                                        : " is no lever (no policy can set it; it stands in " + homes + ").";
  reading.mistakes.add(entry.place, label + printable(entry.key) + why +
                                        (guess.empty() || !homes.empty() ? "" : " Did you mean " + guess + "?"));
}

/// A lever by its key alone, where only one behavior has it.
void read_lever(const Entry& entry, const std::string& label, sim::Tier& tier, Reading& reading) {
  const std::vector<LeverPlace> found = levers_called(entry.key, reading.catalogue);
  if (found.empty()) return note_no_lever(entry, label, reading);
  if (found.size() == 1) return set_lever(entry, found.front().field, label + entry.key, tier, reading);
  std::string paths;
  for (const LeverPlace& lever : found) paths += (paths.empty() ? "" : " or ") + lever.path;
  reading.mistakes.add(entry.place, label + entry.key + " may be several levers. Did you mean " + paths + "?");
}

/// Levers by behavior: payment.terms_days = 45.
void read_levers_of(const Entry& table, std::uint32_t number, const std::string& label, sim::Tier& tier,
                    Reading& reading) {
  for (const Entry& entry : table.node.entries) {
    const std::vector<LeverPlace> found = levers_called(entry.key, reading.catalogue);
    const auto here =
        std::find_if(found.begin(), found.end(), [&](const LeverPlace& lever) { return lever.field.table == number; });
    if (here == found.end())
      note_no_lever(entry, label + table.key + ".", reading);
    else
      set_lever(entry, here->field, label + here->path, tier, reading);
  }
}

/// By the key of one, or by behavior.
void read_levers_in(const Entry& entry, const std::string& label, sim::Tier& tier, Reading& reading) {
  const auto table = table_of(reading.catalogue, entry.key);
  if (table && entry.node.kind == Node::Kind::table)
    read_levers_of(entry, *table, label, tier, reading);
  else
    read_lever(entry, label, tier, reading);
}

void note_lever_twice(const Node& node, const std::string& label, const sim::Tier& tier, Reading& reading) {
  for (std::size_t a = 0; a < tier.levers.size(); ++a)
    for (std::size_t b = a + 1; b < tier.levers.size(); ++b)
      if (tier.levers[a].field == tier.levers[b].field) {
        const sim::FieldRef field = tier.levers[a].field;
        const auto& table = reading.catalogue.tables()[field.table];
        reading.mistakes.add(node.place, label + table.key + "." + std::string(table.fields.fields()[field.field].key) +
                                             " is said twice. Which one?");
      }
}

/// Whether an entry of a policy is a lever of all its tiers, or a behavior's table of such.
bool sets_levers(const Entry& entry, const Reading& reading) {
  const auto table = table_of(reading.catalogue, entry.key);
  if (table && entry.node.kind == Node::Kind::table)
    return std::ranges::any_of(reading.catalogue.tables()[*table].fields.fields(),
                               [](const sim::FieldInfo& field) { return field.lever.has_value(); });
  return !levers_called(entry.key, reading.catalogue).empty();
}

}  // namespace

void read_levers_for_all(Section& section, const PolicyReading& at, sim::Tier& all, Reading& reading) {
  for (const Entry& entry : at.node.entries) {
    if (!sets_levers(entry, reading)) continue;
    section.find(entry.key);
    read_levers_in(entry, at.label, all, reading);
  }
  note_lever_twice(at.node, at.label, all, reading);
}

void grant_to_all(const sim::Tier& all, PolicyReading& at, Reading& reading) {
  const auto key_of = [&](const sim::Tier::Setting& lever) {
    return reading.catalogue.tables()[lever.field.table].fields.fields()[lever.field.field].key;
  };
  for (const sim::Tier::Setting& lever : all.levers) {
    bool is_taken = false;
    for (sim::Tier& tier : at.policy.tiers) {
      if (std::ranges::find(tier.levers, lever.field, &sim::Tier::Setting::field) != tier.levers.end()) continue;
      is_taken = true;
      tier.levers.push_back(lever);
      std::ranges::stable_sort(tier.levers, {}, key_of);
    }
    if (!is_taken)
      reading.mistakes.warn(at.node.place,
                            at.label + std::string(key_of(lever)) + " is overruled by every tier: it has no effect.");
  }
}

void read_tier_levers(const Node& node, const std::string& label, sim::Tier& tier, Reading& reading) {
  for (const Entry& entry : node.entries) {
    if (std::ranges::find(own_keys, entry.key) != own_keys.end()) continue;
    read_levers_in(entry, label, tier, reading);
  }
  note_lever_twice(node, label, tier, reading);
}

}  // namespace clientele::scenarios
