// The proof that conditions put every customer into exactly one tier, by an example where they do not.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::scenarios {

/// A customer: a value of each number and each attribute, and a group.
struct ExampleCustomer {
  std::vector<double> numbers;
  std::uint32_t group = 0;
  std::vector<std::uint32_t> attributes = {};
};

/// Whether a condition holds of a customer.
bool holds_of(const sim::Condition& condition, const ExampleCustomer& customer);

struct Partition {
  struct Overlap {
    std::size_t one = 0, other = 0;  ///< places of conditions
    ExampleCustomer example;
  };
  bool is_proven = true;                    ///< not where there are too many cases to look at
  std::optional<Overlap> overlap = {};      ///< the first of whom two hold
  std::optional<ExampleCustomer> gap = {};  ///< the first of whom none holds
  std::vector<bool> of_somebody = {};       ///< by condition: whether there can be a customer of whom it holds
};

/// Looks at one customer between any two neighboring bounds of each number, of each group and of each value of an
/// attribute, which have so many: what holds of these holds of all. All are taken as if each could go with any other.
Partition partition_of(const std::vector<sim::Condition>& conditions, const std::vector<sim::NumberInfo>& numbers,
                       std::size_t groups, const std::vector<std::size_t>& values_of_attributes = {});

/// More cases than this are not looked at.
inline constexpr std::size_t most_cases = 1'000'000;

}  // namespace clientele::scenarios
