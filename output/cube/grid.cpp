// Inner axes go whole into a chunk as long as there is room.
#include "output/cube/grid.hpp"

namespace clientele::output {

namespace {

constexpr std::uint64_t chunk_elements = (1 << 20) / sizeof(double);

}  // namespace

Extent chunk_of(const Extent& extent) {
  Extent chunk(extent.size(), 1);
  std::uint64_t room = chunk_elements;
  for (std::size_t axis = extent.size(); axis-- > 2;) {
    chunk[axis] = std::clamp<std::uint64_t>(room, 1, extent[axis]);
    room /= chunk[axis];
  }
  return chunk;
}

Extent window_size(const Source& source) {
  Extent extent = extent_of_cells(source.study);
  extent.insert(extent.end(), {source.info.months, source.info.tiers, source.info.groups});
  Extent chunk = chunk_of(extent);
  chunk.resize(4);
  return chunk;
}

}  // namespace clientele::output
