// Between neighboring bounds no condition changes, so that one customer stands for all.
#include "scenarios/reader/partition.hpp"

#include <algorithm>
#include <cmath>

namespace clientele::scenarios {

namespace {

/// `sizes`: of the attributes that are read, and behind them of the groups; 1 where nobody reads them.
void gather(const sim::Condition& condition, std::vector<std::vector<double>>& bounds,
            const std::vector<std::size_t>& all, std::vector<std::size_t>& sizes) {
  if (condition.of == sim::Condition::Of::groups) {
    const std::size_t read = condition.attribute.value_or(static_cast<std::uint32_t>(sizes.size() - 1));
    sizes.at(read) = std::max<std::size_t>(1, all[read]);
  }
  for (const sim::Condition& part : condition.parts) gather(part, bounds, all, sizes);
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
      return std::ranges::find(condition.groups, condition.attribute ? customer.attributes[*condition.attribute]
                                                                     : customer.group) != condition.groups.end();
  }
  return false;
}

Partition partition_of(const std::vector<sim::Condition>& conditions, const std::vector<sim::NumberInfo>& numbers,
                       std::size_t groups, const std::vector<std::size_t>& values_of_attributes) {
  std::vector<std::vector<double>> values(numbers.size());
  std::vector<std::size_t> kinds = values_of_attributes, sizes_of_kinds(kinds.size() + 1, 1);
  kinds.push_back(groups);
  for (const sim::Condition& condition : conditions) gather(condition, values, kinds, sizes_of_kinds);
  std::vector<std::size_t> sizes;
  double cases = 1;
  for (std::size_t n = 0; n < numbers.size(); ++n) {
    values[n] = values_of(std::move(values[n]), numbers[n].range);
    sizes.push_back(values[n].size());
  }
  sizes.insert(sizes.end(), sizes_of_kinds.begin(), sizes_of_kinds.end());
  for (const std::size_t size : sizes) cases *= static_cast<double>(size);
  Partition found;
  found.of_somebody.assign(conditions.size(), false);
  found.is_proven = cases <= static_cast<double>(most_cases);
  std::vector<std::size_t> places(sizes.size(), 0);
  const std::size_t attributes = values_of_attributes.size();
  ExampleCustomer customer{std::vector<double>(numbers.size()), 0, std::vector<std::uint32_t>(attributes)};
  do {
    for (std::size_t n = 0; n < numbers.size(); ++n) customer.numbers[n] = values[n][places[n]];
    for (std::size_t a = 0; a < attributes; ++a)
      customer.attributes[a] = static_cast<std::uint32_t>(places[numbers.size() + a]);
    customer.group = static_cast<std::uint32_t>(places.back());
    look_at(customer, conditions, found);
  } while (found.is_proven && step(places, sizes));
  return found;
}

}  // namespace clientele::scenarios
