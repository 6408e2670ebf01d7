// What the firm does: a segmentation, its tiers from the best to the last, and what each tier gets.
#include <algorithm>
#include <cmath>

#include "scenarios/nearest.hpp"
#include "scenarios/printable.hpp"
#include "scenarios/reader/behavior_reader.hpp"
#include "scenarios/reader/field_reader.hpp"
#include "scenarios/reader/section.hpp"

namespace clientele::scenarios {
namespace {

constexpr double share_slack = 1e-9;  ///< sums of decimal shares are off by their last bit

/// One policy while it is read.
struct PolicyReading {
  const Node& node;
  std::string label;  ///< `policy "today": `
  std::vector<const Node*> tier_nodes;
  sim::Policy policy;
  const sim::Catalogue::SegmentationEntry* segmentation = nullptr;
};

std::string tier_label(const PolicyReading& at, std::size_t tier) {
  return at.label.substr(0, at.label.size() - 2) + ", tier " + in_quotes(at.policy.tiers[tier].name) + ": ";
}

std::vector<std::string> segmentation_names(const sim::Catalogue& catalogue) {
  std::vector<std::string> names;
  for (const auto& entry : catalogue.segmentations()) names.push_back(entry.key);
  return names;
}

// --- levers

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

std::vector<std::string> tier_keys(const sim::Catalogue& catalogue) {
  std::vector<std::string> keys{"name", "share", "top", "from"};
  for (const auto& table : catalogue.tables())
    for (const sim::FieldInfo& field : table.fields.fields())
      if (field.lever) keys.emplace_back(field.key);
  return keys;
}

void note_one_sided(const sim::FieldInfo& field, const Entry& entry, const std::string& what, Reading& reading) {
  const bool cost = !field.lever->cost.empty(), benefit = !field.lever->benefit.empty();
  if (cost && benefit) return;
  reading.mistakes.warn(entry.place, what + " is a one-sided lever (" +
                                         (cost ? "it costs and buys nothing" : "it helps and costs nothing") +
                                         " in this model): an answer may rest on that.");
}

void set_lever(const Entry& entry, sim::FieldRef place, const std::string& what, sim::Tier& tier, Reading& reading) {
  const sim::FieldInfo& field = reading.catalogue.tables()[place.table].fields.fields()[place.field];
  sim::expects(field.families.empty() && field.standard.numbers.size() == 1, "a lever is one number");
  note_one_sided(field, entry, what, reading);
  if (const auto value = read_number(entry.node, what, rule_of(field), reading.mistakes))
    tier.levers.push_back({place, *value});
}

void note_no_lever(const Entry& entry, const std::string& label, Reading& reading) {
  std::string homes;
  for (const auto& table : reading.catalogue.tables())
    if (table.fields.find(entry.key)) homes += (homes.empty() ? "[" : ", [") + table.key + "]";
  const std::string guess = nearest(entry.key, tier_keys(reading.catalogue));
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

void read_tier_levers(const Node& node, const std::string& label, sim::Tier& tier, Reading& reading) {
  for (const Entry& entry : node.entries) {
    if (entry.key == "name" || entry.key == "share" || entry.key == "top" || entry.key == "from") continue;
    const auto table = table_of(reading.catalogue, entry.key);
    if (table && entry.node.kind == Node::Kind::table)
      read_levers_of(entry, *table, label, tier, reading);
    else
      read_lever(entry, label, tier, reading);
  }
  note_lever_twice(node, label, tier, reading);
}

// --- who is in a tier

bool says(const PolicyReading& at, std::size_t tier, std::string_view key) {
  return at.tier_nodes[tier]->find(key) != nullptr;
}

std::string tier_list(const PolicyReading& at) {
  std::string text;
  const std::size_t count = at.policy.tiers.size();
  for (std::size_t k = 0; k < count; ++k)
    text += (k == 0 ? "" : k + 1 == count ? " and " : ", ") + printable(at.policy.tiers[k].name);
  return text;
}

void note_wrong_key(const PolicyReading& at, std::size_t tier, std::string_view key, const std::string& why,
                    Reading& reading) {
  reading.mistakes.add(at.tier_nodes[tier]->find(key)->place, tier_label(at, tier) + std::string(key) +
                                                                  " does not go with the segmentation " +
                                                                  at.segmentation->key + " (" + why + ").");
}

void check_one(PolicyReading& at, Reading& reading) {
  if (at.policy.tiers.size() > 1)
    reading.mistakes.add(at.tier_nodes[1]->place, at.label + "the segmentation " + at.segmentation->key +
                                                      " has one tier (everybody is in it), and here are " +
                                                      std::to_string(at.policy.tiers.size()) + ". Which one?");
  for (std::size_t k = 0; k < at.tier_nodes.size(); ++k)
    for (const char* key : {"share", "top", "from"})
      if (says(at, k, key)) note_wrong_key(at, k, key, "everybody is in its one tier", reading);
}

/// Shares as stated, or as steps of a cumulative `top`.
void read_shares(PolicyReading& at, Reading& reading) {
  double reached = 0;
  for (std::size_t k = 0; k < at.tier_nodes.size(); ++k) {
    Section section(*at.tier_nodes[k], tier_label(at, k), reading);
    if (const auto share = section.number("share", {"the tier's own part of all customers", sim::range(0, 1)}))
      at.policy.tiers[k].share = *share;
    const auto top = section.number("top", {"the part of customers down to this tier", sim::range(0, 1)});
    if (!top) continue;
    if (says(at, k, "share"))
      reading.mistakes.add(at.tier_nodes[k]->find("top")->place,
                           tier_label(at, k) + "has a share and a top. Which one?");
    if (*top <= reached && *top != 0)
      reading.mistakes.add(at.tier_nodes[k]->find("top")->place,
                           tier_label(at, k) + "top = " + number_text(*top) +
                               " is not above that of the tier before (" + number_text(reached) +
                               "; tops are cumulative). Did you mean share = " + number_text(*top) + "?");
    at.policy.tiers[k].share = std::rint((*top - reached) * 1e12) / 1e12;
    reached = *top;
  }
}

void check_shares(PolicyReading& at, Reading& reading) {
  const std::size_t last = at.tier_nodes.size() - 1;
  bool shares = false, tops = false, complete = true;
  double sum = 0;
  for (std::size_t k = 0; k <= last; ++k) {
    shares = shares || says(at, k, "share");
    tops = tops || says(at, k, "top");
    complete = complete && at.policy.tiers[k].share.has_value();
    sum += at.policy.tiers[k].share.value_or(0);
    if (k < last && !says(at, k, "share") && !says(at, k, "top"))
      reading.mistakes.add(at.tier_nodes[k]->place, tier_label(at, k) +
                                                        "has no share, and only the last tier takes the "
                                                        "rest. Expected: share = 0.2, its own part.");
    if (says(at, k, "from"))
      note_wrong_key(at, k, "from", "its tiers are parts of all customers: share = 0.2", reading);
  }
  if (shares && tops)
    return reading.mistakes.add(at.node.place, at.label + "the tiers " + tier_list(at) +
                                                   " mix share (own) and top (cumulative). Which one for all?");
  const bool rest = !says(at, last, "share") && !says(at, last, "top");
  const std::string adds_up =
      at.label + "the shares of tiers " + tier_list(at) + " add up to " + number_text(std::rint(sum * 1e9) / 1e9);
  if (sum > 1 + share_slack)
    reading.mistakes.add(at.node.place, adds_up + " (own shares, not cumulative). Did you mean top = ...?");
  else if (complete && !rest && sum < 1 - share_slack)
    reading.mistakes.add(at.node.place, adds_up +
                                            ", and nobody takes the rest. Did you mean the last tier without a "
                                            "share?");
  else if (rest && last > 0 && sum > 1 - share_slack)
    reading.mistakes.warn(at.node.place, adds_up + ": nothing is left for the last one.");
}

void check_bounds(PolicyReading& at, Reading& reading) {
  const std::size_t last = at.tier_nodes.size() - 1;
  std::optional<double> above;
  for (std::size_t k = 0; k <= last; ++k) {
    Section section(*at.tier_nodes[k], tier_label(at, k), reading);
    for (const char* key : {"share", "top"})
      if (says(at, k, key)) note_wrong_key(at, k, key, "its tiers start from a value: from = 70", reading);
    if (k == last && says(at, k, "from"))
      reading.mistakes.add(at.tier_nodes[k]->find("from")->place,
                           tier_label(at, k) + "the last tier has no from (whoever is in no better tier is in it).");
    if (k < last && !says(at, k, "from"))
      reading.mistakes.add(at.tier_nodes[k]->place, tier_label(at, k) +
                                                        "has no from (only the last tier takes the rest). "
                                                        "Expected: from = 70.");
    const auto from = section.number("from", {at.segmentation->from_unit, {}});
    if (!from) continue;
    at.policy.tiers[k].from = *from;
    if (above && *from >= *above)
      reading.mistakes.add(at.tier_nodes[k]->find("from")->node.place,
                           tier_label(at, k) + "from = " + number_text(*from) +
                               " is not below that of the tier before (" + number_text(*above) +
                               "; the best tier comes first).");
    above = *from;
  }
}

void read_membership(PolicyReading& at, Reading& reading) {
  if (at.segmentation == nullptr || at.tier_nodes.empty()) return;
  switch (at.segmentation->rule) {
    case sim::TierRule::one:
      return check_one(at, reading);
    case sim::TierRule::share:
      read_shares(at, reading);
      return check_shares(at, reading);
    case sim::TierRule::from:
      return check_bounds(at, reading);
  }
}

// --- the policy

void read_tiers(PolicyReading& at, Reading& reading) {
  at.tier_nodes = tables_of(at.node, "tier", at.label, reading);
  for (const Node* node : at.tier_nodes) {
    at.policy.tiers.emplace_back();
    sim::Tier& tier = at.policy.tiers.back();
    Section section(*node, at.label + "tier: ", reading);
    if (const auto name = section.name("name"))
      tier.name = *name;
    else if (node->find("name") == nullptr && node->kind == Node::Kind::table)
      reading.mistakes.add(node->place, at.label + "a tier has no name. Expected: name = \"...\".");
    for (std::size_t k = 0; k + 1 < at.policy.tiers.size(); ++k)
      if (at.policy.tiers[k].name == tier.name && !tier.name.empty())
        reading.mistakes.add(node->place,
                             at.label + "two tiers are called " + in_quotes(tier.name) + " (names tell them apart).");
    read_tier_levers(*node, tier_label(at, at.policy.tiers.size() - 1), tier, reading);
  }
}

void read_segmentation_fields(const Node& node, PolicyReading& at, Reading& reading) {
  Section section(node, at.label + "segmentation.", reading);
  section.find("rule");
  const std::vector<sim::FieldInfo>& fields = at.segmentation->fields.fields();
  for (std::size_t f = 0; f < fields.size(); ++f)
    if (const Entry* entry = section.find(fields[f].key))
      read_field(entry->node, fields[f], section.label_of(fields[f].key), at.policy.values[f], reading);
  section.close();
}

void read_segmentation(const Entry* entry, PolicyReading& at, Reading& reading) {
  if (entry == nullptr)
    return reading.mistakes.add(at.node.place, at.label + "segmentation is missing. Expected: segmentation = \"" +
                                                   reading.catalogue.segmentations().front().key + "\".");
  const bool table = entry->node.kind == Node::Kind::table;
  const Entry* rule = table ? entry->node.find("rule") : entry;
  if (rule == nullptr)
    return reading.mistakes.add(entry->node.place,
                                at.label + "segmentation has no rule. Expected: { rule = \"...\" }.");
  const auto place =
      place_in(segmentation_names(reading.catalogue), *rule, "segmentation", at.label + "segmentation", reading);
  if (!place) return;
  at.policy.segmentation = *place;
  at.segmentation = &reading.catalogue.segmentations()[*place];
  at.policy.values = at.segmentation->fields.standards();
  if (table) read_segmentation_fields(entry->node, at, reading);
}

void fill_tiers(PolicyReading& at, Reading& reading) {
  if (!at.policy.tiers.empty()) return;
  if (at.segmentation != nullptr && at.segmentation->rule != sim::TierRule::one)
    reading.mistakes.add(at.node.place, at.label + "the segmentation " + at.segmentation->key +
                                            " sorts customers into tiers, and there are none. Expected: "
                                            "[[policy.tier]].");
  at.policy.tiers.push_back({"all", {}, {}, {}});
}

void read_entry(Section& section, PolicyReading& at, Reading& reading) {
  at.policy.entry = static_cast<std::uint32_t>(at.policy.tiers.size() - 1);
  const Entry* entry = section.find("entry");
  if (entry == nullptr) return;
  std::vector<std::string> names;
  for (const sim::Tier& tier : at.policy.tiers) names.push_back(tier.name);
  if (const auto place = place_in(names, *entry, "tier", at.label + "entry", reading)) at.policy.entry = *place;
}

void read_policy(const Node& node, Reading& reading) {
  std::string name;
  if (const auto given = Section(node, "policy: ", reading).name("name"))
    name = *given;
  else if (node.find("name") == nullptr && node.kind == Node::Kind::table)
    reading.mistakes.add(node.place, "a policy has no name. Expected: name = \"...\".");
  PolicyReading at{node, "policy " + in_quotes(name) + ": ", {}, {}, nullptr};
  at.policy.name = name;
  Section section(node, at.label, reading);
  section.find("name");
  section.find("tier");
  read_segmentation(section.find("segmentation"), at, reading);
  read_tiers(at, reading);
  read_membership(at, reading);
  fill_tiers(at, reading);
  read_entry(section, at, reading);
  section.close();
  for (const sim::Policy& other : reading.study.policies)
    if (other.name == name && !name.empty())
      reading.mistakes.add(node.place, "two policies are called " + in_quotes(name) + " (names tell them apart).");
  reading.study.policies.push_back(std::move(at.policy));
}

}  // namespace

void read_policies(const Node& root, Reading& reading) {
  for (const Node* node : tables_of(root, "policy", "", reading)) read_policy(*node, reading);
  if (reading.study.policies.empty())
    reading.mistakes.add({},
                         "[[policy]] is missing (a study needs at least one). Expected: [[policy]] with name and "
                         "segmentation.");
}

}  // namespace clientele::scenarios
