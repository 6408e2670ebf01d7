// What whoever runs the program hears of an exception: one text and one exit status.
#pragma once
#include <exception>
#include <new>
#include <string>

#include "sim/core/check.hpp"

namespace clientele::tools {

struct Failure {
  std::string text;
  sim::Exit status;
};

/// A user's mistake speaks for itself; memory that is not there is the study's size; all else is a fault of ours.
inline Failure failure_of(const std::exception& thrown) {
  if (const auto* mistake = dynamic_cast<const sim::UserError*>(&thrown)) return {mistake->what(), mistake->status()};
  if (dynamic_cast<const std::bad_alloc*>(&thrown) != nullptr)
    return {"the memory of this machine does not hold this study. Would fewer customers or replications do?",
            sim::Exit::does_not_fit};
  const std::string text = thrown.what(), begins = "internal fault: ";
  return {text.starts_with(begins) ? text : begins + text, sim::Exit::internal_fault};
}

}  // namespace clientele::tools
