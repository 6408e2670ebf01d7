// What the firm does: a segmentation, its tiers from the best to the last, and what each tier gets.
#include <algorithm>

#include "scenarios/reader/attribute_reader.hpp"
#include "scenarios/reader/field_reader.hpp"
#include "scenarios/reader/policy_reading.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/printable.hpp"
#include "sim/roll_out.hpp"

namespace clientele::scenarios {

using sim::in_quotes;

namespace {

std::vector<std::string> segmentation_names(const sim::Catalogue& catalogue) {
  std::vector<std::string> names;
  for (const auto& entry : catalogue.segmentations()) names.push_back(entry.key);
  return names;
}

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

/// Weights are stated or follow from comparisons.
void check_one_of_two(const Node& node, const PolicyReading& at, Reading& reading) {
  const Entry *weights = node.find("weights"), *compare = node.find("compare");
  if (weights == nullptr || compare == nullptr || !at.segmentation->fields.find("compare")) return;
  reading.mistakes.add(compare->place, at.label +
                                           "segmentation has weights and compare (weights follow from what is "
                                           "compared). Which one?");
}

/// What a field table finds wrong with its values together; the message begins with the key of one of them.
void check_together(const Node& node, const PolicyReading& at, Reading& reading) {
  try {
    at.segmentation->fields.resolve(at.policy.values);
  } catch (const sim::UserError& mistake) {
    const std::string text = mistake.what();
    const Entry* entry = node.find(text.substr(0, text.find_first_of(" .")));
    reading.mistakes.add(entry == nullptr ? node.place : entry->place, at.label + "segmentation." + text);
  }
}

/// By groups, or by an attribute of the population.
void read_attribute_to_sort_by(Section& section, PolicyReading& at, Reading& reading) {
  if (at.segmentation->rule != sim::TierRule::groups) return;
  const Entry* by = section.find("by");
  if (by == nullptr || (by->node.kind == Node::Kind::text && by->node.text == "group")) return;
  const std::vector<std::string> names = attribute_names(reading.study);
  if (names.empty() && by->node.kind == Node::Kind::text)
    return reading.mistakes.add(by->node.place, section.label_of("by") + " = " + in_quotes(by->node.text) +
                                                    ": the population has no attributes. Expected: "
                                                    "[[population.attribute]], or by = \"group\".");
  at.attribute = place_in(names, *by, "attribute", section.label_of("by"), reading);
}

/// A band below where a tier starts: a share starts nowhere.
void refuse_hysteresis_of_shares(Section& section, const PolicyReading& at, Reading& reading) {
  if (at.segmentation->rule != sim::TierRule::share || at.segmentation->fields.find("hysteresis")) return;
  if (const Entry* entry = section.find("hysteresis"))
    reading.mistakes.add(entry->place, section.label_of("hysteresis") +
                                           " goes with tiers that start from a value (from), and those of " +
                                           at.segmentation->key +
                                           " are shares of customers. Did you mean a rule such as spend?");
}

/// Whether a number has a weight, stated or by comparison.
bool is_weighed(std::string_view number, const Node& node, const PolicyReading& at) {
  const std::string key(number), first = key + "_over_", last = "_over_" + key;
  if (const Entry* compare = node.find("compare"))
    return std::ranges::any_of(compare->node.entries, [&](const Entry& pair) {
      return pair.key.starts_with(first) || pair.key.ends_with(last);
    });
  const auto weights = at.segmentation->fields.find("weights");
  if (!weights) return true;
  const auto& labels = at.segmentation->fields.fields()[*weights].labels;
  const auto place = static_cast<std::size_t>(std::ranges::find(labels, number) - labels.begin());
  const std::vector<double>& numbers = at.policy.values[*weights].numbers;
  return place < numbers.size() && numbers[place] > 0;
}

/// A curve of what counts for nothing.
void warn_of_curves_in_vain(const Node& node, const PolicyReading& at, Reading& reading) {
  for (const sim::FieldInfo& field : at.segmentation->fields.fields()) {
    const Entry* curves = field.curved.empty() ? nullptr : node.find(field.key);
    for (const sim::CurvedNumber& number : field.curved)
      if (const Entry* curve = curves == nullptr ? nullptr : curves->node.find(number.key))
        if (!is_weighed(number.key, node, at))
          reading.mistakes.warn(
              curve->place, at.label + "segmentation." + std::string(field.key) + "." + std::string(number.key) +
                                " has no effect (" + std::string(number.key) +
                                " has no weight). Did you mean weights = { " + std::string(number.key) + " = 0.2 }?");
  }
}

/// What counts with one choice, beside another.
void warn_of_fields_in_vain(const Node& node, const PolicyReading& at, Reading& reading) {
  const sim::FieldTable& table = at.segmentation->fields;
  for (const sim::FieldInfo& field : table.fields()) {
    const Entry* entry = node.find(field.key);
    if (entry == nullptr || sim::counts(field, table, at.policy.values)) continue;
    const std::string with(field.counts_with.key);
    reading.mistakes.warn(entry->place, at.label + "segmentation." + std::string(field.key) +
                                            " has no effect (it counts with " + with + " = \"" +
                                            std::string(field.counts_with.choice) + "\" alone). Did you mean that " +
                                            with + "?");
  }
}

void read_segmentation_fields(const Node& node, PolicyReading& at, Reading& reading) {
  Section section(node, at.label + "segmentation.", reading);
  section.find("rule");
  const std::vector<sim::FieldInfo>& fields = at.segmentation->fields.fields();
  for (std::size_t f = 0; f < fields.size(); ++f)
    if (const Entry* entry = section.find(fields[f].key))
      read_field(entry->node, fields[f], section.label_of(fields[f].key), at.policy.values[f], reading);
  read_attribute_to_sort_by(section, at, reading);
  refuse_hysteresis_of_shares(section, at, reading);
  section.close();
  check_one_of_two(node, at, reading);
  check_together(node, at, reading);
  warn_of_curves_in_vain(node, at, reading);
  warn_of_fields_in_vain(node, at, reading);
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
  at.policy.tiers.push_back({.name = "all"});
}

void read_entry(Section& section, PolicyReading& at, Reading& reading) {
  at.policy.entry = static_cast<std::uint32_t>(at.policy.tiers.size() - 1);
  const Entry* entry = section.find("entry");
  if (entry == nullptr) return;
  std::vector<std::string> names;
  for (const sim::Tier& tier : at.policy.tiers) names.push_back(tier.name);
  const auto place = place_in(names, *entry, "tier", at.label + "entry", reading);
  if (!place) return;
  at.policy.entry = *place;
  if (at.segmentation != nullptr && at.segmentation->is_of_members() && *place + 1 < names.size())
    reading.mistakes.add(entry->place, at.label + "entry = " + shown(entry->node) + ": who is new is no member yet. " +
                                           "Did you mean " + in_quotes(names.back()) + ", or no entry?");
}

/// One that reaches nobody more than those before it says nothing.
void warn_of_step_in_vain(const Node& node, const std::string& label, const sim::RollOut& step,
                          const sim::Policy& policy, Reading& reading) {
  for (const sim::RollOut& other : policy.rollout)
    if (other.month <= step.month && other.share >= step.share && (!other.group || other.group == step.group))
      return reading.mistakes.warn(node.place, label + "reaches nobody more than month " + std::to_string(other.month) +
                                                   " has reached (shares are of all " +
                                                   "customers, those reached before included).");
}

/// A step after the last month reaches nobody, unless an option made the horizon short.
void check_month(const Node& node, const std::string& label, int month, const Node& root, Reading& reading) {
  const int months = reading.study.horizon.months, last = months + reading.study.horizon.beyond;
  if (month < months) return;
  const Place& place = node.find("month")->node.place;
  const std::string text = label + "month = " + std::to_string(month) + " is after the ";
  if (month < last)
    return reading.mistakes.warn(
        place, text + "horizon of " + std::to_string(months) + " months: only value beyond it feels the step.");
  const std::string end = "last month (" + std::to_string(last - 1) + "; 0 is the first).";
  if (horizon_is_shortened(root))
    reading.mistakes.warn(place, text + end);
  else
    reading.mistakes.add(place, text + end);
}

/// From when on it reaches whom. Customers whom it has not reached live as under the baseline.
void read_roll_out(PolicyReading& at, const Node& root, Reading& reading) {
  const std::string label = at.label + "rollout: ";
  for (const Node* node : tables_of(at.node, "rollout", at.label, reading)) {
    Section section(*node, label, reading);
    sim::RollOut step;
    if (const auto from = section.number(study_key("policy.rollout", "month")))
      step.month = static_cast<int>(*from);
    else if (node->find("month") == nullptr && node->kind == Node::Kind::table)
      reading.mistakes.add(node->place, label + "month is missing (from when on). Expected: { month = 6 }.");
    if (const auto share = section.number(study_key("policy.rollout", "share"))) step.share = *share;
    if (const Entry* group = section.find("group"))
      step.group = place_in(group_names(reading.study), *group, "group", label + "group", reading);
    section.close();
    check_month(*node, label, step.month, root, reading);
    if (step.share == 0) reading.mistakes.warn(node->place, label + "share = 0: nobody is reached.");
    warn_of_step_in_vain(*node, label, step, at.policy, reading);
    at.policy.rollout.push_back(step);
  }
}

/// Customers of before month 0 are reached at its end, and those who join later at once.
void read_grandfathering(Section& section, PolicyReading& at, Reading& reading) {
  const Entry* entry = section.find("grandfathering");
  const auto months = section.number(study_key("policy", "grandfathering"));
  if (!months || entry == nullptr) return;
  if (at.node.find("rollout") != nullptr)
    return reading.mistakes.add(entry->place, at.label +
                                                  "grandfathering does not go with rollout (both say who is reached "
                                                  "when). Which one?");
  const int last = reading.study.horizon.months + reading.study.horizon.beyond;
  if (*months >= last)
    reading.mistakes.warn(entry->node.place, at.label + "grandfathering = " + shown(entry->node) +
                                                 ": customers of before month 0 keep the baseline's tiers to the end.");
  at.policy.grandfathering = static_cast<int>(*months);
  at.policy.rollout = {{0, 0}, {at.policy.grandfathering, 1}};
}

/// Tiers that have a size of their own, and a tier that is kept, do not go together; nor does a rule that never moves
/// anybody.
void read_validity(Section& section, PolicyReading& at, Reading& reading) {
  const Entry* entry = section.find("validity");
  const auto months = section.number(study_key("policy", "validity"));
  if (!months || entry == nullptr || at.segmentation == nullptr) return;
  at.policy.validity = static_cast<int>(*months);
  const bool has_shares =
      std::ranges::any_of(at.policy.tiers, [](const sim::Tier& tier) { return tier.share.has_value(); });
  if (at.segmentation->is_of_members())
    return reading.mistakes.add(entry->place, at.label +
                                                  "validity does not go with tiers that are earned (they are kept for "
                                                  "terms of their own). Did you mean segmentation.kept = \"months\" "
                                                  "and kept_months = " +
                                                  shown(entry->node) + "?");
  const bool never_moves =
      at.segmentation->rule == sim::TierRule::one || at.segmentation->rule == sim::TierRule::groups;
  if (has_shares)
    reading.mistakes.add(entry->place, at.label +
                                           "validity goes with tiers that start from a value (from) or take customers "
                                           "by a condition (when), and the tiers here are shares of customers: kept "
                                           "ones would be one too many. Which of the two?");
  else if (never_moves)
    reading.mistakes.warn(entry->node.place, at.label + "validity has no effect (" + at.segmentation->key +
                                                 " moves nobody from tier to tier).");
}

/// An attribute of the customers, whose values that are names of tiers say who is kept there.
void read_kept_by_hand(Section& section, PolicyReading& at, Reading& reading) {
  const Entry* entry = section.find("kept_by_hand");
  if (entry == nullptr) return;
  const std::vector<sim::Attribute>& attributes = reading.study.population.attributes;
  std::vector<std::string> names;
  for (const sim::Attribute& attribute : attributes) names.push_back(attribute.name);
  if (names.empty())
    return reading.mistakes.add(entry->place, at.label +
                                                  "kept_by_hand names an attribute of customers, and there is none. "
                                                  "Expected: [[population.attribute]], a column of the customer file.");
  const auto place = place_in(names, *entry, "attribute", at.label + "kept_by_hand", reading);
  if (!place) return;
  const sim::Attribute& attribute = attributes[*place];
  if (attribute.by_row.empty())
    return reading.mistakes.add(entry->place,
                                at.label + "kept_by_hand = " + shown(entry->node) +
                                    " is drawn for every customer, and nobody is kept by chance. Expected: a "
                                    "column of a customer file (population.file).");
  std::vector<std::int32_t> tier_of_value(attribute.values.size(), -1);
  bool any = false;
  for (std::size_t v = 0; v < attribute.values.size(); ++v)
    for (std::size_t k = 0; k < at.policy.tiers.size(); ++k)
      if (at.policy.tiers[k].name == attribute.values[v]) tier_of_value[v] = static_cast<std::int32_t>(k), any = true;
  if (!any)
    return reading.mistakes.add(
        entry->place, at.label + "no value of " + in_quotes(attribute.name) +
                          " is the name of a tier (a customer with one is kept there, and the rule sorts the others). "
                          "Values are " +
                          in_quotes(attribute.values.front()) + (attribute.values.size() > 1 ? " and others." : "."));
  for (const std::uint32_t value : attribute.by_row) at.policy.kept_by_hand.push_back(tier_of_value[value]);
}

void read_policy(const Node& node, const Node& root, Reading& reading) {
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
  if (const Entry* file = section.find("tiers"))  // a study's own has been read: see with_tiers_of_files
    reading.mistakes.add(file->place, at.label +
                                          "tiers is read with the study, and no option changes it. Did you mean "
                                          "another study?");
  section.find("rollout");
  read_segmentation(section.find("segmentation"), at, reading);
  sim::Tier all;
  read_levers_for_all(section, at, all, reading);
  read_tiers(at, reading);
  read_membership(at, reading);
  fill_tiers(at, reading);
  grant_to_all(all, at, reading);
  read_entry(section, at, reading);
  read_roll_out(at, root, reading);
  read_grandfathering(section, at, reading);
  read_validity(section, at, reading);
  read_kept_by_hand(section, at, reading);
  if (const Entry* settings = section.find("settings")) read_settings(settings->node, at, reading);
  section.close();
  for (const sim::Policy& other : reading.study.policies)
    if (other.name == name && !name.empty())
      reading.mistakes.add(node.place, "two policies are called " + in_quotes(name) + " (names tell them apart).");
  reading.study.policies.push_back(std::move(at.policy));
}

}  // namespace

std::string tier_label(const PolicyReading& at, std::size_t tier) {
  return at.label.substr(0, at.label.size() - 2) + ", tier " + in_quotes(at.policy.tiers[tier].name) + ": ";
}

void finish_roll_outs(const Node& root, Reading& reading) {
  sim::Study& study = reading.study;
  if (study.policies.empty()) return;
  const auto nodes = tables_of(root, "policy", "", reading);
  const sim::Policy& baseline = study.policies[study.baseline];
  const auto label = [&](std::size_t p) { return "policy " + in_quotes(study.policies[p].name) + ": "; };
  if (sim::rolls_out(baseline))
    return reading.mistakes.add(
        nodes.at(study.baseline)->find(baseline.grandfathering > 0 ? "grandfathering" : "rollout")->place,
        label(study.baseline) +
            (baseline.grandfathering > 0
                 ? "the baseline has nothing to grandfather (it is what customers keep)."
                 : "the baseline cannot roll out (it is what customers live under who are not reached yet).") +
            " Did you mean another baseline?");
  for (std::size_t p = 0; p < study.policies.size(); ++p) {
    const sim::Policy& policy = study.policies[p];
    const std::size_t tiers = policy.tiers.size() + (sim::rolls_out(policy) ? baseline.tiers.size() : 0);
    if (tiers > sim::max_tiers)
      reading.mistakes.add(nodes.at(p)->place, label(p) + std::to_string(tiers) + " tiers" +
                                                   (sim::rolls_out(policy) ? ", with those before its roll-out," : "") +
                                                   " are more than " + std::to_string(sim::max_tiers) + ".");
  }
  sim::add_tiers_before(study);
}

void read_policies(const Node& root, Reading& reading) {
  for (const Node* node : tables_of(root, "policy", "", reading)) read_policy(*node, root, reading);
  if (reading.study.policies.empty())
    reading.mistakes.add({},
                         "[[policy]] is missing (a study needs at least one). Expected: [[policy]] with name and "
                         "segmentation.");
}

}  // namespace clientele::scenarios
