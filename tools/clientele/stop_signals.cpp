// One thread waits for signals that all others block, so that no handler runs in the middle of anything.
#include "tools/clientele/stop_signals.hpp"

#include <csignal>
#include <ctime>

namespace clientele::tools {
namespace {

sigset_t watched() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) sigaddset(&set, signal);
  return set;
}

/// The second signal finds the program without a listener for it.
void let_through() {
  const sigset_t set = watched();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void listen(const std::stop_token& over, std::stop_source stop) {
  const sigset_t set = watched();
  constexpr timespec wait{0, 50'000'000};
  while (!over.stop_requested())
    if (sigtimedwait(&set, nullptr, &wait) > 0) {
      stop.request_stop();
      return let_through();
    }
}

}  // namespace

StopSignals::StopSignals() {
  const sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  listener_ = std::jthread([this](const std::stop_token& over) {
    listen(over, stop_);
    while (!over.stop_requested()) {
      constexpr timespec wait{0, 50'000'000};
      nanosleep(&wait, nullptr);
    }
  });
}

StopSignals::~StopSignals() {
  listener_.request_stop();
  listener_.join();
  let_through();
}

}  // namespace clientele::tools
