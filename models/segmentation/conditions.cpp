// A condition is turned into tests once; then each number that is read is worked out once for a few customers.
#include "models/segmentation/conditions.hpp"

#include <algorithm>
#include <limits>

#include "models/segmentation/by_value.hpp"

namespace clientele::models {

namespace {

/// Counts that stand for different fractions of a month are further apart than this, so that 2.4 orders a year are
/// reached by the one order of five months that comes to as many.
constexpr double least_apart = 0x1p-30;

/// A bound as a number is worked out: sums are means of a month.
double bound_of(double stated, Number number, std::int32_t look_back, const sim::Study& study) {
  switch (number) {
    case Number::sales:
    case Number::profit:
      return mean_of_month(reachable_quanta(stated, study.money_quantum), look_back);
    case Number::orders:
    case Number::buying_months:
      return mean_of_month(stated, look_back) - least_apart;
    case Number::tenure:
    case Number::punctuality:
    case Number::recency:
    case Number::order_stability:
    case Number::growth:
    case Number::late_by_administration:
    case Number::late_otherwise:
    case Number::satisfaction:
      break;
  }
  return stated;
}

}  // namespace

std::vector<sim::NumberInfo> numbers_of_conditions() {
  const sim::Range not_negative{.low = 0};
  return {{"sales", "money", not_negative},
          {"profit", "money"},
          {"orders", "orders", not_negative},
          {"buying_months", "months", not_negative},
          {"tenure", "months", not_negative},
          {"punctuality", "share", sim::range(-1, 1)},
          {"recency", "months", sim::Range{.low = 1}},
          {"order_stability", "-", sim::range(least_stable, 1)},
          {"growth", "factor", sim::range(0, most_growth)},
          {"late_by_administration", "share", sim::range(-1, 1)},
          {"late_otherwise", "share", sim::range(-1, 1)},
          {"satisfaction", "points", sim::range(-1, 100)}};
}

Conditions::Conditions(std::int32_t look_back, const sim::SegmentationSpec& spec, sim::Observed& observed)
    : look_back_(look_back), attributes_(spec.study->population.attributes.size()) {
  for (const sim::Tier& tier : spec.policy->tiers)
    tests_.push_back(tier.when ? test_of(*tier.when, spec, observed) : Test{});
}

Conditions::Test Conditions::test_of(const sim::Condition& condition, const sim::SegmentationSpec& spec,
                                     sim::Observed& observed) {
  Test test{.of = condition.of, .groups = condition.groups, .attribute = condition.attribute};
  if (condition.attribute && !attributes_.at(*condition.attribute))
    attributes_[*condition.attribute] =
        observed.ring<std::int32_t>("attribute/" + spec.study->population.attributes[*condition.attribute].name, 1);
  for (const sim::Condition& part : condition.parts) test.parts.push_back(test_of(part, spec, observed));
  if (condition.of != sim::Condition::Of::number) return test;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  test.number = static_cast<Number>(condition.number);
  const auto bound = [&](std::optional<double> stated, double otherwise) {
    return stated ? bound_of(*stated, test.number, look_back_, *spec.study) : otherwise;
  };
  test.at_least = bound(condition.at_least, -infinity);
  test.below = bound(condition.below, infinity);
  if (auto& number = numbers_.at(condition.number); !number) number.emplace(test.number, look_back_, spec, observed);
  return test;
}

bool Conditions::are_known(int month) const {
  for (const std::optional<ObservedNumber>& number : numbers_)
    if (number && !number->is_known(month)) return false;
  return true;
}

void Conditions::work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, std::size_t count,
                          Seen& seen) const {
  seen.group = month.group();
  seen.attributes.resize(attributes_.size());
  for (std::size_t a = 0; a < attributes_.size(); ++a)
    if (attributes_[a])
      std::ranges::copy(arm.at(*attributes_[a], month.month()).subspan(begin, count), seen.attributes[a].begin());
  for (std::size_t n = 0; n < all_numbers; ++n) {
    if (!numbers_[n]) continue;
    const auto here = std::span(seen.numbers[n]).first(count);
    numbers_[n]->work_out(month, arm, begin, here);
    if (is_turned(static_cast<Number>(n)))
      for (double& score : here) score = as_stated(static_cast<Number>(n), score);
  }
}

Conditions::Holds Conditions::holds(const Test& test, const Seen& seen) const {
  Holds all;
  switch (test.of) {
    case sim::Condition::Of::all:
      all.set();
      for (const Test& part : test.parts) all &= holds(part, seen);
      return all;
    case sim::Condition::Of::any:
      for (const Test& part : test.parts) all |= holds(part, seen);
      return all;
    case sim::Condition::Of::none:
      for (const Test& part : test.parts) all |= holds(part, seen);
      return ~all;
    case sim::Condition::Of::number: {
      const auto& score = seen.numbers[static_cast<std::size_t>(test.number)];
      for (std::size_t i = 0; i < chunk; ++i) all[i] = score[i] >= test.at_least && score[i] < test.below;
      return all;
    }
    case sim::Condition::Of::groups: {
      const auto takes = [&](std::uint32_t value) {
        return std::ranges::find(test.groups, value) != test.groups.end();
      };
      if (!test.attribute) return takes(seen.group) ? all.set() : all;
      const auto& value = seen.attributes[*test.attribute];
      for (std::size_t i = 0; i < chunk; ++i) all[i] = takes(static_cast<std::uint32_t>(value[i]));
      return all;
    }
  }
  return all;
}

}  // namespace clientele::models
