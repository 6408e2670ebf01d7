// Who the customers are: how many of which group, invented or from a file.
#include <algorithm>
#include <cmath>

#include "scenarios/customers/columns.hpp"
#include "scenarios/customers/kept_files.hpp"
#include "scenarios/reader/attribute_reader.hpp"
#include "scenarios/reader/behavior_reader.hpp"
#include "scenarios/reader/correlation_reader.hpp"
#include "scenarios/reader/number_file.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::number_text;

namespace {

constexpr int months_to_look_back_on = 12;  ///< of warm-up, for arrivals as before

void note_double_name(const std::vector<sim::Group>& groups, const Node& node, Reading& reading) {
  const std::string& name = groups.back().name;
  if (std::any_of(groups.begin(), groups.end() - 1, [&](const sim::Group& g) { return g.name == name; }))
    reading.mistakes.add(node.place, "two groups are called " + in_quotes(name) + " (names tell them apart).");
}

void read_group(const Node& node, const Node& root, Reading& reading) {
  std::vector<sim::Group>& groups = reading.study.population.groups;
  groups.push_back({"", 0, {}});
  Section section(node, "population.group: ", reading);
  if (const auto name = section.name("name"))
    groups.back().name = *name;
  else if (node.find("name") == nullptr)
    reading.mistakes.add(node.place, "a group has no name. Expected: name = \"...\".");
  Section named(node, "group " + in_quotes(groups.back().name) + ": ", reading);
  named.find("name");
  if (const auto value = named.number(study_key("population.group", "share"))) groups.back().share = *value;
  if (const auto value = named.number(study_key("population.group", "arrivals"))) groups.back().arrivals = *value;
  for (const sim::Catalogue::Table& table : reading.catalogue.tables()) named.find(table.key);
  named.close();
  if (!groups.back().name.empty()) note_double_name(groups, node, reading);
  groups.back().overrides = read_overrides(node, root, "group " + in_quotes(groups.back().name) + ": ", reading);
}

void check_shares(const std::vector<const Node*>& nodes, Reading& reading) {
  double sum = 0;
  for (std::size_t g = 0; g < nodes.size(); ++g) {
    const sim::Group& group = reading.study.population.groups[g];
    if (nodes[g]->find("share") == nullptr)
      return reading.mistakes.add(nodes[g]->place, "group " + in_quotes(group.name) +
                                                       " has no share. Expected: its part of "
                                                       "all customers, share = 0.5.");
    sum += group.share;
  }
  if (std::fabs(sum - 1) <= share_slack) return;
  const bool percent = std::any_of(nodes.begin(), nodes.end(), [](const Node* n) {
    return n->find("share")->node.number > 1;  // that one is noted already
  });
  if (percent) return;
  reading.mistakes.add(
      nodes.front()->find("share")->place,
      "the shares of the groups add up to " + number_text(std::rint(sum * 1e9) / 1e9) + " (they must add up to 1).");
}

std::vector<const Node*> read_groups(const Node& root, const Node& population, Reading& reading) {
  const std::vector<const Node*> nodes = tables_of(population, "group", "population.", reading);
  for (const Node* node : nodes) read_group(*node, root, reading);
  if (nodes.empty())
    reading.study.population.groups.push_back({"all", 1, {}});
  else if (population.find("file") == nullptr)
    check_shares(nodes, reading);
  else
    for (const Node* node : nodes)
      if (const Entry* share = node->find("share"))
        reading.mistakes.add(share->place,
                             "a group has a share, and the file says which customers are in it. Can the share go?");
  return nodes;
}

/// Where a path of a study leads. One from the text stays beside the study; one from an option is the user's own.
std::vector<Column> columns_of(Section& section, Reading& reading) {
  std::vector<Column> columns;
  const Entry* entry = section.find("columns");
  if (entry == nullptr) return columns;
  Section(entry->node, "population.columns.", reading);  // says so where it is no table
  for (const Entry& column : entry->node.entries) {
    const std::vector<std::string> attributes = attribute_names(reading.study);
    if (column.node.kind != Node::Kind::text || !is_column_meaning(column.node.text, reading.catalogue, attributes)) {
      const std::string guess = nearest_column_meaning(column.node.text, reading.catalogue, attributes);
      reading.mistakes.add(
          column.node.place,
          "population.columns: " + in_quotes(column.key) + " = " + shown(column.node) +
              " is not what a column can be (\"id\", \"group\", an attribute, a trait of customers, or \"ignored\")." +
              (guess.empty() ? "" : " Did you mean " + in_quotes(guess) + "?"));
      continue;
    }
    columns.push_back({column.key, column.node.text});
  }
  return columns;
}

/// Whether anybody may join a group: by its own number of arrivals, or by a field that is called arrivals.
bool may_be_joined(const sim::Group& group, const Reading& reading) {
  if (group.arrivals > 0) return true;
  for (std::uint32_t table = 0; table < reading.catalogue.tables().size(); ++table) {
    const auto field = reading.catalogue.tables()[table].fields.find("arrivals");
    if (!field) continue;
    const sim::FieldRef ref{table, static_cast<std::uint32_t>(*field)};
    const auto own = std::ranges::find(group.overrides, ref, &sim::Group::Override::field);
    const sim::FieldValue& value =
        own == group.overrides.end() ? reading.study.values[ref.table][ref.field] : own->value;
    if (value.numbers[0] > 0) return true;
  }
  return false;
}

/// What books tell takes the place of what a warm-up leaves, in its last month.
void check_warmup_of_past(const Entry& entry, Reading& reading) {
  const sim::CustomerFile& file = *reading.study.population.file;
  if (reading.study.horizon.warmup > 0 || (file.past.empty() && !reading.told_tiers)) return;
  reading.mistakes.add(entry.node.place,
                       "the customer file tells of the past (" +
                           in_quotes(file.past.empty() ? tier_today : std::string_view(file.past.front().key)) +
                           "), and horizon.warmup = 0 (what the books say takes the place of what the last month of a "
                           "warm-up leaves, and reviews see no month before it). Expected: horizon.warmup = 12, or as "
                           "many months as reviews look back on.");
}

void take_file(CustomerFileReading&& found, const Entry& entry, Reading& reading) {
  reading.mistakes.add_elsewhere(found.mistakes, found.mistakes_count);
  for (const std::string& warning : found.warnings) reading.mistakes.warn(entry.node.place, warning);
  if (!found.file) return;
  sim::Population& population = reading.study.population;
  population.customers = found.file->ids.size();
  for (std::size_t g = 0; g < population.groups.size(); ++g) {
    population.groups[g].share =
        static_cast<double>(found.customers_of_group[g]) / static_cast<double>(population.customers);
    if (found.customers_of_group[g] == 0 && !may_be_joined(population.groups[g], reading))
      reading.mistakes.warn(entry.node.place,
                            "group " + in_quotes(population.groups[g].name) + " has no customer in the file.");
  }
  population.file = std::move(*found.file);
  reading.told_tiers = std::move(found.tiers);
  check_warmup_of_past(entry, reading);
  take_attributes(std::move(found.attributes), reading);
}

void read_file(Section& section, const Entry& entry, Reading& reading) {
  const std::vector<Column> columns = columns_of(section, reading);
  if (const Entry* customers = section.find("customers"))
    reading.mistakes.add(customers->place,
                         "population.customers does not go with population.file (the file says how many "
                         "there are). Can one of them go?");
  if (entry.node.kind != Node::Kind::text || entry.node.text.empty())
    return reading.mistakes.add(entry.node.place,
                                "population.file = " + shown(entry.node) + " is no path. Expected: \"customers.csv\".");
  const auto path = path_beside(entry, "population.file", "--set population.file=PATH", reading);
  if (!path) return;
  std::vector<std::string> groups;
  for (const sim::Group& group : reading.study.population.groups) groups.push_back(group.name);
  sim::expects(reading.customer_files != nullptr, "a reading keeps the files that it reads");
  std::vector<FileAttribute> attributes;
  for (const sim::Attribute& attribute : reading.study.population.attributes)
    attributes.push_back({attribute.name, attribute.values});
  take_file(
      reading.customer_files->read(*path, entry.node.text, columns, groups, attributes, reading.study.money_quantum),
      entry, reading);
}

/// How old the first base may be: 20 years, unless the study says otherwise.
void read_oldest(Section& section, Reading& reading) {
  constexpr double usual = 240;
  reading.study.population.oldest = static_cast<int>(section.number(study_key("population", "oldest")).value_or(usual));
  const Entry* said = section.find("oldest");
  if (said != nullptr && reading.study.population.file && !reading.study.population.file->tenures.empty())
    reading.mistakes.warn(said->node.place, "population.oldest has no effect (the file has a column \"tenure\").");
}

/// One number for each group, or one for all.
void check_arrivals_of_groups(const Node& node, const std::vector<const Node*>& groups, Reading& reading) {
  reading.study.population.arrivals = sim::Arrivals::by_number;
  for (std::size_t g = 0; g < groups.size(); ++g)
    if (groups[g]->find("arrivals") == nullptr)
      return reading.mistakes.add(groups[g]->place,
                                  "group " + in_quotes(reading.study.population.groups[g].name) +
                                      " has no arrivals, and another group has. Expected: arrivals = a mean number a "
                                      "month, 0 where nobody joins.");
  if (const Entry* all = node.find("arrivals"))
    reading.mistakes.add(all->place,
                         "population.arrivals does not go with arrivals of the groups (each has its own "
                         "number). Can one of them go?");
}

void arrive_as_before(const Entry& entry, Reading& reading) {
  reading.study.population.arrivals = sim::Arrivals::as_before;
  if (reading.study.population.file)
    return reading.mistakes.add(entry.node.place,
                                "population.arrivals = \"as before\" does not go with population.file (it does not say "
                                "who joined before month 0). Expected: a mean number a month, or \"none\".");
  if (reading.study.horizon.warmup < months_to_look_back_on)
    reading.mistakes.add(
        entry.node.place,
        "population.arrivals = \"as before\" needs " + std::to_string(months_to_look_back_on) +
            " months of warm-up to look back on, and horizon.warmup = " + std::to_string(reading.study.horizon.warmup) +
            ". Did you mean warmup = " + std::to_string(months_to_look_back_on) + "?");
}

void read_stated_arrivals(const Entry& entry, Reading& reading) {
  sim::Population& population = reading.study.population;
  if (entry.node.kind == Node::Kind::number) {
    population.arrivals = sim::Arrivals::by_number;
    const NumberRule rule = rule_of(study_key("population", "arrivals"));
    if (const auto number = read_number(entry.node, "population.arrivals", rule, reading.mistakes))
      for (sim::Group& group : population.groups) group.arrivals = *number * group.share;
  } else if (entry.node.kind == Node::Kind::text && entry.node.text == "as before") {
    arrive_as_before(entry, reading);
  } else if (entry.node.kind != Node::Kind::text || entry.node.text != "none") {
    reading.mistakes.add(entry.node.place, "population.arrivals = " + shown(entry.node) +
                                               " is not what arrivals can be. Expected: \"as before\", a mean number a "
                                               "month, or \"none\".");
  }
}

/// Who joins after month 0. An invented base goes on as in the last year of its warm-up unless the study says
/// otherwise.
void read_arrivals(const Node& node, const std::vector<const Node*>& groups, Section& section, Reading& reading) {
  sim::Population& population = reading.study.population;
  if (population.file) population.replacement = sim::Replacement::none;
  const Entry* entry = section.find("arrivals");
  if (std::any_of(groups.begin(), groups.end(), [](const Node* g) { return g->find("arrivals") != nullptr; }))
    return check_arrivals_of_groups(node, groups, reading);
  if (entry != nullptr) return read_stated_arrivals(*entry, reading);
  const bool can_look_back = !population.file && reading.study.horizon.warmup >= months_to_look_back_on;
  population.arrivals = can_look_back ? sim::Arrivals::as_before : sim::Arrivals::none;
}

}  // namespace

