// How far the reading of books and the fit to them have come, on stderr.
#pragma once
#include <chrono>
#include <cstddef>
#include <string>

#include "scenarios/books/books.hpp"
#include "tools/clientele/progress_line.hpp"

namespace clientele::tools {

class ToldProgress {
 public:
  explicit ToldProgress(ProgressLine::Show show) : line_(show) {}

  /// Lines read of a file, how many a second, and the time left; of one that takes no two seconds nothing.
  void tell_read(const scenarios::ReadFile& read, double share);
  /// What is fitted next to so many customers; where there are few, to a terminal alone.
  void tell_fit(const std::string& what, std::size_t customers);
  void end() { line_.end(); }

 private:
  using Clock = std::chrono::steady_clock;
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

  ProgressLine line_;
  std::string file_;
  Clock::time_point start_ = Clock::now();
};

}  // namespace clientele::tools
