// What goes wrong, in two kinds: a user's mistake explains itself, a programmer's mistake stops the program.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

#include "sim/core/api.hpp"

namespace clientele::sim {

/// Exit statuses of the command line, after <sysexits.h> (DESIGN of long runs: README.md of tools/clientele).
enum class Exit : int {
  done = 0,
  differs = 1,
  usage = 64,
  bad_data = 65,
  does_not_fit = 69,
  internal_fault = 70,
  output_exists = 73,
  input_output = 74,
  stopped_early = 75,
  permission = 77
};

/// A mistake that the user can mend. The text reads: problem (why) suggestion?
class CLIENTELE_API UserError : public std::runtime_error {
 public:
  explicit UserError(const std::string& text, Exit status = Exit::bad_data)
      : std::runtime_error(text), status_(status) {}
  Exit status() const { return status_; }

 private:
  Exit status_;
};

/// Stops the program (exit 70) where something that we hold impossible is the case.
class CLIENTELE_API InternalFault : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

inline void expects(bool holds, std::string_view what) {
  if (!holds) [[unlikely]]
    throw InternalFault("internal fault: " + std::string(what));
}

}  // namespace clientele::sim
