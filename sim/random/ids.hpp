// Who somebody is, for ever: 2 bits of kind and 48 bits, made from what a customer is and never from where one stands.
#pragma once
#include <cstdint>

#include "sim/random/philox.hpp"

namespace clientele::sim {

enum class IdKind : std::uint64_t { index = 0, file = 1, organic = 2, referral = 3 };

inline constexpr std::uint64_t id_of(IdKind kind, std::uint64_t bits) {
  return static_cast<std::uint64_t>(kind) << 48 | (bits & 0xffff'ffff'ffffULL);
}

/// The first base is numbered or stands in a file; everybody else joins it.
inline constexpr bool is_of_first_base(std::uint64_t id) {
  const auto kind = static_cast<IdKind>(id >> 48 & 3U);
  return kind == IdKind::index || kind == IdKind::file;
}

/// Customer number `index` of an invented base; its group is part of it, so that one group's size moves no other.
inline constexpr std::uint64_t id_of_index(std::uint32_t group, std::uint64_t index) {
  return id_of(IdKind::index, static_cast<std::uint64_t>(group) << 40 | index);
}

/// Arrival number `slot` of a month in a group.
inline constexpr std::uint64_t id_of_arrival(std::uint32_t group, int month, std::uint32_t slot) {
  return id_of(IdKind::organic,
               static_cast<std::uint64_t>(group) << 32 | static_cast<std::uint64_t>(month + 2048) << 20 | slot);
}

/// The customer that somebody brings: a hash of the referrer, the month and the ordinal. Two that collide share their
/// luck and nothing else.
inline std::uint64_t id_of_referral(std::uint64_t referrer, int month, std::uint32_t ordinal, std::uint32_t tag) {
  const auto word = philox(Address{referrer, month, ordinal, tag, 0, 0}.counter(), Key{});
  return id_of(IdKind::referral, static_cast<std::uint64_t>(word[1]) << 32 | word[0]);
}

/// Who follows, next month, on somebody who leaves.
inline std::uint64_t id_of_replacement(std::uint64_t leaver, int month, std::uint32_t tag) {
  return id_of_referral(leaver, month, 0, tag);
}

/// Who joins so many years after somebody.
inline std::uint64_t id_of_follower(std::uint64_t newcomer, std::uint32_t years, std::uint32_t tag) {
  return id_of_referral(newcomer, 0, years, tag);
}

/// Who joins beside somebody, won by what the firm offers.
inline std::uint64_t id_of_won_over(std::uint64_t newcomer, std::uint32_t tag) {
  return id_of_referral(newcomer, 0, 0, tag);
}

}  // namespace clientele::sim
