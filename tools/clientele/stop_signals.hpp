// Ctrl-C and its like ask a run to stop; a second one ends the program at once.
#pragma once
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

 private:
  std::stop_source stop_;
  std::jthread listener_;
};

}  // namespace clientele::tools
