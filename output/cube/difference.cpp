// Cell by cell: what both cubes hold of a variable is read a draw at a time, and compared bit by bit.
#include "output/cube/difference.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <span>

#include "output/cube/axis_of_both.hpp"
#include "output/cube/other_texts.hpp"
#include "output/cube/reader.hpp"
#include "output/cube/wording.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

namespace {

constexpr std::uint64_t numbers_of_a_chunk = (1 << 20) / sizeof(double);

bool are_same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

/// The axes of a cell's numbers, by what a variable is to the cube.
std::vector<std::string> axes_within_a_cell(const std::string& name, const std::string& role) {
  if (role == "metric") return {"month", "tier", "group"};
  if (role == "beyond") return {"month_beyond", "tier", "group"};
  if (role == "series") return {horizon_axis};
  if (role == "by_age") return {all_months_axis, "age"};
  if (role == "histogram") return {"histogram_month", "group", "bin"};
  if (role == "flow") return {"month", "tier", "tier_to", "group"};
  if (role == "kpi_by_tier") return {"tier"};
  if (role == "kpi_by_group") return {groups_axis};
  if (role == "kpi_by_class" || role == "sum_by_class") return {classes_axis};
  if (role == "sum" && name == sum_variable(flow_variable)) return {"tier", "tier_to", groups_axis};
  if (role == "sum") return {"tier", groups_axis};
  return {};
}

std::string role_of(const Hdf5Dataset& variable) {
  return variable.has_attribute("role") ? variable.text_attribute("role") : "";
}

/// Two cubes that are open, and the axes of both.
struct Both {
  Both(const std::filesystem::path& one, const std::filesystem::path& other)
      : labels_first(one), labels_second(other), first(one), second(other) {
    for (const std::string& name : axes_of_cells()) axes.emplace(name, axis_of_both(name, first, second));
    if (labels_first.points().any() != labels_second.points().any())
      throw sim::UserError(sim::file_in_quotes(labels_first.points().any() ? one : other) +
                           " has points of a sweep, and " +
                           sim::file_in_quotes(labels_first.points().any() ? other : one) +
                           " has none. Which study is meant (run it with --set)?");
    if (!has_points()) axes.at(points_axis) = {points_axis, {""}, {""}, {{0, 0}}, {}};
    axes.at("bin") = axes.at("bin").with_all_places();
  }
  bool has_points() const { return labels_first.points().any(); }
  /// Makes both cubes tell of the points.
  void look_at(std::size_t one, std::size_t other) {
    if (!has_points()) return;
    labels_first.look_at(one);
    labels_second.look_at(other);
  }
  std::size_t least(const std::string& axis) const {
    return std::min(axes.at(axis).first.size(), axes.at(axis).second.size());
  }

  CubeReader labels_first, labels_second;
  Hdf5Reader first, second;
  std::map<std::string, AxisOfBoth> axes;
};

/// A cell that both have simulated.
struct CellOfBoth {
  sim::Cell first, second;
};

/// The numbers that one variable has in one cell, in both cubes.
class NumbersOfCell {
 public:
  NumbersOfCell(const Both& both, const std::vector<std::string>& axes, ComparedVariable& variable)
      : both_(both), variable_(variable), at_(axes.size()) {
    for (const std::string& name : axes) axes_.push_back(&both.axes.at(name));
    is_same_layout_ = std::ranges::all_of(axes_, [](const AxisOfBoth* axis) { return axis->is_same(); });
  }

  void compare(const CellOfBoth& cell, std::span<const double> first, std::span<const double> second) {
    if (is_same_layout_ && std::memcmp(first.data(), second.data(), first.size_bytes()) == 0) {
      variable_.numbers += first.size();
      return;
    }
    cell_ = cell;
    first_ = first;
    second_ = second;
    visit(0, 0, 0);
  }

