// A rotation has an inverse, so that nothing is kept of what changed hands.
#include "sim/engine/latent.hpp"

#include <algorithm>

namespace clientele::sim {

LatentColumns::LatentColumns(const Layout& layout) {
  using Home = Layout::Home;
  for (const auto& [name, column] : layout.columns) {
    const bool is_of_segmentation = name.find('/') != std::string::npos;
    if (column.sight == Sight::observed || is_of_segmentation || name == "id low" || name == "id high") continue;
    if (column.home == Home::trait || column.home == Home::fate) traits_.push_back(column.index);
    if (column.home == Home::state) states_.push_back(column.index);
  }
  for (const Layout::RingInfo& ring : layout.rings)
    for (std::uint32_t month = 0; month < ring.depth && ring.sight == Sight::latent; ++month)
      states_.push_back(ring.first + month);
}

void LatentColumns::rotate(std::byte* traits, std::byte* states, std::size_t column_bytes, std::size_t customers,
                           std::size_t by) const {
  const auto each = [&](std::byte* memory, const std::vector<std::uint32_t>& columns) {
    for (const std::uint32_t column : columns) {
      const auto values = column_at<std::uint32_t>(memory, column * column_bytes, customers);
      std::rotate(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(by), values.end());
    }
  };
  each(traits, traits_);
  each(states, states_);
}

void LatentColumns::exchange(std::byte* traits, std::byte* states, std::size_t column_bytes,
                             std::size_t customers) const {
  rotate(traits, states, column_bytes, customers, customers / 2);
}

void LatentColumns::put_back(std::byte* traits, std::byte* states, std::size_t column_bytes,
                             std::size_t customers) const {
  rotate(traits, states, column_bytes, customers, customers - customers / 2);
}

}  // namespace clientele::sim
