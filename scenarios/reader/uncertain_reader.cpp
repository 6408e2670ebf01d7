// What is not known: laws from which every draw takes a value of its own.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "scenarios/amounts.hpp"
#include "scenarios/reader/behavior_reader.hpp"
#include "scenarios/reader/canonical.hpp"
#include "scenarios/reader/number_file.hpp"
#include "scenarios/reader/options.hpp"
#include "scenarios/reader/sample_reader.hpp"
#include "scenarios/reader/section.hpp"
#include "scenarios/reader/uncertain_law.hpp"
#include "scenarios/reader/uncertain_reading.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "sim/draws.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::nearest;
using sim::number_text;
using sim::printable;

namespace {

constexpr const char* expected_law =
    "Expected: a law, { dist = \"uniform\", low = ..., high = ... }, for which \"2 to 5\" is short, or normal (mean, "
    "sd), lognormal (mean, sd_log), beta (mean, a).";

/// Where a number of a field may lie, by the value that it is a number of.
sim::Range legal_range(const sim::FieldInfo& field, const sim::FieldValue& value, std::uint32_t number) {
  const sim::Range range = readable_range(field, value, number);
  return sim::range(range.low, range.high);
}

/// The value that a number belongs to: a group's, or what everybody has.
const sim::FieldValue& value_of(sim::FieldRef field, std::optional<std::uint32_t> group, const Reading& reading) {
  if (group)
    for (const sim::Group::Override& own : reading.study.population.groups[*group].overrides)
      if (own.field == field) return own.value;
  return reading.study.values[field.table][field.field];
}

/// Range of parameter p of a family: ends lie where the number may lie, spreads and shapes are positive.
sim::Range range_of(const UncertainShape& shape, std::size_t p, const NumberPlace& at) {
  const bool of_the_number = shape.family == sim::Family::uniform || p == 0;
  if (!of_the_number) return shape.family == sim::Family::beta ? sim::range(0.01, 1e4) : sim::range(0, 1e9);
  if (shape.family == sim::Family::beta) return sim::range(1e-6, 1 - 1e-6);
  return at.range;
}

std::string must_be(const NumberPlace& at) {
  return at.path + " must be in [" + number_text(at.range.low) + ", " + number_text(at.range.high) + "]";
}

bool is_uncertain_itself(std::uint32_t group, sim::FieldRef field, std::uint32_t number, const sim::Study& study) {
  return std::any_of(study.uncertain.begin(), study.uncertain.end(), [&](const sim::Uncertain& other) {
    return other.group == group && other.field == field && other.number == number;
  });
}

/// A group whose own number follows the draws of everybody's.
struct Led {
  std::uint32_t group = 0;
  sim::Follower follower;
  sim::Range range;  ///< of the group's number
};

std::vector<Led> groups_led_by(const sim::Uncertain& uncertain, const Reading& reading) {
  std::vector<Led> led;
  const auto groups = static_cast<std::uint32_t>(reading.study.population.groups.size());
  for (std::uint32_t g = 0; g < groups && !uncertain.group && !uncertain.place; ++g) {
    const auto follower = sim::place_that_follows(reading.study, reading.catalogue, uncertain, g);
    if (!follower || is_uncertain_itself(g, uncertain.field, follower->number, reading.study)) continue;
    led.push_back(
        {g, *follower,
         legal_range(info_of(uncertain.field, reading), value_of(uncertain.field, g, reading), follower->number)});
  }
  return led;
}

std::string group_text(std::uint32_t group, const Reading& reading) {
  return "group " + in_quotes(reading.study.population.groups[group].name);
}

/// A range inside of this one whose ends can be read.
sim::Range within_in_three_digits(const sim::Range& range) {
  const auto digits = [](double x) {
    return x == 0 || !std::isfinite(x) ? 1 : std::pow(10.0, 2 - std::floor(std::log10(std::fabs(x))));
  };
  return sim::range(std::ceil(range.low * digits(range.low)) / digits(range.low),
                    std::floor(range.high * digits(range.high)) / digits(range.high));
}

void warn_of_unreached_groups(const Place& place, const sim::Uncertain& uncertain, Reading& reading) {
  for (std::uint32_t g = 0; g < reading.study.population.groups.size() && !uncertain.place; ++g)
    if (!uncertain.group && !sim::place_that_follows(reading.study, reading.catalogue, uncertain, g))
      reading.mistakes.warn(place, "uncertain." + uncertain.path + " does not reach " + group_text(g, reading) +
                                       " (its own law has no such number).");
}

/// A law that takes a group's own number out of its range is refused, and a group that it cannot reach is named.
void check_groups(const Node& node, const sim::Uncertain& uncertain, Reading& reading) {
  for (const auto& [group, follower, range] : groups_led_by(uncertain, reading)) {
    if (follower.own == follower.stated) continue;
    const sim::Range draws = sim::range(follower.draw_for(range.low), follower.draw_for(range.high));
    const double chance = chance_outside(uncertain.law, draws);
    if (chance <= rare) continue;
    reading.mistakes.add(node.place, "uncertain." + uncertain.path + ": draws of this law take " +
                                         group_text(group, reading) + " out of its range (its own " +
                                         number_text(follower.own) + " is moved along by the same " +
                                         (follower.by_ratio() ? "ratio" : "difference") + "; it must be in [" +
                                         number_text(range.low) + ", " + number_text(range.high) + "], and about " +
                                         in_per_cent(chance) + " would not be). Did you mean " +
                                         law_that_fits(uncertain.law, within_in_three_digits(draws)) + "?");
  }
  warn_of_unreached_groups(node.place, uncertain, reading);
}
/// A law whose draws leave the range of its number is refused here, so that no draw needs to be bent later.
void check_range(const Node& node, const sim::Law& law, const NumberPlace& at, Reading& reading) {
  const double chance = chance_outside(law, at.range);
  if (chance <= rare) return;
  reading.mistakes.add(node.place, "uncertain." + at.path + ": draws of this law leave the range (" + must_be(at) +
                                       ", and about " + in_per_cent(chance) + " would not be). Did you mean " +
                                       law_that_fits(law, at.range) + "?");
}

/// As rules take it.
bool is_within(double number, const sim::Range& range) {
  const auto value = static_cast<float>(number);
  return value >= static_cast<float>(range.low) && value <= static_cast<float>(range.high);
}

/// By its path, which is one for each number.
bool note_twice(const Node& node, const NumberPlace& at, Reading& reading) {
  const auto other = std::ranges::find(reading.study.uncertain, at.path, &sim::Uncertain::path);
  if (other == reading.study.uncertain.end()) return false;
  const std::string problem = reading.draws == nullptr ? " is said twice (two paths lead to it)."
                              : other->drawn.empty()   ? " has a law in the study as well."
                                                       : " has two columns.";
  reading.mistakes.add(node.place, "uncertain." + at.path + problem + " Which one?");
  return true;
}

/// The draws of a number stand in a column of a file; every one of them must be in its range.
void take_column(const Node& node, const NumberPlace& at, Reading& reading) {
  const NumberColumn& column = reading.draws->columns().at(static_cast<std::size_t>(node.number));
  if (note_twice(node, at, reading)) return;
  sim::Uncertain uncertain{at.field, at.number, at.path, {}, at.group, at.place, {}, reading.draws->name()};
  for (const Level& level : column.levels) {
    uncertain.drawn.push_back(level.value);
    if (level.is_number && !is_within(level.value, at.range))
      reading.mistakes.add(level.place, "uncertain." + at.path + " = " + number_text(level.value) + " " +
                                            outside_text(level.value, at.range) + ".");
  }
  const auto [low, high] = std::ranges::minmax(uncertain.drawn);
  uncertain.law = {sim::Family::uniform, {static_cast<float>(low), static_cast<float>(high)}};
  warn_of_unreached_groups(node.place, uncertain, reading);
  reading.uncertain_places.push_back({{}, at.range});
  reading.study.uncertain.push_back(std::move(uncertain));
}

/// "2 to 5" is short for { dist = "uniform", low = 2, high = 5 }, and answers say so.
std::optional<Node> law_of_range(const Node& said, const std::string& what, Reading& reading) {
  const auto ends = said.kind == Node::Kind::text ? from_to(said.text) : std::nullopt;
  if (!ends) return std::nullopt;
  const auto& [low, high] = *ends;
  reading.mistakes.warn(said.place, what + " = " + in_quotes(said.text) + " is understood as any value from " + low +
                                        " to " + high + ", each as likely: { dist = \"uniform\", low = " + low +
                                        ", high = " + high + " }.");
  Node law;
  law.place = said.place;
  const auto add = [&](const char* key, Node value) { law.entries.push_back({key, said.place, std::move(value)}); };
  const auto number = [&](const std::string& plain) {
    Node node;
    node.kind = Node::Kind::number;
    node.place = said.place;
    node.number = std::stod(plain);
    node.written = plain;
    return node;
  };
  Node uniform = said;
  uniform.text = "uniform";
  add("dist", uniform);
  add("low", number(low));
  add("high", number(high));
  return law;
}

}  // namespace

