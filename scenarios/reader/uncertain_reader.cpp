// What is not known: laws from which every draw takes a value of its own.
#include <algorithm>
#include <array>
#include <cmath>

#include "scenarios/nearest.hpp"
#include "scenarios/printable.hpp"
#include "scenarios/reader/behavior_reader.hpp"
#include "scenarios/reader/section.hpp"

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

/// A law with unbounded tails may leave the range of its number; the run would stop there.
void judge_tails(const Node& node, const sim::Law& law, const NumberPlace& at, Reading& reading) {
  if (law.family == sim::Family::uniform || law.family == sim::Family::beta) return;
  const double mean = law.values[0], spread = law.values[1];
  const bool normal = law.family == sim::Family::normal;
  const double low = normal ? mean - 4 * spread : 0;
  const double high = normal ? mean + 4 * spread : mean * (1 + 4 * spread * (1 + spread));
  if (low >= at.range.low && high <= at.range.high) return;
  reading.mistakes.warn(node.place, "uncertain." + at.path + " may leave [" + number_text(at.range.low) + ", " +
                                        number_text(at.range.high) + "], where " + at.path +
                                        " must be. Would a uniform or beta law do?");
}

void check_range_of_beta(const Node& node, const NumberPlace& at, Reading& reading) {
  if (at.range.low <= 0 && at.range.high >= 1) return;
  reading.mistakes.add(node.place, "uncertain." + at.path + ": a beta law gives values from 0 to 1, and " + at.path +
                                       " must be in [" + number_text(at.range.low) + ", " + number_text(at.range.high) +
                                       "]. Would a uniform law do?");
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
  for (std::size_t p = 0; p < shape.parameters.size(); ++p) {
    const std::string key = shape.parameters[p];
    if (node.find(key) == nullptr)
      reading.mistakes.add(node.place, what + "." + key + " is missing (a " + shape.key + " law needs it).");
    if (const auto number = section.number(key, {std::string(shape.key) + " law", range_of(shape, p, at)}))
      uncertain.law.values[p] = static_cast<float>(*number);
  }
  section.close();
  if (shape.family == sim::Family::uniform && uncertain.law.values[0] > uncertain.law.values[1])
    reading.mistakes.add(node.place, what + ": low is above high. Did you mean them the other way round?");
  if (shape.family == sim::Family::beta) check_range_of_beta(node, at, reading);
  judge_tails(node, uncertain.law, at, reading);
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

}  // namespace clientele::scenarios
