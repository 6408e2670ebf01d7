// Where nobody meets, a block lives all its months while it is in cache, and then the customers whom it brought.
#pragma once
#include <span>
#include <stop_token>

#include "sim/engine/bench.hpp"
#include "sim/engine/starts.hpp"

namespace clientele::sim {

/// Adds to the bench's tally; the bench has entered the lineup. Those whom these blocks brought live in blocks that
/// they share, and so do those whom they brought, and so on. After a stop the tally means nothing.
void live_freely(const Starts& starts, std::span<const Start> together, std::span<const Place> places,
                 std::size_t block_bytes, Bench& bench, const std::stop_token& stop);

}  // namespace clientele::sim
