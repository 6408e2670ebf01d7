// The study is read once more with all swept numbers as options: what the reader says of them is true of the sweep.
#include "scenarios/reader/sweep_check.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "scenarios/reader/axes.hpp"
#include "scenarios/reader/options.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::number_text;
using sim::printable;
using sim::shortest_text;

namespace {

/// Of more points than these the study is read at the ends of every number only; a run reads it for all of them.
constexpr std::size_t most_read = 1000;
/// For a number none of whose values can be read.
constexpr double stand_in = 1;
/// More points than these are legal and seldom meant.
constexpr std::size_t many_points = 10'000;

bool begins_with(const std::vector<std::string>& parts, const std::vector<std::string>& beginning) {
  return beginning.size() <= parts.size() && std::equal(beginning.begin(), beginning.end(), parts.begin());
}

/// Whether one of two paths says what the other says, or a part of it.
bool are_one(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  return begins_with(one, other) || begins_with(other, one);
}

class Checker {
 public:
  Checker(Design& design, const ParsedStudy& parsed, Reading& reading)
      : design_(design), parsed_(parsed), reading_(reading), mistakes_(design.mistakes(reading)) {}

  Sweep sweep() {
    note_what_is_said_twice();
    hold_numbers_to_the_study();
    Sweep sweep = points();
    if (is_right()) hold_points_to_the_study(sweep);
    if (is_right()) warn_of_size(sweep);
    return sweep;
  }

 private:
  /// A study as it is with some options more.
  struct Trial {
    Mistakes mistakes;
    sim::Study study;
  };

  bool is_right() const { return reading_.mistakes.none() && mistakes_.none(); }

  Trial read_with(const std::vector<Override>& more) const {
    std::vector<Override> all = parsed_.overrides;
    all.insert(all.end(), more.begin(), more.end());
    Trial trial{{parsed_.name, parsed_.text, options_of(all)}, {}};
    Reading reading{reading_.catalogue, reading_.vocabulary, trial.mistakes, reading_.folder};
    reading.customer_files = reading_.customer_files;
    read_tree(parsed_.root, all, reading);
    trial.study = std::move(reading.study);
    return trial;
  }

  void note_what_is_said_twice() {
    const auto which_one = [](const std::string& how) { return " is " + how + ". Which one?"; };
    std::vector<std::vector<std::string>> parts;  // of all numbers up to this one
    for (const SweptNumber& number : design_.numbers) {
      const std::vector<std::string> own = parts_of(number.path);
      const auto before = std::ranges::find_if(parts, [&](const auto& other) { return are_one(other, own); });
      if (before != parts.end())
        mistakes_.add(
            number.place,
            printable(number.path) +
                which_one("swept twice (as " +
                          printable(design_.numbers[static_cast<std::size_t>(before - parts.begin())].path) + " too)"));
      parts.push_back(own);
      for (const Override& option : parsed_.overrides)
        if (are_one(parts_of(option.path), own))
          mistakes_.add(number.place,
                        printable(number.path) + which_one("swept, and " + printable(option.option) + " sets it"));
      for (const sim::Uncertain& uncertain : reading_.study.uncertain)
        if (reading_.study.draws > 0 && parts_of(uncertain.path) == own)
          mistakes_.add(number.place, printable(number.path) +
                                          " is swept and uncertain: every draw gives it another value, so that all "
                                          "points would be alike. What is asked is swept, what is not known is drawn. "
                                          "Which one?");
    }
  }

  /// As TOML reads it back: its whole numbers are of 64 bits.
  static std::string text_of(double value) {
    return std::fabs(value) < 1e15 ? number_text(value) : shortest_text(value);
  }

  Override option_of(std::size_t number, double value) const {
    const std::string& path = design_.numbers[number].path;
    return {"--set " + path + "=" + text_of(value), path, text_of(value)};
  }

  /// Whether a mistake is of the value that stands in for those that are told to be wrong.
  static bool is_of_stand_in(const SweptNumber& number, const std::string& text) {
    return number.levels.empty() && text.find(" = " + text_of(stand_in) + " ") != std::string::npos;
  }

