// Grid, zip, list and Latin hypercube: how each makes points of what it says of its numbers.
#include "scenarios/reader/design.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <tuple>

#include "scenarios/hypercube.hpp"
#include "scenarios/reader/options.hpp"
#include "scenarios/reader/section.hpp"
#include "scenarios/sweep.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::number_text;
using sim::printable;

namespace {

constexpr const char* expected_design =
    "Expected: one of sweep.grid, sweep.zip, sweep.list, sweep.hypercube and "
    "sweep.file.";
constexpr const char* expected_levels =
    "Expected: a list such as [15, 30, 45], or { low = 15, high = 45, step = 15 } or { low = 15, high = 45, count = 3 "
    "}.";

/// What stands behind one path of a table of paths.
struct Leaf {
  std::string path;
  const Entry* entry;
};

/// { low = 15, high = 60, count = 4 }, which would else be paths that end in low, high and count.
bool is_range(const Node& node) {
  return std::ranges::any_of(node.entries, [](const Entry& entry) {
    const bool known = entry.key == "low" || entry.key == "high" || entry.key == "step" || entry.key == "count";
    return known && entry.node.kind == Node::Kind::number;
  });
}

enum class Leaves { numbers, ranges };

void collect(const Node& table, const std::string& prefix, Leaves kind, std::vector<Leaf>& leaves) {
  for (const Entry& entry : table.entries) {
    const std::string path = prefix + as_part(entry.key);
    const bool deeper = entry.node.kind == Node::Kind::table && !entry.node.entries.empty() &&
                        !(kind == Leaves::ranges && is_range(entry.node));
    if (deeper)
      collect(entry.node, path + ".", kind, leaves);
    else
      leaves.push_back({path, &entry});
  }
}

/// The paths of a table in the order of the text.
std::vector<Leaf> leaves_of(const Node& table, Leaves kind) {
  std::vector<Leaf> leaves;
  collect(table, "", kind, leaves);
  std::ranges::stable_sort(
      leaves, {}, [](const Leaf& leaf) { return std::make_tuple(leaf.entry->place.line, leaf.entry->place.column); });
  return leaves;
}

/// As somebody would write it: steps of 0.1 make 0.3, not 0.30000000000000004.
double tidy(double value, int digits) {
  std::array<char, 40> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, digits).ptr;
  std::from_chars(text.data(), end, value);
  return value == 0 ? 0 : value;
}

/// The two ends of a range.
std::optional<std::pair<double, double>> ends_of(Section& section, const Node& node, Reading& reading) {
  const auto low = section.number("low", {}), high = section.number("high", {});
  for (const char* key : {"low", "high"})
    if (node.find(key) == nullptr)
      reading.mistakes.add(node.place, section.label_of(key) + " is missing (a range has two ends).");
  if (!low || !high) return std::nullopt;
  if (*low < *high) return std::pair(*low, *high);
  reading.mistakes.add(node.place, section.label_of("low") + " = " + number_text(*low) + " is not below high = " +
                                       number_text(*high) + ". Did you mean them the other way round?");
  return std::nullopt;
}

/// How many values a range has; nothing where it does not say, or says it twice.
std::optional<std::size_t> count_of(Section& section, const Node& node, double width, Reading& reading) {
  const auto most = static_cast<double>(most_points);
  const auto count = section.number("count", {"values", sim::range(2, most), NumberRule::Of::whole});
  const auto step = section.number("step", {"from one value to the next", sim::range(1e-30, 1e30)});
  if ((node.find("count") == nullptr) == (node.find("step") == nullptr)) {
    reading.mistakes.add(
        node.place, section.label_of("step") + (node.find("step") == nullptr ? " and count are both missing. Which one?"
                                                                             : " does not go with count. Which one?"));
    return std::nullopt;
  }
  if (count) return static_cast<std::size_t>(*count);
  if (!step) return std::nullopt;
  const double steps = std::floor(width / *step * (1 + 1e-12) + 1e-9);
  if (steps + 1 <= most) return static_cast<std::size_t>(steps) + 1;
  reading.mistakes.add(node.place, section.label_of("step") + " = " + number_text(*step) +
                                       " makes more than 100,000 values. Did you mean a longer step?");
  return std::nullopt;
}

