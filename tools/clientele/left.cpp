// A long list is cut: what stands in it is what one goes on with, not all that there is.
#include "tools/clientele/left.hpp"

#include <algorithm>
#include <map>

#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {
namespace {

constexpr std::size_t max_lines = 8, max_ranges = 8, max_names = 6;

using Is = ShardState::Is;
using Worlds = std::vector<std::uint64_t>;

Is state_of(const output::Log& log) {
  if (log.is_alive) return Is::running;
  if (!log.status) return Is::killed;
  if (*log.status == sim::Exit::done) return Is::done;
  return *log.status == sim::Exit::stopped_early ? Is::stopped : Is::failed;
}

/// " and 7 others"
std::string others_in_words(std::size_t all, std::size_t named, const std::string& one = "other",
                            const std::string& many = "others") {
  return all > named ? " and " + with_commas(all - named) + " " + (all - named == 1 ? one : many) : "";
}

/// Worlds are numbered as they are simulated: replication x draws + draw.
std::string worlds_in_words(const sim::CellAxes& axes, const Worlds& worlds) {
  if (axes.worlds() == 1) return "its only future";
  const std::string s = worlds.size() == 1 ? " " : "s ";
  if (worlds.size() == axes.worlds()) return "all " + with_commas(axes.worlds()) + " futures";
  if (axes.draws == 1) return "replication" + s + in_ranges(worlds);
  if (axes.replications == 1) return "draw" + s + in_ranges(worlds);
  std::string text;
  std::size_t told = 0, lines = 0;
  for (std::size_t from = 0; from < worlds.size() && lines < 3; ++lines) {
    const std::uint64_t replication = worlds[from] / axes.draws;
    Worlds draws;
    for (; from < worlds.size() && worlds[from] / axes.draws == replication; ++from)
      draws.push_back(worlds[from] % axes.draws);
    text += (text.empty() ? "" : "; ") + std::string("replication ") + with_commas(replication) + ": draw" +
            (draws.size() == 1 ? " " : "s ") + in_ranges(draws);
    told = from;
  }
  return text + others_in_words(worlds.size(), told, "future of another replication", "futures of other replications");
}

std::string arm_in_words(const sim::Study& study, std::size_t arm) {
  const sim::Scenario& scenario = study.scenarios[arm / study.policies.size()];
  const sim::Policy& policy = study.policies[arm % study.policies.size()];
  return (study.scenarios.size() > 1 ? sim::printable(scenario.name) + " / " : "") + sim::printable(policy.name);
}

std::string arms_in_words(const sim::Study& study, const std::vector<std::size_t>& arms) {
  const std::size_t all = sim::cell_axes_of(study).arms();
  if (arms.size() == all && all > 1) return "each scenario and policy";
  std::string text;
  for (std::size_t a = 0; a < std::min(max_names, arms.size()); ++a)
    text += (a == 0 ? "" : ", ") + arm_in_words(study, arms[a]);
  return text + others_in_words(arms.size(), max_names);
}

/// "shard 3/40", "shards 5/40, 6/40 and 7 others"
std::string names_of(const std::vector<const ShardState*>& states, std::uint64_t of) {
  std::string text = states.size() == 1 ? "shard " : "shards ";
  for (std::size_t n = 0; n < std::min(max_names, states.size()); ++n)
    text += (n == 0 ? "" : ", ") + std::to_string(states[n]->number) + "/" + std::to_string(of);
  return text + others_in_words(states.size(), max_names);
}

std::string verb_of(Is is, std::size_t shards) {
  if (is == Is::never_started || is == Is::stopped || is == Is::failed) return " ";
  if (is == Is::killed) return shards == 1 ? " was " : " were ";
  return shards == 1 ? " is " : " are ";
}

/// Of shards that are done: what they have made was lost or damaged.
std::string not_there(const std::vector<const ShardState*>& states,
                      const std::map<std::uint64_t, std::size_t>& lacking) {
  std::size_t cells = 0;
  for (const ShardState* state : states) cells += lacking.at(state->number);
  return ", but " + with_commas(cells) + (states.size() == 1 ? " of its cells" : " of their cells") +
         (cells == 1 ? " is not there" : " are not there");
}

}  // namespace

