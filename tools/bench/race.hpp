// Measures: the workload against the baselines on one core, and how it scales over threads, policies and customers.
#pragma once
#include "tools/bench/engine.hpp"
#include "tools/bench/report.hpp"

namespace clientele::bench {

struct RaceOptions {
  Workload workload;
  int rounds = 7;
  double seconds = 0.4;  ///< of CPU time, per engine and round
  Form form = Form::lines;
};

/// Returns whether ours agrees with the baseline and with theory.
bool race(const RaceOptions& options);
void show_scale(Form form);

}  // namespace clientele::bench