 private:
  /// All places of the axes from this one on.
  void visit(std::size_t axis, std::size_t in_first, std::size_t in_second) {
    if (axis == axes_.size()) return compare_one(in_first, in_second);
    const AxisOfBoth& both = *axes_[axis];
    const auto next = [](std::size_t before, std::size_t size, std::size_t place) {
      return before == nowhere || place == nowhere ? nowhere : before * size + place;
    };
    for (at_[axis] = 0; at_[axis] < both.pairs.size(); ++at_[axis]) {
      const auto [one, other] = both.pairs[at_[axis]];
      visit(axis + 1, next(in_first, both.first.size(), one), next(in_second, both.second.size(), other));
    }
  }

  /// A bin that only one of the cubes has is empty in the other, or of a month that is missing there.
  void compare_one(std::size_t in_first, std::size_t in_second) {
    double one = in_first == nowhere ? 0 : first_[in_first], other = in_second == nowhere ? 0 : second_[in_second];
    if (in_first == nowhere && std::isnan(other)) one = other;
    if (in_second == nowhere && std::isnan(one)) other = one;
    ++variable_.numbers;
    if (are_same_bits(one, other)) return;
    const sim::CellAxes cells = both_.labels_first.axes().of_cells();
    const std::pair when(
        std::uint64_t{both_.labels_first.point().value_or(0) * cells.cells() + cells.number(cell_.first)}, day());
    if (variable_.differing++ > 0 && variable_.when <= when) return;
    variable_.when = when;
    variable_.earliest = {place(), one, other};
  }

  /// What stands for no month comes behind all months.
  std::int64_t day() const {
    for (std::size_t a = 0; a < axes_.size(); ++a)
      if (const auto& days = axes_[a]->days; !days.empty()) return days[axes_[a]->pairs[at_[a]].first];
    return std::numeric_limits<std::int64_t>::max();
  }

  Place place() const {
    const CubeReader::Axes& labels = both_.labels_first.axes();
    Place place{{"scenario", labels.scenarios[cell_.first.scenario]},
                {"policy", labels.policies[cell_.first.policy]},
                {"draw", std::to_string(cell_.first.draw)},
                {"replication", std::to_string(cell_.first.replication)}};
    if (const auto point = both_.labels_first.point())
      place.insert(place.begin(), {points_axis, both_.axes.at(points_axis).first[*point]});
    for (std::size_t a = 0; a < axes_.size(); ++a) {
      const auto [one, other] = axes_[a]->pairs[at_[a]];
      const std::string& label = one == nowhere ? axes_[a]->second[other] : axes_[a]->first[one];
      const bool is_tier = axes_[a]->name.starts_with("tier") && one != nowhere;
      const std::string tier = is_tier ? both_.labels_first.tier_name(cell_.first.policy, one) : "";
      place.emplace_back(axes_[a]->name, tier.empty() ? label : tier);
    }
    return place;
  }

  const Both& both_;
  ComparedVariable& variable_;
  std::vector<const AxisOfBoth*> axes_;
  std::vector<std::size_t> at_;  ///< of the pairs of each axis
  bool is_same_layout_ = false;
  CellOfBoth cell_;
  std::span<const double> first_, second_;
};

/// Some draws of one arm, with all of its replications and of what is within a cell.
std::vector<double> read_draws(const Hdf5Dataset& variable, std::optional<std::size_t> point, std::size_t scenario,
                               std::size_t policy, std::size_t from, std::size_t draws) {
  Extent count = variable.extent(), start(count.size(), 0);
  const std::size_t first = point ? 1 : 0;
  if (point) {
    start[0] = *point;
    count[0] = 1;
  }
  start[first] = scenario;
  start[first + 1] = policy;
  start[first + 2] = from;
  count[first] = count[first + 1] = 1;
  count[first + 2] = draws;
  return variable.read_box(start, count);
}

/// Why they have no cell in common, where names are the reason.
std::string names_in_words(const Both& both) {
  for (const char* axis : {points_axis, "scenario", "policy"})
    if (const AxisOfBoth& of = both.axes.at(axis); of.pairs.empty())
      return "no " + std::string(axis) + " of the one, such as " + sim::in_quotes(of.first.front()) +
             ", has the name of one of the other, such as " + sim::in_quotes(of.second.front());
  return "none was simulated in both";
}

class Comparing {
 public:
  explicit Comparing(Both& both) : both_(both) {}

