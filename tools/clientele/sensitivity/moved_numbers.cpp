// A law of the study comes before a bet, a bet is turned around what the study states.
#include "tools/clientele/sensitivity/moved_numbers.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>

#include "sim/draws.hpp"

namespace clientele::tools {

namespace {

using sim::FieldInfo;
using sim::FieldRef;
using sim::FieldValue;

constexpr double low_quantile = 0.1, high_quantile = 0.9;

const FieldValue& everybodys(const sim::Study& study, FieldRef at) { return study.values[at.table][at.field]; }

FieldValue* own_value(sim::Group& group, FieldRef at) {
  const auto found = std::ranges::find(group.overrides, at, &sim::Group::Override::field);
  return found == group.overrides.end() ? nullptr : &found->value;
}

/// ".mean" of a law, ".low.price" of a matrix, "" of a single number.
std::string name_behind(const FieldInfo& field, std::uint32_t family, std::uint32_t number) {
  if (!field.families.empty()) return "." + std::string(field.families[family].parameters[number].key);
  if (!field.labels.empty()) return "." + sim::label_of(field, number);
  return field.standard.numbers.size() > 1 ? "." + std::to_string(number + 1) : "";
}

std::string mark_of(const FieldInfo& field, const FieldValue& value) {
  if (!(value == field.standard)) return "stated";
  return field.provenance.mark == sim::Mark::fiction ? "fiction" : "guess";
}

/// A mean that is a sample's own is no guess.
bool is_seen(const FieldValue& value, std::uint32_t number) {
  return value.sample && number == 0 && value.numbers[0] == value.sample->mean;
}

bool is_guessed(const FieldInfo& field) {
  return field.provenance.mark == sim::Mark::guess || field.provenance.mark == sim::Mark::fiction;
}

/// The default that a bet is around: that of the first family's number of this name; a constant's value is its mean.
std::optional<std::pair<std::string, double>> default_like(const FieldInfo& field, const std::string& path,
                                                           std::uint32_t family, std::uint32_t number) {
  if (field.families.empty()) return std::pair(path + name_behind(field, 0, number), field.standard.numbers[number]);
  std::string_view key = field.families[family].parameters[number].key;
  if (key == "value") key = "mean";
  const auto& usual = field.families.front().parameters;
  const auto found = std::ranges::find(usual, key, &sim::LawParameter::key);
  if (found == usual.end()) return std::nullopt;
  return std::pair(path + "." + std::string(key),
                   field.standard.numbers[static_cast<std::size_t>(found - usual.begin())]);
}

BetEnds around(double stated, double standard, const BetEnds& bet) {
  if (stated == standard) return bet;
  const bool by_ratio = stated * standard > 0 && bet.low * standard > 0 && bet.high * standard > 0;
  if (by_ratio) return {bet.low * (stated / standard), bet.high * (stated / standard)};
  return {stated + (bet.low - standard), stated + (bet.high - standard)};
}

double inside(double value, const sim::Range& range) { return std::clamp(value, range.low, range.high); }

/// Of a number's law, or of the draws that a file has of it.
double quantile(const sim::Uncertain& uncertain, double p) {
  if (uncertain.drawn.empty()) return quantile_of(uncertain.law, p);
  std::vector<double> drawn = uncertain.drawn;
  std::ranges::sort(drawn);
  const double at = p * static_cast<double>(drawn.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const double above = drawn[std::min(below + 1, drawn.size() - 1)];
  return drawn[below] + (at - static_cast<double>(below)) * (above - drawn[below]);
}

class Search {
 public:
  Search(const sim::Study& study, const sim::Catalogue& catalogue, const BetOn& bet_on)
      : study_(study), catalogue_(catalogue), bet_on_(bet_on) {
    for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t)
      for (std::uint32_t f = 0; f < catalogue.tables()[t].fields.fields().size(); ++f) look_at({t, f});
    for (const sim::Uncertain& uncertain : study.uncertain)
      if (uncertain.place) take_placed(uncertain);
  }
  Movable take() { return std::move(all_); }

 private:
  void look_at(FieldRef at) {
    const FieldInfo& field = catalogue_.tables()[at.table].fields.fields()[at.field];
    if (field.dated) return;  // what books say of the past
    if (!sim::has_a_part(study_, catalogue_, at)) return;
    const FieldValue& value = everybodys(study_, at);
    const std::string path = catalogue_.tables()[at.table].key + "." + std::string(field.key);
    std::size_t moved = 0;
    for (std::uint32_t n = 0; n < value.numbers.size(); ++n) moved += look_at(at, field, value, path, n) ? 1 : 0;
    for (const sim::Uncertain& uncertain : study_.uncertain)
      if (sim::is_of_field(uncertain, at) && uncertain.group)
        take(uncertain, field, stated_of(*uncertain.group, uncertain));
    const bool nobody_knows = !value.sample && (is_guessed(field) || !(value == field.standard));
    if (moved == 0 && nobody_knows && !field.lever) all_.left_as_stated.push_back(path);
  }

  bool look_at(FieldRef at, const FieldInfo& field, const FieldValue& value, const std::string& path,
               std::uint32_t number) {
    for (const sim::Uncertain& uncertain : study_.uncertain)
      if (sim::is_of_field(uncertain, at) && uncertain.number == number && !uncertain.group)
        return take(uncertain, field, value.numbers[number]);
    if (field.lever || is_seen(value, number)) return false;
    const auto usual = default_like(field, path, value.family, number);
    const auto bet = usual ? bet_on_(usual->first) : std::nullopt;
    const double stated = value.numbers[number];
    if (!bet || (stated == 0 && usual->second != 0)) return false;
    const sim::Range range = sim::range_of_number(field, value, number);
    BetEnds ends = around(stated, usual->second, *bet);
    if (field.whole) ends = {std::round(ends.low), std::round(ends.high)};
    ends = {std::min(stated, inside(ends.low, range)), std::max(stated, inside(ends.high, range))};
    if (!(ends.low < ends.high)) return false;
    all_.numbers.push_back({at,
                            number,
                            {},
                            path + name_behind(field, value.family, number),
                            std::string(field.called),
                            mark_of(field, value),
                            false,
                            field.whole,
                            stated,
                            ends.low,
                            ends.high});
    return true;
  }

  bool take(const sim::Uncertain& uncertain, const FieldInfo& field, double stated) {
    const double low = quantile(uncertain, low_quantile), high = quantile(uncertain, high_quantile);
    if (!(low < high)) return false;
    const double counts = counted(uncertain, stated, low, high);
    all_.numbers.push_back({uncertain.field, uncertain.number, uncertain.group, uncertain.path,
                            std::string(field.called), mark_of(field, everybodys(study_, uncertain.field)), true,
                            field.whole, counts, low, high});
    return true;
  }

  static double counted(const sim::Uncertain& uncertain, double stated, double low, double high) {
    return stated >= low && stated <= high ? stated : quantile(uncertain, 0.5);
  }

  /// What a policy grants or sets, or how far a scenario moves a driver.
  void take_placed(const sim::Uncertain& uncertain) {
    const double low = quantile(uncertain, low_quantile), high = quantile(uncertain, high_quantile);
    if (!(low < high)) return;
    const double counts = counted(uncertain, sim::stated_in(study_, uncertain), low, high);
    all_.numbers.push_back({.field = uncertain.field,
                            .group = {},
                            .path = uncertain.path,
                            .called = {},
                            .mark = "stated",
                            .uncertain = true,
                            .stated = counts,
                            .low = low,
                            .high = high,
                            .place = uncertain.place});
  }

  double stated_of(std::uint32_t group, const sim::Uncertain& uncertain) const {
    sim::Group own = study_.population.groups[group];
    const FieldValue* value = own_value(own, uncertain.field);
    return (value != nullptr ? *value : everybodys(study_, uncertain.field)).numbers[uncertain.number];
  }

  const sim::Study& study_;
  const sim::Catalogue& catalogue_;
  const BetOn& bet_on_;
  Movable all_;
};

/// Puts a number into a group, which then has a value of its own.
void set_own(sim::Study& study, const sim::Catalogue& catalogue, std::uint32_t group, FieldRef at, std::uint32_t number,
             double value) {
  sim::Group& of = study.population.groups[group];
  FieldValue* own = own_value(of, at);
  if (own == nullptr) {
    of.overrides.push_back({at, everybodys(study, at)});
    own = &of.overrides.back().value;
  }
  const FieldInfo& field = catalogue.tables()[at.table].fields.fields()[at.field];
  own->numbers[number] = inside(value, sim::range_of_number(field, *own, number));
}

/// Puts numbers into policies and scenarios, and into the copies that others hold of them.
sim::Study with_placed(const sim::Study& study, const std::vector<MovedNumber>& numbers,
                       const std::vector<double>& values) {
  sim::Study asked = study;
  std::vector<double> drawn;
  asked.uncertain.clear();
  for (std::size_t n = 0; n < numbers.size(); ++n) {
    if (!numbers[n].place) continue;
    asked.uncertain.push_back(
        {.field = numbers[n].field, .path = numbers[n].path, .law = {}, .place = numbers[n].place});
    drawn.push_back(values[n]);
  }
  asked = sim::with_placed_draw(asked, drawn);
  asked.uncertain = study.uncertain;
  return asked;
}

}  // namespace

double quantile_of(const sim::Law& law, double p) {
  const double first = law.values[0], second = law.values[1];
  const auto normal = [p] { return boost::math::quantile(boost::math::normal(), p); };
  switch (law.family) {
    case sim::Family::uniform:
      return first + (second - first) * p;
    case sim::Family::normal:
      return first + second * normal();
    case sim::Family::lognormal:
      return first * std::exp(second * (normal() - second / 2));
    case sim::Family::beta:
      return boost::math::quantile(boost::math::beta_distribution<>(second, second * (1 - first) / first), p);
    default:
      return first;
  }
}

Movable movable_numbers(const sim::Study& study, const sim::Catalogue& catalogue, const BetOn& bet_on) {
  return Search(study, catalogue, bet_on).take();
}

sim::Study with_values(const sim::Study& study, const sim::Catalogue& catalogue,
                       const std::vector<MovedNumber>& numbers, const std::vector<double>& values) {
  sim::Study moved = with_placed(study, numbers, values);
  for (std::size_t n = 0; n < numbers.size(); ++n) {
    const MovedNumber& number = numbers[n];
    if (number.group || number.place) continue;
    const sim::Uncertain everybody{number.field, number.number, number.path, {}, {}};
    for (std::uint32_t g = 0; g < study.population.groups.size(); ++g) {
      if (own_value(moved.population.groups[g], number.field) == nullptr) continue;
      if (const auto place = sim::place_that_follows(study, catalogue, everybody, g))
        set_own(moved, catalogue, g, number.field, place->number, place->value(values[n]));
    }
    moved.values[number.field.table][number.field.field].numbers[number.number] = values[n];
  }
  for (std::size_t n = 0; n < numbers.size(); ++n)
    if (numbers[n].group) set_own(moved, catalogue, *numbers[n].group, numbers[n].field, numbers[n].number, values[n]);
  return moved;
}

}  // namespace clientele::tools
