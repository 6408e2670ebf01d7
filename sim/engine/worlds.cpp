// Plans: blocks of the base, lineups of arms, organic arrivals, phases between meetings.
#include "sim/engine/worlds.hpp"

#include <algorithm>
#include <cmath>

#include "sim/random/ids.hpp"
#include "sim/random/poisson.hpp"
#include "sim/roll_out.hpp"
#include "sim/shares.hpp"
#include "sim/watch.hpp"
#include "sim/why.hpp"

namespace clientele::sim {

namespace {

/// Customers of each group of an invented base: shares by largest cumulative rounding, so that they add up exactly.
std::vector<std::uint64_t> sizes_of_groups(const Population& population) {
  std::vector<std::uint64_t> sizes;
  double upto = 0;
  std::uint64_t given = 0;
  for (const Group& group : population.groups) {
    upto += group.share;
    const bool last = &group == &population.groups.back();
    const auto end =
        last ? population.customers
             : static_cast<std::uint64_t>(std::floor(upto * static_cast<double>(population.customers) + 0.5));
    sizes.push_back(std::min(end, population.customers) - given);
    given += sizes.back();
  }
  return sizes;
}

}  // namespace

std::uint64_t id_of_customer(const Population& population, std::uint64_t number) {
  if (population.file) return id_of(IdKind::file, population.file->ids.at(number - 1));
  std::uint64_t before = 0;
  const std::vector<std::uint64_t> sizes = sizes_of_groups(population);
  std::uint32_t group = 0;
  while (number > before + sizes.at(group)) before += sizes[group++];
  return id_of_index(group, number - before - 1);
}

Base::Base(const Study& study, std::size_t block_size, std::uint64_t customers_of_portion) {
  const Population& population = study.population;
  std::vector<std::uint64_t> sizes;
  if (population.file) {
    rows_.resize(population.groups.size());
    for (std::uint32_t row = 0; row < population.file->ids.size(); ++row)
      rows_[population.file->groups[row]].push_back(row);
    for (const auto& rows : rows_) sizes.push_back(rows.size());
  } else {
    sizes = sizes_of_groups(population);
  }
  std::uint64_t before = 0;  // customers of the groups before
  for (std::uint32_t group = 0; group < sizes.size(); before += sizes[group++])
    for (std::uint64_t begin = 0, end = 0; begin < sizes[group]; begin = end) {
      const std::uint64_t portion = (before + begin) / customers_of_portion;
      end = std::min({begin + block_size, sizes[group], (portion + 1) * customers_of_portion - before});
      plans_.push_back({group, begin, end, portion});
    }
}

std::vector<Newcomer> Base::newcomers(const Study& study, const BlockPlan& plan) const {
  std::vector<Newcomer> list;
  list.reserve(plan.end - plan.begin);
  for (std::uint64_t n = plan.begin; n < plan.end; ++n) {
    Newcomer& who = list.emplace_back();
    who.born = -study.horizon.warmup;
    who.id = id_of_index(plan.group, n);
    if (!study.population.file) continue;
    const std::uint32_t row = rows_[plan.group][n];
    who.row = row;
    who.id = id_of(IdKind::file, study.population.file->ids[row]);
  }
  return list;
}

std::vector<CellsTogether> plan_lineups(const CellAxes& axes, std::vector<Cell> cells, std::size_t arms_together) {
  const auto number = [&](const Cell& cell) { return number_of_lineup(axes, cell, arms_together); };
  std::ranges::stable_sort(cells, {}, [&](const Cell& c) { return std::tuple(number(c), c.scenario, c.policy); });
  std::vector<CellsTogether> lineups;
  for (const Cell& cell : cells) {
    if (lineups.empty() || lineups.back().number != number(cell))
      lineups.push_back({.cells = {}, .number = number(cell)});
    lineups.back().cells.push_back(cell);
  }
  return lineups;
}

namespace {

Cell under(Cell cell, std::uint32_t policy) {
  cell.policy = policy;
  return cell;
}

/// The cells that a cell looks at.
std::vector<Cell> looked_at_by(const Program& program, const Cell& cell) {
  const Study& study = program.study();
  const Policy& policy = study.policies[cell.policy];
  std::vector<Cell> cells;
  if (const auto yardstick = program.yardstick_of(cell.policy)) cells.push_back(under(cell, *yardstick));
  if (!is_simulated(policy)) cells.push_back(under(cell, policy.twin.value()));
  if (!is_simulated(policy) || rolls_out(policy)) cells.push_back(under(cell, study.baseline));
  return cells;
}

/// Whoever is looked at looks at others himself.
void add_looked_at(const Program& program, const Cell& cell, std::vector<Cell>& all) {
  if (std::ranges::find(all, cell) != all.end()) return;
  all.push_back(cell);
  for (const Cell& other : looked_at_by(program, cell)) add_looked_at(program, other, all);
}

}  // namespace

std::vector<Cell> living(const Program& program, std::span<const Cell> cells) {
  std::vector<Cell> all;
  for (const Cell& cell : cells)
    if (is_simulated(program.study().policies[cell.policy])) all.push_back(cell);
  for (const Cell& cell : cells)
    for (const Cell& other : looked_at_by(program, cell)) add_looked_at(program, other, all);
  return all;
}

Lineup make_lineup(const Program& program, const std::vector<Cell>& cells) {
  const Study& study = program.study();
  const Cell world = cells.front();
  Lineup lineup;
  const std::uint32_t luck_draw = study.luck == Luck::fresh ? world.draw : 0;
  const People people = study.population.people;
  lineup.luck.key = {study.seed, luck_draw};
  lineup.luck.birth_key = {study.seed, people == People::fixed ? 0 : luck_draw};
  lineup.luck.replication = world.replication;
  lineup.luck.people = people == People::redrawn  ? world.replication
                       : people == People::paired ? world.replication / 2
                                                  : 0;
  lineup.resolved = std::make_shared<const Resolved>(resolve(program, world.draw));
  lineup.cells = living(program, cells);
  const auto arm_of = [&](const Cell& cell) {
    return static_cast<std::size_t>(std::ranges::find(lineup.cells, cell) - lineup.cells.begin());
  };
  for (const Cell& cell : cells) {
    const Policy& policy = study.policies[cell.policy];
    if (is_simulated(policy))
      ++lineup.delivered;
    else
      lineup.blended.push_back({cell, arm_of(under(cell, policy.twin.value())), arm_of(under(cell, study.baseline))});
  }
  expects(lineup.cells.size() <= 64, "at most 64 arms live together");
  lineup.decisions.assign(program.steps().size(), std::vector<Decision>(lineup.cells.size()));
  return lineup;
}

namespace {

/// How many join in a month, in one arm.
std::uint32_t arrivals_of(const Program& program, const Lineup& lineup, std::uint32_t scenario, std::uint32_t group,
                          int month) {
  const Population& population = program.study().population;
  double mean = month >= program.study().first_arrivals() && population.arrivals == Arrivals::by_number
                    ? population.groups[group].arrivals
                    : 0;
  const Resolved& resolved = *lineup.resolved;
  const auto drivers = program.all_drivers(resolved, scenario, group, {month, MonthKind::usual});
  for (std::size_t b = 0; b < program.behaviors().size(); ++b)
    mean += program.behaviors()[b]->mean_arrivals(Outlook(month, resolved.parameters[group], drivers));
  if (!(mean > 0)) return 0;
  const Address at{group, month, 0, tag_of_arrivals, 0, lineup.luck.replication};
  return static_cast<std::uint32_t>(poisson(philox(at.counter(), lineup.luck.key)[0], mean));
}

}  // namespace

std::vector<std::vector<Newcomer>> organic_arrivals(const Program& program, const Lineup& lineup) {
  const Study& study = program.study();
  std::vector<std::vector<Newcomer>> by_group(study.population.groups.size());
  for (std::uint32_t group = 0; group < by_group.size(); ++group)
    for (int month = program.first_month(); month < study.horizon.months; ++month) {
      if (study.stands_still(month)) continue;
      std::vector<std::uint32_t> joins;
      for (const Cell& cell : lineup.cells)
        joins.push_back(arrivals_of(program, lineup, month < 0 ? 0 : cell.scenario, group, month));
      const std::uint32_t most = *std::ranges::max_element(joins);
      for (std::uint32_t slot = 0; slot < most; ++slot) {
        Newcomer who{id_of_arrival(group, month, slot), 0, month, {}};
        for (std::size_t arm = 0; arm < joins.size(); ++arm)
          if (slot < joins[arm]) who.arms |= std::uint64_t{1} << arm;
        if (month < 0) who.arms = ~std::uint64_t{0};
        by_group[group].push_back(who);
        if (program.layout().wins_newcomers && month >= study.first_arrivals())
          by_group[group].push_back({id_of_won_over(who.id, tag_of_won_over), who.arms, month, {}, true});
      }
    }
  return by_group;
}

std::vector<Portion> portions_of(const Study& study, std::uint64_t customers_of_portion) {
  std::vector<Portion> portions;
  const auto customers = static_cast<std::int64_t>(study.population.customers);
  const auto some = static_cast<std::int64_t>(std::min<std::uint64_t>(customers_of_portion, INT64_MAX / 2));
  for (std::int64_t begin = 0; begin < customers; begin += some)
    portions.push_back({Portion::Of::base, begin, std::min(begin + some, customers)});
  constexpr int year = 12;
  const int first = -study.horizon.warmup, end = study.horizon.months;
  for (int begin = first; begin < end && portions.size() > 1; begin += year)
    portions.push_back({Portion::Of::arrivals, begin, std::min(begin + year, end)});
  return portions;
}

std::size_t worlds_in_step(std::size_t workers, std::size_t blocks_of_base, std::size_t block_bytes) {
  constexpr std::size_t blocks_of_worker = 16, small = std::size_t{1} << 30;
  const std::size_t blocks = std::max<std::size_t>(1, blocks_of_base);
  const std::size_t busy = (blocks_of_worker * workers + blocks - 1) / blocks;
  return std::min(workers, busy + (blocks * block_bytes <= small ? 1 : 0));
}

std::vector<Phase> cut(const Program& program, const Lineup& lineup, bool in_step) {
  std::vector<Phase> phases(1);
  for (const auto& [month, kind] : program.months())
    for (std::uint32_t step = 0; step < program.steps().size(); ++step) {
      const Moment moment{month, step, kind};
      bool meets = in_step && step == 0 && month > program.first_month() && kind != MonthKind::settle;
      for (const Cell& cell : lineup.cells)
        meets = meets || program.meeting(moment, cell, lineup.resolved.get()) != nullptr;
      if (meets && !phases.back().moments.empty()) {
        phases.back().meets_after = true;
        phases.emplace_back();
      }
      phases.back().moments.push_back(moment);
    }
  return phases;
}

std::vector<Phase> cut(const Program& program, const std::vector<Cell>& cells, bool in_step) {
  Lineup lineup;
  lineup.cells = living(program, cells);
  if (program.has_signals()) lineup.resolved = std::make_shared<const Resolved>(resolve(program, cells.front().draw));
  return cut(program, lineup, in_step);
}

bool meets(const Program& program, const std::vector<Cell>& cells, bool in_step) {
  return cut(program, cells, in_step).size() > 1;
}

}  // namespace clientele::sim