  /// All swept numbers at once, each at the first of its values.
  void hold_numbers_to_the_study() {
    std::vector<Override> options;
    for (std::size_t n = 0; n < design_.numbers.size(); ++n) {
      const auto& levels = design_.numbers[n].levels;
      options.push_back(option_of(n, levels.empty() ? stand_in : levels.front().value));
    }
    const Trial trial = read_with(options);
    for (std::size_t n = 0; n < design_.numbers.size(); ++n)
      hold_number(n, trial.mistakes, static_cast<int>(parsed_.overrides.size() + n));
  }

  void hold_number(std::size_t n, const Mistakes& trial, int option) {
    SweptNumber& number = design_.numbers[n];
    const auto said = trial.number_of_option(option);
    units_.push_back(said ? said->unit : "");
    if (number.levels.empty() && said) return;
    const Place& place = said ? number.levels.front().place : number.place;
    for (const std::string& text : trial.mistakes_of_option(option))
      if ((!said || !text.starts_with(said->what + " = ")) && !is_of_stand_in(number, text))
        mistakes_.add(place, text);  // values are held below
    if (said) {
      for (const std::string& text : trial.warnings_of_option(option))
        if (text.find(" is unusual (") == std::string::npos) warn(place, text);
      hold_levels(number, *said);
    } else if (trial.mistakes_of_option(option).empty()) {
      mistakes_.add(number.place, printable(number.path) +
                                      " is no number of its own (only numbers can be swept, and "
                                      "each by one path).");
    }
  }

  void warn(const Place& place, const std::string& text) const { mistakes_.warn(place, text); }

  /// Every value that a number takes, within its range; of a range its ends.
  void hold_levels(SweptNumber& number, const NumberSaid& said) {
    if (said.whole && !number.ends.empty())
      for (Level& level : number.levels) level.value = std::rint(level.value);
    bool told_of_unusual = false;
    const Place* wrong = nullptr;
    for (const Level& level : number.ends.empty() ? number.levels : number.ends) {
      if (!level.is_number || (wrong != nullptr && is_one(*wrong, level.place))) continue;  // a range is wrong once
      const bool inside = level.value >= said.low && level.value <= said.high;
      const bool unusual = inside && (level.value < said.plausible_low || level.value > said.plausible_high);
      const std::size_t before = mistakes_.count();
      hold_level(level, said, unusual && told_of_unusual);
      told_of_unusual = told_of_unusual || unusual;
      if (mistakes_.count() > before) wrong = &level.place;
    }
  }

  static bool is_one(const Place& one, const Place& other) {
    return one.line == other.line && one.column == other.column && one.option == other.option;
  }

  void hold_level(const Level& level, const NumberSaid& said, bool is_told_already) {
    NumberRule rule{said.unit_in_words,
                    {said.low, said.high, said.plausible_low, said.plausible_high},
                    said.whole ? NumberRule::Of::whole : NumberRule::Of::reals};
    if (is_told_already) rule.range = sim::range(said.low, said.high);
    Node node;
    node.kind = Node::Kind::number;
    node.place = level.place;
    node.number = level.value;
    read_number(node, said.what, rule, mistakes_);
  }

  /// The points in their order; what was there already is left out.
  Sweep points() {
    Sweep sweep;
    sweep.design = design_.in_words;
    for (const SweptNumber& number : design_.numbers) sweep.paths.push_back(number.path);
    sweep.units = units_;
    if (!is_right()) return sweep;
    std::map<std::vector<std::uint64_t>, std::size_t> seen;
    std::size_t merged = 0, first = 0, as = 0;
    for (std::size_t p = 0; p < design_.points.size(); ++p) {
      std::vector<double> values;
      std::vector<std::uint64_t> bits;
      for (std::size_t n = 0; n < design_.numbers.size(); ++n) {
        values.push_back(design_.numbers[n].levels.at(design_.points[p][n]).value);
        bits.push_back(std::bit_cast<std::uint64_t>(values.back()));
      }
      const auto [found, is_new] = seen.emplace(std::move(bits), p);
      if (!is_new) {
        if (merged++ == 0) first = p, as = found->second;
        continue;
      }
      rows_.push_back(p);
      std::vector<std::string>& texts = sweep.texts.emplace_back();
      for (const double value : values) texts.push_back(text_of(value));
      sweep.points.push_back(std::move(values));
    }
    if (merged > 0)
      warn(place_of(first),
           "point " + std::to_string(first + 1) + " says the same as point " + std::to_string(as + 1) +
               (merged == 1 ? " and is left out." : "; it and " + std::to_string(merged - 1) + " more are left out."));
    return sweep;
  }