std::string in_ranges(const std::vector<std::uint64_t>& numbers) {
  std::string text;
  std::size_t ranges = 0, told = 0;
  for (std::size_t i = 0; i < numbers.size() && ranges < max_ranges; ++ranges) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    text += (text.empty() ? "" : ", ") + with_commas(numbers[i]);
    if (last > i) text += (last == i + 1 ? ", " : " to ") + with_commas(numbers[last]);
    i = told = last + 1;
  }
  return text + others_in_words(numbers.size(), told);
}

std::vector<ShardState> states_of_shards(const output::Asked& asked, const std::vector<output::Log>& logs) {
  std::vector<ShardState> states(asked.shards);
  for (std::size_t n = 0; n < states.size(); ++n) states[n].number = n + 1;
  for (const output::Log& log : logs) {
    if (log.worker.study != asked.digest || log.worker.shards != asked.shards || log.worker.shard == 0) continue;
    ShardState& state = states[log.worker.shard - 1];
    if (state.is == Is::running) continue;
    state = {log.worker.shard, state_of(log), log.worker, log.status.value_or(sim::Exit::done)};
  }
  return states;
}

std::string word_of(Is is) {
  switch (is) {
    case Is::never_started:
      return "never started";
    case Is::running:
      return "running";
    case Is::done:
      return "done";
    case Is::stopped:
      return "stopped";
    case Is::failed:
      return "failed";
    case Is::killed:
      break;
  }
  return "killed";
}

std::string in_words(const ShardState& state) {
  const std::string on = " on " + state.worker.host + (state.worker.job.empty() ? "" : ", job " + state.worker.job);
  switch (state.is) {
    case Is::never_started:
      return "never started";
    case Is::stopped:
      return "stopped early" + on;
    case Is::failed:
      return "failed" + on + " (exit status " + std::to_string(static_cast<int>(state.status)) + ")";
    default:
      return word_of(state.is) + on;
  }
}

std::string shards_in_words(const output::Asked& asked, const std::vector<output::Log>& logs,
                            const std::map<std::uint64_t, std::size_t>& lacking) {
  const std::vector<ShardState> states = states_of_shards(asked, logs);
  std::map<std::string, std::vector<const ShardState*>> alike;
  for (const auto& [number, cells] : lacking) {
    const ShardState& state = states.at(number - 1);
    alike[in_words(state)].push_back(&state);
  }
  std::string text;
  for (const auto& [words, those] : alike) {
    const Is is = those.front()->is;
    text += (text.empty() ? "" : "; ") + names_of(those, asked.shards) + verb_of(is, those.size()) + words;
    if (is == Is::done) text += not_there(those, lacking);
  }
  return text;
}

std::string cells_in_ranges(const sim::Study& study, const std::vector<sim::Cell>& cells) {
  const sim::CellAxes axes = sim::cell_axes_of(study);
  std::map<std::size_t, Worlds> worlds_of_arm;
  for (const sim::Cell& cell : cells)
    worlds_of_arm[axes.number_of_arm(cell.scenario, cell.policy)].push_back(cell.replication * axes.draws + cell.draw);
  std::map<Worlds, std::vector<std::size_t>> arms_of_worlds;
  for (auto& [arm, worlds] : worlds_of_arm) {
    std::ranges::sort(worlds);
    arms_of_worlds[worlds].push_back(arm);
  }
  std::string text;
  std::size_t lines = 0;
  for (const auto& [worlds, arms] : arms_of_worlds) {
    if (++lines > max_lines) {
      text += "  and others\n";
      break;
    }
    text += "  " + arms_in_words(study, arms) + ": " + worlds_in_words(axes, worlds) + "\n";
  }
  return text;
}

}  // namespace clientele::tools
