// Tells how the asking of many points gets on: a line now and then, on a terminal one that changes.
#pragma once
#include <chrono>

#include "tools/clientele/progress_line.hpp"
#include "tools/clientele/sensitivity/sensitivity.hpp"
#include "tools/clientele/study_options.hpp"

namespace clientele::tools {

class PointProgress {
 public:
  explicit PointProgress(Talk volume)
      : line_(volume == Talk::quiet ? ProgressLine::Show::nothing : ProgressLine::usual()) {}

  void tell(const PointsDone& stand);
  void end_line() { line_.end(); }
  const PointsDone& stand() const { return stand_; }

 private:
  ProgressLine line_;
  PointsDone stand_;
  std::size_t tenth_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// " 61 %  293 of 480 sets of values  3.9/s  0:48 left  (combinations)"; a dash where nothing is known yet.
std::string line_of(const PointsDone& stand, double seconds);

}  // namespace clientele::tools
