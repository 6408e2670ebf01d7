// Luck has an address, not a place in a sequence: who, when, for what; never which thread, scenario or policy.
#pragma once
#include <array>
#include <cstdint>

#include "sim/core/check.hpp"

namespace clientele::sim {

/// What one Philox call turns into four words.
using Counter = std::array<std::uint32_t, 4>;

/// A study's seed, and the draw of its uncertain parameters when draws bring luck of their own (0 otherwise).
struct Key {
  std::uint32_t seed = 0, luck_draw = 0;
};

/// Months run from -2047 to 2047 and the fork is month 0; traits are drawn once, in a month that no calendar has.
inline constexpr int earliest_month = -2047, latest_month = 2047, month_of_traits = -2048;

inline constexpr int id_bits = 50, slot_bits = 20, tag_bits = 18, try_bits = 6, replication_bits = 22;

/// Word 0 of a counter is the low half of the id; word 1 holds its high 18 bits and the high 14 bits of the tag.
inline std::uint32_t who_word(std::uint32_t id_high, std::uint32_t tag) { return id_high | (tag >> 4) << 18; }

/// Word 2: the slot (of an order, of a month's arrivals) and the month.
inline std::uint32_t when_word(std::uint32_t slot, int month) {
  expects(slot < 1U << slot_bits, "slot of an address is below 2^20");
  expects(month >= month_of_traits && month <= latest_month, "month of an address is within -2048..2047");
  return slot << 12 | static_cast<std::uint32_t>(month + 2048);
}

inline std::int32_t slot_of(std::uint32_t when_word) { return static_cast<std::int32_t>(when_word >> 12); }

/// Word 3: the replication (or the people), the try of a rejecting sampler, and the low 4 bits of the tag.
inline std::uint32_t world_word(std::uint32_t replication, std::uint32_t attempt, std::uint32_t tag) {
  expects(replication < 1U << replication_bits, "replication of an address is below 2^22");
  expects(attempt < 1U << try_bits, "try of an address is below 64");
  expects(tag < 1U << tag_bits, "tag of an address is below 2^18");
  return replication << 10 | attempt << 4 | (tag & 15U);
}

/// Where four words of luck live. Different addresses have different counters.
struct Address {
  std::uint64_t id = 0;           ///< kind 2 bits | 48 bits
  int month = month_of_traits;    ///< 0 at the fork
  std::uint32_t slot = 0;         ///< which order of the month, which arrival, which ordinal
  std::uint32_t tag = 0;          ///< which use: one per behavior and purpose
  std::uint32_t attempt = 0;      ///< counts up while a sampler rejects
  std::uint32_t replication = 0;  ///< or the people, for traits

  Counter counter() const {
    expects(id < std::uint64_t{1} << id_bits, "id of an address is below 2^50");
    return {static_cast<std::uint32_t>(id), who_word(static_cast<std::uint32_t>(id >> 32), tag), when_word(slot, month),
            world_word(replication, attempt, tag)};
  }
};

}  // namespace clientele::sim
