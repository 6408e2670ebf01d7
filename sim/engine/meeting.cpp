// Arms decide each for itself; a meeting is over when the last one has.
#include "sim/engine/meeting.hpp"

#include <algorithm>

namespace clientele::sim {

Meeting::Meeting(const Program& program, const Lineup& lineup, const Moment* moment, const Ranks& slice)
    : program_(program),
      moment_(moment),
      slice_(slice),
      arms_(lineup.cells.size(), 0),
      signals_(lineup.cells.size(), nullptr),
      sizes_(lineup.cells.size()) {
  if (moment == nullptr) return;
  const bool is_before_fork = moment->month < 0 || moment->step == 0;
  const std::size_t living = is_before_fork ? 1 : lineup.cells.size();
  for (std::size_t a = 0; a < living; ++a) {
    signals_[a] = program.meeting(*moment, lineup.cells[a], lineup.resolved.get());
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
  return program_.occasion(*moment_, lineup.cells[arm], *lineup.resolved);
}

namespace {

using ByArm = std::vector<std::vector<std::int64_t>>;

void append(std::vector<std::int64_t>& row, const ByArm& values) {
  for (const auto& of_arm : values) row.insert(row.end(), of_arm.begin(), of_arm.end());
}

void take_back(std::span<const std::int64_t> row, ByArm& values) {
  for (auto& of_arm : values) {
    std::ranges::copy(row.first(of_arm.size()), of_arm.begin());
    row = row.subspan(of_arm.size());
  }
}

}  // namespace

/// One call for the sums of all arms, with the number of those who leave in front; another one where there are maxima.
bool Meeting::put_together(Voices& voices, bool leaves) const {
  if (slice_.count() == 1) return !leaves;
  std::vector<std::int64_t> row = {leaves ? 1 : 0};
  append(row, voices.sums);
  slice_.sum(row);
  if (row.front() > 0) return false;
  take_back(std::span(row).subspan(1), voices.sums);
  row.clear();
  append(row, voices.maxima);
  if (row.empty()) return true;
  slice_.max(row);
  take_back(row, voices.maxima);
  return true;
}

bool Meeting::decide(Lineup& lineup, Voices& voices, bool leaves) {
  if (!put_together(voices, leaves)) return false;
  if (!is_open()) return true;
  for (std::size_t a = 0; a < arms_.size(); ++a) {
    if (arms_[a] == 0) continue;
    Decision& decision = lineup.decisions[moment_->step][a];
    if (!signals_[a]->decide(occasion_of(lineup, a), round_, voices.of(a), decision)) continue;
    arms_[a] = 0;
    --open_;
  }
  auto& decisions = lineup.decisions[moment_->step];
  if (moment_->month < 0) std::fill(decisions.begin() + 1, decisions.end(), decisions.front());  // what the fork finds
  ++round_;
  ask(lineup);
  return true;
}

}  // namespace clientele::sim
