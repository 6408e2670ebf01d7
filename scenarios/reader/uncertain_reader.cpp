// What is not known: laws from which every draw takes a value of its own.
#include <algorithm>
#include <array>
#include <cmath>

#include "scenarios/nearest.hpp"
#include "scenarios/printable.hpp"
#include "scenarios/reader/behavior_reader.hpp"
#include "scenarios/reader/section.hpp"
#include "scenarios/reader/uncertain_law.hpp"
#include "sim/engine/resolve.hpp"

namespace clientele::scenarios {
namespace {

/// The laws that an uncertain number may follow, with their parameters in the order of Uncertain::law.
struct Shape {
  sim::Family family;
  const char* key;
  std::array<const char*, 2> parameters;
};
constexpr std::array<Shape, 4> shapes{{{sim::Family::uniform, "uniform", {"low", "high"}},
                                       {sim::Family::normal, "normal", {"mean", "sd"}},
                                       {sim::Family::lognormal, "lognormal", {"mean", "sd_log"}},
                                       {sim::Family::beta, "beta", {"mean", "a"}}}};

constexpr const char* expected_law =
    "Expected: a law, { dist = \"uniform\", low = ..., high = ... }, or normal "
    "(mean, sd), lognormal (mean, sd_log), beta (mean, a).";

/// A number of a field: its range, and how a study writes it.
struct NumberPlace {
  sim::FieldRef field;
  std::uint32_t number = 0;
  std::string path;
  sim::Range range;
};

sim::Range hard(sim::Range range) { return sim::range(range.low, range.high); }

/// Range of parameter p of a family: ends lie where the number may lie, spreads and shapes are positive.
sim::Range range_of(const Shape& shape, std::size_t p, const NumberPlace& at) {
  const bool of_the_number = shape.family == sim::Family::uniform || p == 0;
  if (!of_the_number) return shape.family == sim::Family::beta ? sim::range(0.01, 1e4) : sim::range(0, 1e9);
  if (shape.family == sim::Family::beta) return sim::range(1e-6, 1 - 1e-6);
  return at.range;
}

std::string must_be(const NumberPlace& at) {
  return at.path + " must be in [" + number_text(at.range.low) + ", " + number_text(at.range.high) + "]";
}

/// A law whose draws leave the range of its number is refused here, so that no draw needs to be bent later.
void check_range(const Node& node, const sim::Law& law, const NumberPlace& at, Reading& reading) {
  const double chance = chance_outside(law, at.range);
  if (chance <= rare) return;
  reading.mistakes.add(node.place, "uncertain." + at.path + ": draws of this law leave the range (" + must_be(at) +
                                       ", and about " + in_per_cent(chance) + " would not be). Did you mean " +
                                       law_that_fits(law, at.range) + "?");
}

void read_law_of(const Node& node, const NumberPlace& at, Reading& reading) {
  const std::string what = "uncertain." + at.path;
  if (node.kind != Node::Kind::table || node.find("dist") == nullptr) {
    const std::string problem = node.kind == Node::Kind::table ? " has no dist. " : " is " + kind_of(node) + ". ";
    return reading.mistakes.add(node.place, what + problem + expected_law);
  }
  Section section(node, what + ".", reading);
  std::vector<std::string> names;
  for (const Shape& shape : shapes) names.emplace_back(shape.key);
  const auto chosen = section.choice("dist", names);
  if (!chosen) return;
  const Shape& shape = shapes[*chosen];
  sim::Uncertain uncertain{at.field, at.number, at.path, {shape.family, {}}};
  std::size_t understood = 0;
  for (std::size_t p = 0; p < shape.parameters.size(); ++p) {
    const std::string key = shape.parameters[p];
    if (node.find(key) == nullptr)
      reading.mistakes.add(node.place, what + "." + key + " is missing (a " + shape.key + " law needs it).");
    if (const auto number = section.number(key, {std::string(shape.key) + " law", range_of(shape, p, at)}))
      uncertain.law.values[p] = static_cast<float>(*number), ++understood;
  }
  section.close();
  if (shape.family == sim::Family::uniform && uncertain.law.values[0] > uncertain.law.values[1])
    reading.mistakes.add(node.place, what + ": low is above high. Did you mean them the other way round?");
  if (understood == shape.parameters.size()) check_range(node, uncertain.law, at, reading);
  reading.uncertain_places.push_back({node.place, at.range});
  reading.study.uncertain.push_back(std::move(uncertain));
}

/// purchasing.orders_per_month.mean: a number of a law, which must be there under the study's family.
void read_numbers_of_law(const Node& node, const NumberPlace& at, const sim::FieldInfo& field, Reading& reading) {
  const sim::FieldValue& value = reading.study.values[at.field.table][at.field.field];
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
    read_law_of(entry.node, {at.field, p, at.path + "." + entry.key, hard(family.parameters[p].range)}, reading);
  }
}

void read_table(const Node& node, std::uint32_t number, Reading& reading) {
  const sim::Catalogue::Table& table = reading.catalogue.tables()[number];
  Section section(node, "uncertain." + table.key + ".", reading);
  const std::vector<sim::FieldInfo>& fields = table.fields.fields();
  for (std::uint32_t f = 0; f < fields.size(); ++f) {
    const Entry* entry = section.find(fields[f].key);
    if (entry == nullptr) continue;
    const NumberPlace at{{number, f}, 0, table.key + "." + std::string(fields[f].key), hard(fields[f].range)};
    if (!fields[f].families.empty())
      read_numbers_of_law(entry->node, at, fields[f], reading);
    else if (fields[f].standard.numbers.size() != 1 || fields[f].whole)
      reading.mistakes.add(entry->place, "uncertain." + at.path +
                                             " cannot be drawn (only single numbers with fractions "
                                             "can).");
    else
      read_law_of(entry->node, at, reading);
  }
  section.close();
}

}  // namespace

void read_uncertain(const Node& root, Reading& reading) {
  const Entry* entry = root.find("uncertain");
  if (entry == nullptr) return;
  Section section(entry->node, "uncertain.", reading);
  section.find("draws");
  for (std::uint32_t t = 0; t < reading.catalogue.tables().size(); ++t)
    if (const Entry* table = section.find(reading.catalogue.tables()[t].key)) read_table(table->node, t, reading);
  section.close();
}

void check_draws(Reading& reading) {
  const sim::Study& study = reading.study;
  if (!reading.mistakes.none()) return;
  std::vector<bool> told(study.uncertain.size(), false);
  for (std::uint32_t draw = 0; draw < study.draws && !study.uncertain.empty(); ++draw) {
    const std::vector<double> values = sim::drawn_values(study, draw);
    for (std::size_t u = 0; u < values.size(); ++u) {
      const auto& [place, range] = reading.uncertain_places[u];
      const auto value = static_cast<float>(values[u]);  // what rules take
      if (told[u] || (value >= static_cast<float>(range.low) && value <= static_cast<float>(range.high))) continue;
      told[u] = true;
      reading.mistakes.add(place, "uncertain." + study.uncertain[u].path + " = " + number_text(values[u]) +
                                      " in draw " + std::to_string(draw) + ", which " + outside_text(values[u], range) +
                                      ". Did you mean " + law_that_fits(study.uncertain[u].law, range) + "?");
    }
  }
}

}  // namespace clientele::scenarios
