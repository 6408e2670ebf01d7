// What an arm counts for cells that are put together of two arms: apart by channel (sim/channels.hpp), a month at a
// time, so that each column is added up once for all of these cells.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/channels.hpp"

namespace clientele::sim {

/// An arm, the policy's or the baseline's, as one side of a pair.
struct BlendSide {
  /// A cell that takes what is counted in some channels.
  struct Into {
    std::size_t place = 0;  ///< in tallies
    std::array<bool, channels> takes{};
  };
  std::vector<Into> into;
  std::vector<std::int32_t> standing, all;  ///< channel of who is counted, by his tier of the month or the last; or -1
  std::vector<std::int64_t> sums, ahead;    ///< [channel][class][metric] of the present month, and within one call

  bool takes(const Into& cell, std::int32_t channel) const {
    return channel >= 0 && cell.takes[static_cast<std::size_t>(channel)];
  }
};

}  // namespace clientele::sim