void read_law_of(const Node& said, const NumberPlace& at, Reading& reading) {
  if (said.kind == Node::Kind::column) return take_column(said, at, reading);
  if (note_twice(said, at, reading)) return;
  const std::string what = "uncertain." + at.path;
  const std::optional<Node> range = law_of_range(said, what, reading);
  const Node& node = range ? *range : said;
  if (node.kind != Node::Kind::table || node.find("dist") == nullptr) {
    const std::string problem = node.find("file") != nullptr
                                    ? " names a file of its own (draws of a file are columns of uncertain.file, called "
                                      "by the paths of their numbers). "
                                : node.kind == Node::Kind::table ? " has no dist. "
                                                                 : " is " + kind_of(node) + ". ";
    return reading.mistakes.add(node.place, what + problem + expected_law);
  }
  Section section(node, what + ".", reading);
  std::vector<std::string> names;
  for (const UncertainShape& shape : uncertain_shapes()) names.emplace_back(shape.key);
  const auto chosen = section.choice("dist", names);
  if (!chosen) return;
  const UncertainShape& shape = uncertain_shapes()[*chosen];
  sim::Uncertain uncertain{at.field, at.number, at.path, {shape.family, {}}, at.group, at.place};
  std::size_t understood = 0;
  for (std::size_t p = 0; p < shape.parameters.size(); ++p) {
    const std::string key(shape.parameters[p]);
    if (node.find(key) == nullptr)
      reading.mistakes.add(node.place,
                           what + "." + key + " is missing (a " + std::string(shape.key) + " law needs it).");
    if (const auto number = section.number(key, {std::string(shape.key) + " law", range_of(shape, p, at)}))
      uncertain.law.values[p] = static_cast<float>(*number), ++understood;
  }
  section.close();
  if (shape.family == sim::Family::uniform && uncertain.law.values[0] > uncertain.law.values[1])
    reading.mistakes.add(node.place, what + ": low is above high. Did you mean them the other way round?");
  if (understood == shape.parameters.size()) {
    check_range(node, uncertain.law, at, reading);
    check_groups(node, uncertain, reading);
  }
  reading.uncertain_places.push_back({node.place, at.range});
  reading.study.uncertain.push_back(std::move(uncertain));
}

