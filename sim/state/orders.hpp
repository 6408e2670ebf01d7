// The orders of a block-month: one list that serves every arm, because an arm takes the first few of each customer's.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/api.hpp"
#include "sim/state/columns.hpp"
#include "sim/state/primitives.hpp"
#include "sim/state/wiring.hpp"

namespace clientele::sim {

class CLIENTELE_API Orders {
 public:
  explicit Orders(const Layout& layout);

  /// Lists each customer's orders, as many as its busiest arm placed.
  void list(std::span<const std::int32_t> most, std::span<const std::uint32_t> id_low,
            std::span<const std::uint32_t> id_high, int month);

  /// Values of a listed column: one per order without gaps, and a few to spare at the end. The form for costly work.
  std::size_t size() const { return rounded_up(shape_.listed); }
  std::size_t listed() const { return shape_.listed; }
  std::span<const std::uint32_t> id_low() const { return {low_.data(), size()}; }
  std::span<const std::uint32_t> id_high() const { return {high_.data(), size()}; }
  std::span<const std::uint32_t> slots() const { return {slots_.data(), size()}; }
  /// Whose order it is: places in the block.
  std::span<const std::int32_t> customers() const {
    return {reinterpret_cast<const std::int32_t*>(customers_.data()), size()};
  }

  /// Columns of this month's list. Spans end with the list: take them after it is made.
  template <class T>
  std::span<T> operator[](Listed<T> c) const {
    return {reinterpret_cast<T*>(listed_columns_[c.column].data()), size()};
  }
  template <class T>
  std::span<T> operator[](Slots<T> c) const {
    return {reinterpret_cast<T*>(slot_columns_[c.column].data()), shape_.spread};
  }

  /// Spreads a listed column over customers.
  template <class T, class U>
  void spread(std::span<T> listed, std::span<U> slots) const {
    spread_orders(shape_, present_.data(), reinterpret_cast<const std::uint32_t*>(listed.data()),
                  reinterpret_cast<std::uint32_t*>(slots.data()));
  }

  /// Over the orders that an arm placed: the sum of a spread column by customer; how many are below, or above, a limit.
  template <class T>
  void sum(std::span<const std::int32_t> placed, std::span<T> slots, std::span<std::remove_const_t<T>> sums) const {
    sum_first(shape_, placed, slots.data(), sums.data());
  }
  void count_below(std::span<const std::int32_t> placed, std::span<const std::int32_t> slots,
                   std::span<const std::int32_t> limit, std::span<std::int32_t> number) const {
    sim::count_below(shape_, placed, slots.data(), limit.data(), number.data());
  }
  void count_above(std::span<const std::int32_t> placed, std::span<const float> slots, std::span<const float> limit,
                   std::span<std::int32_t> number) const {
    sim::count_above(shape_, placed, slots.data(), limit.data(), number.data());
  }

  /// How many of an arm's orders have a word (listed) whose chance happens by the customer's chance_threshold: few do.
  void count_happening(std::span<const std::int32_t> placed, std::span<const std::uint32_t> words,
                       std::span<const std::int32_t> threshold, std::span<std::int32_t> number) const {
    sim::count_happening(customers(), slots(), placed, words.data(), threshold, number.data());
  }

  /// Any other rule per order, as a vector loop over customers: step(place in spread columns, customer, slot). A
  /// customer who did not place that order is visited too: test slot < placed[customer].
  template <class Step>
  void each(Step step) const {
    for (const SlotRow& row : shape_.rows) {
      const std::int32_t slot = row.slot;
      const std::ptrdiff_t begin = row.begin, end = row.end, spread = row.spread;
#pragma omp simd
      for (std::ptrdiff_t i = begin; i < end; ++i) step(spread + i, i, slot);
    }
  }

  const OrderShape& shape() const { return shape_; }

  /// Overwrites all columns: no outcome may depend on what stands there before a list is made.
  void spoil(std::uint32_t garbage);

 private:
  OrderShape shape_;
  std::vector<std::uint32_t> low_, high_, slots_, customers_;
  std::vector<std::uint16_t> present_;
  mutable std::vector<std::vector<std::uint32_t>> listed_columns_, slot_columns_;
};

}  // namespace clientele::sim
