// A field table says everything about a parameter in one place: key, unit, range, default, meaning, source.
//
// It is the only source of study keys, of their error messages and of their documentation. A table binds keys to the
// members of a parameter struct; the engine makes one struct per (draw, group), checked once and never changed.
#pragma once
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/sample.hpp"

namespace clientele::sim {

/// Where a default comes from. `fiction` (fitted to vendor sample data) and `guess` count as guesses in every answer.
enum class Mark { quoted, computed, seen, closed_form, fiction, guess };

struct Provenance {
  Mark mark = Mark::guess;
  std::string_view source;
};
inline Provenance quoted(std::string_view source) { return {Mark::quoted, source}; }
inline Provenance computed(std::string_view source) { return {Mark::computed, source}; }
inline Provenance seen(std::string_view source) { return {Mark::seen, source}; }
inline Provenance closed_form(std::string_view source) { return {Mark::closed_form, source}; }
inline Provenance fiction(std::string_view source) { return {Mark::fiction, source}; }
inline Provenance guess(std::string_view reason = "chosen") { return {Mark::guess, reason}; }

/// Legal values, both ends included. Outside of `plausible` a value is legal and gets a warning.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  double plausible_low = -std::numeric_limits<double>::infinity();
  double plausible_high = std::numeric_limits<double>::infinity();
};
inline Range range(double low, double high) { return {low, high, low, high}; }
inline Range range(double low, double high, double plausible_low, double plausible_high) {
  return {low, high, plausible_low, plausible_high};
}

/// fixed: one value in a world. by_group: a group may have its own. trait: every customer draws one at birth.
enum class Kind { fixed, by_group, trait };

/// A law that customers draw a trait from, by its name in a study and its parameters, means first.
enum class Family : std::uint8_t { constant, uniform, normal, lognormal, gamma, beta, weibull, empirical };

struct Law {
  Family family = Family::constant;
  std::array<float, 3> values{};              ///< in the order of the field's FamilyInfo
  std::shared_ptr<const Sample> sample = {};  ///< of an empirical law, whose mean stands first
};

/// One parameter of a law as a study writes it: `mean` in { dist = "gamma", shape = 2, mean = 4 }.
struct LawParameter {
  std::string_view key;
  Range range;
  double standard = 0;
};

struct FamilyInfo {
  Family family;
  std::string_view key;  ///< what `dist` says
  std::vector<LawParameter> parameters;
};

/// The usual parameters of each family; `values` of a Law follow this order.
inline FamilyInfo constant_law(Range values, double standard) {
  return {Family::constant, "constant", {{"value", values, standard}}};
}
inline FamilyInfo gamma_law(Range mean, double standard_mean, double standard_shape) {
  return {Family::gamma, "gamma", {{"mean", mean, standard_mean}, {"shape", range(0.01, 1e4), standard_shape}}};
}
inline FamilyInfo lognormal_law(Range mean, double standard_mean, double standard_sd_log) {
  return {Family::lognormal, "lognormal", {{"mean", mean, standard_mean}, {"sd_log", range(0, 5), standard_sd_log}}};
}
/// Beta by its mean and its first shape a; the second is a (1 - mean) / mean.
inline FamilyInfo beta_law(double standard_mean, double standard_a) {
  return {Family::beta, "beta", {{"mean", range(1e-6, 1 - 1e-6), standard_mean}, {"a", range(0.01, 1e4), standard_a}}};
}
inline FamilyInfo weibull_law(Range mean, double standard_mean, double standard_shape) {
  return {Family::weibull, "weibull", {{"mean", mean, standard_mean}, {"shape", range(0.1, 20), standard_shape}}};
}
inline FamilyInfo normal_law(Range mean, double standard_mean, double standard_sd) {
  return {Family::normal, "normal", {{"mean", mean, standard_mean}, {"sd", range(0, 1e9), standard_sd}}};
}
inline FamilyInfo uniform_law(Range ends, double standard_low, double standard_high) {
  return {Family::uniform, "uniform", {{"low", ends, standard_low}, {"high", ends, standard_high}}};
}
/// The values of a column of a file, in the place of a formula; stated, `mean` multiplies all of them.
inline FamilyInfo empirical_law(Range mean) { return {Family::empirical, "empirical", {{"mean", mean, 0}}}; }