namespace {

/// purchasing.orders_per_month.mean: a number of a law, which must be there under the study's family.
void read_numbers_of_law(const Node& node, const NumberPlace& at, const sim::FieldInfo& field, Reading& reading) {
  const sim::FieldValue& value = value_of(at.field, at.group, reading);
  const sim::FamilyInfo& family = field.families[value.family];
  std::vector<std::string> known;
  for (const sim::LawParameter& parameter : family.parameters) known.emplace_back(parameter.key);
  if (node.kind != Node::Kind::table || node.find("dist") != nullptr)
    return reading.mistakes.add(node.place, "uncertain." + at.path +
                                                " is a law with several numbers. Did you mean uncertain." + at.path +
                                                "." + known.front() + "?");
  for (const Entry& entry : node.entries) {
    const auto place = std::find(known.begin(), known.end(), entry.key);
    if (place == known.end()) {
      const std::string guess = nearest(entry.key, known);
      reading.mistakes.add(entry.place, "uncertain." + at.path + "." + printable(entry.key) + " is no number of a " +
                                            std::string(family.key) + " law." +
                                            (guess.empty() ? "" : " Did you mean " + guess + "?"));
      continue;
    }
    const auto p = static_cast<std::uint32_t>(place - known.begin());
    read_law_of(entry.node, {at.field, p, at.path + "." + entry.key, legal_range(field, value, p), at.group}, reading);
  }
}

/// loyalty.reasons.price, or loyalty.moves.low.high: numbers of a vector or matrix, each with a law of its own.
void read_labelled_numbers(const Node& node, const NumberPlace& at, const sim::FieldInfo& field, std::size_t row,
                           Reading& reading) {
  const bool has_rows = !field.rows.empty() && row == field.rows.size();
  const auto& names = has_rows ? field.rows : field.labels;
  if (node.kind != Node::Kind::table || node.find("dist") != nullptr)
    return reading.mistakes.add(node.place, "uncertain." + at.path + " has several numbers. Did you mean uncertain." +
                                                at.path + "." + std::string(names.front()) + "?");
  Section section(node, "uncertain." + at.path + ".", reading);
  for (std::size_t n = 0; n < names.size(); ++n) {
    const Entry* entry = section.find(names[n]);
    if (entry == nullptr) continue;
    NumberPlace inner = at;
    inner.path += "." + std::string(names[n]);
    inner.number = static_cast<std::uint32_t>(row * field.labels.size() + n);
    if (has_rows)
      read_labelled_numbers(entry->node, inner, field, n, reading);
    else
      read_law_of(entry->node, inner, reading);
  }
  section.close();
}

/// The table of a behavior; `owner` is "population.group.chain." for a group's.
void read_table(const Node& node, std::uint32_t number, const std::string& owner, std::optional<std::uint32_t> group,
                Reading& reading) {
  const sim::Catalogue::Table& table = reading.catalogue.tables()[number];
  Section section(node, "uncertain." + owner + table.key + ".", reading);
  const std::vector<sim::FieldInfo>& fields = table.fields.fields();
  for (std::uint32_t f = 0; f < fields.size(); ++f) {
    const Entry* entry = section.find(fields[f].key);
    if (entry == nullptr) continue;
    const std::string path = table.key + "." + std::string(fields[f].key);
    const sim::Range range = sim::range(fields[f].range.low, fields[f].range.high);
    const NumberPlace at{{number, f}, 0, owner + path, range, group};
    if (group && fields[f].kind == sim::Kind::fixed)
      reading.mistakes.add(entry->place, "uncertain." + at.path +
                                             " is one value for all groups (a group cannot differ in it). Did you mean "
                                             "uncertain." +
                                             path + "?");
    else if (!fields[f].families.empty())
      read_numbers_of_law(entry->node, at, fields[f], reading);
    else if (!fields[f].labels.empty())
      read_labelled_numbers(entry->node, at, fields[f], fields[f].rows.empty() ? 0 : fields[f].rows.size(), reading);
    else if (fields[f].standard.numbers.size() != 1 || fields[f].whole)
      reading.mistakes.add(entry->place, "uncertain." + at.path +
                                             " cannot be drawn (only single numbers with fractions "
                                             "can).");
    else
      read_law_of(entry->node, at, reading);
  }
  section.close();
}

/// What is not known of one group: uncertain.population.group.chain.purchasing.elasticity, as options name groups.
void read_groups(const Node& node, Reading& reading) {
  Section section(node, "uncertain.population.", reading);
  const Entry* list = section.find("group");
  section.close();
  if (list == nullptr) return;
  const std::vector<std::string> names = group_names(reading.study);
  Section(list->node, "uncertain.population.group.", reading);  // says so where it is no table
  for (const Entry& entry : list->node.entries) {
    Node name;
    name.kind = Node::Kind::text;
    name.text = entry.key;
    name.place = entry.place;
    const auto group = place_in(names, {entry.key, entry.place, name}, "group", "uncertain.population.group", reading);
    if (!group) continue;
    const std::string owner = "population.group." + as_part(entry.key) + ".";
    Section tables(entry.node, "uncertain." + owner, reading);
    for (std::uint32_t t = 0; t < reading.catalogue.tables().size(); ++t)
      if (const Entry* table = tables.find(reading.catalogue.tables()[t].key))
        read_table(table->node, t, owner, group, reading);
    tables.close();
  }
}

/// All tables of [uncertain], or of one column of a file.
void read_tables(Section& section, Reading& reading) {
  if (const Entry* population = section.find("population")) read_groups(population->node, reading);
  if (const Entry* policies = section.find("policy")) read_uncertain_policies(policies->node, reading);
  if (const Entry* scenarios = section.find("scenario")) read_uncertain_scenarios(scenarios->node, reading);
  for (std::uint32_t t = 0; t < reading.catalogue.tables().size(); ++t)
    if (const Entry* table = section.find(reading.catalogue.tables()[t].key))
      read_table(table->node, t, "", {}, reading);
  section.close();
}

/// Paths of a study that [uncertain] does not know: horizon.months, experiment.draws.
bool is_of_no_behavior(const std::string& path, const Reading& reading) {
  const std::string table = parts_of(path).front();
  const auto& tables = reading.vocabulary.tables();
  return table != "population" && table != "policy" && table != "scenario" && !table_of(reading.catalogue, table) &&
         std::ranges::find(tables, table) != tables.end();
}

void read_columns(const NumberFile& file, Reading& reading) {
  for (std::size_t c = 0; c < file.columns().size(); ++c) {
    const NumberColumn& column = file.columns()[c];
    if (is_of_no_behavior(column.path, reading)) {
      reading.mistakes.add(column.place, printable(column.path) +
                                             " cannot be drawn (numbers of behaviors can, everybody's or a group's, "
                                             "such as payment.late_chance.mean, and of policies and scenarios).");
      continue;
    }
    Node value;
    value.kind = Node::Kind::column;
    value.number = static_cast<double>(c);
    value.place = column.place;
    Node table;
    table.place = column.place;
    table.entries.push_back(chain(parts_of(column.path), std::move(value), column.place));
    Section section(table, "uncertain.", reading);
    read_tables(section, reading);
  }
}

/// Draws of several numbers that hang together, such as a sample of a posterior: each row of the file is one draw. Its
/// mistakes are told with their places there.
void read_joint_draws(const Entry& entry, Reading& reading) {
  const auto file = read_number_file(entry, "uncertain.file", "--set uncertain.file=PATH", reading);
  if (!file) return;
  reading.draws_digest = digest_of(file->text());
  const bool is_whole = file->mistakes().none();
  const std::size_t before = reading.study.uncertain.size();
  if (file->rows() > 0) {
    Reading of_file{reading.catalogue, reading.vocabulary, file->mistakes(), reading.folder, std::move(reading.study)};
    of_file.uncertain_places = std::move(reading.uncertain_places);
    of_file.draws = file.get();
    read_columns(*file, of_file);
    reading.study = std::move(of_file.study);
    reading.uncertain_places = std::move(of_file.uncertain_places);
    for (Reading::UncertainPlace& known : reading.uncertain_places)
      if (known.place.line == 0 && known.place.option < 0) known.place = entry.node.place;
  }
  if (!is_whole) {  // rows that could not be read are no fewer draws
    reading.study.uncertain.erase(reading.study.uncertain.begin() + static_cast<std::ptrdiff_t>(before),
                                  reading.study.uncertain.end());
    reading.uncertain_places.erase(reading.uncertain_places.begin() + static_cast<std::ptrdiff_t>(before),
                                   reading.uncertain_places.end());
  }
  tell_of(*file, entry.node.place, reading);
}

}  // namespace

