// A meeting: what all customers together say before anybody goes on, in as many rounds as it takes to decide.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/api.hpp"

namespace clientele::sim {

class Arm;
class BlockMonth;

/// Integers that blocks, threads and ranks put together: sums are added, of `most` the largest wins.
struct Voice {
  std::span<std::int64_t> sums, most;
};
struct VoiceSize {
  std::size_t sums = 0, most = 0;
};

/// What a meeting decided for one arm of one world. It lives as long as the world: the last decision is seen by the
/// next.
using Decision = std::vector<std::int64_t>;

/// Asked for each arm by itself, so that no arm can hear another.
class CLIENTELE_API Signal {
 public:
  virtual ~Signal() = default;

  /// In which months it is needed. Between meetings blocks run freely.
  virtual bool needed(int month) const = 0;
  /// How many integers are said in a round.
  virtual VoiceSize size(int round, const Decision& so_far) const = 0;
  /// Adds what one block says. Passing columns of the month are there in round 0 only.
  virtual void measure(BlockMonth& month, const Arm& arm, int round, const Decision& so_far, Voice voice) const = 0;
  /// Hears what all said. True when decided; else another round follows.
  virtual bool decide(int month, int round, Voice heard, Decision& decision) const = 0;
};

}  // namespace clientele::sim
