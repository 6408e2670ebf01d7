// What exists: behaviors, the steps of a month in their order, segmentations. Data and factories; models/ fills it
// once.
#pragma once
#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/api.hpp"
#include "sim/core/check.hpp"
#include "sim/metrics.hpp"
#include "sim/schema.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

class Behavior;
class BlockMonth;
class Observed;
class Segmentation;
class Signal;
class Wiring;

/// How a driver is moved: a factor by `times` (neutral 1), a shift by `plus` (neutral 0).
enum class DriverKind { factor, shift };

struct DriverInfo {
  std::string name;
  DriverKind kind = DriverKind::factor;
  std::string unit, meaning;
};

/// How a segmentation tells its tiers apart: not at all; by their own shares of customers; by a value they start from;
/// by either of the two, the same for all its tiers; by a condition each; by the groups in each.
enum class TierRule { one, share, from, share_or_from, when, groups };

/// A number that conditions of tiers may read, and the values that it has.
struct NumberInfo {
  std::string key, unit;  ///< "money" for the study's currency
  Range range = {};
};

/// What a file may tell of a customer's past: one column, or one for each of some months, `key_1` (the last before
/// month 0) to `key_<months>`.
struct PastInfo {
  std::string key, unit;  ///< "money" for the study's currency
  Range range = {};
  bool whole = false;
  std::string meaning;
  int months = 0;            ///< 0: one column
  std::string with = {};     ///< a column that must be there, too
  std::string upto = {};     ///< a column whose number this one does not exceed
  std::string zero_as = {};  ///< where that column is 0, this one is
  bool exact = false;        ///< balances, which are kept to their last digit
};

/// Which values there are that a tier may start from.
enum class Values { not_negative, any };

/// What a segmentation is made of: its policy's tiers, the values of its fields, and the study around it.
struct SegmentationSpec {
  const Study* study = nullptr;
  const Policy* policy = nullptr;
  ParameterStruct parameters;  ///< of its field table
};

class CLIENTELE_API Catalogue {
 public:
  /// A behavior and the field table that a study's [key] writes to. Returns its number.
  template <class B>
  std::uint32_t behavior(std::string key, FieldTable fields, std::vector<DriverInfo> drivers = {}) {
    return add_behavior({std::move(key), std::move(fields), std::move(drivers),
                         [](Wiring& wiring) -> std::unique_ptr<Behavior> { return std::make_unique<B>(wiring); }});
  }

  /// A place in the month where a behavior acts. The order of these calls is the order of a month.
  template <class B>
  void step(std::string name, std::uint32_t behavior, void (B::*advance)(BlockMonth&) const) {
    steps_.push_back({std::move(name),
                      Step::Kind::behavior,
                      behavior,
                      [advance](const Behavior& b, BlockMonth& month) { (static_cast<const B&>(b).*advance)(month); },
                      {}});
  }
  /// The same, but all customers meet first: the behavior gives the signal that must have been decided.
  template <class B>
  void step(std::string name, std::uint32_t behavior, void (B::*advance)(BlockMonth&) const,
            const Signal& (B::*signal)() const) {
    step(std::move(name), behavior, advance);
    steps_.back().signal = [signal](const Behavior& b) -> const Signal& {
      return (static_cast<const B&>(b).*signal)();
    };
  }
  /// One more, right before a step that is there.
  template <class B>
  void step_before(std::string_view there, std::string name, std::uint32_t behavior,
                   void (B::*advance)(BlockMonth&) const) {
    const auto place = std::find_if(steps_.begin(), steps_.end(), [&](const Step& step) { return step.name == there; });
    expects(place != steps_.end(), "a step stands before one that is there: " + std::string(there));
    const std::ptrdiff_t at = place - steps_.begin();
    step(std::move(name), behavior, advance);
    std::rotate(steps_.begin() + at, steps_.end() - 1, steps_.end());
  }
  /// The engine's own places: tiers are reviewed; requests to leave are granted; referred customers are born.
  void review() { steps_.push_back({"review", Step::Kind::review, 0, {}, {}}); }
  void exits() { steps_.push_back({"exits", Step::Kind::exits, 0, {}, {}}); }
  void arrivals() { steps_.push_back({"arrivals", Step::Kind::arrivals, 0, {}, {}}); }

