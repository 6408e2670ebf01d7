// One meeting: which arms still have to decide, in which round, and how much they say.
#pragma once
#include <vector>

#include "sim/engine/life.hpp"
#include "sim/parallel/ranks.hpp"

namespace clientele::sim {

class Meeting {
 public:
  /// Opens a meeting before `moment` for the arms that need it; without a moment nobody meets.
  Meeting(const Program& program, const Lineup& lineup, const Moment* moment, const Ranks& slice = alone());

  bool is_open() const { return open_ > 0; }
  const Moment& moment() const { return *moment_; }
  int round() const { return round_; }
  std::span<const std::uint8_t> open_arms() const { return arms_; }
  /// Integers per arm in this round; none for an arm that has decided.
  const std::vector<VoiceSize>& sizes() const { return sizes_; }

  /// Puts together what the ranks of a slice heard, lets every open arm decide, and begins the next round. False, with
  /// nothing decided, where one of them leaves the world; they agree on that also where nobody meets.
  bool decide(Lineup& lineup, Voices& voices, bool leaves = false);

 private:
  bool put_together(Voices& voices, bool leaves) const;
  void ask(const Lineup& lineup);
  Occasion occasion_of(const Lineup& lineup, std::size_t arm) const;

  const Program& program_;
  const Moment* moment_;
  const Ranks& slice_;
  int round_ = 0;
  std::size_t open_ = 0;
  std::vector<std::uint8_t> arms_;
  std::vector<const Signal*> signals_;
  std::vector<VoiceSize> sizes_;
};

}  // namespace clientele::sim
