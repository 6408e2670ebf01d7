// Reads [purchasing], [churn] and their like, for the study and for each group.
#include "scenarios/reader/behavior_reader.hpp"

#include <algorithm>

#include "scenarios/reader/field_reader.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/printable.hpp"
#include "sim/draws.hpp"

namespace clientele::scenarios {
namespace {

/// The values of one group while layers are laid on them.
struct GroupValues {
  TableValues values;
  std::vector<std::vector<bool>> own;  ///< [table][field]: the group says something of its own
};

/// Values of the study as its text has them, options left out.
TableValues values_of_text(const Node& root, Reading& reading) {
  TableValues values;
  for (const sim::Catalogue::Table& table : reading.catalogue.tables()) {
    values.push_back(table.fields.standards());
    if (const Entry* entry = root.find(table.key))
      read_fields(entry->node, static_cast<std::uint32_t>(values.size() - 1), table.key + ".", Layer::study,
                  values.back(), reading);
  }
  return values;
}

void lay_group(const std::vector<Entry>& entries, const std::string& label, GroupValues& group, Reading& reading) {
  for (const Entry& entry : entries)
    if (const auto table = table_of(reading.catalogue, entry.key))
      for (const std::uint32_t field :
           read_fields(entry.node, *table, label + entry.key + ".", Layer::group, group.values[*table], reading))
        group.own[*table][field] = true;
}

/// An option about everybody comes after what a group says: where it says a whole value, the group is like the others.
void lay_option(const Entry& entry, GroupValues& group, Reading& reading) {
  const std::uint32_t table = *table_of(reading.catalogue, entry.key);
  const sim::FieldTable& fields = reading.catalogue.tables()[table].fields;
  for (const std::uint32_t field :
       read_fields(entry.node, table, entry.key + ".", Layer::study, group.values[table], reading))
    if (const Entry* said = entry.node.find(fields.fields()[field].key);
        said != nullptr && replaces_all(said->node, fields.fields()[field]))
      group.own[table][field] = false;
}

}  // namespace

std::optional<std::uint32_t> table_of(const sim::Catalogue& catalogue, std::string_view key) {
  for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t)
    if (catalogue.tables()[t].key == key) return t;
  return std::nullopt;
}

std::vector<std::uint32_t> read_fields(const Node& table, std::uint32_t number, const std::string& label, Layer layer,
                                       std::vector<sim::FieldValue>& values, Reading& reading) {
  std::vector<std::uint32_t> written;
  Section section(table, label, reading);
  const std::vector<sim::FieldInfo>& fields = reading.catalogue.tables()[number].fields.fields();
  for (std::uint32_t f = 0; f < fields.size(); ++f) {
    const Entry* entry = section.find(fields[f].key);
    if (entry == nullptr) continue;
    if (layer == Layer::group && fields[f].kind == sim::Kind::fixed) {
      reading.mistakes.add(entry->place,
                           section.label_of(fields[f].key) +
                               " is one value for all groups (a group cannot differ in it). Did you mean " + "it in [" +
                               reading.catalogue.tables()[number].key + "]?");
      continue;
    }
    read_field(entry->node, fields[f], section.label_of(fields[f].key), values[f], reading);
    note_use(*entry, section.label_of(fields[f].key), {number, f}, values[f].numbers, reading);
    written.push_back(f);
  }
  section.close();
  return written;
}

void note_use(const Entry& entry, const std::string& what, sim::FieldRef field, const std::vector<double>& numbers,
              Reading& reading) {
  const sim::FieldInfo& info = reading.catalogue.tables()[field.table].fields.fields()[field.field];
  if (!info.needs.empty() && numbers.front() > 0) reading.uses.push_back({entry.place, what, field});
  const bool is_refused =
      !info.not_with.word.empty() && info.choices.at(static_cast<std::size_t>(numbers.front())) == info.not_with.word;
  if (is_refused || !info.counts_with.key.empty()) reading.choices.push_back({entry.place, what, field});
}

