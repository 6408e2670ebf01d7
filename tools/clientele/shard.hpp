// Which part of a study a process simulates: as somebody typed it, or as a scheduler has numbered its tasks.
#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "sim/shares.hpp"

namespace clientele::tools {

struct Shard {
  std::uint64_t number = 1, of = 1;  ///< counted from 1
  bool is_counted = false;           ///< `auto`: the scheduler's tasks are all that there are

  sim::Share share() const { return {number - 1, of, sim::Share::Numbers::of_study}; }
  /// "3/40"
  std::string in_words() const { return std::to_string(number) + "/" + std::to_string(of); }
};

/// The value of a variable; empty where it is not set.
using Environment = std::function<std::string(const std::string& name)>;
Environment own_environment();

/// `3/40`, `auto` (an array of Slurm tells number and count) or `auto/40` (HyperQueue and Flux tell the number). Throws
/// UserError (usage) with the nearest right thing.
Shard shard_of(const std::string& text, const Environment& environment);

/// What a scheduler calls this job, for messages; empty where there is none.
std::string job_of(const Environment& environment);

}  // namespace clientele::tools
