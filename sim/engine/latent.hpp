// What a firm cannot see changes hands between the customers of a block while a review looks at them, and comes back.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/state/layout.hpp"

namespace clientele::sim {

/// The latent traits, fates, states and rings of a layout. Ids stay where they are, by which ties are broken, and so do
/// the columns that segmentations keep for themselves.
class LatentColumns {
 public:
  explicit LatentColumns(const Layout& layout);

  /// Every customer has those of another: of the one half a block further.
  void exchange(std::byte* traits, std::byte* states, std::size_t column_bytes, std::size_t customers) const;
  void put_back(std::byte* traits, std::byte* states, std::size_t column_bytes, std::size_t customers) const;

 private:
  void rotate(std::byte* traits, std::byte* states, std::size_t column_bytes, std::size_t customers,
              std::size_t by) const;

  std::vector<std::uint32_t> traits_, states_;
};

}  // namespace clientele::sim
