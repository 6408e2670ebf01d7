// A chunk as HDF5 stores it, made outside of HDF5: its library works on one thread, and deflating is most of writing.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace clientele::output {

/// What the filters shuffle, deflate 1 and fletcher32, in this order, make of a chunk.
struct FilteredChunk {
  std::string bytes;
  std::uint32_t skipped = 0;  ///< a bit per filter that was left out: deflate, where it would have made more bytes
};

FilteredChunk filtered(std::span<const double> chunk);

/// The `count` numbers that a chunk was made from, or nothing where it is damaged.
std::optional<std::vector<double>> unfiltered(const FilteredChunk& chunk, std::size_t count);

}  // namespace clientele::output
