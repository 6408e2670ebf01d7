// Which worlds there are, who begins to live in them, and how a life is cut where customers meet.
#pragma once
#include <vector>

#include "sim/engine/life.hpp"

namespace clientele::sim {

/// Customers of the first base that live in one block.
struct BlockPlan {
  std::uint32_t group = 0;
  std::uint64_t begin = 0, end = 0;  ///< numbers within the group
  std::uint64_t portion = 0;
};

/// The first base, split into portions, and these into blocks of one group each. Which customers share a block changes
/// no outcome.
class Base {
 public:
  Base(const Study& study, std::size_t block_size, std::uint64_t customers_of_portion);
  const std::vector<BlockPlan>& plans() const { return plans_; }
  std::vector<Newcomer> newcomers(const Study& study, const BlockPlan& plan) const;

 private:
  std::vector<BlockPlan> plans_;
  std::vector<std::vector<std::uint32_t>> rows_;  ///< of the customer file, by group
};

/// Cells of one world that are simulated together.
struct CellsTogether {
  std::vector<Cell> cells;
  std::uint64_t number = 0;  ///< in the study
  bool meet = false;         ///< whether their customers do; found by who runs them
};

/// Cut after every `arms_together` arms of the study, whichever are there: which cells are together does not hang on
/// which are missing. World by world, in the order in which they are simulated.
std::vector<CellsTogether> plan_lineups(const CellAxes& axes, std::vector<Cell> cells, std::size_t arms_together);

/// Those of the cells that are simulated, and behind them others that are looked at, if they are not there: the
/// baseline of each scenario in which a policy rolls out, both cells that a blend is put together of, and the yardstick
/// that a policy's first review is held against.
std::vector<Cell> living(const Program& program, std::span<const Cell> cells);

Lineup make_lineup(const Program& program, const std::vector<Cell>& cells);

/// Who joins by himself, by group, in the order of months.
std::vector<std::vector<Newcomer>> organic_arrivals(const Program& program, const Lineup& lineup);

/// What a world is cut into where nobody meets: the base, so many customers at a time, then who joins by himself, a
/// year of births at a time. Found from the study alone, so that it is the same for every lineup, block size and
/// machine. One portion at least.
std::vector<Portion> portions_of(const Study& study, std::uint64_t customers_of_portion);

/// Worlds in step that are simulated at a time: enough blocks for everybody to be busy, and a second world for the time
/// that the first one meets, unless that is large. Each takes memory for a whole population.
std::size_t worlds_in_step(std::size_t workers, std::size_t blocks_of_base, std::size_t block_bytes);

/// The one list of all moments (month, step), cut before each moment where somebody in the lineup meets.
struct Phase {
  std::vector<Moment> moments;
  bool meets_after = false;  ///< the next phase begins with a meeting
};
std::vector<Phase> cut(const Program& program, const Lineup& lineup, bool in_step);
std::vector<Phase> cut(const Program& program, const std::vector<Cell>& cells, bool in_step);
/// Whether somebody meets in a world with these arms.
bool meets(const Program& program, const std::vector<Cell>& cells, bool in_step);

}  // namespace clientele::sim