  /// Of a point as the design wrote it.
  Place place_of(std::size_t row) const {
    const SweptNumber& number = design_.numbers.front();
    return number.levels.at(design_.points.at(row).front()).place;
  }

  std::vector<std::size_t> points_to_read(const Sweep& sweep) const {
    std::vector<std::size_t> places;
    if (sweep.points.size() <= most_read) {
      for (std::size_t p = 0; p < sweep.points.size(); ++p) places.push_back(p);
      return places;
    }
    for (std::size_t n = 0; n < sweep.paths.size(); ++n) {
      const auto [low, high] =
          std::ranges::minmax_element(sweep.points, {}, [n](const auto& point) { return point[n]; });
      places.push_back(static_cast<std::size_t>(low - sweep.points.begin()));
      places.push_back(static_cast<std::size_t>(high - sweep.points.begin()));
    }
    return places;
  }

  /// What only all numbers of a point together do wrong, and axes that are not the study's.
  void hold_points_to_the_study(const Sweep& sweep) {
    for (const std::size_t p : points_to_read(sweep)) {
      const Trial trial = read_with(overrides_of(sweep, p));
      const Place place = place_of(rows_[p]);
      if (!trial.mistakes.none())
        mistakes_.add(place, "point " + std::to_string(rows_[p] + 1) + " (" + printable(point_in_words(sweep, p), 200) +
                                 "): " + trial.mistakes.mistakes_without_places().front());
      else if (const auto axis = axis_that_differs(reading_.study, trial.study))
        note_axis(sweep, p, *axis);
    }
  }

  /// The number that changes an axis by itself is the one to name.
  void note_axis(const Sweep& sweep, std::size_t point, const AxisThatDiffers& axis) {
    for (std::size_t n = 0; n < sweep.paths.size(); ++n) {
      const Override option = overrides_of(sweep, point)[n];
      const Trial alone = read_with({option});
      const auto own = alone.mistakes.none() ? axis_that_differs(reading_.study, alone.study) : std::nullopt;
      if (!own || !blamed_.insert(option.path).second) continue;
      const Level& level = design_.numbers[n].levels.at(design_.points.at(rows_[point])[n]);
      mistakes_.add(level.place, printable(option.path) + " = " + option.value + " changes " + own->name + " (" +
                                     own->stated + " as stated, " + own->here +
                                     " here), which all points share. Did you mean a study of its own, with " +
                                     printable(option.option) + "?");
    }
    if (blamed_.empty())
      mistakes_.add(place_of(rows_[point]), "point " + std::to_string(rows_[point] + 1) + " changes " + axis.name +
                                                " (" + axis.stated + " as stated, " + axis.here +
                                                " here), which all points share.");
  }

  void warn_of_size(const Sweep& sweep) const {
    const std::size_t count = sweep.points.size();
    if (count > many_points)
      reading_.mistakes.warn(design_.place, "the sweep has " + std::to_string(count) +
                                                " points (a hypercube of some hundred points "
                                                "says most of what a grid of thousands does).");
    if (count == 1)
      reading_.mistakes.warn(design_.place, "the sweep has one point (a study with --set says the same).");
  }

  Design& design_;
  const ParsedStudy& parsed_;
  Reading& reading_;
  Mistakes& mistakes_;
  std::vector<std::string> units_;
  std::vector<std::size_t> rows_;  ///< of the design, by point
  std::set<std::string> blamed_;
};

}  // namespace

Sweep sweep_of(Design& design, const ParsedStudy& parsed, Reading& reading) {
  if (design.numbers.empty()) return {};
  return Checker(design, parsed, reading).sweep();
}

}  // namespace clientele::scenarios