void read_range(const Node& node, const std::string& label, SweptNumber& number, Reading& reading) {
  Section section(node, label + ".", reading);
  const auto ends = ends_of(section, node, reading);
  const auto count = count_of(section, node, ends ? ends->second - ends->first : 1, reading);
  section.close();
  if (!ends || !count) return;
  const auto [low, high] = *ends;
  const Entry* said = node.find("step");
  const double step = said != nullptr ? said->node.number : (high - low) / static_cast<double>(*count - 1);
  for (std::size_t v = 0; v < *count; ++v)
    number.levels.push_back({tidy(low + step * static_cast<double>(v), 12), node.place});
}

/// The values of a number in a grid or a zip.
SweptNumber levels_of(const Leaf& leaf, const std::string& label, Reading& reading) {
  SweptNumber number{leaf.path, leaf.entry->place, {}};
  const Node& node = leaf.entry->node;
  const std::string what = label + leaf.path;
  if (node.kind == Node::Kind::table && is_range(node)) {
    read_range(node, what, number, reading);
  } else if (node.kind != Node::Kind::array) {
    const std::string guess =
        node.kind == Node::Kind::number ? " Did you mean [" + number_text(node.number) + "]?" : "";
    reading.mistakes.add(node.place,
                         what + " = " + shown(node) + " is " + kind_of(node) + ". " + expected_levels + guess);
  } else if (node.items.empty()) {
    reading.mistakes.add(node.place, what + " = [] has no value. " + expected_levels);
  } else {
    for (const Node& item : node.items)
      if (const auto value = read_number(item, what, {}, reading.mistakes))
        number.levels.push_back({*value, item.place});
  }
  return number;
}

/// Whether a design stays within the limit; says so where it does not.
bool fits(double points, const Entry& entry, Reading& reading) {
  if (points <= static_cast<double>(most_points)) return true;
  reading.mistakes.add(entry.place, "sweep." + entry.key + " has " + number_text(points) +
                                        " points, and a sweep has 100,000 at most. Did you mean a sweep.hypercube of "
                                        "fewer points over the same ranges?");
  return false;
}

/// All numbers of a table of paths with their values. Empty where one of them is wrong.
std::vector<SweptNumber> numbers_of(const Entry& entry, Reading& reading) {
  const std::string label = "sweep." + entry.key + ".";
  Section(entry.node, label, reading);  // says so where it is no table
  std::vector<SweptNumber> numbers;
  for (const Leaf& leaf : leaves_of(entry.node, Leaves::ranges)) numbers.push_back(levels_of(leaf, label, reading));
  if (numbers.empty() && entry.node.kind == Node::Kind::table)
    reading.mistakes.add(entry.place, "sweep." + entry.key +
                                          " names no number. Expected: a path, such as payment.terms_days = [30, 45].");
  return numbers;
}

/// The last number varies fastest, as the digits of a count.
void read_grid(const Entry& entry, Design& design, Reading& reading) {
  design.numbers = numbers_of(entry, reading);
  double points = 1;
  for (const SweptNumber& number : design.numbers) points *= static_cast<double>(number.levels.size());
  if (design.numbers.empty() || !fits(points, entry, reading)) return;
  for (std::size_t p = 0; p < static_cast<std::size_t>(points); ++p) {
    std::vector<std::uint32_t>& point = design.points.emplace_back(design.numbers.size());
    std::size_t rest = p;
    for (std::size_t n = design.numbers.size(); n-- > 0; rest /= design.numbers[n].levels.size())
      point[n] = static_cast<std::uint32_t>(rest % design.numbers[n].levels.size());
  }
}

std::string values_in_words(std::size_t count) { return std::to_string(count) + (count == 1 ? " value" : " values"); }

