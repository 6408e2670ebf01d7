// How much memory a run takes follows from its layout: blocks, tallies and workspaces, counted as the runner takes
// them.
#include "sim/engine/memory_of_run.hpp"

#include <algorithm>

#include "sim/engine/life.hpp"
#include "sim/engine/resolve.hpp"
#include "sim/engine/workspace.hpp"
#include "sim/engine/worlds.hpp"
#include "sim/gains.hpp"
#include "sim/parallel/team.hpp"
#include "sim/roll_out.hpp"
#include "sim/why.hpp"

namespace clientele::sim {

namespace {

/// What a customer of a block takes beside its columns: its arms' mask, and a share of what the block is described by.
constexpr std::uint64_t beside_columns = 8 + 1;

/// Lists of orders, which all arms share, and the variates of orders grow with the orders of a block and month: room
/// for this many a customer is expected.
constexpr std::uint64_t orders_expected = 8;

/// A histogram of a group reaches over about twenty octaves of amounts on either side of nothing.
constexpr std::uint64_t bins_expected = 40 * bins_per_octave, bytes_of_bin = 16;

/// Of those who are active: who left is kept for as long as some behavior says, in the group where that is longest.
double kept_leavers(const Program& program) {
  const Resolved resolved = resolve(program, 0);
  double most = 0;
  for (std::uint32_t group = 0; group < resolved.parameters.size(); ++group) {
    const Outlook outlook(0, resolved.parameters[group],
                          program.all_drivers(resolved, 0, group, program.months().front()));
    for (const auto& behavior : program.behaviors()) most = std::max(most, behavior->kept_leavers(outlook));
  }
  return most;
}

/// Months of the longest phase: nobody moves to another block before it ends.
int longest_phase(std::span<const Phase> phases) {
  int most = 0;
  for (const Phase& phase : phases) most = std::max(most, phase.moments.back().month - phase.moments.front().month + 1);
  return most;
}

/// Of a base, who leaves in a month and is replaced. Measured: 1.0 % in the shipped studies.
constexpr double replaced_in_a_month = 0.01;

/// Customers of a population in step at its largest: somebody who has left keeps a lane until the phase ends, and so
/// does who takes the lane of somebody of another block. By number, all may come before anybody leaves.
std::uint64_t max_customers(const Program& program, std::span<const Phase> phases) {
  const Study& study = program.study();
  const Population& population = study.population;
  const bool replaces = population.replacement == Replacement::same_group && study.horizon.warmup > 0;
  const double kept = (replaces ? replaced_in_a_month * longest_phase(phases) : 0) + kept_leavers(program);
  std::uint64_t most =
      population.customers + static_cast<std::uint64_t>(kept * static_cast<double>(population.customers));
  for (const Group& group : population.groups)
    if (population.arrivals == Arrivals::by_number)
      most += static_cast<std::uint64_t>(group.arrivals * study.horizon.months);
  return most;
}

/// Blocks that are not full: the last one of the base in each group, and some of those who join until others have room
/// for them, five for two groups. Measured.
std::uint64_t partial_blocks(const Study& study) {
  const std::uint64_t groups = study.population.groups.size();
  const bool replaces = study.population.replacement == Replacement::same_group && study.horizon.warmup > 0;
  return replaces || study.population.arrivals != Arrivals::none ? groups * 7 / 2 : groups;
}

std::uint64_t bytes_of_tally(const Program& program, std::size_t arms) {
  const TallyShape shape = program.tally_shape(1);
  std::uint64_t histograms = 0;
  for (const std::size_t months : shape.named_months) histograms += months * shape.groups;
  return std::uint64_t{arms} *
         (8 * (shape.cells_of_arm() + shape.cells_beyond_of_arm() + shape.flows_of_arm() + shape.by_age_of_arm()) +
          histograms * bins_expected * bytes_of_bin);
}

std::uint64_t bytes_of_workspace(const Program& program, std::size_t block_size, MostArms most) {
  const Layout& layout = program.layout();
  const std::uint64_t luck = 4 * layout.luck.size(), lists = layout.listed + layout.slots + 4;
  const std::uint64_t by_customer = most.living * layout.passing + layout.common + luck, by_order = lists + luck;
  return bytes_of_column(block_size) * (by_customer + orders_expected * by_order) +
         bytes_of_tally(program, most.counted);
}

/// Whether the customers of some policy live through all months without a meeting.
bool runs_freely(const Program& program, const RunOptions& options) {
  for (std::uint32_t policy = 0; policy < program.study().policies.size(); ++policy)
    if (!meets(program, {{0, policy, 0, 0}}, options.in_step)) return true;
  return false;
}

/// The phases of a world in which all policies are compared: one where customers meet under none.
std::vector<Phase> phases_of_all(const Program& program, const RunOptions& options) {
  std::vector<Cell> all;
  for (std::uint32_t policy = 0; policy < program.study().policies.size(); ++policy) all.push_back({0, policy, 0, 0});
  return cut(program, all, options.in_step);
}

}  // namespace

std::uint64_t memory_of_run(const Program& program, const RunOptions& options) {
  const Study& study = program.study();
  const CellAxes axes = cell_axes_of(study);
  const std::uint64_t workers = make_team(options.engine, options.threads)->workers();
  const bool looks_at_baseline = std::ranges::any_of(study.policies, rolls_out) || has_blends(study);
  const bool is_held_against = has_yardstick(study, program.catalogue());
  const auto simulated =
      study.scenarios.size() * static_cast<std::size_t>(std::ranges::count_if(study.policies, is_simulated));
  const std::size_t arms = std::min(options.arms_together + (looks_at_baseline ? study.scenarios.size() : 0) +
                                        (is_held_against ? study.scenarios.size() : 0),
                                    simulated);
  const std::size_t counted = arms + std::min(2 * arms, axes.arms() - simulated);
  const std::uint64_t worlds = axes.worlds();
  const std::vector<Phase> phases = phases_of_all(program, options);
  const std::uint64_t here = max_customers(program, phases) / static_cast<std::uint64_t>(options.slice->count());
  const std::uint64_t blocks = here / options.block_size + 1 + partial_blocks(study);
  const std::uint64_t block = Life::block_bytes(program.layout(), options.block_size, arms);
  const bool in_step = phases.size() > 1;
  const std::uint64_t open = in_step ? worlds_in_step(workers, blocks, block) : workers + 1;
  const std::uint64_t together = in_step ? blocks * (block + options.block_size * beside_columns) : 0;
  const std::uint64_t living =
      std::min(open, worlds) * together + (runs_freely(program, options) ? workers * block : 0);
  const std::uint64_t set_aside = study.horizon.run_off > 0 ? workers * block : 0;
  const std::uint64_t portions = in_step ? 1 : portions_of(study, options.customers_of_portion).size();
  const std::uint64_t tallies = std::min(open, worlds) + (portions > 1 ? std::min(open, portions * worlds) : 0);
  return living + set_aside + workers * bytes_of_workspace(program, options.block_size, {arms, counted}) +
         tallies * bytes_of_tally(program, counted);
}

}  // namespace clientele::sim
