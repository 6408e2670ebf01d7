// Which customers a tier takes, as a condition over numbers and groups; exhaustive and exclusive.
#include <algorithm>
#include <limits>

#include "scenarios/reader/partition.hpp"
#include "scenarios/reader/policy_reading.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::number_text;

namespace {

using Of = sim::Condition::Of;

/// Not meant as anything, but nothing would be left to look at below it.
constexpr int deepest = 32;

/// One group or value of an attribute, or several.
sim::Condition read_groups(const Node& node, const std::string& what, std::optional<std::uint32_t> attribute,
                           Reading& reading) {
  sim::Condition condition{.of = Of::groups, .attribute = attribute};
  const sim::Population& population = reading.study.population;
  const std::vector<std::string> names =
      attribute ? population.attributes[*attribute].values : group_names(reading.study);
  if (names.empty()) return condition;  // of a file that could not be read
  const std::string kind = attribute ? "value of " + in_quotes(population.attributes[*attribute].name) : "group";
  std::vector<Node> said = node.kind == Node::Kind::array ? node.items : std::vector<Node>{node};
  if (said.empty())
    reading.mistakes.add(node.place, what + " names no " + (attribute ? "value" : "group") + ". Expected: [\"...\"].");
  for (Node& item : said) {
    const Place place = item.place;
    if (const auto group = place_in(names, {"", place, std::move(item)}, kind, what, reading))
      condition.groups.push_back(*group);
  }
  std::ranges::sort(condition.groups);
  const auto again = std::ranges::unique(condition.groups);
  condition.groups.erase(again.begin(), again.end());
  return condition;
}

NumberRule rule_of_bound(const sim::NumberInfo& number) {
  const bool money = number.unit == "money";
  return {money ? "money over the look-back" : number.unit, {}, money ? NumberRule::Of::money : NumberRule::Of::reals};
}

/// { at_least = 6, below = 12 }
sim::Condition read_bounds(const Node& node, const std::string& what, std::uint32_t number, PolicyReading& at,
                           Reading& reading) {
  sim::Condition condition{.of = Of::number, .number = number};
  if (node.kind != Node::Kind::table) {
    reading.mistakes.add(node.place, what + " = " + shown(node) + " is " + kind_of(node) +
                                         ". Expected: { at_least = 6 }, { below = 12 } or both.");
    return condition;
  }
  const NumberRule rule = rule_of_bound(at.segmentation->numbers[number]);
  Section section(node, what + ".", reading);
  condition.at_least = section.number("at_least", rule);
  condition.below = section.number("below", rule);
  section.close();
  if (node.entries.empty())
    reading.mistakes.add(node.place, what + " says nothing. Expected: { at_least = 6 }, { below = 12 } or both.");
  if (condition.at_least && condition.below && *condition.at_least >= *condition.below)
    reading.mistakes.add(node.place, what + ": nobody has at least " + number_text(*condition.at_least) +
                                         " and less than " + number_text(*condition.below) +
                                         ". Did you mean any = [ ... ], or the two the other way round?");
  return condition;
}

sim::Condition read_condition(const Node& node, const std::string& what, int depth, PolicyReading& at,
                              Reading& reading);

/// all = [ { ... }, { ... } ]
sim::Condition read_parts(const Node& node, const std::string& what, Of of, int depth, PolicyReading& at,
                          Reading& reading) {
  sim::Condition condition{.of = of};
  if (node.kind != Node::Kind::array || node.items.empty())
    reading.mistakes.add(node.place, what + " = " + shown(node) + " is " +
                                         (node.kind == Node::Kind::array ? "empty" : kind_of(node)) +
                                         ". Expected: a list of conditions, [ { ... }, { ... } ].");
  for (const Node& item : node.items) condition.parts.push_back(read_condition(item, what, depth + 1, at, reading));
  return condition;
}

/// What is said of several keys must hold of all.
sim::Condition read_condition(const Node& node, const std::string& what, int depth, PolicyReading& at,
                              Reading& reading) {
  sim::Condition condition;
  Section section(node, what + ".", reading);
  if (node.kind != Node::Kind::table) return condition;
  if (node.entries.empty())
    reading.mistakes.add(node.place, what + " says nothing. Expected: { orders = { at_least = 6 } }.");
  if (depth > deepest) {
    reading.mistakes.add(node.place, what + " is nested more than " + std::to_string(deepest) + " times.");
    return condition;
  }
  for (const auto& [key, of] : {std::pair{"all", Of::all}, {"any", Of::any}})
    if (const Entry* entry = section.find(key))
      condition.parts.push_back(read_parts(entry->node, what + "." + key, of, depth, at, reading));
  if (const Entry* entry = section.find("not"))
    condition.parts.push_back(
        {.of = Of::none, .parts = {read_condition(entry->node, what + ".not", depth + 1, at, reading)}});
  if (const Entry* entry = section.find("group"))
    condition.parts.push_back(read_groups(entry->node, what + ".group", {}, reading));
  for (std::uint32_t a = 0; a < reading.study.population.attributes.size(); ++a) {
    const std::string& name = reading.study.population.attributes[a].name;
    if (const Entry* entry = name.empty() ? nullptr : section.find(name))
      condition.parts.push_back(read_groups(entry->node, what + "." + name, a, reading));
  }
  for (std::uint32_t n = 0; n < at.segmentation->numbers.size(); ++n) {
    const std::string& key = at.segmentation->numbers[n].key;
    if (const Entry* entry = section.find(key))
      condition.parts.push_back(read_bounds(entry->node, what + "." + key, n, at, reading));
  }
  section.close();
  if (condition.parts.size() == 1) return std::move(condition.parts.front());
  return condition;
}

/// Whether a number or an attribute, or without one the group, decides anywhere in a condition.
bool reads(const sim::Condition& condition, Of of, std::optional<std::uint32_t> which) {
  return (condition.of == of && (of == Of::groups ? condition.attribute == which : condition.number == which)) ||
         std::ranges::any_of(condition.parts, [&](const sim::Condition& part) { return reads(part, of, which); });
}

std::string example_text(const ExampleCustomer& customer, const PolicyReading& at, const Reading& reading) {
  const auto read = [&](Of of, std::optional<std::uint32_t> number) {
    return std::ranges::any_of(at.policy.tiers,
                               [&](const sim::Tier& tier) { return tier.when && reads(*tier.when, of, number); });
  };
  std::string text;
  const sim::Population& population = reading.study.population;
  if (read(Of::groups, {})) text += " of group " + in_quotes(population.groups[customer.group].name);
  for (std::uint32_t a = 0; a < customer.attributes.size(); ++a)
    if (read(Of::groups, a))
      text += " of " + population.attributes[a].name + " " +
              in_quotes(population.attributes[a].values[customer.attributes[a]]);
  for (std::uint32_t n = 0; n < customer.numbers.size(); ++n)
    if (read(Of::number, n))
      text += std::string(text.find(" with ") == std::string::npos ? " with " : ", ") +
              at.segmentation->numbers[n].key + " = " + number_text(customer.numbers[n]);
  return "a customer" + text;
}

void tell_overlap(const Partition::Overlap& overlap, const PolicyReading& at, Reading& reading) {
  reading.mistakes.add(at.tier_nodes[overlap.other]->place,
                       at.label + "the tiers " + in_quotes(at.policy.tiers[overlap.one].name) + " and " +
                           in_quotes(at.policy.tiers[overlap.other].name) + " overlap: " +
                           example_text(overlap.example, at, reading) + " is in both (each is in one tier).");
}

void tell_gap(const ExampleCustomer& gap, const PolicyReading& at, Reading& reading) {
  reading.mistakes.add(at.node.place, at.label + "no tier takes " + example_text(gap, at, reading) +
                                          " (everybody is in one tier). Did you mean the last tier without a "
                                          "condition? It takes the rest.");
}

void prove(PolicyReading& at, Reading& reading) {
  std::vector<sim::Condition> conditions;
  for (const sim::Tier& tier : at.policy.tiers)
    if (tier.when) conditions.push_back(*tier.when);
  const bool rest = !at.policy.tiers.back().when;
  if (conditions.size() + (rest ? 1 : 0) != at.policy.tiers.size()) return;  // told already
  std::vector<std::size_t> values;
  for (const sim::Attribute& attribute : reading.study.population.attributes) values.push_back(attribute.values.size());
  const Partition found =
      partition_of(conditions, at.segmentation->numbers, reading.study.population.groups.size(), values);
  if (!found.is_proven)
    return reading.mistakes.add(at.node.place,
                                at.label + "its conditions have more than " + number_text(most_cases) +
                                    " cases between their bounds, too many to show that each customer is in one tier. "
                                    "Did you mean fewer bounds?");
  if (found.overlap) return tell_overlap(*found.overlap, at, reading);
  if (found.gap && !rest) return tell_gap(*found.gap, at, reading);
  for (std::size_t k = 0; k < conditions.size(); ++k)
    if (!found.of_somebody[k])
      reading.mistakes.warn(at.tier_nodes[k]->place, tier_label(at, k) +
                                                         "nobody can meet its condition: nobody is in "
                                                         "this tier.");
  if (rest && !found.gap)
    reading.mistakes.warn(at.tier_nodes.back()->place, tier_label(at, at.policy.tiers.size() - 1) +
                                                           "the other tiers take everybody: nobody is in this tier.");
}

}  // namespace

void read_conditions(PolicyReading& at, Reading& reading) {
  const bool by_groups = at.segmentation->rule == sim::TierRule::groups;
  const char* key = !by_groups ? "when" : at.attribute ? "values" : "groups";
  if (at.attribute && reading.study.population.attributes[*at.attribute].values.empty()) return;  // told already
  const std::size_t mistakes = reading.mistakes.count();
  for (std::size_t k = 0; k < at.tier_nodes.size(); ++k) {
    const Entry* entry = at.tier_nodes[k]->find(key);
    const std::string what = tier_label(at, k) + key;
    if (entry != nullptr)
      at.policy.tiers[k].when = by_groups ? read_groups(entry->node, what, at.attribute, reading)
                                          : read_condition(entry->node, what, 0, at, reading);
    else if (k + 1 < at.tier_nodes.size())
      reading.mistakes.add(
          at.tier_nodes[k]->place,
          tier_label(at, k) + "has no " + key + " (only the last tier takes the rest). Expected: " +
              (by_groups ? std::string(key) + " = [\"...\"]." : "when = { orders = { at_least = 6 } }."));
  }
  if (reading.mistakes.count() == mistakes) prove(at, reading);
}

}  // namespace clientele::scenarios