void read_uncertain(const Node& root, Reading& reading) {
  const Entry* entry = root.find("uncertain");
  if (entry == nullptr) return;
  Section section(entry->node, "uncertain.", reading);
  section.find("draws");
  const Entry* file = section.find("file");
  read_tables(section, reading);
  if (file != nullptr) read_joint_draws(*file, reading);
}

namespace {

/// A law that is legal and often leaves what is plausible says more of its author than of a firm.
void judge_draws(const std::vector<std::vector<double>>& draws, Reading& reading) {
  constexpr double often = 0.05;
  for (std::size_t u = 0; u < reading.study.uncertain.size(); ++u) {
    const sim::Uncertain& uncertain = reading.study.uncertain[u];
    if (uncertain.field == sim::no_field) continue;  // of a shock, nothing is unusual
    const sim::FieldInfo& field = info_of(uncertain.field, reading);
    if (!field.families.empty()) continue;
    const sim::Range plausible = sim::range(field.range.plausible_low, field.range.plausible_high);
    std::size_t outside = 0;
    for (const std::vector<double>& draw : draws) outside += is_within(draw[u], plausible) ? 0 : 1;
    if (static_cast<double>(outside) <= often * static_cast<double>(draws.size())) continue;
    reading.mistakes.warn(reading.uncertain_places[u].place,
                          "uncertain." + uncertain.path + " is unusual in " + std::to_string(outside) + " of " +
                              std::to_string(draws.size()) + " draws (plausible: " + number_text(plausible.low) +
                              " to " + number_text(plausible.high) + ").");
  }
}

}  // namespace

