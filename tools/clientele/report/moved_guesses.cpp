// Believes a file only as far as it belongs to the cube.
#include "tools/clientele/report/moved_guesses.hpp"

#include "tools/clientele/sensitivity/found.hpp"

namespace clientele::tools {

MovedGuesses read_moved_guesses(const std::filesystem::path& file, const output::ComparisonInput& input) {
  const Sensitivity found = read_sensitivity_of(file, input.study_digest, input.model_version);
  MovedGuesses moved{.scenario = found.scenario,
                     .policy = found.policy,
                     .baseline = found.baseline,
                     .kpi = found.kpi.name,
                     .unit = found.kpi.unit,
                     .base = found.base.mean,
                     .half_width = found.base.half_width};
  for (const Swing& swing : found.swings) {
    ++moved.moved;
    moved.turning += swing.turns.empty() ? 0 : 1;
    if (swing.at_low.mean != swing.at_high.mean)
      moved.guesses.push_back({swing.number.path, swing.number.called, swing.number.low, swing.number.high,
                               swing.at_low.mean, swing.at_high.mean});
  }
  moved.better = found.all_at_once.better;
  moved.combinations = found.all_at_once.combinations;
  return moved;
}

}  // namespace clientele::tools