  CubeDifference all() {
    compare_axes();
    count_cells();
    compare_variables();
    found_.texts = other_texts(both_.first, both_.second);
    for (std::size_t v = 0; v < found_.variables.size(); ++v)
      if (found_.variables[v].differing > 0 && found_.variables[v].when < found_.variables[found_.earliest].when)
        found_.earliest = v;
    return std::move(found_);
  }

 private:
  void compare_axes() {
    for (const auto& [name, axis] : both_.axes)
      if (name != "bin" && name != "tier_to" && !axis.is_same())
        found_.axes.push_back({name, axis.only_in_first(), axis.only_in_second()});
  }

  void count_cells() {
    for (const auto& [point, other_point] : both_.axes.at(points_axis).pairs) {
      both_.look_at(point, other_point);
      count_cells_of_point();
    }
    found_.cells_of_first = both_.labels_first.cells_done_at_all_points() - found_.cells;
    found_.cells_of_second = both_.labels_second.cells_done_at_all_points() - found_.cells;
  }

  void count_cells_of_point() {
    for (const auto& [scenario, other_scenario] : both_.axes.at("scenario").pairs)
      for (const auto& [policy, other_policy] : both_.axes.at("policy").pairs)
        for (std::size_t draw = 0; draw < draws(); ++draw)
          for (std::size_t replication = 0; replication < replications(); ++replication)
            found_.cells += is_done({cell_of(scenario, policy, draw, replication),
                                     cell_of(other_scenario, other_policy, draw, replication)})
                                ? 1
                                : 0;
  }

  void compare_variables() {
    for (const std::string& name : both_.first.datasets())
      if (!both_.second.has(name))
        found_.only_in_first.push_back(name);
      else if (const Hdf5Dataset variable = both_.first.dataset(name); !role_of(variable).empty())
        compare_variable(name, variable, both_.second.dataset(name));
    for (const std::string& name : both_.second.datasets())
      if (!both_.first.has(name)) found_.only_in_second.push_back(name);
  }

  /// As many draws at a time as a chunk has.
  void compare_variable(const std::string& name, const Hdf5Dataset& one, const Hdf5Dataset& other) {
    ComparedVariable& variable = found_.variables.emplace_back();
    variable.name = name;
    std::vector<std::string> axes = axes_within_a_cell(name, role_of(one));
    NumbersOfCell numbers(both_, axes, variable);
    axes.insert(axes.begin(), {"scenario", "policy", "draw", "replication"});
    if (both_.has_points()) axes.insert(axes.begin(), points_axis);
    const Extent extent = one.extent();
    if (!one.holds(Element::float64) || !other.holds(Element::float64) || extent != sizes(axes, &AxisOfBoth::first) ||
        other.extent() != sizes(axes, &AxisOfBoth::second))
      throw sim::UserError("variable " + sim::in_quotes(name) +
                           " has another shape than its axes. Were the cubes made by a later clientele?");
    const std::uint64_t of_draw = elements_of({extent.begin() + (both_.has_points() ? 4 : 3), extent.end()});
    const std::size_t together = std::max<std::uint64_t>(1, numbers_of_a_chunk / std::max<std::uint64_t>(1, of_draw));
    for (const auto& [point, other_point] : both_.axes.at(points_axis).pairs) {
      both_.look_at(point, other_point);
      compare_at_point(numbers, one, other, together);
    }
  }

  void compare_at_point(NumbersOfCell& numbers, const Hdf5Dataset& one, const Hdf5Dataset& other,
                        std::size_t together) const {
    const auto point = both_.labels_first.point(), other_point = both_.labels_second.point();
    for (const auto& [scenario, other_scenario] : both_.axes.at("scenario").pairs)
      for (const auto& [policy, other_policy] : both_.axes.at("policy").pairs)
        for (std::size_t from = 0; from < draws(); from += together) {
          const std::size_t some = std::min(together, draws() - from);
          const std::vector<double> first = read_draws(one, point, scenario, policy, from, some);
          const std::vector<double> second = read_draws(other, other_point, other_scenario, other_policy, from, some);
          compare_draws(numbers, {cell_of(scenario, policy, from, 0), cell_of(other_scenario, other_policy, from, 0)},
                        some, first, second);
        }
  }

