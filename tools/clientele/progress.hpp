// How far a run is: one line that changes on a terminal, a line now and then elsewhere.
#pragma once
#include <chrono>
#include <cstddef>

#include "sim/sink.hpp"

namespace clientele::tools {

/// Hands cells on and counts them on stderr.
class ProgressSink final : public sim::Sink {
 public:
  enum class Show { nothing, lines, one_line };
  /// one_line on a terminal that can move its cursor, else lines.
  static Show usual();

  ProgressSink(sim::Sink& next, std::size_t cells, Show show);
  ~ProgressSink() override;
  ProgressSink(const ProgressSink&) = delete;
  ProgressSink& operator=(const ProgressSink&) = delete;

  void accept(sim::CellOutcome&& outcome) override;

 private:
  using Clock = std::chrono::steady_clock;
  bool is_due(Clock::time_point now) const;
  void tell(Clock::time_point now);

  sim::Sink& next_;
  std::size_t cells_, finished_ = 0, told_percent_ = 0;
  Show show_;
  Clock::time_point start_ = Clock::now(), told_ = start_;
};

}  // namespace clientele::tools