void check_draws(Reading& reading) {
  const sim::Study& study = reading.study;
  if (!reading.mistakes.none()) return;
  std::vector<bool> told(study.uncertain.size(), false);
  std::vector<std::vector<double>> draws;
  for (std::uint32_t draw = 0; draw < study.draws && !study.uncertain.empty(); ++draw) {
    const std::vector<double>& values = draws.emplace_back(sim::drawn_values(study, draw));
    for (std::size_t u = 0; u < values.size(); ++u) {
      const auto& [place, range] = reading.uncertain_places[u];
      for (const auto& [group, follower, own_range] : groups_led_by(study.uncertain[u], reading)) {
        const double value = follower.value(values[u]);
        if (told[u] || follower.own == follower.stated || is_within(value, own_range)) continue;
        told[u] = true;
        reading.mistakes.add(place, "uncertain." + study.uncertain[u].path + " = " + number_text(values[u]) +
                                        " in draw " + std::to_string(draw) + " makes " + number_text(value) + " of " +
                                        group_text(group, reading) + "'s own " + number_text(follower.own) +
                                        ", which " + outside_text(value, own_range) +
                                        ". Did you mean a smaller spread?");
      }
      if (told[u] || is_within(values[u], range)) continue;
      told[u] = true;
      reading.mistakes.add(place, "uncertain." + study.uncertain[u].path + " = " + number_text(values[u]) +
                                      " in draw " + std::to_string(draw) + ", which " + outside_text(values[u], range) +
                                      ". Did you mean " + law_that_fits(study.uncertain[u].law, range) + "?");
    }
  }
  judge_draws(draws, reading);
}

}  // namespace clientele::scenarios
