// Where nobody meets, a block lives all its months while it is in cache, and then the customers whom it brought.
#pragma once
#include <span>

#include "sim/engine/bench.hpp"
#include "sim/engine/starts.hpp"

namespace clientele::sim {

/// Adds to the bench's tally; the bench has entered the lineup.
void live_freely(const Starts& starts, const Start& start, std::span<const Place> places, std::size_t block_bytes,
                 Bench& bench);

}  // namespace clientele::sim
