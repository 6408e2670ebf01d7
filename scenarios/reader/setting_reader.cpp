// What a policy sets for all customers: numbers of behaviors, at once or from some month on.
#include <algorithm>

#include "scenarios/reader/behavior_reader.hpp"
#include "scenarios/reader/field_reader.hpp"
#include "scenarios/reader/policy_reading.hpp"
#include "scenarios/reader/section.hpp"

namespace clientele::scenarios {
namespace {

/// { value = 12, from = 6, ramp = 3 }
void read_change(const Node& node, const sim::FieldInfo& field, const std::string& what, sim::PolicySetting setting,
                 PolicyReading& at, Reading& reading) {
  Section section(node, what + ".", reading);
  const auto value = section.number("value", rule_of(field));
  if (node.find("value") == nullptr)
    reading.mistakes.add(node.place, what + ".value is missing. Expected: { value = ..., from = 6 }.");
  if (const auto from = section.number(study_key("policy.settings", "from"))) setting.from = static_cast<int>(*from);
  if (const auto ramp = section.number(study_key("policy.settings", "ramp"))) setting.ramp = static_cast<int>(*ramp);
  section.close();
  if (setting.ramp > 1 && field.whole)
    reading.mistakes.add(node.find("ramp")->place, what +
                                                       ".ramp: a whole number does not grow. Did you mean several "
                                                       "values, each with its month?");
  if (setting.ramp > 1 && !setting.from)
    reading.mistakes.add(node.find("ramp")->place, what + ".ramp needs a month. Expected: from = 6.");
  if (!value) return;
  setting.value = *value;
  at.policy.settings.push_back(setting);
}

/// One value, a change with its month, or a list of such.
void read_setting(const Node& node, const sim::FieldInfo& field, const std::string& what, sim::FieldRef place,
                  PolicyReading& at, Reading& reading) {
  const std::size_t first = at.policy.settings.size();
  if (node.kind == Node::Kind::array) {
    for (const Node& item : node.items) read_change(item, field, what, {place}, at, reading);
  } else if (node.kind == Node::Kind::table) {
    read_change(node, field, what, {place}, at, reading);
  } else if (const auto value = read_number(node, what, rule_of(field), reading.mistakes)) {
    at.policy.settings.push_back({place, *value});
  }
  const auto begin = at.policy.settings.begin() + static_cast<std::ptrdiff_t>(first);
  const auto month_of = [](const sim::PolicySetting& setting) { return setting.from.value_or(-1); };
  if (std::adjacent_find(begin, at.policy.settings.end(), [&](const auto& a, const auto& b) {
        return month_of(a) >= month_of(b);
      }) != at.policy.settings.end())
    reading.mistakes.add(node.place, what + ": the months of its values do not rise. Which one first?");
}

}  // namespace

void read_settings(const Node& node, PolicyReading& at, Reading& reading) {
  const std::string label = at.label + "settings.";
  Section section(node, label, reading);
  for (std::uint32_t t = 0; t < reading.catalogue.tables().size(); ++t) {
    const sim::Catalogue::Table& table = reading.catalogue.tables()[t];
    const Entry* entry = section.find(table.key);
    if (entry == nullptr) continue;
    Section fields(entry->node, label + table.key + ".", reading);
    for (std::uint32_t f = 0; f < table.fields.fields().size(); ++f) {
      const sim::FieldInfo& field = table.fields.fields()[f];
      const Entry* said = fields.find(field.key);
      if (said == nullptr) continue;
      const std::string what = label + table.key + "." + std::string(field.key);
      if (field.setting)
        read_setting(said->node, field, what, {t, f}, at, reading);
      else
        reading.mistakes.add(said->place, what + " is no setting (" +
                                              (field.lever ? "a tier sets it: it is a lever" : "no policy can set it") +
                                              ").");
    }
    fields.close();
  }
  section.close();
}

}  // namespace clientele::scenarios
