// Of which customers of a block a condition holds.
#pragma once
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/segmentation/observed_number.hpp"
#include "sim/catalogue.hpp"
#include "sim/segmentation.hpp"

namespace clientele::models {

/// What conditions may read, in the order of Number.
std::vector<sim::NumberInfo> numbers_of_conditions();

/// The conditions of a policy's tiers. Sums are those of a whole look-back; a shorter past is brought to its length,
/// to the quantum.
class Conditions {
 public:
  static constexpr std::size_t chunk = 64;  ///< customers who are looked at together
  using Holds = std::bitset<chunk>;         ///< by customer
  /// What conditions read of them.
  struct Seen {
    std::array<std::array<double, chunk>, all_numbers> numbers{};
    std::vector<std::array<std::int32_t, chunk>> attributes = {};
    std::uint32_t group = 0;
  };

  Conditions(std::int32_t look_back, const sim::SegmentationSpec& spec, sim::Observed& observed);

  /// Whether there is anything to go by in a month.
  bool are_known(int month) const;
  /// What conditions read of `count` customers of the block, from `begin` on.
  void work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, std::size_t count,
                Seen& seen) const;
  /// Of which of them the condition of a tier holds; of a tier that has none, of all.
  Holds hold(std::size_t tier, const Seen& seen) const { return holds(tests_[tier], seen); }

 private:
  struct Test {
    sim::Condition::Of of = sim::Condition::Of::all;
    std::vector<Test> parts = {};
    Number number = Number::sales;
    double at_least = 0, below = 0;          ///< as its number is worked out
    std::vector<std::uint32_t> groups = {};  ///< or values of the attribute
    std::optional<std::uint32_t> attribute = {};
  };
  Test test_of(const sim::Condition& condition, const sim::SegmentationSpec& spec, sim::Observed& observed);
  Holds holds(const Test& test, const Seen& seen) const;

  std::int32_t look_back_;
  std::array<std::optional<ObservedNumber>, all_numbers> numbers_;
  std::vector<std::optional<sim::Ring<const std::int32_t>>> attributes_;  ///< of the study, those that are read
  std::vector<Test> tests_;                                               ///< by tier
};

}  // namespace clientele::models
