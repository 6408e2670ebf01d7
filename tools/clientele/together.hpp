// Processes that run together speak with one voice: a mistake that some of them see is told once, and ends all.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tools/clientele/processes.hpp"

namespace clientele::tools {

/// What `agree` throws where others speak: the first process says what is wrong, this one ends with the same status.
struct SaidByFirst {
  sim::Exit status;
};

class Together {
 public:
  /// One process, which needs no agreement.
  Together() = default;
  explicit Together(std::unique_ptr<Processes> processes);

  const sim::Ranks& ranks() const { return processes_ ? processes_->all() : sim::alone(); }
  int count() const { return ranks().count(); }
  bool leads() const { return ranks().number() == 0; }
  std::unique_ptr<sim::Ranks> group(int size) const { return processes_->group(size); }

  /// The whole run. What all agree to fail in, the first has said before any of them ends. What one process alone fails
  /// in, others may wait for: it says so, and ends all at once.
  sim::Exit run(const std::function<sim::Exit()>& work) const;

  /// All do this; where some fail, all end with the first one's status and one message, which says who sees what unless
  /// all see the same.
  void agree(const std::function<void()>& work) const;
  /// The first does this, and all have what it says.
  std::string by_first(const std::function<std::string()>& work) const;

 private:
  std::unique_ptr<Processes> processes_;
  mutable bool agreed_ = false;  ///< to fail
};

/// One process that works alone.
const Together& one_process();

/// "rank 3 on node07".
std::string name_of(const sim::Ranks& ranks);

}  // namespace clientele::tools
