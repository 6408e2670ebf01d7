// Who is in a tier: everybody, a share of all customers, or those from a value on; exhaustive and exclusive.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "scenarios/reader/policy_reading.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/money.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::number_text;
using sim::printable;

namespace {

constexpr double most_of_a_month = 0x1p30;  ///< quanta that a customer-month can hold
constexpr double longest_look_back = 24;    ///< months

bool says(const PolicyReading& at, std::size_t tier, std::string_view key) {
  return at.tier_nodes[tier]->find(key) != nullptr;
}

bool tiers_say(const PolicyReading& at, std::string_view key) {
  return std::ranges::any_of(at.tier_nodes, [&](const Node* tier) { return tier->find(key) != nullptr; });
}

/// Shares are of all sales, not of customers.
bool of_sales(const PolicyReading& at) { return at.segmentation->from_unit == "sales"; }
std::string_view what_is_shared(const PolicyReading& at) { return of_sales(at) ? "all sales" : "all customers"; }

std::string_view unit_of_from(const PolicyReading& at) { return at.segmentation->unit_of_from(at.policy.values); }
bool in_money(const PolicyReading& at) { return unit_of_from(at) == "money"; }

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

void note_wrong_keys(const PolicyReading& at, std::initializer_list<const char*> keys, const std::string& why,
                     Reading& reading) {
  for (std::size_t k = 0; k < at.tier_nodes.size(); ++k)
    for (const char* key : keys)
      if (says(at, k, key)) note_wrong_key(at, k, key, why, reading);
}

void check_one(PolicyReading& at, Reading& reading) {
  if (at.policy.tiers.size() > 1)
    reading.mistakes.add(at.tier_nodes[1]->place, at.label + "the segmentation " + at.segmentation->key +
                                                      " has one tier (everybody is in it), and here are " +
                                                      std::to_string(at.policy.tiers.size()) + ". Which one?");
  note_wrong_keys(at, {"share", "top", "from", "when", "groups", "values"}, "everybody is in its one tier", reading);
}

/// A part of all customers that rounds to nobody.
void warn_of_nobody(const PolicyReading& at, std::size_t tier, const char* key, Reading& reading) {
  const double share = at.policy.tiers[tier].share.value_or(1);
  const std::string says = tier_label(at, tier) + key + " = " + shown(at.tier_nodes[tier]->find(key)->node) + ": ";
  const Place& place = at.tier_nodes[tier]->find(key)->node.place;
  const auto customers = static_cast<double>(reading.study.population.customers);
  if (share == 0 && place.option < 0)
    reading.mistakes.add(place, says + "nobody is in this tier. Did you mean to leave it out?");
  else if (share == 0)  // an end of what somebody tries
    reading.mistakes.warn(place, says + "nobody is in this tier.");
  else if (share * customers < 0.5 && !of_sales(at))
    reading.mistakes.warn(place, says + "of " + number_text(customers) + " customers nobody is in this tier.");
}

/// Shares as stated, or as steps of a cumulative `top`.
void read_shares(PolicyReading& at, Reading& reading) {
  double reached = 0;
  for (std::size_t k = 0; k < at.tier_nodes.size(); ++k) {
    Section section(*at.tier_nodes[k], tier_label(at, k), reading);
    if (const auto share =
            section.number("share", {"the tier's own part of " + std::string(what_is_shared(at)), sim::range(0, 1)})) {
      at.policy.tiers[k].share = *share;
      warn_of_nobody(at, k, "share", reading);
    }
    const auto top = section.number(
        "top", {"the part of " + std::string(what_is_shared(at)) + " down to this tier", sim::range(0, 1)});
    if (!top) continue;
    if (says(at, k, "share"))
      reading.mistakes.add(at.tier_nodes[k]->find("top")->place,
                           tier_label(at, k) + "has a share and a top. Which one?");
    if (*top <= reached && k > 0)
      reading.mistakes.add(at.tier_nodes[k]->find("top")->place,
                           tier_label(at, k) + "top = " + number_text(*top) +
                               " is not above that of the tier before (" + number_text(reached) +
                               "; tops are cumulative). Did you mean share = " + number_text(*top) + "?");
    at.policy.tiers[k].share = std::rint((*top - reached) * 1e12) / 1e12;
    if (*top >= reached) warn_of_nobody(at, k, "top", reading);
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
  }
  note_wrong_keys(at, {"from", "when", "groups", "values"},
                  "its tiers are parts of " + std::string(what_is_shared(at)) + ": share = 0.2", reading);
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

/// Tiers stand from the best to the last now, so that each starts from less than the one before.
void check_falling(const PolicyReading& at, std::size_t tier, std::size_t before, Reading& reading) {
  const double from = *at.policy.tiers[tier].from, above = *at.policy.tiers[before].from;
  const double quantum = reading.study.money_quantum;
  const Node& node = at.tier_nodes[tier]->find("from")->node;
  const std::string says = tier_label(at, tier) + "from = " + number_text(from);
  const std::string name = in_quotes(at.policy.tiers[before].name);
  if (from >= above)
    return reading.mistakes.add(
        node.place, says + " is that of tier " + name + " as well (a customer cannot be in both). Which of the two?");
  if (in_money(at) && sim::least_quanta(from, quantum) == sim::least_quanta(above, quantum))
    reading.mistakes.warn(node.place, says + " and " + number_text(above) + ", where " + name +
                                          " starts, are one amount in steps of " + number_text(quantum) +
                                          " (money_quantum): nobody is in this tier.");
}

/// The lowest tier of members is of all who have earned nothing better; behind it stand those who are none.
bool is_lowest_of_members(const PolicyReading& at, std::size_t tier) {
  return at.segmentation->is_of_members() && tier + 2 == at.tier_nodes.size();
}

/// Why nobody can have less than that; nothing where somebody can.
std::string why_all_reach(const PolicyReading& at, double from, double most) {
  if (at.segmentation->from_unit == "share") return "";  // who has nothing to take a share of has none
  if (at.segmentation->values == sim::Values::any) return from < -most ? "nobody can cost so much" : "";
  return from > 0 ? "" : in_money(at) ? "sales are never below 0" : "it is never below 0";
}

/// Money is counted in whole quanta, of which a month holds so many.
void warn_of_bounds_of_all_and_none(const PolicyReading& at, std::size_t tier, Reading& reading) {
  const double from = *at.policy.tiers[tier].from;
  const double most = longest_look_back * most_of_a_month * reading.study.money_quantum;
  const Place& place = at.tier_nodes[tier]->find("from")->node.place;
  const std::string says = tier_label(at, tier) + "from = " + number_text(from);
  if (at.segmentation->from_unit == "share" && from > 1)
    reading.mistakes.warn(place, says + " is more than all (1): nobody is in this tier.");
  if (in_money(at) && from > most)
    reading.mistakes.warn(place, says + " is more than any customer can come to: nobody is in this tier.");
  if (const std::string why = why_all_reach(at, from, most); !why.empty() && !is_lowest_of_members(at, tier))
    reading.mistakes.warn(place, says + " is what every customer comes to (" + why +
                                     "): no review puts anybody into the tiers after it.");
}

/// A band below where a tier starts: a share starts nowhere.
void check_hysteresis(const PolicyReading& at, Reading& reading) {
  const Entry* rule = at.node.find("segmentation");
  const Entry* hysteresis = rule == nullptr ? nullptr : rule->node.find("hysteresis");
  if (hysteresis == nullptr || at.segmentation->fields.find("hysteresis") == std::nullopt) return;
  if (!tiers_say(at, "share") && !tiers_say(at, "top")) return;
  reading.mistakes.add(hysteresis->place, at.label +
                                              "segmentation.hysteresis goes with tiers that start from points (from), "
                                              "and the tiers here are shares of customers. Which of the two?");
}

/// The last tier takes who is no member, the one before it every other member.
void check_tiers_of_members(const PolicyReading& at, Reading& reading) {
  const std::size_t last = at.tier_nodes.size() - 1;
  const std::string join = at.segmentation->join_by.substr(at.segmentation->join_by.find('.') + 1);
  const std::string none = "{ name = \"none\", " + join + " = 0.3 }";
  const std::string& name = at.policy.tiers[last].name;
  if (const Entry* from = at.tier_nodes[last]->find("from"))
    return reading.mistakes.add(from->place, tier_label(at, last) +
                                                 "the last tier is of those who are no members, and starts from "
                                                 "nothing. Expected: " +
                                                 none + " after it.");
  if (name != "none" && !name.empty())
    reading.mistakes.add(at.tier_nodes[last]->place,
                         tier_label(at, last) +
                             "the last tier is of those who are no members, and is called \"none\". "
                             "Expected: " +
                             none + ".");
  if (last == 0)
    return reading.mistakes.add(at.tier_nodes[0]->place,
                                tier_label(at, 0) +
                                    "members have no tier. Expected: { name = \"base\", from = 0 } "
                                    "before it.");
  const Entry* lowest = at.tier_nodes[last - 1]->find("from");
  if (lowest == nullptr || lowest->node.kind != Node::Kind::number || lowest->node.number == 0) return;
  reading.mistakes.add(lowest->node.place,
                       tier_label(at, last - 1) + "from = " + shown(lowest->node) +
                           ": members who have not come to that are in no tier. Expected: from = 0, or a tier "
                           "{ name = \"base\", from = 0 } after it.");
}

void check_bounds(PolicyReading& at, Reading& reading) {
  note_wrong_keys(at, {"share", "top", "when", "groups", "values"}, "its tiers start from a value: from = 70", reading);
  const std::size_t last = at.tier_nodes.size() - 1;
  std::optional<std::size_t> above;
  for (std::size_t k = 0; k <= last; ++k) {
    Section section(*at.tier_nodes[k], tier_label(at, k), reading);
    if (k == last && says(at, k, "from") && !at.segmentation->is_of_members())
      reading.mistakes.add(at.tier_nodes[k]->find("from")->place,
                           tier_label(at, k) + "the last tier has no from (customers in no better tier are in it).");
    if (k < last && !says(at, k, "from"))
      reading.mistakes.add(at.tier_nodes[k]->place, tier_label(at, k) +
                                                        "has no from (only the last tier takes the rest). "
                                                        "Expected: from = 70.");
    const auto from = section.number(
        "from", {std::string(unit_of_from(at)), {}, in_money(at) ? NumberRule::Of::money : NumberRule::Of::reals});
    if (!from) continue;
    at.policy.tiers[k].from = *from;
    warn_of_bounds_of_all_and_none(at, k, reading);
    if (above) check_falling(at, k, *above, reading);
    above = k;
  }
  if (at.segmentation->is_of_members()) check_tiers_of_members(at, reading);
}

/// The number of a key in every tier but one, which takes the rest; nothing where some say none or no number.
std::optional<std::vector<std::optional<double>>> numbers_of(const PolicyReading& at, std::string_view key) {
  std::vector<std::optional<double>> numbers;
  std::size_t rests = 0;
  for (const Node* tier : at.tier_nodes) {
    const Entry* entry = tier->find(key);
    if (entry != nullptr && entry->node.kind != Node::Kind::number) return std::nullopt;
    numbers.push_back(entry == nullptr ? std::nullopt : std::optional(entry->node.number));
    rests += entry == nullptr ? 1 : 0;
  }
  return rests > 1 ? std::nullopt : std::optional(std::move(numbers));
}

/// How good a tier is, by what it says: by where it starts, or by how few it is cumulated with. What takes the rest is
/// the last.
std::vector<double> goodness_of(const std::vector<std::optional<double>>& numbers, bool by_from) {
  std::vector<double> all;
  for (const auto& number : numbers)
    all.push_back(!number ? -std::numeric_limits<double>::infinity() : by_from ? *number : -*number);
  return all;
}

/// The first tier that stands on the wrong side of the one before it, where most say whether the best or the last one
/// comes first: by the two ends.
void check_order(const PolicyReading& at, const std::vector<double>& goodness, const char* key, Reading& reading) {
  if (std::ranges::is_sorted(goodness) || std::ranges::is_sorted(goodness, std::ranges::greater())) return;
  const double least = std::ranges::min(goodness);
  const bool rises = goodness.front() == least && goodness.back() != least;
  std::size_t k = 1;
  while (rises ? goodness[k] >= goodness[k - 1] : goodness[k] <= goodness[k - 1]) ++k;
  const Entry *own = at.tier_nodes[k]->find(key), *before = at.tier_nodes[k - 1]->find(key);
  const std::string name = in_quotes(at.policy.tiers[k].name), other = in_quotes(at.policy.tiers[k - 1].name);
  const std::string says = own == nullptr ? "no " + std::string(key) : key + (" = " + shown(own->node));
  const std::string says_other =
      before == nullptr ? "has no " + std::string(key) : "has " + std::string(key) + " = " + shown(before->node);
  const std::string stand = rises ? "from the last to the best" : "from the best to the last";
  const std::string swapped = own == nullptr || before == nullptr
                                  ? ""
                                  : key + (" = " + shown(own->node)) + " for " + other + " and " + shown(before->node) +
                                        " for " + name + ", or ";
  reading.mistakes.add(own == nullptr ? at.tier_nodes[k]->place : own->node.place,
                       tier_label(at, k) + says + " behind " + other + ", which " + says_other + " (tiers stand " +
                           stand + "). Did you mean " + swapped + name + " before " + other + "?");
}

/// Tiers that start from a value or are cumulative say themselves which is the best: they may stand from the best to
/// the last or the other way round. Own shares do not: there, and under conditions, the best stands first.
void put_in_order(PolicyReading& at, Reading& reading) {
  const bool by_from = tiers_say(at, "from");
  if (by_from == tiers_say(at, "top") || tiers_say(at, "share")) return;
  const auto numbers = numbers_of(at, by_from ? "from" : "top");
  if (!numbers) return;
  const std::vector<double> goodness = goodness_of(*numbers, by_from);
  check_order(at, goodness, by_from ? "from" : "top", reading);
  std::vector<std::size_t> order(numbers->size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t k) { return goodness[k]; });
  const std::vector<sim::Tier> tiers = at.policy.tiers;
  const std::vector<const Node*> nodes = at.tier_nodes;
  for (std::size_t k = 0; k < order.size(); ++k) {
    at.policy.tiers[k] = tiers[order[k]];
    at.tier_nodes[k] = nodes[order[k]];
  }
}

}  // namespace

