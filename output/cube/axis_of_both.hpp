// An axis that two cubes have: which place of the one is which place of the other, by its label.
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "output/hdf5/hdf5.hpp"

namespace clientele::output {

/// The axes that cells have, and those within a cell.
std::vector<std::string> axes_of_cells();

inline constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

struct AxisOfBoth {
  std::string name;
  std::vector<std::string> first, second;                  ///< labels: names, numbers, months as 2027-05
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  ///< places of equal labels, in the order of the first
  std::vector<std::int64_t> days;  ///< since 1970, of the first; empty where it is no axis of time

  /// Every place is the same place of the other.
  bool is_same() const;
  std::vector<std::string> only_in_first() const;
  std::vector<std::string> only_in_second() const;
  /// With the places that only one of them has, `nowhere` in the other.
  AxisOfBoth with_all_places() const;
};

/// Where a file has no such axis, its labels are none.
AxisOfBoth axis_of_both(const std::string& name, const Hdf5Reader& first, const Hdf5Reader& second);

}  // namespace clientele::output
