// The cells of a lineup that are not simulated: which two arms each is put together of, and what these count for it.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "sim/cells.hpp"
#include "sim/state/blend_side.hpp"

namespace clientele::sim {

/// A cell that is put together of what two arms count.
struct BlendedCell {
  Cell cell;
  std::size_t policy = 0, baseline = 0;  ///< arms
  bool operator==(const BlendedCell&) const = default;
};

/// A worker's room for what the arms of a lineup count by channel.
class Blends {
 public:
  /// `first_place`: that of the first of these cells in tallies. `counts`: of a group in a month, in all its classes.
  void enter(std::span<const BlendedCell> cells, const Study& study, std::size_t first_place, std::size_t block_size,
             std::size_t counts);

  bool are_none() const { return pairs_.empty(); }
  /// A policy's arm and the baseline's.
  struct Pair {
    std::size_t policy = 0, baseline = 0;
    bool operator==(const Pair&) const = default;
  };
  std::span<const Pair> pairs() const { return pairs_; }
  /// Of all pairs that an arm is one of.
  std::span<BlendSide> sides_of(std::size_t arm) { return arm < sides_.size() ? sides_[arm] : std::span<BlendSide>(); }
  /// The policy's side of a pair and the baseline's, each with its arm.
  template <class Take>
  void for_each_side(std::size_t pair, const Take& take) {
    take(pairs_[pair].policy, sides_[pairs_[pair].policy][places_[pair].policy]);
    take(pairs_[pair].baseline, sides_[pairs_[pair].baseline][places_[pair].baseline]);
  }

 private:
  std::vector<BlendedCell> cells_;
  std::size_t first_place_ = 0;
  std::vector<Pair> pairs_, places_;  ///< of their arms, and of their sides among those of the arm
  std::vector<std::vector<BlendSide>> sides_;
};

}  // namespace clientele::sim