/// The first values of all numbers make the first point, and so on.
void read_zip(const Entry& entry, Design& design, Reading& reading) {
  design.numbers = numbers_of(entry, reading);
  if (design.numbers.empty() || !reading.mistakes.none()) return;
  const SweptNumber& first = design.numbers.front();
  const std::size_t count = first.levels.size();
  for (const SweptNumber& number : design.numbers)
    if (number.levels.size() != count)
      reading.mistakes.add(number.place, "sweep.zip." + number.path + " has " + values_in_words(number.levels.size()) +
                                             " and " + first.path + " has " + std::to_string(count) +
                                             " (in a zip the first values make the first point, and so on). Did you "
                                             "mean sweep.grid, every value with every other?");
  if (!fits(static_cast<double>(count), entry, reading)) return;
  for (std::size_t p = 0; p < count; ++p)
    design.points.emplace_back(design.numbers.size(), static_cast<std::uint32_t>(p));
}

/// One row of a list: its values go to the numbers of the first row.
void read_row(const Node& row, std::size_t number_of_row, Design& design, Reading& reading) {
  const std::string label = "sweep.list, row " + std::to_string(number_of_row) + ": ";
  Section(row, label, reading);
  std::vector<bool> said(design.numbers.size(), false);
  for (const Leaf& leaf : leaves_of(row, Leaves::numbers)) {
    auto known = std::ranges::find(design.numbers, leaf.path, &SweptNumber::path);
    if (known == design.numbers.end() && number_of_row > 1) {
      reading.mistakes.add(leaf.entry->place, label + leaf.path +
                                                  " is not in the first row (all rows of a list say the same "
                                                  "numbers).");
      continue;
    }
    if (known == design.numbers.end()) {
      known = design.numbers.insert(known, {leaf.path, leaf.entry->place, {}});
      said.push_back(false);
    }
    said[static_cast<std::size_t>(known - design.numbers.begin())] = true;
    if (const auto value = read_number(leaf.entry->node, label + leaf.path, {}, reading.mistakes))
      known->levels.push_back({*value, leaf.entry->node.place});
  }
  for (std::size_t n = 0; n < said.size(); ++n)
    if (!said[n] && row.kind == Node::Kind::table)
      reading.mistakes.add(row.place,
                           label + design.numbers[n].path + " is missing (all rows of a list say the same numbers).");
}

void read_list(const Entry& entry, Design& design, Reading& reading) {
  if (entry.node.kind != Node::Kind::array || entry.node.items.empty())
    return reading.mistakes.add(
        entry.node.place, "sweep.list is " + (entry.node.kind == Node::Kind::array ? "empty" : kind_of(entry.node)) +
                              ". Expected: rows, [ { payment.terms_days = 30, payment.late_chance.mean = 0.2 }, "
                              "{ ... } ].");
  if (!fits(static_cast<double>(entry.node.items.size()), entry, reading)) return;
  for (std::size_t r = 0; r < entry.node.items.size(); ++r) read_row(entry.node.items[r], r + 1, design, reading);
  if (design.numbers.empty() && reading.mistakes.none())
    reading.mistakes.add(entry.place,
                         "sweep.list names no number. Expected: rows such as { payment.terms_days = 30 }.");
  for (std::size_t p = 0; p < entry.node.items.size(); ++p)
    design.points.emplace_back(design.numbers.size(), static_cast<std::uint32_t>(p));
}

