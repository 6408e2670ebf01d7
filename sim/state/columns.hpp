// Typed handles to columns. A handle says where a column lives; asking the wrong place for it does not compile.
//
// All columns hold four-byte values. A `const` value type is the handle of a reader: only the owner writes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/core/vector.hpp"

namespace clientele::sim {

/// Per customer, the same in every arm, for life.
template <class T>
struct Trait {
  std::uint32_t column = 0;
};
/// Per customer and arm, for life.
template <class T>
struct State {
  std::uint32_t column = 0;
};
/// Per customer, the same in every arm, for life; its owner moves it from month to month.
template <class T>
struct Fate {
  std::uint32_t column = 0;
};
/// One State column per month of a window: slot(month) is where that month's value is.
template <class T>
struct Ring {
  std::uint32_t first = 0, ring = 0;
};

// Columns of one month, and those that any step adds to, are open to a step only if its behavior was wired for them in
// that step: `use` is the column's number in that book.

/// Per customer and arm, int32; any step adds, the owner applies and clears at its place in the month.
struct Collected {
  std::uint32_t column = 0, use = 0;
};
/// Per customer and arm, within one month and between two meetings.
template <class T>
struct Passing {
  std::uint32_t column = 0, use = 0;
};
/// Per customer, the same in every arm, within one month and between two meetings.
template <class T>
struct Common {
  std::uint32_t column = 0, use = 0;
};
/// Per customer and arm, within one month, also across a meeting.
template <class T>
struct Carried {
  std::uint32_t column = 0, use = 0;
};
/// Per order on the month's list, without gaps, the same in every arm.
template <class T>
struct Listed {
  std::uint32_t column = 0, use = 0;
};
/// Per order, spread over rows of customers: row s holds the s-th order of each customer that has one.
template <class T>
struct Slots {
  std::uint32_t column = 0, use = 0;
};
/// Per customer and arm: what the customer's tier gets. Filled again whenever tiers change.
template <class T>
struct Lever {
  std::uint32_t column = 0;
};

/// Parameters of type S, resolved for the block's group and the world's draw.
template <class S>
struct Parameters {
  std::uint32_t table = 0;
};
struct Driver {
  std::uint32_t index = 0;
};
/// What a policy sets for all customers in a month.
struct Setting {
  std::uint32_t index = 0;
};
/// What a file tells of customers' past: so many numbers of each.
struct Past {
  std::uint32_t index = 0, columns = 0;
  bool is_known() const { return columns > 0; }
};
struct Metric {
  std::uint32_t index = 0;
};
struct Histogram {
  std::uint32_t index = 0;
};
struct AgedMetric {
  std::uint32_t index = 0;
};
/// Words of luck that a behavior has registered to read.
struct BirthLuck {
  std::uint32_t entry = 0, word = 0;
};
struct MonthLuck {
  std::uint32_t entry = 0, word = 0;
};
struct OrderLuck {
  std::uint32_t entry = 0, word = 0;
};
/// A way to go. Requests are collected; where two are made at once, the lower precedence number wins.
struct Departure {
  Collected request;
};

/// n values at an offset of a block's memory.
template <class T>
std::span<T> column_at(std::byte* memory, std::size_t offset, std::size_t n) {
  return {reinterpret_cast<T*>(__builtin_assume_aligned(memory + offset, 64)), n};
}

}  // namespace clientele::sim
