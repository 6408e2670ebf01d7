// What whoever runs the program hears of an exception: one text and one exit status.
#pragma once
#include <exception>
#include <new>
#include <string>
#include <system_error>

#include <sys/resource.h>

#include "sim/core/check.hpp"
#include "tools/clientele/memory_room.hpp"

namespace clientele::tools {

struct Failure {
  std::string text;
  sim::Exit status;
};

/// Memory that is not given is the study's size, or a limit that somebody has set.
inline std::string text_of_no_memory() {
  rlimit addresses{};
  if (::getrlimit(RLIMIT_AS, &addresses) == 0 && addresses.rlim_cur != RLIM_INFINITY)
    return std::string(limit_on_addresses) +
           " does not hold this study. Is the limit meant, or would ulimit -v unlimited or fewer --threads do?";
  return "the memory of this machine does not hold this study. Would fewer customers or replications do?";
}

/// A user's mistake speaks for itself; memory that is not there is the study's size; all else is a fault of ours.
inline Failure failure_of(const std::exception& thrown) {
  if (const auto* mistake = dynamic_cast<const sim::UserError*>(&thrown)) return {mistake->what(), mistake->status()};
  if (dynamic_cast<const std::bad_alloc*>(&thrown) != nullptr) return {text_of_no_memory(), sim::Exit::does_not_fit};
  if (const auto* system = dynamic_cast<const std::system_error*>(&thrown);
      system != nullptr && system->code() == std::errc::resource_unavailable_try_again)
    return {
        "a thread cannot be started: a limit on processes (ulimit -u) or on addresses (ulimit -v) does not hold "
        "this study. Would fewer --threads do?",
        sim::Exit::does_not_fit};
  const std::string text = thrown.what(), begins = "internal fault: ";
  return {text.starts_with(begins) ? text : begins + text, sim::Exit::internal_fault};
}

}  // namespace clientele::tools