/// A field's value as numbers: one, twelve (by calendar month), or the parameters of families[family].
struct FieldValue {
  std::uint32_t family = 0;
  std::vector<double> numbers;
  std::shared_ptr<const Sample> sample = {};  ///< of an empirical law
  bool operator==(const FieldValue& other) const {
    return family == other.family && numbers == other.numbers && same_values(sample, other.sample);
  }
};

/// A parameter struct of some type, which is read as that type only.
class ParameterStruct {
 public:
  ParameterStruct() = default;
  template <class S>
  static ParameterStruct make() {
    return ParameterStruct(std::make_shared<S>(), typeid(S));
  }
  template <class S>
  bool holds() const {
    return data_ != nullptr && *type_ == typeid(S);
  }
  template <class S>
  const S& as() const {
    expects(holds<S>(), "parameters are read as what they are");
    return *static_cast<const S*>(data_.get());
  }
  template <class S>
  S& as() {
    expects(holds<S>(), "parameters are set as what they are");
    return *static_cast<S*>(data_.get());
  }

 private:
  ParameterStruct(std::shared_ptr<void> data, const std::type_info& type) : data_(std::move(data)), type_(&type) {}
  std::shared_ptr<void> data_;
  const std::type_info* type_ = nullptr;
};

/// A metric that a lever moves: it rises with the lever, or falls where a minus stands before its name ("-left").
struct MovedMetric {
  MovedMetric(const char* written)  // NOLINT(google-explicit-constructor): a list of these is a list of names
      : metric(*written == '-' ? written + 1 : written), falls(*written == '-') {}
  std::string_view metric;
  bool falls = false;
};

/// What more of a lever costs the firm and what it buys, in words and as metrics that move with it. A one-sided lever
/// has nothing on one side, and answers say so; words without a metric, or the reverse, are refused when wired. A
/// lever's number goes one way: what has no effect stands at an end of its range.
struct LeverSides {
  std::string_view cost = {}, benefit = {};
  std::vector<std::string_view> paid_in = {};     ///< metrics that rise, of what the firm spends ("care_cost")
  std::vector<MovedMetric> hurts = {};            ///< that move against it without being spent ("-orders")
  std::vector<MovedMetric> helps = {};            ///< that move in its favor ("orders", "-left")
  std::vector<std::string_view> granted_on = {};  ///< metrics that add up to what it is granted on: the mean of a lever
                                                  ///< over customers is weighted by these
  std::vector<std::string_view> rests_on = {};    ///< fields that say how much it buys ("service.care_hazard")

  bool costs_something() const { return !paid_in.empty() || !hurts.empty(); }
  bool buys_something() const { return !helps.empty(); }
};

/// A number that a curve may turn into points, and the values that it has.
struct CurvedNumber {
  std::string_view key, unit;
  Range range = {};
  bool money = false;            ///< in the study's currency
  bool usually_by_rank = false;  ///< what it counts by where nothing is stated, so that to state it changes nothing
};

struct FieldInfo {
  std::string_view key, unit;
  Range range;
  FieldValue standard;
  Kind kind = Kind::fixed;
  std::string_view meaning;
  Provenance provenance;
  bool whole = false;                ///< whole numbers only
  bool money = false;                ///< in the study's currency: doubled when all money is doubled
  bool setting = false;              ///< a policy may set it, for all customers and from some month on
  std::vector<FamilyInfo> families;  ///< empty for plain numbers
  std::optional<LeverSides> lever;   ///< a tier may set it; a tier that does not takes this field's value
  std::function<void(ParameterStruct&, const FieldValue&)> set;
  /// Numbers with a name each: labels of a vector, or of a matrix's columns, whose rows have names too and stand one
  /// behind the other in FieldValue::numbers. Empty for all else. A vector may have more labels than its standard has
  /// numbers: those behind are 0, and are held only where a study states others.
  std::vector<std::string_view> labels = {}, rows = {};
  std::vector<std::string_view> choices =
      {};                        ///< of a choice, whose number is a place here; empty for numbers and laws
  std::string_view called = {};  ///< what a board calls it, as a noun: "the leaving that care prevents"; may be empty
  std::string_view needs = {};   ///< a key of the same table that a study must not leave at 0 where this is above 0
  std::vector<CurvedNumber> curved = {};  ///< of curves (sim/curve.hpp): which numbers may have one; empty for all else
  /// A choice of the same table under which alone this counts: stated beside another it has no effect.
  struct CountsWith {
    std::string_view key = {}, choice = {};
  };
  CountsWith counts_with = {};
  /// Of amounts of the past (sim/dated.hpp): whole numbers of its unit, by the month in which they were issued. Three
  /// keys of the same table say how long they last: a lever (in months), the choice that makes them last to the end of
  /// a calendar year, and a setting that no tier goes beyond; and one says which lever issues them.
  struct Dated {
    std::string_view lasts = {}, ends = {}, at_most = {}, issued_by = {};
    explicit operator bool() const { return !lasts.empty(); }
  };
  Dated dated = {};
  /// A word of this choice that does not go with a word of another choice of the same table, and why.
  struct NotWith {
    std::string_view word = {}, key = {}, other = {}, why = {};
  };
  NotWith not_with = {};
  /// Part of a feature that is off unless asked for: a study that leaves it as usual does not mention it.
  bool unsaid = false;
};

