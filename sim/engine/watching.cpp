// All columns of a customer are read before a step and behind it.
#include "sim/engine/watching.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace clientele::sim {

namespace {

using Home = Layout::Home;

/// In whose memory a column lies; nothing for what belongs to orders.
std::optional<Home> room_of(Home home) {
  switch (home) {
    case Home::trait:
    case Home::fate:
      return Home::trait;
    case Home::state:
    case Home::carried:
    case Home::collected:
      return Home::state;
    case Home::passing:
    case Home::common:
      return home;
    case Home::listed:
    case Home::slots:
      break;
  }
  return std::nullopt;
}

double number_of(std::uint32_t word, char type) {
  return type == 'f'   ? static_cast<double>(std::bit_cast<float>(word))
         : type == 'i' ? static_cast<double>(static_cast<std::int32_t>(word))
                       : static_cast<double>(word);
}

}  // namespace

Watching::Watching(const Layout& layout, const Watch& watch) : watch_(watch) {
  for (const auto& [name, column] : layout.columns)
    if (const auto room = room_of(column.home); room && name != "id low" && name != "id high")
      seen_.push_back({name, *room, column.type, column.index, 1});
  for (const Layout::RingInfo& ring : layout.rings)
    if (ring.depth > 0) seen_.push_back({ring.name, Home::state, ring.type, ring.first, ring.depth});
  for (const Layout::EffectInfo& effect : layout.effects)
    seen_.push_back({effect.name, effect.is_carried ? Home::state : Home::passing, 'f', effect.column, 1});
}

void Watching::find(std::span<const std::uint32_t> id_low, std::span<const std::uint32_t> id_high) {
  row_.reset();
  for (std::size_t i = 0; i < id_low.size() && !row_; ++i)
    if ((static_cast<std::uint64_t>(id_high[i]) << 32 | id_low[i]) == watch_.customer) row_ = i;
}

std::vector<std::uint32_t> Watching::words(const Rooms& rooms, const Rooms::OfArm& arm, int month) const {
  std::vector<std::uint32_t> all;
  for (const Seen& seen : seen_) {
    const std::byte* room = seen.home == Home::trait    ? rooms.traits
                            : seen.home == Home::common ? rooms.common
                            : seen.home == Home::state  ? arm.states
                                                        : arm.passing;
    const auto depth = static_cast<int>(seen.depth);
    const auto column = seen.first + static_cast<std::uint32_t>((month % depth + depth) % depth);
    std::memcpy(&all.emplace_back(), room + column * rooms.column_bytes + *row_ * sizeof(std::uint32_t),
                sizeof(std::uint32_t));
  }
  return all;
}

void Watching::tell_birth(const Rooms& rooms, const When& when) {
  if (has_told_birth_) return;
  has_told_birth_ = true;
  for (const Rooms::OfArm& arm : rooms.arms) tell_all(rooms, arm, when, "birth");
}

void Watching::tell_fork(const Rooms& rooms, const When& when) {
  for (const Rooms::OfArm& arm : rooms.arms) tell_all(rooms, arm, when, "fork");
}

void Watching::tell_all(const Rooms& rooms, const Rooms::OfArm& arm, const When& when, std::string_view step) {
  StepSeen seen{arm.cell, when.month, when.kind, when.group, step, {}};
  const std::vector<std::uint32_t> now = words(rooms, arm, when.month);
  for (std::size_t n = 0; n < seen_.size(); ++n)
    if (seen_[n].home == Home::trait || seen_[n].home == Home::state)
      seen.changes.push_back({seen_[n].name, 0, number_of(now[n], seen_[n].type), seen_[n].home == Home::trait});
  watch_.watcher->saw(seen);
}

void Watching::remember(const Rooms& rooms, const When& when) {
  before_.clear();
  for (const Rooms::OfArm& arm : rooms.arms) before_.push_back(words(rooms, arm, when.month));
}

void Watching::tell(const Rooms& rooms, const When& when, std::string_view step,
                    const std::vector<std::vector<Change>>& also) {
  for (std::size_t a = 0; a < rooms.arms.size(); ++a) {
    const std::vector<std::uint32_t> after = words(rooms, rooms.arms[a], when.month);
    StepSeen seen{rooms.arms[a].cell, when.month, when.kind, when.group, step, {}};
    for (std::size_t n = 0; n < seen_.size(); ++n) {
      if (before_[a][n] == after[n]) continue;
      double& last = last_[{seen.cell, n}];
      const bool is_of_month = seen_[n].home == Home::passing || seen_[n].home == Home::common;
      const double before = is_of_month ? last : number_of(before_[a][n], seen_[n].type);
      last = number_of(after[n], seen_[n].type);
      seen.changes.push_back({seen_[n].name, before, last, seen_[n].home == Home::trait});
    }
    if (!also.empty()) seen.changes.insert(seen.changes.end(), also[a].begin(), also[a].end());
    if (!seen.changes.empty()) watch_.watcher->saw(seen);
  }
}

}  // namespace clientele::sim
