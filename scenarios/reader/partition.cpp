// Between neighboring bounds no condition changes, so that one customer stands for all.
#include "scenarios/reader/partition.hpp"

#include <algorithm>
#include <cmath>

namespace clientele::scenarios {

namespace {

void gather(const sim::Condition& condition, std::vector<std::vector<double>>& bounds, bool& by_group) {
  by_group = by_group || condition.of == sim::Condition::Of::groups;
  for (const sim::Condition& part : condition.parts) gather(part, bounds, by_group);
  if (condition.of != sim::Condition::Of::number) return;
  for (const auto& bound : {condition.at_least, condition.below})
    if (bound) bounds[condition.number].push_back(*bound);
}

/// The least value that a number has, or one below all bounds, and every bound that it can reach.
std::vector<double> values_of(std::vector<double> bounds, const sim::Range& range) {
  std::ranges::sort(bounds);
  std::vector<double> values{std::isfinite(range.low) ? range.low : bounds.empty() ? 0.0 : bounds.front() - 1};
  for (const double bound : bounds)
    if (bound > values.back() && bound <= range.high) values.push_back(bound);
  return values;
}

/// Goes on to the next case; false after the last one.
bool step(std::vector<std::size_t>& places, const std::vector<std::size_t>& sizes) {
  for (std::size_t n = 0; n < places.size(); ++n) {
    if (++places[n] < sizes[n]) return true;
    places[n] = 0;
  }
  return false;
}

void look_at(const ExampleCustomer& customer, const std::vector<sim::Condition>& conditions, Partition& found) {
  std::optional<std::size_t> first;
  for (std::size_t c = 0; c < conditions.size(); ++c) {
    if (!holds_of(conditions[c], customer)) continue;
    found.of_somebody[c] = true;
    if (first && !found.overlap) found.overlap = {*first, c, customer};
    if (!first) first = c;
  }
  if (!first && !found.gap) found.gap = customer;
}

}  // namespace

bool holds_of(const sim::Condition& condition, const ExampleCustomer& customer) {
  const auto holds = [&](const sim::Condition& part) { return holds_of(part, customer); };
  switch (condition.of) {
    case sim::Condition::Of::all:
      return std::ranges::all_of(condition.parts, holds);
    case sim::Condition::Of::any:
      return std::ranges::any_of(condition.parts, holds);
    case sim::Condition::Of::none:
      return std::ranges::none_of(condition.parts, holds);
    case sim::Condition::Of::number: {
      const double value = customer.numbers[condition.number];
      return value >= condition.at_least.value_or(value) && (!condition.below || value < *condition.below);
    }
    case sim::Condition::Of::groups:
      return std::ranges::find(condition.groups, customer.group) != condition.groups.end();
  }
  return false;
}

Partition partition_of(const std::vector<sim::Condition>& conditions, const std::vector<sim::NumberInfo>& numbers,
                       std::size_t groups) {
  std::vector<std::vector<double>> values(numbers.size());
  bool by_group = false;
  for (const sim::Condition& condition : conditions) gather(condition, values, by_group);
  std::vector<std::size_t> sizes;
  double cases = 1;
  for (std::size_t n = 0; n < numbers.size(); ++n) {
    values[n] = values_of(std::move(values[n]), numbers[n].range);
    sizes.push_back(values[n].size());
  }
  sizes.push_back(by_group ? groups : 1);
  for (const std::size_t size : sizes) cases *= static_cast<double>(size);
  Partition found;
  found.of_somebody.assign(conditions.size(), false);
  found.is_proven = cases <= static_cast<double>(most_cases);
  std::vector<std::size_t> places(sizes.size(), 0);
  ExampleCustomer customer{std::vector<double>(numbers.size()), 0};
  do {
    for (std::size_t n = 0; n < numbers.size(); ++n) customer.numbers[n] = values[n][places[n]];
    customer.group = static_cast<std::uint32_t>(places.back());
    look_at(customer, conditions, found);
  } while (found.is_proven && step(places, sizes));
  return found;
}

}  // namespace clientele::scenarios
