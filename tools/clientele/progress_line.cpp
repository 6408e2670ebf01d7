// A line that changes is drawn over itself, and left behind when something else is told.
#include "tools/clientele/progress_line.hpp"

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace clientele::tools {

ProgressLine::Show ProgressLine::usual() {
  const char* terminal = std::getenv("TERM");
  const bool moves = terminal != nullptr && std::string_view(terminal) != "dumb";
  return ::isatty(STDERR_FILENO) != 0 && moves ? Show::one_line : Show::lines;
}

bool ProgressLine::is_due(double done) {
  if (show_ == Show::nothing) return false;
  const auto percent = static_cast<unsigned>(100 * done);
  const Clock::time_point now = Clock::now();
  const bool last = done >= 1 && told_percent_ < 100;
  const bool due =
      show_ == Show::one_line ? now - told_ >= std::chrono::milliseconds(250) : percent / 10 > told_percent_ / 10;
  if (!due && !last) return false;
  told_ = now;
  told_percent_ = percent;
  return true;
}

void ProgressLine::tell(const std::string& line) {
  if (show_ == Show::nothing) return;
  is_open_ = show_ == Show::one_line;
  std::fprintf(stderr, is_open_ ? "\r%s\x1b[K" : "%s\n", line.c_str());
  std::fflush(stderr);
}

void ProgressLine::end() {
  if (std::exchange(is_open_, false)) std::fputc('\n', stderr);
}

}  // namespace clientele::tools
