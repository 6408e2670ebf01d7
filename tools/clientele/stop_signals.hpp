// Ctrl-C and its like, or time that is nearly over, ask a run to stop; a signal after that ends the program at once.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <stop_token>
#include <thread>

namespace clientele::tools {

/// While it exists, SIGINT, SIGTERM and SIGUSR1 request the stop instead of ending the program. Make it before any
/// thread, so that no other thread hears them.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  std::stop_token token() const { return stop_.get_token(); }
  /// Stops so early that all is over within so many seconds of the program's start: a tenth of them before, at most
  /// ten.
  void stop_in_time(std::uint64_t seconds);

 private:
  using Clock = std::chrono::steady_clock;
  void listen(const std::stop_token& over);

  std::stop_source stop_;
  Clock::time_point begun_ = Clock::now();
  std::atomic<Clock::time_point> end_ = Clock::time_point::max();
  std::jthread listener_;
};

}  // namespace clientele::tools
