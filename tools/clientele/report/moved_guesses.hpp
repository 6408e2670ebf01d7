// What `clientele sensitivity` wrote, read back for a report: how far each guess moves the difference.
#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "output/comparison/input.hpp"

namespace clientele::tools {

struct MovedGuess {
  std::string path, called;
  double low = 0, high = 0;        ///< values that it was moved to
  double at_low = 0, at_high = 0;  ///< the difference there
};

struct MovedGuesses {
  std::string scenario, policy, baseline, kpi, unit;
  double base = 0, half_width = 0;  ///< at the stated values; NaN where there is no interval
  std::vector<MovedGuess> guesses;  ///< the strongest first; those that move nothing are left out
  std::size_t moved = 0, turning = 0;
  std::size_t better = 0, combinations = 0;  ///< all at once
};

/// Throws UserError (bad_data) where the file is no such file, or of another study or model than the cube.
MovedGuesses read_moved_guesses(const std::filesystem::path& file, const output::ComparisonInput& input);

}  // namespace clientele::tools