/// The fields of one parameter struct.
class FieldTable {
 public:
  FieldTable() = default;
  FieldTable(std::vector<FieldInfo> fields, std::function<ParameterStruct()> make,
             std::function<void(ParameterStruct&)> finish)
      : fields_(std::move(fields)), make_(std::move(make)), finish_(std::move(finish)) {}

  const std::vector<FieldInfo>& fields() const { return fields_; }

  /// The field of a key, or nothing.
  std::optional<std::size_t> find(std::string_view key) const {
    for (std::size_t f = 0; f < fields_.size(); ++f)
      if (fields_[f].key == key) return f;
    return std::nullopt;
  }

  std::vector<FieldValue> standards() const {
    std::vector<FieldValue> values;
    for (const FieldInfo& field : fields_) values.push_back(field.standard);
    return values;
  }

  /// The struct with these values, one per field in table order.
  ParameterStruct resolve(const std::vector<FieldValue>& values) const {
    expects(values.size() == fields_.size(), "a field table is resolved with one value per field");
    ParameterStruct parameters = make_();
    for (std::size_t f = 0; f < fields_.size(); ++f) fields_[f].set(parameters, values[f]);
    finish_(parameters);
    return parameters;
  }
  /// Whether it is bound to S.
  template <class S>
  bool is_of() const {
    return make_().holds<S>();
  }

 private:
  std::vector<FieldInfo> fields_;
  std::function<ParameterStruct()> make_ = [] { return ParameterStruct(); };
  std::function<void(ParameterStruct&)> finish_ = [](ParameterStruct&) {};
};

/// Whether a field counts where the fields of its table have these values.
inline bool counts(const FieldInfo& field, const FieldTable& table, const std::vector<FieldValue>& values) {
  if (field.counts_with.key.empty()) return true;
  const auto with = table.find(field.counts_with.key);
  expects(with && *with < values.size(), "a field counts with a choice of its table");
  return table.fields()[*with].choices.at(static_cast<std::size_t>(values[*with].numbers[0])) ==
         field.counts_with.choice;
}

/// A number of a parameter struct.
template <class S>
FieldInfo field(float S::*member, std::string_view key, std::string_view unit, Range range, double standard, Kind kind,
                std::string_view meaning, Provenance provenance) {
  FieldInfo info{key, unit, range, {0, {standard}}, kind, meaning, provenance, false, false, false, {}, {}, {}};
  info.set = [member](ParameterStruct& s, const FieldValue& v) {
    s.as<S>().*member = static_cast<float>(v.numbers[0]);
  };
  return info;
}

/// A whole number of a parameter struct.
template <class S>
FieldInfo field(std::int32_t S::*member, std::string_view key, std::string_view unit, Range range, double standard,
                Kind kind, std::string_view meaning, Provenance provenance) {
  FieldInfo info{key, unit, range, {0, {standard}}, kind, meaning, provenance, true, false, false, {}, {}, {}};
  info.set = [member](ParameterStruct& s, const FieldValue& v) {
    s.as<S>().*member = static_cast<std::int32_t>(v.numbers[0]);
  };
  return info;
}

