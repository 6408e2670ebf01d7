// A variable for each number that points set, on one axis, so that readers select and plot by it.
#include "output/cube/points.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include "output/cube/dimensions.hpp"
#include "output/cube/wording.hpp"
#include "output/hdf5/hdf5.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

constexpr const char* same_as_stated = "=";

constexpr std::pair<const char*, std::string FieldAtPoint::*> parts_of_fields[] = {
    {"field_values", &FieldAtPoint::value},
    {"field_marks", &FieldAtPoint::mark},
    {"field_sources", &FieldAtPoint::source}};

bool may_stand_in_a_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

[[noreturn]] void refuse(const std::string& what) {
  throw sim::UserError(what + " of the cube's points is not as it should be. Is the file no cube of clientele?");
}

std::vector<double> values_of(const CubePoints& points, std::size_t path) {
  std::vector<double> values;
  for (const auto& point : points.values) values.push_back(point.at(path));
  return values;
}

/// The next word of a line; nothing left is damage.
std::string next_word(std::istringstream& line) {
  std::string word;
  if (!(line >> word)) refuse("a line of the keys");
  return word;
}

}  // namespace

std::vector<std::string> coordinates_of(const std::vector<std::string>& paths) {
  std::vector<std::string> names;
  for (std::string name : paths) {
    std::ranges::replace_if(
        name, [](char c) { return !may_stand_in_a_name(c); }, '_');
    if (name.find('.') == std::string::npos) name = "point." + name;  // no other variable has a dot in its name
    const std::string plain = name;
    for (int n = 2; std::ranges::find(names, name) != names.end(); ++n) name = plain + "_" + std::to_string(n);
    names.push_back(name);
  }
  return names;
}

std::string unit_of_point(const std::string& unit) {
  for (const char* one : {"day", "hour", "minute", "second", "week", "millisecond", "microsecond", "nanosecond"})
    if (unit == one + std::string("s")) return one;
  return unit;
}

void add_points_dimension(Dimensions& dimensions, const CubePoints& points) {
  std::vector<std::int32_t> numbers(points.values.size());
  for (std::size_t n = 0; n < numbers.size(); ++n) numbers[n] = static_cast<std::int32_t>(n);
  dimensions.add(points_axis, numbers, "what is asked: a set of values of numbers of the study", "1");
}

void write_points(Hdf5Writer& file, Dimensions& dimensions, const CubePoints& points) {
  const std::vector<std::string> names = coordinates_of(points.paths);
  for (std::size_t p = 0; p < names.size(); ++p) {
    Hdf5Dataset dataset = file.make(names[p], Element::float64, dimensions.extent({points_axis}));
    dataset.write(values_of(points, p));
    dataset.attribute("long_name", "value of " + points.paths[p] + " that holds instead of the study's");
    dataset.attribute("path", points.paths[p]);
    if (!points.units[p].empty()) dataset.attribute("units", points.units[p]);
    dimensions.attach(dataset, {points_axis});
  }
  dimensions.describe(points_axis, "numbers", in_lines(names));
  dimensions.describe(points_axis, "study_digests", in_lines(points.study_digests));
  if (points.fields.empty()) return;
  dimensions.describe(points_axis, "fields", in_lines(points.fields));
  for (const auto& [attribute, part] : parts_of_fields) {
    std::vector<std::string> lines;
    for (const auto& fields : points.fields_at)
      for (const FieldAtPoint& field : fields) lines.push_back(field.*part);
    dimensions.describe(points_axis, attribute, in_lines(lines));
  }
}

std::string keys_in_lines(const CubePoints& points, const StudyKeys& stated) {
  std::vector<std::string> lines;
  const auto add = [](std::string& line, const std::vector<std::string>& of_point,
                      const std::vector<std::string>& all) {
    for (std::size_t n = 0; n < of_point.size(); ++n)
      line += " " + (n < all.size() && of_point[n] == all[n] ? same_as_stated : of_point[n]);
  };
  for (const StudyKeys& keys : points.keys) {
    std::string& line = lines.emplace_back(keys.world);
    add(line, keys.scenarios, stated.scenarios);
    add(line, keys.policies, stated.policies);
    if (keys.draws != stated.draws) add(line, keys.draws, stated.draws);
  }
  return in_lines(lines);
}

std::vector<StudyKeys> keys_from_lines(const std::string& lines, const StudyKeys& stated) {
  std::vector<StudyKeys> all;
  for (const std::string& text : lines_of(lines)) {
    std::istringstream line(text);
    StudyKeys& keys = all.emplace_back(stated);
    keys.world = next_word(line);
    for (auto* digests : {&keys.scenarios, &keys.policies, &keys.draws}) {
      if (digests == &keys.draws && (line >> std::ws).eof()) break;
      for (std::string& digest : *digests)
        if (const std::string word = next_word(line); word != same_as_stated) digest = word;
    }
  }
  return all;
}

/// Fields that points change, point by point.
void read_fields(const Hdf5Dataset& axis, CubePoints& points) {
  if (!axis.has_attribute("fields")) return;
  points.fields = lines_of(axis.text_attribute("fields"));
  const std::size_t n = points.fields.size();
  points.fields_at.assign(points.values.size(), std::vector<FieldAtPoint>(n));
  for (const auto& [attribute, part] : parts_of_fields) {
    std::vector<std::string> lines = lines_of(axis.has_attribute(attribute) ? axis.text_attribute(attribute) : "");
    lines.resize(n * points.values.size());
    for (std::size_t at = 0; at < lines.size(); ++at) points.fields_at[at / n][at % n].*part = lines[at];
  }
}

CubePoints read_points(const Hdf5Reader& file) {
  CubePoints points;
  if (!file.has(points_axis)) return points;
  const Hdf5Dataset axis = file.dataset(points_axis);
  points.values.resize(axis.read_integers().size());
  for (const std::string& name : lines_of(axis.text_attribute("numbers"))) {
    if (!file.has(name) || !file.dataset(name).holds(Element::float64)) refuse("variable \"" + name + "\"");
    const Hdf5Dataset variable = file.dataset(name);
    const std::vector<double> values = variable.read();
    if (values.size() != points.values.size()) refuse("variable \"" + name + "\"");
    points.paths.push_back(variable.text_attribute("path"));
    points.units.push_back(variable.has_attribute("units") ? variable.text_attribute("units") : "");
    for (std::size_t point = 0; point < values.size(); ++point) points.values[point].push_back(values[point]);
  }
  points.study_digests = lines_of(axis.text_attribute("study_digests"));
  read_fields(axis, points);
  if (points.values.empty() || points.study_digests.size() != points.values.size()) refuse("axis \"point\"");
  return points;
}

}  // namespace clientele::output
