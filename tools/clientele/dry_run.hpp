// What a run would take, on this machine or on many like it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "tools/clientele/job.hpp"
#include "tools/clientele/shard.hpp"
#include "tools/clientele/sizes.hpp"

namespace clientele::tools {

/// Lines for people: size, the part of a shard, memory of a rank, time and processor time, files. Simulates a small
/// part for about a second; throws UserError (stopped_early) where it is stopped, and does_not_fit where so many ranks
/// do not hold a world.
std::string foreseen(const Job& job, Kept kept, std::uint64_t ranks, const std::optional<Shard>& shard);

/// The line of times, in seconds: to simulate, to write the cube (0: none is written), and of all processors.
std::string time_in_words(double living, double writing, const std::string& on, double processor);

}  // namespace clientele::tools