  void compare_draws(NumbersOfCell& numbers, CellOfBoth cell, std::size_t some, std::span<const double> first,
                     std::span<const double> second) const {
    const std::size_t rows = both_.labels_first.axes().replications,
                      rows_other = both_.labels_second.axes().replications;
    const std::size_t of_cell = first.size() / (some * rows), of_cell_other = second.size() / (some * rows_other);
    for (std::size_t draw = 0; draw < some; ++draw, ++cell.first.draw, ++cell.second.draw)
      for (std::size_t r = 0; r < replications(); ++r) {
        cell.first.replication = cell.second.replication = static_cast<std::uint32_t>(r);
        if (is_done(cell))
          numbers.compare(cell, first.subspan((draw * rows + r) * of_cell, of_cell),
                          second.subspan((draw * rows_other + r) * of_cell_other, of_cell_other));
      }
  }

  Extent sizes(const std::vector<std::string>& axes, std::vector<std::string> AxisOfBoth::*labels) const {
    Extent extent;
    for (const std::string& axis : axes) extent.push_back((both_.axes.at(axis).*labels).size());
    return extent;
  }
  static sim::Cell cell_of(std::size_t scenario, std::size_t policy, std::size_t draw, std::size_t replication) {
    return {static_cast<std::uint32_t>(scenario), static_cast<std::uint32_t>(policy), static_cast<std::uint32_t>(draw),
            static_cast<std::uint32_t>(replication)};
  }
  bool is_done(const CellOfBoth& cell) const {
    return both_.labels_first.done(cell.first) && both_.labels_second.done(cell.second);
  }
  /// Draws and replications are numbered from 0, so that what both have comes first.
  std::size_t draws() const { return both_.least("draw"); }
  std::size_t replications() const { return both_.least("replication"); }

  Both& both_;
  CubeDifference found_;
};

/// Equal files need not be understood.
bool are_same_files(const std::filesystem::path& first, const std::filesystem::path& second) {
  if (std::filesystem::file_size(first) != std::filesystem::file_size(second)) return false;
  std::ifstream one(first, std::ios::binary), other(second, std::ios::binary);
  std::vector<char> some(1 << 16), others(some.size());
  while (one.read(some.data(), static_cast<std::streamsize>(some.size())), one.gcount() > 0) {
    other.read(others.data(), one.gcount());
    if (other.gcount() != one.gcount() ||
        std::memcmp(some.data(), others.data(), static_cast<std::size_t>(one.gcount())) != 0)
      return false;
  }
  return true;
}

}  // namespace

std::uint64_t CubeDifference::numbers() const {
  return std::accumulate(variables.begin(), variables.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const ComparedVariable& variable) { return sum + variable.numbers; });
}

std::uint64_t CubeDifference::differing() const {
  return std::accumulate(variables.begin(), variables.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const ComparedVariable& variable) { return sum + variable.differing; });
}

bool CubeDifference::has_same_numbers() const {
  return differing() == 0 && axes.empty() && cells_of_first == 0 && cells_of_second == 0 && only_in_first.empty() &&
         only_in_second.empty();
}

CubeDifference difference_of(const std::filesystem::path& first, const std::filesystem::path& second) {
  Both both(first, second);
  CubeDifference found;
  found.bytes = std::filesystem::file_size(first);
  if (are_same_files(first, second)) {
    found.same_bytes = true;
    found.cells = both.labels_first.cells_done_at_all_points();
    return found;
  }
  const std::uint64_t bytes = found.bytes;
  found = Comparing(both).all();
  found.bytes = bytes;
  if (found.cells == 0)
    throw sim::UserError(sim::file_in_quotes(first) + " and " + sim::file_in_quotes(second) +
                         " have no cell in common (" + names_in_words(both) + "). Are they cubes of one study?");
  return found;
}

}  // namespace clientele::output