/// A choice: one of some words, in the order of an enumeration.
template <class S, class E>
requires std::is_enum_v<E> FieldInfo field(E S::*member, std::string_view key, std::vector<std::string_view> words,
                                           E standard, std::string_view meaning, Provenance provenance,
                                           Kind kind = Kind::fixed) {
  const Range places = range(0, static_cast<double>(words.size()) - 1);
  FieldInfo info{key, "", places, {0, {static_cast<double>(standard)}}, kind, meaning, provenance, true, false, false,
                 {},  {}, {}};
  info.set = [member](ParameterStruct& s, const FieldValue& v) {
    s.as<S>().*member = static_cast<E>(static_cast<int>(v.numbers[0]));
  };
  info.choices = std::move(words);
  return info;
}

/// Twelve numbers, January first.
template <class S>
FieldInfo field(std::array<float, 12> S::*member, std::string_view key, std::string_view unit, Range range,
                const std::array<double, 12>& standard, Kind kind, std::string_view meaning, Provenance provenance) {
  FieldInfo info{
      key, unit, range, {0, {standard.begin(), standard.end()}}, kind, meaning, provenance, false, false, false,
      {},  {},   {}};
  info.set = [member](ParameterStruct& s, const FieldValue& v) {
    for (std::size_t m = 0; m < 12; ++m) (s.as<S>().*member)[m] = static_cast<float>(v.numbers[m]);
  };
  return info;
}

/// A vector: numbers with a name each, { price = 0.3, quality = 0.7 }. The first of them have a standard.
template <class S, std::size_t N, std::size_t M = N>
requires(M <= N) FieldInfo
    field(std::array<float, N> S::*member, std::string_view key, std::string_view unit,
          const std::array<std::string_view, N>& labels, Range range, const std::array<double, M>& standard, Kind kind,
          std::string_view meaning, Provenance provenance) {
  FieldInfo info{
      key, unit, range, {0, {standard.begin(), standard.end()}}, kind, meaning, provenance, false, false, false,
      {},  {},   {}};
  info.labels.assign(labels.begin(), labels.end());
  info.set = [member](ParameterStruct& s, const FieldValue& v) {
    for (std::size_t n = 0; n < N; ++n)
      (s.as<S>().*member)[n] = n < v.numbers.size() ? static_cast<float>(v.numbers[n]) : 0.F;
  };
  return info;
}

/// A matrix: rows of such vectors, { low = { price = 0.3, quality = 0.7 }, high = { ... } }.
template <class S, std::size_t R, std::size_t N>
FieldInfo field(std::array<std::array<float, N>, R> S::*member, std::string_view key, std::string_view unit,
                const std::array<std::string_view, R>& rows, const std::array<std::string_view, N>& labels, Range range,
                const std::array<std::array<double, N>, R>& standard, Kind kind, std::string_view meaning,
                Provenance provenance) {
  FieldInfo info{key, unit, range, {}, kind, meaning, provenance, false, false, false, {}, {}, {}};
  for (const auto& row : standard) info.standard.numbers.insert(info.standard.numbers.end(), row.begin(), row.end());
  info.labels.assign(labels.begin(), labels.end());
  info.rows.assign(rows.begin(), rows.end());
  info.set = [member](ParameterStruct& s, const FieldValue& v) {
    for (std::size_t r = 0; r < R; ++r)
      for (std::size_t n = 0; n < N; ++n) (s.as<S>().*member)[r][n] = static_cast<float>(v.numbers[r * N + n]);
  };
  return info;
}

/// What a number of a vector or matrix is called behind its field: "price", "low.price".
inline std::string label_of(const FieldInfo& field, std::size_t number) {
  const std::string label(field.labels[number % field.labels.size()]);
  return field.rows.empty() ? label : std::string(field.rows[number / field.labels.size()]) + "." + label;
}

