// One customer's luck, a word at a time: the engine's addresses and inline rules, none of its vectors or caches.
#pragma once
#include <array>
#include <cstdint>

#include "sim/cells.hpp"
#include "sim/random/address.hpp"
#include "sim/random/address_book.hpp"
#include "sim/schema.hpp"
#include "sim/study.hpp"

namespace clientele::tests {

using FourWords = std::array<std::uint32_t, 4>;

class Luck {
 public:
  Luck(const sim::Study& study, const sim::Cell& cell);

  /// One word of a month; of an entry made every second month, odd months read two words further on.
  std::uint32_t of_month(sim::WordAddress word, std::uint64_t id, int month) const;
  /// All words of an order.
  FourWords of_order(sim::WordAddress word, std::uint64_t id, int month, std::uint32_t slot) const;
  /// One word of a birth.
  std::uint32_t of_birth(sim::WordAddress word, std::uint64_t id) const { return at_birth(word, id, 0)[word.word]; }
  /// A trait drawn at birth.
  float trait(const sim::Law& law, sim::WordAddress word, std::uint64_t id) const;
  /// How many join in a month by themselves.
  int arrivals(std::uint32_t group, int month, double mean) const;

 private:
  FourWords at_birth(sim::WordAddress word, std::uint64_t id, std::uint32_t attempt) const;
  float log_gamma_variate(double shape, sim::WordAddress word, std::uint64_t id, std::uint32_t first_try,
                          std::uint32_t step) const;

  sim::Key key_, birth_key_;
  std::uint32_t replication_, people_;
};

}  // namespace clientele::tests
