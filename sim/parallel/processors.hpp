// How many processors this process may use at a time: a machine has more than a container or a job is given.
#pragma once
#include <filesystem>

#include "sim/core/api.hpp"

namespace clientele::sim {

/// The least quota of the control groups that this process is in, rounded up to whole processors; 0 where none has one.
CLIENTELE_API unsigned processors_of_groups(const std::filesystem::path& root = "/");

/// Those that a job of Slurm has for a task, where it says so; 0 elsewhere. Not every cluster keeps processes to them.
CLIENTELE_API unsigned processors_of_job();

/// The processors that this process may be scheduled on (taskset, cpuset, a batch system), and no more than the quota
/// of its control groups and its job have; at least 1. `root` is where /proc and /sys are.
CLIENTELE_API unsigned usable_processors(const std::filesystem::path& root = "/");

}  // namespace clientele::sim
