// Whether steps stand in an order in which every block comes to the same result, however customers meet.
#pragma once
#include <cstdint>
#include <span>

#include "sim/catalogue.hpp"
#include "sim/state/layout.hpp"

namespace clientele::sim {

/// Somebody touches a column, or an effect, at a stage.
struct Use {
  std::uint32_t use = 0;
  Stage stage;
  std::uint8_t how = 0;  ///< Layout::may_read, may_write
  bool adds = false;     ///< collects, or acts on an effect
};

/// Throws InternalFault, with the names of both steps, where
///   a column of the month is read before it is written, or written before a meeting and read behind it;
///   somebody adds to a column, or acts on an effect, after its owner has taken it.
/// Customers may meet at every review and before every step that has a signal.
void check_order(const Layout& layout, const Catalogue& catalogue, std::span<const Use> uses);

/// An effect waits for its owner in a State column where customers may meet on the way.
void place_effects(Layout& layout, const Catalogue& catalogue, std::span<const Use> uses);

}  // namespace clientele::sim