/// What is needed may stand in the study or in a group, or be drawn.
void check_needs(Reading& reading) {
  for (const Reading::Use& use : reading.uses) {
    const sim::Catalogue::Table& table = reading.catalogue.tables()[use.field.table];
    const std::string_view key = table.fields.fields()[use.field.field].needs;
    const sim::FieldRef needed{use.field.table, static_cast<std::uint32_t>(*table.fields.find(key))};
    const auto states = [&](const auto& stated) { return stated.field == needed; };
    bool is_stated = reading.study.values[needed.table][needed.field].numbers.front() != 0 ||
                     std::ranges::any_of(reading.study.uncertain, states);
    for (const sim::Group& group : reading.study.population.groups)
      is_stated = is_stated || std::ranges::any_of(group.overrides, states);
    if (is_stated) continue;
    const std::string path = table.key + "." + std::string(key);
    reading.mistakes.add(use.place, use.what + " asks for " + path + ", which is not stated (" +
                                        std::string(table.fields.fields()[needed.field].meaning) +
                                        "). Did you mean to add " + path + " = 0.2, or what it is?");
  }
}

void check_choices(Reading& reading) {
  const sim::Study& study = reading.study;
  const auto says = [](const sim::FieldInfo& choice, const sim::FieldValue& value) {
    return choice.choices.at(static_cast<std::size_t>(value.numbers.front()));
  };
  for (const Reading::Use& use : reading.choices) {
    const sim::FieldTable& table = reading.catalogue.tables()[use.field.table].fields;
    const sim::FieldInfo& field = table.fields()[use.field.field];
    const std::string with(field.counts_with.key);
    if (!with.empty() && !sim::has_a_part(study, reading.catalogue, use.field))
      reading.mistakes.warn(use.place, use.what + " has no effect (it counts with " + with + " = " +
                                           sim::in_quotes(field.counts_with.choice) + " alone). Did you mean that " +
                                           with + "?");
    if (field.not_with.word.empty()) continue;
    const auto other = table.find(field.not_with.key);
    const bool both = std::ranges::any_of(study.population.groups, [&](const sim::Group& group) {
      const auto values = sim::values_in(study, group, use.field.table);
      return says(field, values[use.field.field]) == field.not_with.word &&
             says(table.fields()[*other], values[*other]) == field.not_with.other;
    });
    if (!both) continue;
    const std::string_view instead = field.choices[field.choices.front() == field.not_with.word ? 1 : 0];
    const std::string key(field.key);
    reading.mistakes.add(use.place, use.what + " = " + sim::in_quotes(field.not_with.word) + " does not go with " +
                                        std::string(field.not_with.key) + " = " + sim::in_quotes(field.not_with.other) +
                                        " (" + std::string(field.not_with.why) + "). Did you mean " + key + " = " +
                                        sim::in_quotes(instead) + "?");
  }
}

void read_behaviors(const Node& root, Reading& reading) {
  reading.study.values = values_of_text(root, reading);
  for (const Entry& option : root.later) {
    const std::uint32_t table = *table_of(reading.catalogue, option.key);
    read_fields(option.node, table, option.key + ".", Layer::study, reading.study.values[table], reading);
  }
}

std::vector<sim::Group::Override> read_overrides(const Node& group, const Node& root, const std::string& label,
                                                 Reading& reading) {
  GroupValues laid{values_of_text(root, reading), {}};
  for (const auto& table : laid.values) laid.own.emplace_back(table.size(), false);
  lay_group(group.entries, label, laid, reading);
  for (const Entry& option : root.later) lay_option(option, laid, reading);
  lay_group(group.later, label, laid, reading);

  std::vector<sim::Group::Override> overrides;
  for (std::uint32_t t = 0; t < laid.own.size(); ++t)
    for (std::uint32_t f = 0; f < laid.own[t].size(); ++f)
      if (laid.own[t][f]) overrides.push_back({{t, f}, laid.values[t][f]});
  return overrides;
}

}  // namespace clientele::scenarios
