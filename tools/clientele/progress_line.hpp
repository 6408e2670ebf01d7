// A line on stderr that says how work gets on: on a terminal one that changes, elsewhere one now and then.
#pragma once
#include <chrono>
#include <string>

namespace clientele::tools {

class ProgressLine {
 public:
  enum class Show { nothing, lines, one_line };
  /// one_line on a terminal that can move its cursor, else lines.
  static Show usual();

  explicit ProgressLine(Show show) : show_(show) {}
  ~ProgressLine() { end(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  Show show() const { return show_; }
  /// Whether `done`, a share of the work from 0 to 1, is to be told: when ten more percent are, or, on a terminal, four
  /// times a second; and the end.
  bool is_due(double done);
  void tell(const std::string& line);
  /// What follows begins a line of its own.
  void end();
  /// Other work, none of which is done.
  void begin_again() { told_percent_ = 0; }

 private:
  using Clock = std::chrono::steady_clock;

  Show show_;
  bool is_open_ = false;
  unsigned told_percent_ = 0;
  Clock::time_point told_ = Clock::now();
};

}  // namespace clientele::tools
