// Texts are their own labels, days since a date are the month that begins there, other numbers stand for themselves.
#include "output/cube/axis_of_both.hpp"

#include <chrono>
#include <cstdio>
#include <optional>
#include <unordered_map>

#include "output/cube/points.hpp"
#include "output/cube/wording.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

namespace {

using Day = std::chrono::sys_days;

/// "days since 2027-01-01" is a day; all else is none.
std::optional<Day> day_in(const std::string& units) {
  int year = 0;
  unsigned month = 0, day = 0;
  if (std::sscanf(units.c_str(), "days since %d-%u-%u", &year, &month, &day) != 3) return std::nullopt;
  const auto date = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
  return date.ok() ? std::optional(Day(date)) : std::nullopt;
}

std::string month_of(Day day) {
  const std::chrono::year_month_day date(day);
  const std::string month = std::to_string(static_cast<unsigned>(date.month()));
  return std::to_string(static_cast<int>(date.year())) + (month.size() == 1 ? "-0" : "-") + month;
}

struct Labels {
  std::vector<std::string> texts;
  std::vector<std::int64_t> days;
};

/// Points by what they are, since their numbers are places in a list.
Labels labels_of_points(const Hdf5Reader& file) {
  const CubePoints points = read_points(file);
  Labels labels;
  for (const auto& values : points.values) {
    std::string& text = labels.texts.emplace_back();
    for (std::size_t p = 0; p < values.size(); ++p)
      text += (p == 0 ? "" : ", ") + points.paths[p] + "=" + sim::shortest_text(values[p]);
  }
  return labels;
}

Labels labels_of(const Hdf5Reader& file, const std::string& name) {
  if (!file.has(name)) return {};
  if (name == points_axis) return labels_of_points(file);
  const Hdf5Dataset axis = file.dataset(name);
  if (axis.holds(Element::text)) return {axis.read_texts(), {}};
  const std::optional<Day> start = axis.has_attribute("units") ? day_in(axis.text_attribute("units")) : std::nullopt;
  Labels labels;
  for (const std::int32_t number : axis.read_integers()) {
    const Day day = start.value_or(Day()) + std::chrono::days(number);
    labels.texts.push_back(start ? month_of(day) : std::to_string(number));
    if (start) labels.days.push_back(day.time_since_epoch().count());
  }
  return labels;
}

using Places = std::unordered_map<std::string, std::size_t>;

Places places_of(const std::vector<std::string>& labels) {
  Places places;
  for (std::size_t at = 0; at < labels.size(); ++at) places.emplace(labels[at], at);
  return places;
}

std::vector<std::string> without(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  const Places there = places_of(others);
  std::vector<std::string> left;
  for (const std::string& one : some)
    if (!there.contains(one)) left.push_back(one);
  return left;
}

}  // namespace

std::vector<std::string> axes_of_cells() {
  return {points_axis,        "scenario",        "policy", "draw",          "replication", "month",
          "month_of_horizon", "month_beyond",    "tier",   "tier_to",       "group",       groups_axis,
          classes_axis,       "histogram_month", "bin",    all_months_axis, "age"};
}

bool AxisOfBoth::is_same() const { return first == second; }
std::vector<std::string> AxisOfBoth::only_in_first() const { return without(first, second); }
std::vector<std::string> AxisOfBoth::only_in_second() const { return without(second, first); }

AxisOfBoth AxisOfBoth::with_all_places() const {
  AxisOfBoth all = *this;
  const Places in_first = places_of(first), in_second = places_of(second);
  for (const std::string& label : only_in_first()) all.pairs.emplace_back(in_first.at(label), nowhere);
  for (const std::string& label : only_in_second()) all.pairs.emplace_back(nowhere, in_second.at(label));
  return all;
}

AxisOfBoth axis_of_both(const std::string& name, const Hdf5Reader& first, const Hdf5Reader& second) {
  Labels one = labels_of(first, name), other = labels_of(second, name);
  AxisOfBoth axis{name, std::move(one.texts), std::move(other.texts), {}, std::move(one.days)};
  const Places there = places_of(axis.second);
  for (std::size_t at = 0; at < axis.first.size(); ++at)
    if (const auto same = there.find(axis.first[at]); same != there.end()) axis.pairs.emplace_back(at, same->second);
  return axis;
}

}  // namespace clientele::output