  /// A segmentation S, made by S(const SegmentationSpec&, Observed&): it can be handed observed columns only.
  template <class S>
  std::uint32_t segmentation(std::string key, FieldTable fields, TierRule rule, std::string from_unit = {},
                             Values values = Values::not_negative) {
    segmentations_.push_back({std::move(key), std::move(fields), rule, std::move(from_unit), values,
                              [](const SegmentationSpec& spec, Observed& observed) -> std::unique_ptr<Segmentation> {
                                return std::make_unique<S>(spec, observed);
                              }});
    return static_cast<std::uint32_t>(segmentations_.size() - 1);
  }
  /// Marks a segmentation that sorts by what no firm can see: a yardstick for the others.
  void benchmark(std::uint32_t segmentation) { segmentations_[segmentation].is_benchmark = true; }
  /// Marks a segmentation whose tiers members of a program earn: the last is of customers who are no members, the one
  /// before it starts from 0. They join by the lever at this path; a tier's `from` is counted in the unit of the choice
  /// `by` has.
  void of_members(std::uint32_t segmentation, std::string join_by, std::vector<std::string> units_by) {
    segmentations_[segmentation].join_by = std::move(join_by);
    segmentations_[segmentation].units_by = std::move(units_by);
  }
  /// What the conditions of a segmentation's tiers may read; a Condition names one by its place here.
  void conditions_read(std::uint32_t segmentation, std::vector<NumberInfo> numbers) {
    segmentations_[segmentation].numbers = std::move(numbers);
  }

  /// What behaviors may be told of customers' past.
  void past(std::vector<PastInfo> infos) {
    for (PastInfo& info : infos) past_.push_back(std::move(info));
  }
  const std::vector<PastInfo>& past() const { return past_; }

  /// Formulas over the metrics that behaviors declare.
  void kpi(KpiInfo info) { kpis_.push_back(std::move(info)); }

  struct Table {
    std::string key;
    FieldTable fields;
    std::vector<DriverInfo> drivers;
    std::function<std::unique_ptr<Behavior>(Wiring&)> make;
  };
  struct Step {
    enum class Kind { behavior, review, exits, arrivals };
    std::string name;
    Kind kind = Kind::behavior;
    std::uint32_t behavior = 0;
    std::function<void(const Behavior&, BlockMonth&)> advance;
    std::function<const Signal&(const Behavior&)> signal;  ///< empty where nobody meets
  };
  struct SegmentationEntry {
    std::string key;
    FieldTable fields;
    TierRule rule = TierRule::one;
    std::string from_unit;  ///< of a tier's `from`; "money" for the study's currency
    Values values = Values::not_negative;
    std::function<std::unique_ptr<Segmentation>(const SegmentationSpec&, Observed&)> make;
    std::vector<NumberInfo> numbers = {};
    bool is_benchmark = false;  ///< it may be handed latent traits
    std::string join_by = {};   ///< of tiers that members earn: the path of the lever by which they join; empty: others
    std::vector<std::string> units_by = {};  ///< of a tier's `from`, by the choice `by`; empty: from_unit

    bool is_of_members() const { return !join_by.empty(); }
    /// What a tier's `from` is counted in where the fields have these values; "money" for the study's currency.
    std::string_view unit_of_from(const std::vector<FieldValue>& of_fields) const {
      if (units_by.empty()) return from_unit;
      const auto by = fields.find("by");
      expects(by && of_fields.size() > *by, "what is counted is a choice");
      return units_by.at(static_cast<std::size_t>(of_fields[*by].numbers[0]));
    }
  };

  const std::vector<Table>& tables() const { return tables_; }
  /// The field at a path such as "churn.base_hazard", which exists.
  FieldRef field_at(std::string_view path) const;
  const std::vector<Step>& steps() const { return steps_; }
  const std::vector<SegmentationEntry>& segmentations() const { return segmentations_; }
  const std::vector<KpiInfo>& kpis() const { return kpis_; }
  /// All drivers; a Shock names one by its place here.
  const std::vector<DriverInfo>& drivers() const { return drivers_; }

 private:
  std::uint32_t add_behavior(Table table) {
    for (const DriverInfo& driver : table.drivers) drivers_.push_back(driver);
    tables_.push_back(std::move(table));
    return static_cast<std::uint32_t>(tables_.size() - 1);
  }

  std::vector<Table> tables_;
  std::vector<Step> steps_;
  std::vector<SegmentationEntry> segmentations_;
  std::vector<KpiInfo> kpis_;
  std::vector<DriverInfo> drivers_;
  std::vector<PastInfo> past_;
};

inline FieldRef Catalogue::field_at(std::string_view path) const {
  const std::size_t dot = path.find('.');
  for (std::uint32_t table = 0; table < tables_.size() && dot != std::string_view::npos; ++table)
    if (tables_[table].key == path.substr(0, dot))
      if (const auto field = tables_[table].fields.find(path.substr(dot + 1)))
        return {table, static_cast<std::uint32_t>(*field)};
  throw InternalFault("internal fault: the catalogue has no field " + std::string(path));
}

}  // namespace clientele::sim
