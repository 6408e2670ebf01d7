// Whether two cubes of one study hold the same bits in some cells.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/cells.hpp"

namespace clientele::output {

struct SameCells {
  std::uint64_t variables = 0, numbers = 0;  ///< that were compared
  std::vector<std::string> differing;        ///< variables that have other numbers, or are in one cube only
};

/// Compares every number that each of these cells has in `sample` with the same cell's in `cube`. Bins of histograms
/// are those that a cube's cells need: they are found by their numbers, and one that `sample` lacks must be empty.
/// Where the cube has points, they are the cells of one of them; the sample has none. Throws UserError where a file is
/// damaged.
SameCells compare_cells(const std::filesystem::path& cube, const std::filesystem::path& sample,
                        const std::vector<sim::Cell>& cells, std::optional<std::size_t> point = {});

}  // namespace clientele::output
