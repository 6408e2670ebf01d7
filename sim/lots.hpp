// Ledgers of lots: what a customer holds, by the month at whose end each part of it ends.
//
// Spending takes what ends first. What ends in a month is one column, so that calendar years, a validity of each tier,
// old terms that are kept and a change in mid-run are one rule: only the month of end counts. A month of end forgets
// the month of issue.
#pragma once
#include <cstdint>
#include <span>

#include "sim/behavior.hpp"
#include "sim/core/api.hpp"

namespace clientele::sim {

/// A customer's lots. `by_end` is written ahead, as deep as the longest validity that any tier of any policy gives and
/// one month more (Behavior::months_ahead); lots that never end share `endless`. `debt` is what was taken back and not
/// there any more: what comes later pays it first. All are 0 or more, below 2^30.
struct Lots {
  Ring<std::int32_t> by_end;
  State<std::int32_t> endless, debt;
};

/// One that never ends, among months of validity.
inline constexpr std::int32_t never = -1;

class CLIENTELE_API LotsOfArm {
 public:
  LotsOfArm(const Arm& arm, const Lots& lots, int month);

  /// New lots: valid to the end of the month so many after this one, or `never`. A debt takes from them first.
  void add(std::span<const std::int32_t> amount, std::span<const std::int32_t> months_valid) const;
  /// Takes amounts, what ends first first. Returns in `taken` what was there of each.
  void spend(std::span<const std::int32_t> wanted, std::span<std::int32_t> taken) const;
  /// Takes back what was added, from the month of end that it was added to (or `never`), then what ends last; what is
  /// missing becomes a debt. Returns in `taken` what was there of each.
  void take_back(std::span<const std::int32_t> amount, std::span<const std::int32_t> months_left,
                 std::span<std::int32_t> taken) const;
  /// Ends what is valid to the end of this month, and says how much that was.
  void end_month(std::span<std::int32_t> ended) const;
  /// What all customers hold by its age: the months for which theirs is valid, less those left. What never ends is not
  /// in it, nor what has more months left than are valid.
  void sum_by_age(std::span<const std::int32_t> months_valid, std::span<std::int64_t> amounts) const;
  std::size_t depth() const { return static_cast<std::size_t>(depth_); }
  /// All lots with an end get one that is so many months earlier, but so many months from this one at the earliest.
  void bring_forward(std::span<const std::int32_t> months, std::int32_t earliest = 0) const;
  /// No lot outlasts so many months, of a customer, or `never`; and no lot without an end so many.
  void end_at_latest(std::span<const std::int32_t> months_left, std::int32_t of_endless) const;
  /// Ends all that the marked customers hold.
  void forfeit(std::span<const std::int32_t> marked, std::span<std::int32_t> ended) const;
  /// What a customer holds that ends in so many months, or `never`.
  std::int32_t& lot(std::int32_t months_left, std::size_t customer) const;
  /// Takes all that a customer holds away, uncounted.
  void clear(std::size_t customer) const;

 private:
  std::int32_t& cell(std::int32_t months_left, std::size_t customer) const;

  MonthsAhead ahead_;
  std::int32_t depth_;
  std::span<std::int32_t> by_end_, endless_, debt_;
};

}  // namespace clientele::sim
