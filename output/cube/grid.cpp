// Inner axes go whole into a chunk as long as there is room.
#include "output/cube/grid.hpp"

namespace clientele::output {

namespace {

constexpr std::uint64_t chunk_elements = (1 << 20) / sizeof(double);

}  // namespace

Extent chunk_of(const Extent& extent) {
  Extent chunk(extent.size(), 1);
  std::uint64_t room = chunk_elements;
  const auto cut = [&](std::size_t axis) {
    chunk[axis] = std::clamp<std::uint64_t>(room, 1, extent[axis]);
    room /= chunk[axis];
  };
  constexpr std::size_t point = 0, draw = 3;
  for (std::size_t axis = extent.size(); axis-- > draw;) cut(axis);
  cut(point);
  return chunk;
}

Extent window_size(const Source& source) {
  Extent extent = extent_of_cells(source);
  extent.insert(extent.end(), {source.info.months, source.info.tiers, source.info.groups});
  Extent chunk = chunk_of(extent);
  chunk.resize(axes_before_months);
  return chunk;
}

}  // namespace clientele::output
