// One thread waits for signals that all others block, so that no handler runs in the middle of anything.
#include "tools/clientele/stop_signals.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
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

}  // namespace

void StopSignals::stop_in_time(std::uint64_t seconds) {
  const double early = std::min(10.0, 0.1 * static_cast<double>(seconds));
  end_ = begun_ + std::chrono::duration_cast<Clock::duration>(
                      std::chrono::duration<double>(static_cast<double>(seconds) - early));
}

void StopSignals::listen(const std::stop_token& over) {
  const sigset_t set = watched();
  constexpr timespec wait{0, 50'000'000};
  while (!over.stop_requested()) {
    const bool signaled = sigtimedwait(&set, nullptr, &wait) > 0, late = Clock::now() >= end_.load();
    if (!signaled && !late) continue;
    if (!signaled) std::fputs("the time of --max-time is nearly over.\n", stderr);
    stop_.request_stop();
    return let_through();
  }
}

StopSignals::StopSignals() {
  const sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  listener_ = std::jthread([this](const std::stop_token& over) {
    listen(over);
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
