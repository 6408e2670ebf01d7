// Whether two cubes hold the same numbers where both have any; and where they first do not, and by how much.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace clientele::output {

/// A place in a cube by its labels, such as {"scenario", "recession"}, {"month", "2027-05"}.
using Place = std::vector<std::pair<std::string, std::string>>;

/// A number that two cubes have at one place; NaN is missing.
struct OtherNumber {
  Place place;
  double first = 0, second = 0;
};

/// A variable that both have.
struct ComparedVariable {
  std::string name;
  std::uint64_t numbers = 0, differing = 0;  ///< that were compared; of these, with other bits
  OtherNumber earliest;                      ///< of those that differ
  /// When that is: the number of its cell in the first cube, then the day on which its month begins (behind all of them
  /// for what is of no month).
  std::pair<std::uint64_t, std::int64_t> when{~std::uint64_t{0}, 0};
};

/// Labels that only one of two cubes has.
struct OtherAxis {
  std::string name;
  std::vector<std::string> only_in_first, only_in_second;
};

struct CubeDifference {
  bool same_bytes = false;
  std::uint64_t bytes = 0;  ///< of the first file
  std::vector<OtherAxis> axes;
  std::uint64_t cells = 0;                                 ///< that both have simulated
  std::uint64_t cells_of_first = 0, cells_of_second = 0;   ///< that only one has
  std::vector<std::string> only_in_first, only_in_second;  ///< variables
  std::vector<ComparedVariable> variables;                 ///< in the order of the first file
  std::vector<std::string> texts;                          ///< names of texts and descriptions that differ
  std::size_t earliest = 0;                                ///< of the variables: where the first difference is

  std::uint64_t numbers() const;
  std::uint64_t differing() const;
  /// Every number of either is in both.
  bool has_same_numbers() const;
  bool is_nothing() const { return has_same_numbers() && texts.empty(); }
};

/// Cells are matched by the names of their scenario and policy and by the numbers of their draw and replication, all
/// other places by their labels too. Bins of a histogram that a cube lacks are empty in it. Memory: one draw of an arm,
/// or a chunk, of each. Throws UserError where a file is no cube, or damaged, or where they have no cell in common.
CubeDifference difference_of(const std::filesystem::path& first, const std::filesystem::path& second);

}  // namespace clientele::output
