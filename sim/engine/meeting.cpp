// Arms decide each for itself; a meeting is over when the last one has.
#include "sim/engine/meeting.hpp"

#include <algorithm>

#include "sim/parallel/ranks.hpp"

namespace clientele::sim {

Meeting::Meeting(const Program& program, const Lineup& lineup, const Moment* moment)
    : program_(program),
      moment_(moment),
      arms_(lineup.cells.size(), 0),
      signals_(lineup.cells.size(), nullptr),
      sizes_(lineup.cells.size()) {
  if (moment == nullptr) return;
  const std::size_t living = moment->month < 0 ? 1 : lineup.cells.size();
  for (std::size_t a = 0; a < living; ++a) {
    signals_[a] = program.meeting(*moment, lineup.cells[a], lineup.resolved->parameters, lineup.resolved->settings);
    arms_[a] = signals_[a] != nullptr ? 1 : 0;
    open_ += arms_[a];
  }
  ask(lineup);
}

void Meeting::ask(const Lineup& lineup) {
  for (std::size_t a = 0; a < arms_.size(); ++a)
    sizes_[a] = arms_[a] != 0 ? signals_[a]->size(occasion_of(lineup, a), round_, lineup.decisions[moment_->step][a])
                              : VoiceSize{};
}

Occasion Meeting::occasion_of(const Lineup& lineup, std::size_t arm) const {
  return program_.occasion(*moment_, lineup.cells[arm], lineup.resolved->parameters, lineup.resolved->settings);
}

void Meeting::decide(Lineup& lineup, Voices& voices) {
  for (std::size_t a = 0; a < arms_.size(); ++a) {
    if (arms_[a] == 0) continue;
    sum_over_ranks(voices.sums[a]);
    max_over_ranks(voices.maxima[a]);
    Decision& decision = lineup.decisions[moment_->step][a];
    if (!signals_[a]->decide(occasion_of(lineup, a), round_, voices.of(a), decision)) continue;
    arms_[a] = 0;
    --open_;
  }
  auto& decisions = lineup.decisions[moment_->step];
  if (moment_->month < 0) std::fill(decisions.begin() + 1, decisions.end(), decisions.front());  // what the fork finds
  ++round_;
  ask(lineup);
}

}  // namespace clientele::sim
