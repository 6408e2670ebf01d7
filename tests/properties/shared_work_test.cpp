// Work that processes share is the same work: whoever simulates a cell, a portion of one, or a part of its customers.
#include <stop_token>

#include "tests/support/catch.hpp"
#include "tests/support/ranks_of_threads.hpp"
#include "tests/support/toys.hpp"

namespace clientele::sim {

namespace {

using Outcomes = std::map<Cell, CellOutcome>;
using Portions = std::map<std::pair<Cell, Portion>, CellOutcome>;

bool same(const CellOutcome& a, const CellOutcome& b) {
  return a.counts == b.counts && a.histograms == b.histograms && a.flows == b.flows && a.beyond == b.beyond;
}

/// One process: what it delivers.
class Process final : public Sink {
 public:
  void accept(CellOutcome&& outcome) override {
    const Cell cell = outcome.cell;
    twice += outcomes.insert_or_assign(cell, std::move(outcome)).second ? 0 : 1;
  }
  void accept_portion(const Portion& portion, CellOutcome&& outcome) override {
    const Cell cell = outcome.cell;
    twice += portions.insert_or_assign({cell, portion}, std::move(outcome)).second ? 0 : 1;
  }
  Outcomes outcomes;
  Portions portions;
  int twice = 0;
  RunStatus status = RunStatus::done;
};

void simulate(const Study& study, const RunOptions& options, Process& process, const std::stop_token& stop = {}) {
  process.status = Plan(study, toy_catalogue()).run(all_cells(study), process, options, stop).status;
}

/// All that processes delivered, nothing of it twice.
Process together(const std::vector<Process>& processes) {
  Process all;
  for (const Process& one : processes) {
    all.twice += one.twice;
    for (const auto& [cell, outcome] : one.outcomes) all.twice += all.outcomes.emplace(cell, outcome).second ? 0 : 1;
    for (const auto& [place, outcome] : one.portions) all.twice += all.portions.emplace(place, outcome).second ? 0 : 1;
  }
  return all;
}

void require_same(const Outcomes& reference, const Outcomes& seen) {
  REQUIRE(reference.size() == seen.size());
  for (const auto& [cell, outcome] : reference) REQUIRE(same(outcome, seen.at(cell)));
}

/// Each of `count` ranks with a share of its own and slices of `in_slice` of them. Ranks of a slice are threads here.
std::vector<Process> on_slices(const Study& study, int count, int in_slice, RunOptions options = {}) {
  std::vector<Process> processes(static_cast<std::size_t>(count));
  std::vector<std::jthread> slices;
  for (int first = 0; first < count; first += in_slice)
    slices.emplace_back([&, first] {
      on_ranks(in_slice, [&, first](const Ranks& slice) {
        RunOptions mine = options;
        mine.slice = &slice;
        mine.share = {static_cast<std::uint64_t>(first + slice.number()), static_cast<std::uint64_t>(count),
                      Share::Numbers::of_list};
        simulate(study, mine, processes[static_cast<std::size_t>(first + slice.number())]);
      });
    });
  slices.clear();
  return processes;
}

}  // namespace

TEST_CASE("shares add up to the whole, and nothing is in two of them") {
  const Deaf deaf;
  for (const Study& study : {free_study(5), hearing_study()}) {
    const Outcomes reference = lived(study);
    for (const std::size_t of : {1U, 2U, 3U, 7U}) {
      std::vector<Process> processes(of);
      for (std::size_t number = 0; number < of; ++number) {
        RunOptions options;
        options.share = {number, of};
        options.arms_together = 2;
        simulate(study, options, processes[number]);
        CHECK(processes[number].status == RunStatus::done);
      }
      const Process all = together(processes);
      CHECK(all.twice == 0);
      require_same(reference, all.outcomes);
      const auto some = std::ranges::count_if(processes, [](const Process& one) { return !one.outcomes.empty(); });
      CHECK(static_cast<std::size_t>(some) == of);  // fifteen and more lineups: nobody has nothing to do
    }
  }
}

TEST_CASE("shares of a study do not hang on what of it is missing") {
  const Deaf deaf;
  const Study study = free_study(5);
  RunOptions options;
  options.arms_together = 2;
  options.share = {1, 3};
  Process whole, rest;
  simulate(study, options, whole);
  std::vector<Cell> missing = all_cells(study);
  std::erase_if(missing, [](const Cell& cell) { return (cell.scenario + cell.policy + cell.replication) % 2 == 0; });
  Plan(study, toy_catalogue()).run(missing, rest, options);
  std::erase_if(missing, [&](const Cell& cell) { return !whole.outcomes.contains(cell); });
  REQUIRE(!missing.empty());
  REQUIRE(rest.outcomes.size() == missing.size());
  for (const Cell& cell : missing) CHECK(rest.outcomes.contains(cell));
}

TEST_CASE("of a world in portions each share hands over its own, and who has all of them has the world") {
  const Deaf deaf;
  const Study study = free_study(5);
  const Outcomes reference = lived(study);
  RunOptions options;
  options.customers_of_portion = 100;
  std::vector<Process> processes(3);
  for (std::size_t number = 0; number < 3; ++number) {
    options.share = {number, 3};
    simulate(study, options, processes[number]);
    CHECK(processes[number].status == RunStatus::done);
    CHECK(processes[number].outcomes.empty());
    CHECK(!processes[number].portions.empty());
  }
  const Process all = together(processes);
  CHECK(all.twice == 0);
  Process last;
  options.share = {};
  options.kept_portion = [&](const Portion& portion, const Cell& cell) {
    const auto found = all.portions.find({cell, portion});
    return found == all.portions.end() ? std::nullopt : std::optional(found->second);
  };
  simulate(study, options, last);
  CHECK(last.portions.empty());  // nothing was left to simulate
  require_same(reference, last.outcomes);
}

TEST_CASE("a world whose customers live on several ranks and meet is the same world") {
  const Study study = hearing_study();
  const Outcomes reference = lived(study);
  for (const auto& [count, in_slice] : {std::pair(2, 2), std::pair(3, 3), std::pair(4, 2)})
    for (const std::size_t block : {64U, 512U}) {
      RunOptions options;
      options.block_size = block;
      options.threads = 2;
      const std::vector<Process> processes = on_slices(study, count, in_slice, options);
      for (int rank = 0; rank < count; ++rank) {
        CHECK(processes[static_cast<std::size_t>(rank)].status == RunStatus::done);
        if (rank % in_slice > 0) CHECK(processes[static_cast<std::size_t>(rank)].outcomes.empty());
      }
      const Process all = together(processes);
      CHECK(all.twice == 0);
      require_same(reference, all.outcomes);
    }
}

TEST_CASE("where some policies meet and others do not, a slice shares the one and deals the other") {
  const Study study = toy_study();
  RunOptions options;
  options.arms_together = 1;
  const Process all = together(on_slices(study, 2, 2, options));
  CHECK(all.twice == 0);
  require_same(lived(study), all.outcomes);
}

TEST_CASE("a rank that is asked to stop takes its slice along, and what was delivered is whole") {
  const Study study = hearing_study();
  const Outcomes reference = lived(study);
  std::vector<Process> processes(2);
  std::stop_source stop;
  on_ranks(2, [&](const Ranks& slice) {
    RunOptions options;
    options.slice = &slice;
    options.share = {static_cast<std::uint64_t>(slice.number()), 2};
    options.arms_together = 1;
    int calls = 0;
    if (slice.number() == 1)
      options.progress = [&](std::uint64_t) {
        if (++calls == 30) stop.request_stop();
      };
    simulate(study, options, processes[static_cast<std::size_t>(slice.number())],
             slice.number() == 1 ? stop.get_token() : std::stop_token());
  });
  CHECK(processes[0].status == RunStatus::stopped);
  CHECK(processes[1].status == RunStatus::stopped);
  CHECK(processes[0].outcomes.size() < reference.size());
  CHECK(!processes[0].outcomes.empty());
  for (const auto& [cell, outcome] : processes[0].outcomes) CHECK(same(outcome, reference.at(cell)));
}

}  // namespace clientele::sim