/// A law. The first family, with its standard parameters, is the default.
template <class S>
FieldInfo field(Law S::*member, std::string_view key, std::string_view unit, std::vector<FamilyInfo> families,
                Kind kind, std::string_view meaning, Provenance provenance) {
  FieldValue standard;
  for (const LawParameter& parameter : families.front().parameters) standard.numbers.push_back(parameter.standard);
  FieldInfo info{key, unit, {}, standard, kind, meaning, provenance, false, false, false, std::move(families), {}, {}};
  std::vector<Family> order;
  for (const FamilyInfo& family : info.families) order.push_back(family.family);
  info.set = [member, order](ParameterStruct& s, const FieldValue& v) {
    Law& law = s.as<S>().*member;
    law.family = order[v.family];
    law.sample = v.sample;
    for (std::size_t i = 0; i < v.numbers.size(); ++i) law.values[i] = static_cast<float>(v.numbers[i]);
  };
  return info;
}

/// What one customer's value of a law may be: what its first family can give, and the 0 that its mean may be.
inline Range values_of_law(const FieldInfo& field) {
  if (field.families.front().family == Family::beta) return range(0, 1);
  const Range mean = field.families.front().parameters.front().range;
  return range(mean.low, mean.high);
}

/// Where a number of a value may lie. The mean of a sample moves all of it: no value may leave the field's range, none
/// changes its sign, and nothing moves a mean that is not above 0.
inline Range range_of_number(const FieldInfo& field, const FieldValue& value, std::uint32_t number) {
  if (field.families.empty()) return field.range;
  const Range stated = field.families[value.family].parameters[number].range;
  if (value.sample == nullptr || number > 0) return stated;
  const Sample& sample = *value.sample;
  if (!(sample.mean > 0)) return range(sample.mean, sample.mean);
  constexpr double rounding = 1 - 1e-6;  // of a factor in float
  const Range values = values_of_law(field);
  const auto least = static_cast<double>(sample.values.front()), most = static_cast<double>(sample.values.back());
  double highest = rounding * sample.mean * values.high / most;
  if (least < 0) highest = std::fmin(highest, rounding * sample.mean * values.low / least);
  Range mean{values.low > 0 ? sample.mean * values.low / least : 0, std::fmin(stated.high, highest),
             stated.plausible_low, stated.plausible_high};
  mean.low = std::fmin(mean.low, sample.mean);
  mean.high = std::fmax(mean.high, sample.mean);
  return mean;
}

/// The largest amount that a study may state: books in dong or rupiah have six digits more than books in euros.
inline constexpr double max_money = 1e12;

/// Marks a field as money: its upper end is that of every amount, none is unusual, and doubling all money finds it.
inline FieldInfo money(FieldInfo info) {
  info.money = true;
  info.range = range(info.range.low, max_money);
  for (FamilyInfo& family : info.families)
    family.parameters.front().range = range(family.parameters.front().range.low, max_money);
  return info;
}

/// Marks a field as a lever with its two sides.
inline FieldInfo lever(FieldInfo info, LeverSides sides) {
  info.lever = std::move(sides);
  return info;
}

/// Marks a number that is equal in all groups as a policy's to set: a budget, a capacity, a rule of a program.
inline FieldInfo setting(FieldInfo info) {
  expects(info.kind == Kind::fixed && info.families.empty() && info.standard.numbers.size() == 1,
          "a setting is one number for all groups");
  info.setting = true;
  return info;
}

/// Gives a field the name that people use who never saw the study file.
inline FieldInfo called(std::string_view name, FieldInfo info) {
  info.called = name;
  return info;
}

/// Says that a study which uses this must state another field of the table.
inline FieldInfo needs(std::string_view key, FieldInfo info) {
  info.needs = key;
  return info;
}

/// Says that a field counts with one word of a choice of its table alone.
inline FieldInfo counts_with(std::string_view key, std::string_view choice, FieldInfo info) {
  info.counts_with = {key, choice};
  return info;
}

/// Marks a field of a feature that is off unless asked for.
inline FieldInfo unsaid(FieldInfo info) {
  info.unsaid = true;
  return info;
}

/// Binds a table to S. When S has `void finish()`, it runs after all fields are set: the place for derived values.
template <class S>
FieldTable fields(std::vector<FieldInfo> list) {
  return FieldTable(
      std::move(list), [] { return ParameterStruct::make<S>(); },
      [](ParameterStruct& s) {
        if constexpr (requires(S & p) { p.finish(); }) s.as<S>().finish();
      });
}

}  // namespace clientele::sim