void read_membership(PolicyReading& at, Reading& reading) {
  if (at.segmentation == nullptr || at.tier_nodes.empty()) return;
  put_in_order(at, reading);
  switch (at.segmentation->rule) {
    case sim::TierRule::one:
      return check_one(at, reading);
    case sim::TierRule::share:
      read_shares(at, reading);
      return check_shares(at, reading);
    case sim::TierRule::from:
      return check_bounds(at, reading);
    case sim::TierRule::share_or_from: {
      if (tiers_say(at, "from") && !tiers_say(at, "share") && !tiers_say(at, "top")) return check_bounds(at, reading);
      read_shares(at, reading);
      check_hysteresis(at, reading);
      return check_shares(at, reading);
    }
    case sim::TierRule::when:
      note_wrong_keys(at, {"share", "top", "from", "groups", "values"},
                      "its tiers take customers by a condition: when = { ... }", reading);
      return read_conditions(at, reading);
    case sim::TierRule::groups:
      if (at.attribute)
        note_wrong_keys(at, {"share", "top", "from", "when", "groups"},
                        "its tiers take customers by their " +
                            printable(reading.study.population.attributes[*at.attribute].name) + ": values = [\"...\"]",
                        reading);
      else
        note_wrong_keys(at, {"share", "top", "from", "when", "values"},
                        "its tiers take customers by group: groups = [\"...\"]; by an attribute: segmentation = { rule "
                        "= \"attribute\", by = \"...\" }",
                        reading);
      return read_conditions(at, reading);
  }
}

}  // namespace clientele::scenarios
