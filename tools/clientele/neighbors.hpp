// Ranks on one machine share its memory, and its processors unless each is bound to its own.
#pragma once
#include "sim/parallel/ranks.hpp"

namespace clientele::tools {

/// How many ranks there are, this one with them: on its machine, and on the same processors of it.
struct Neighbors {
  unsigned on_machine = 1, on_processors = 1;
};

/// All ranks make the call.
Neighbors neighbors_of(const sim::Ranks& ranks);

/// Threads of a rank that shares what this process may use. What a job of Slurm gives a task is the task's own.
unsigned threads_beside(const Neighbors& neighbors);

}  // namespace clientele::tools
