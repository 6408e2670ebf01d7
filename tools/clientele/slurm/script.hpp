// What a job for Slurm reads like: the words that sbatch is asked by, and what a node does. Nothing is decided here.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace clientele::tools {

struct SlurmJob {
  std::string program;             ///< that the nodes start; beside it is clientele-mpi, where ranks are asked for
  std::vector<std::string> study;  ///< and the options that change it
  std::string output;
  std::uint64_t seconds = 0;  ///< after which Slurm ends a task
  unsigned nodes = 1, tasks = 1, tasks_per_node = 1;
  unsigned cpus_per_task = 0;   ///< 0: whole nodes
  std::uint64_t megabytes = 0;  ///< of a task, of 2^20 bytes; 0: what the node has
  std::string partition, account;
  std::vector<std::string> remarks;  ///< a line each, on top
};

/// The most tasks of an array: a cluster's MaxArraySize, 1001 where nobody set it, is above every number of a task.
inline constexpr unsigned most_tasks_of_an_array = 1000;

/// For bash: an array of tasks, a share of the work each, and the job behind it that makes the cube.
std::string script_of_array(const SlurmJob& job);
/// For sbatch: one run whose ranks work together by MPI.
std::string script_of_ranks(const SlurmJob& job);

/// A word as the shell takes it for that word and no other.
std::string quoted(const std::string& word);

}  // namespace clientele::tools
