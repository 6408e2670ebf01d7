// First everybody lives together, so that meetings decide; then each customer alone, by these decisions. Which block a
// customer is in changes nothing of its life.
#include "sim/worth_of_customers.hpp"

#include <deque>
#include <memory>

#include "sim/core/check.hpp"
#include "sim/engine/run_in_step.hpp"

namespace clientele::sim {

namespace {

/// A world as each of its phases finds it: what was decided before.
std::vector<Lineup> by_phase(const Program& program, Lineup lineup, std::span<const Phase> phases,
                             const RunOptions& options, Team& team) {
  std::vector<Lineup> list{lineup};
  if (phases.size() == 1) return list;
  const std::size_t arms = lineup.cells.size();
  const Starts starts(program, options.block_size, options.customers_of_portion);
  std::deque<Workspace> workspaces;
  for (unsigned worker = 0; worker < team.workers(); ++worker)
    workspaces.emplace_back(program, options, MostArms{arms, arms});
  InStep in_step(program, options, team, {}, starts, workspaces,
                 Life::block_bytes(program.layout(), options.block_size, arms));
  in_step.after_each_meeting([&](const Lineup& decided) { list.push_back(decided); });
  Tally together(program.tally_shape(arms));
  team.for_each(1, 1,
                [&](std::size_t, std::size_t, unsigned) { in_step.run(lineup, phases, starts.of(lineup), together); });
  expects(list.size() >= phases.size(), "a meeting stands between two phases");
  return list;
}

/// A worker's room for one customer.
class Alone {
 public:
  Alone(const Program& program, const RunOptions& options, std::size_t arms)
      : program_(program),
        life_(program, options, arms),
        tally_(program.tally_shape(arms)),
        memory_(Life::block_bytes(program.layout(), options.block_size, arms)) {}

  /// The KPI in each of the cells that are asked for.
  std::vector<double> worth(const Newcomer& who, std::uint32_t group, std::span<const Lineup> lineups,
                            std::span<const Phase> phases, const KpiInfo& kpi, const OutcomeInfo& info) {
    Block block;
    block.memory = memory_.data();
    block.group = group;
    tally_.clear();
    life_.enter_lineup(lineups.front());
    life_.create(block, std::span(&who, 1));
    for (std::size_t p = 0; p < phases.size(); ++p) {
      life_.enter_lineup(lineups[p]);
      life_.simulate(block, phases[p].moments, tally_);
      if (phases[p].meets_after) speak(block, lineups[p], phases[p + 1].moments.front());
    }
    life_.take_newcomers();  // others, with lives of their own
    std::vector<double> values;
    for (std::size_t arm = 0; arm < lineups.front().delivered; ++arm)
      values.push_back(evaluate(kpi, info, program_.study().money_quantum, counted(arm, lineups.front(), info)));
    return values;
  }

 private:
  /// Rules keep what they say of a customer, and go by it once all have decided.
  void speak(Block& block, const Lineup& lineup, const Moment& moment) {
    const Meeting meeting(program_, lineup, &moment);
    voices_.open(meeting.sizes());
    life_.measure(block, moment, 0, meeting.open_arms(), voices_);
  }
  CellOutcome counted(std::size_t arm, const Lineup& lineup, const OutcomeInfo& info) const {
    CellOutcome outcome;
    outcome.cell = lineup.cells[arm];
    const auto counts = tally_.of_arm(arm), beyond = tally_.beyond_of_arm(arm);
    outcome.counts.assign(counts.begin(), counts.end());
    const std::vector<std::size_t> kept = info.metrics_beyond();
    for (std::size_t at = 0; at < beyond.size(); at += info.metrics.size())
      for (const std::size_t metric : kept) outcome.beyond.push_back(beyond[at + metric]);
    return outcome;
  }

  const Program& program_;
  Life life_;
  Tally tally_;
  Voices voices_;
  Memory memory_;
};

/// The customers of the base one by one, each with its number.
struct Numbered {
  std::uint64_t number = 0;
  std::uint32_t group = 0;
  Newcomer who;
};
std::vector<Numbered> base_of(const Study& study) {
  const Base base(study, 1, std::uint64_t{1} << 62);
  std::vector<Numbered> all;
  for (const BlockPlan& plan : base.plans()) {
    const Newcomer who = base.newcomers(study, plan).front();
    all.push_back({who.row ? *who.row : all.size(), plan.group, who});
  }
  return all;
}

}  // namespace

std::vector<std::vector<double>> worth_of_customers(const Study& study, const Catalogue& catalogue,
                                                    const std::vector<Cell>& cells, const KpiInfo& kpi,
                                                    unsigned threads,
                                                    const std::function<void(std::uint64_t)>& progress) {
  const Program program(study, catalogue);
  const auto team = make_team(Engine::threads, threads);
  const Lineup lineup = make_lineup(program, cells);
  const std::vector<Phase> phases = cut(program, lineup, false);
  RunOptions options;
  const std::vector<Lineup> lineups = by_phase(program, lineup, phases, options, *team);
  const std::vector<Numbered> base = base_of(study);
  const OutcomeInfo info = program.outcome();
  options.block_size = chunk_size;
  std::deque<Alone> rooms;
  for (unsigned worker = 0; worker < team->workers(); ++worker)
    rooms.emplace_back(program, options, lineup.cells.size());
  std::vector<std::vector<double>> worths(base.size());
  constexpr std::size_t together = 16;
  team->for_each(base.size(), together, [&](std::size_t begin, std::size_t end, unsigned worker) {
    for (std::size_t i = begin; i < end; ++i)
      worths[base[i].number] = rooms[worker].worth(base[i].who, base[i].group, lineups, phases, kpi, info);
    if (progress) progress(end - begin);
  });
  return worths;
}

}  // namespace clientele::sim