void read_population(const Node& root, Reading& reading) {
  const Entry* entry = root.find("population");
  if (entry == nullptr) {
    reading.mistakes.add({},
                         "[population] is missing. Expected: [population] with customers = 20_000, or file = "
                         "\"customers.csv\".");
    reading.study.population.groups.push_back({"all", 1, {}});
    return;
  }
  Section section(entry->node, "population.", reading);
  section.find("people");
  section.find("group");
  section.find("attribute");
  read_attributes(entry->node, reading);
  section.find("correlation");
  read_correlations(entry->node, reading);
  const std::vector<const Node*> groups = read_groups(root, entry->node, reading);
  if (const Entry* file = section.find("file")) {
    read_file(section, *file, reading);
  } else {
    if (const auto customers = section.number(study_key("population", "customers")))
      reading.study.population.customers = static_cast<std::uint64_t>(*customers);
    else if (entry->node.find("customers") == nullptr)
      reading.mistakes.add(entry->place, "population has neither customers nor file. Expected: customers = 20_000.");
    if (const Entry* columns = section.find("columns"))
      reading.mistakes.add(columns->place, "population.columns has no effect without population.file.");
  }
  read_oldest(section, reading);
  read_arrivals(entry->node, groups, section, reading);
  section.close();
}

}  // namespace clientele::scenarios
