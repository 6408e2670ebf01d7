// The processes that carry out a run together: this one alone, or those that MPI has joined. One file per program says
// which.
#pragma once
#include <memory>
#include <string>

#include "sim/core/check.hpp"
#include "sim/parallel/ranks.hpp"

namespace clientele::tools {

class Processes {
 public:
  virtual ~Processes() = default;
  virtual const sim::Ranks& all() const = 0;
  /// This process and its neighbors by number, `size` at a time; all make the call, and size divides their count.
  virtual std::unique_ptr<sim::Ranks> group(int size) const = 0;
  /// Ends all at once, whatever they do.
  [[noreturn]] virtual void end_all(sim::Exit status) const = 0;
};

/// To be called once, from the thread that leads the run.
std::unique_ptr<Processes> join_processes();

/// What joins them, such as "Open MPI 4.1.4"; empty for a program of one process.
std::string joined_by();

}  // namespace clientele::tools
