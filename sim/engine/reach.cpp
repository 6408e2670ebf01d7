// Asks each behavior that writes ahead about everything that its customers may meet.
#include "sim/engine/reach.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <set>

#include "sim/draws.hpp"
#include "sim/engine/resolve.hpp"

namespace clientele::sim {

namespace {

/// Drivers as they are in some month of some scenario; most months are like others.
std::set<std::vector<float>> drivers_of(const Program& program, const Resolved& resolved, std::uint32_t group) {
  std::set<std::vector<float>> all;
  for (std::uint32_t scenario = 0; scenario < program.study().scenarios.size(); ++scenario)
    for (const Program::Month& month : program.months()) {
      const auto drivers = program.all_drivers(resolved, scenario, group, month);
      all.emplace(drivers.begin(), drivers.end());
    }
  return all;
}

HighestLevers highest_levers(const Program& program, const Resolved& resolved, std::uint32_t group) {
  const Layout& layout = program.layout();
  std::vector<float> most(layout.passing, -std::numeric_limits<float>::infinity());
  for (const auto& by_group : resolved.levers)
    for (std::size_t lever = 0; lever < layout.levers.size(); ++lever)
      for (const std::uint32_t value : by_group[group][lever]) {
        float& so_far = most[layout.levers[lever].passing];
        so_far = std::max(so_far, std::bit_cast<float>(value));
      }
  return HighestLevers(std::move(most));
}

}  // namespace

std::vector<int> months_ahead_of(const Program& program) {
  const Study& study = program.study();
  std::vector<int> ahead(program.behaviors().size());
  std::set<std::uint32_t> writers;
  for (const Layout::RingInfo& ring : program.layout().rings)
    if (ring.written_ahead_by) writers.insert(*ring.written_ahead_by);
  const bool varies = std::ranges::any_of(
      study.uncertain, [&](const Uncertain& u) { return u.place || writers.contains(u.field.table); });
  std::vector<std::set<std::vector<float>>> drivers;
  for (std::uint32_t draw = 0; draw < (varies ? std::max(1U, study.draws) : 1U) && !writers.empty(); ++draw) {
    const Resolved resolved = resolve(program, draw);
    const auto groups = static_cast<std::uint32_t>(study.population.groups.size());
    if (drivers.empty() || draws_move_shocks(study)) {
      drivers.clear();
      for (std::uint32_t group = 0; group < groups; ++group) drivers.push_back(drivers_of(program, resolved, group));
    }
    for (std::uint32_t group = 0; group < groups; ++group) {
      const HighestLevers most = highest_levers(program, resolved, group);
      for (const std::vector<float>& met : drivers[group])
        for (const std::uint32_t b : writers)
          ahead[b] = std::max(ahead[b],
                              program.behaviors()[b]->months_ahead(Outlook(0, resolved.parameters[group], met, &most)));
    }
  }
  return ahead;
}

}  // namespace clientele::sim