/// Every number meets each part of its range once, in an order of its own.
void read_hypercube(const Entry& entry, Design& design, Reading& reading) {
  const std::string label = "sweep.hypercube.";
  Section section(entry.node, label, reading);
  const auto points = section.number(study_key("sweep.hypercube", "points"));
  const auto seed = section.number(study_key("sweep.hypercube", "seed"));
  if (entry.node.kind != Node::Kind::table) return;
  if (entry.node.find("points") == nullptr)
    reading.mistakes.add(entry.place, "sweep.hypercube.points is missing. Expected: how many points, such as 50.");
  for (const Leaf& leaf : leaves_of(entry.node, Leaves::ranges)) {
    if (leaf.path == "points" || leaf.path == "seed") continue;
    const Node& node = leaf.entry->node;
    SweptNumber& number = design.numbers.emplace_back(SweptNumber{leaf.path, leaf.entry->place, {}});
    if (node.kind != Node::Kind::table || !is_range(node)) {
      reading.mistakes.add(node.place, label + leaf.path + " = " + shown(node) + " is " + kind_of(node) +
                                           ". Expected: a range, { low = 15, high = 60 }.");
      continue;
    }
    Section of_range(node, label + leaf.path + ".", reading);
    const auto ends = ends_of(of_range, node, reading);
    of_range.close();
    if (!ends || !points) continue;
    number.ends = {{ends->first, node.place}, {ends->second, node.place}};
    for (const double value : spread_evenly(leaf.path, ends->first, ends->second, static_cast<std::size_t>(*points),
                                            static_cast<std::uint32_t>(seed.value_or(reading.study.seed))))
      number.levels.push_back({tidy(value, 9), node.place});
  }
  if (design.numbers.empty())
    reading.mistakes.add(entry.place,
                         "sweep.hypercube names no number. Expected: a path, such as payment.terms_days = { low = 15, "
                         "high = 60 }.");
  for (std::size_t p = 0; p < static_cast<std::size_t>(points.value_or(0)); ++p)
    design.points.emplace_back(design.numbers.size(), static_cast<std::uint32_t>(p));
}

/// A row of the file is a point.
void read_file(const Entry& entry, Design& design, Reading& reading) {
  design.file = read_number_file(entry, "sweep.file", "--sweep FILE", reading);
  if (!design.file || design.file->rows() == 0) return;
  design.in_words = "rows of " + design.file->name();
  for (const NumberColumn& column : design.file->columns())
    design.numbers.push_back({column.path, column.place, column.levels});
  if (design.file->rows() > most_points)
    design.file->mistakes().add(
        {}, "has " + std::to_string(design.file->rows()) + " rows, and a sweep has 100,000 points at most.");
  for (std::size_t p = 0; p < std::min(design.file->rows(), most_points); ++p)
    design.points.emplace_back(design.numbers.size(), static_cast<std::uint32_t>(p));
}

struct Kind {
  const char* key;
  void (*read)(const Entry&, Design&, Reading&);
};
constexpr std::array<Kind, 5> kinds{
    {{"grid", read_grid}, {"zip", read_zip}, {"list", read_list}, {"hypercube", read_hypercube}, {"file", read_file}}};

/// [sweep] payment.terms_days = [30, 45], which does not say how its numbers go together.
bool is_table_of_a_study(const Entry& entry, const Reading& reading) {
  const auto& tables = reading.vocabulary.tables();
  return std::ranges::find(tables, entry.key) != tables.end();
}

}  // namespace

Design read_design(const Entry& sweep, Reading& reading) {
  Design design;
  design.place = sweep.place;
  Section section(sweep.node, "sweep.", reading);
  std::string first;
  for (const Kind& kind : kinds) {
    const Entry* entry = section.find(kind.key);
    if (entry == nullptr) continue;
    if (!first.empty()) {
      reading.mistakes.add(entry->place, "sweep." + entry->key + " does not go with sweep." + first +
                                             " (a sweep has one design). Which one?");
      continue;
    }
    first = design.in_words = kind.key;
    kind.read(*entry, design, reading);
  }
  for (const Entry& entry : sweep.node.entries)
    if (is_table_of_a_study(entry, reading)) {
      section.find(entry.key);
      reading.mistakes.add(entry.place, "sweep." + printable(entry.key) + " names no design. Did you mean sweep.grid." +
                                            printable(entry.key) + "?");
    }
  section.close();
  if (design.in_words.empty() && sweep.node.kind == Node::Kind::table && sweep.node.entries.empty())
    reading.mistakes.add(sweep.place, std::string("[sweep] is empty. ") + expected_design);
  if (design.numbers.size() > most_swept) {
    reading.mistakes.add(sweep.place,
                         "[sweep] has " + std::to_string(design.numbers.size()) + " numbers. Expected: at most 1,000.");
    design.numbers.clear();
  }
  return design;
}

}  // namespace clientele::scenarios
