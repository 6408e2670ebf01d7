// How a cube's variables are cut: into chunks as they lie in the file, and into windows of cells that are read at once.
#pragma once
#include <algorithm>

#include "output/cube/variables.hpp"

namespace clientele::output {

/// One (scenario, policy) with as much of the other axes as 1 MiB holds, outer axes cut first, points before all
/// others: a chunk is cut along one axis at most, and whole in all axes within that but for scenario and policy. The
/// first axis is that of points.
Extent chunk_of(const Extent& extent);

/// As many cells as a chunk of a metric has that is kept whole: what is read at once is then written at once, and a
/// selection takes no more memory than the whole.
Extent window_size(const Source& source);

/// Visits the pieces into which a grid of chunks cuts a box, in the order in which they lie.
template <class Visit>
void for_each_piece(const Box& whole, const Extent& chunk, const Visit& visit) {
  const std::size_t axes = chunk.size();
  Box piece{whole.start, Extent(axes)};
  const auto end = [&](std::size_t axis) { return whole.start[axis] + whole.count[axis]; };
  for (;;) {
    for (std::size_t a = 0; a < axes; ++a) {
      const std::uint64_t next = (piece.start[a] / chunk[a] + 1) * chunk[a];
      piece.count[a] = std::min(next, end(a)) - piece.start[a];
    }
    visit(piece);
    std::size_t axis = axes;
    while (axis-- > 0) {
      piece.start[axis] += piece.count[axis];
      if (piece.start[axis] < end(axis)) break;
      piece.start[axis] = whole.start[axis];
      if (axis == 0) return;
    }
  }
}

}  // namespace clientele::output
