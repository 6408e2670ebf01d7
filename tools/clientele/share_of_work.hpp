// What of a study is a share's: by number, so that whoever looks finds the same, whatever is done already.
#pragma once
#include <cstdint>
#include <set>
#include <vector>

#include "sim/plan.hpp"

namespace clientele::tools {

/// Those of the cells that the options' share has a part in.
std::vector<sim::Cell> cells_of_share(const sim::Plan& plan, const sim::RunOptions& options,
                                      const std::vector<sim::Cell>& cells);

/// The same where worlds have so many portions; 0 where they are in one piece.
std::vector<sim::Cell> cells_of_share(const sim::CellAxes& axes, const sim::RunOptions& options, std::size_t portions,
                                      const std::vector<sim::Cell>& cells);

/// How much of these it has: all of each, or of worlds in portions about so much.
double part_of_cells(const sim::Plan& plan, const sim::RunOptions& options);

/// The shares, of so many, that a cell is in parts of; `portions` are those that are asked for, none for all.
std::set<std::uint64_t> shares_of(const sim::Plan& plan, const sim::RunOptions& options, const sim::Cell& cell,
                                  std::uint64_t of, const std::vector<sim::Portion>& portions);

}  // namespace clientele::tools
