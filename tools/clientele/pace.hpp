// How far a run is, how fast, how long it will take, and how sure its headline is by now: in one line.
#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "output/statistics/statements.hpp"
#include "sim/metrics.hpp"
#include "sim/sink.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

/// Where a run stands.
struct Pace {
  double done = 0;  ///< share of the work, 0 to 1
  std::uint64_t customer_months = 0;
  double seconds = 0;
  std::string headline, unit;  ///< of the KPI; empty where there is nothing to compare
  double half_width = std::numeric_limits<double>::quiet_NaN();
  double done_before = 0;  ///< by an earlier run: no measure of the pace
};

/// "  61 %  3.5 G  44.8 M/s  0:51 left  npv difference ±0.11 M EUR"; a dash where nothing is known yet.
std::string line_of(const Pace& pace);

/// The precision of the headline so far: the widest interval of the paired differences to the baseline, over the
/// policies in the first scenario, each as the answer tells it.
class Precision {
 public:
  Precision(const sim::Study& study, const sim::OutcomeInfo& info, double share_of_ten_largest);

  void add(const sim::CellOutcome& outcome);
  /// NaN until every policy has two independent differences, and where a few customers decide too much.
  double half_width() const;
  /// "npv" and "EUR"; empty where there is one policy only.
  std::string headline() const { return headline_; }
  std::string unit() const { return unit_; }

 private:
  const sim::Study& study_;
  const sim::OutcomeInfo& info_;
  double share_of_ten_largest_;
  const sim::KpiInfo* kpi_ = nullptr;
  std::string headline_, unit_;
  std::vector<output::Futures> futures_;  ///< by policy
};

/// 75 is "1:15", 3675 is "1:01:15".
std::string as_time(double seconds);

}  // namespace clientele::tools
