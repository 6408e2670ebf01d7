// An attribute is checked for itself; whoever sorts by it looks its values up.
#include "scenarios/reader/attribute_reader.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/customers/columns.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::number_text;

namespace {

/// Keys of conditions stand beside names of attributes.
bool is_taken(const std::string& name, const sim::Catalogue& catalogue) {
  for (const char* word : {"all", "any", "not", "attribute"})
    if (name == word) return true;
  for (const auto& segmentation : catalogue.segmentations())
    for (const sim::NumberInfo& number : segmentation.numbers)
      if (number.key == name) return true;
  return is_column_meaning(name, catalogue, {});
}

void check_name(const Node& node, const std::string& name, Reading& reading) {
  const auto& attributes = reading.study.population.attributes;
  if (name.empty()) return;
  const Place& place = node.find("name")->node.place;
  if (is_taken(name, reading.catalogue))
    reading.mistakes.add(place, "population.attribute: " + in_quotes(name) +
                                    " is what a study calls something else (conditions and columns of a file name it). "
                                    "Did you mean " +
                                    in_quotes("customer_" + name) + "?");
  if (std::ranges::count(attributes, name, &sim::Attribute::name) > 1)
    reading.mistakes.add(place, "two attributes are called " + in_quotes(name) + " (names tell them apart).");
}

void read_values(const Entry& entry, const std::string& what, sim::Attribute& attribute, Reading& reading) {
  if (entry.node.kind != Node::Kind::array || entry.node.items.empty())
    return reading.mistakes.add(
        entry.node.place, what + " = " + shown(entry.node) + " is no list of names. Expected: [\"north\", \"south\"].");
  for (const Node& item : entry.node.items) {
    if (item.kind != Node::Kind::text || !sim::is_name(item.text)) {
      reading.mistakes.add(item.place, what + ": " + shown(item) + " names no value. Expected: a text.");
      continue;
    }
    if (std::ranges::count(attribute.values, item.text) > 0)
      reading.mistakes.add(item.place, what + " has " + in_quotes(item.text) + " twice (names tell values apart).");
    attribute.values.push_back(item.text);
  }
}

void read_shares(const Entry& entry, const std::string& what, sim::Attribute& attribute, Reading& reading) {
  if (entry.node.kind != Node::Kind::array)
    return reading.mistakes.add(entry.node.place,
                                what + " = " + shown(entry.node) + " is no list of numbers. Expected: [0.6, 0.4].");
  const NumberRule rule{"the value's part of all customers", sim::range(0, 1)};
  const std::size_t mistakes = reading.mistakes.count();
  double sum = 0;
  for (const Node& item : entry.node.items)
    if (const auto share = read_number(item, what, rule, reading.mistakes)) {
      attribute.shares.push_back(*share);
      sum += *share;
    }
  if (reading.mistakes.count() > mistakes) return;
  if (attribute.shares.size() != attribute.values.size())
    reading.mistakes.add(entry.node.place, what + " are " + std::to_string(attribute.shares.size()) +
                                               ", and there are " + std::to_string(attribute.values.size()) +
                                               " values (each value has a share).");
  else if (std::fabs(sum - 1) > share_slack)
    reading.mistakes.add(entry.node.place,
                         what + " add up to " + number_text(std::rint(sum * 1e9) / 1e9) + " (they must add up to 1).");
}

/// Whom the study invents it draws by shares; without them all values are as frequent.
void read_invented(const Node& node, Section& section, const std::string& label, sim::Attribute& attribute,
                   Reading& reading) {
  if (node.find("values") == nullptr && node.kind == Node::Kind::table)
    reading.mistakes.add(node.place, label + "has no values. Expected: values = [\"north\", \"south\"].");
  if (const Entry* shares = section.find("shares"))
    read_shares(*shares, label + "shares", attribute, reading);
  else
    attribute.shares.assign(attribute.values.size(),
                            1 / static_cast<double>(std::max<std::size_t>(1, attribute.values.size())));
  if (const auto correlation = section.number(study_key("population.attribute", "correlation")))
    attribute.correlation = *correlation;
}

/// What a file says needs no law.
void read_of_file(const Node& node, Section& section, const std::string& label, Reading& reading) {
  for (const char* key : {"shares", "correlation"})
    if (section.find(key) != nullptr)
      reading.mistakes.add(node.find(key)->place,
                           label + key +
                               " does not go with population.file (the file says what its customers are). "
                               "Can it go?");
}

void read_attribute(const Node& node, bool has_file, Reading& reading) {
  reading.study.population.attributes.emplace_back();
  Section nameless(node, "population.attribute: ", reading);
  const std::string name = nameless.name("name").value_or("");
  if (name.empty() && node.find("name") == nullptr && node.kind == Node::Kind::table)
    reading.mistakes.add(node.place, "an attribute has no name. Expected: name = \"region\".");
  sim::Attribute& attribute = reading.study.population.attributes.back();
  attribute.name = name;
  check_name(node, name, reading);
  const std::string label = "attribute " + in_quotes(name) + ": ";
  Section section(node, label, reading);
  section.find("name");
  if (const Entry* values = section.find("values")) read_values(*values, label + "values", attribute, reading);
  if (has_file)
    read_of_file(node, section, label, reading);
  else
    read_invented(node, section, label, attribute, reading);
  section.close();
}

}  // namespace

std::vector<std::string> attribute_names(const sim::Study& study) {
  std::vector<std::string> names;
  for (const sim::Attribute& attribute : study.population.attributes) names.push_back(attribute.name);
  return names;
}

void read_attributes(const Node& population, Reading& reading) {
  const std::vector<const Node*> nodes = tables_of(population, "attribute", "population.", reading);
  for (const Node* node : nodes) read_attribute(*node, population.find("file") != nullptr, reading);
  if (nodes.size() > most_attributes)
    reading.mistakes.add(nodes[most_attributes]->place, "population has " + std::to_string(nodes.size()) +
                                                            " attributes. Expected: at most " +
                                                            std::to_string(most_attributes) + ".");
}

/// Newcomers are as the customers of the file.
void take_attributes(std::vector<FileAttribute>&& found, Reading& reading) {
  for (std::size_t a = 0; a < found.size(); ++a) {
    sim::Attribute& attribute = reading.study.population.attributes[a];
    attribute.values = std::move(found[a].values);
    attribute.by_row = std::move(found[a].by_row);
    attribute.shares.assign(attribute.values.size(), 0);
    for (const std::uint32_t value : attribute.by_row) attribute.shares[value] += 1;
    for (double& share : attribute.shares) share /= static_cast<double>(attribute.by_row.size());
  }
}

}  // namespace clientele::scenarios
