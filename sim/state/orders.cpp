// Makes room for the month's list, which grows to what the busiest month needs and stays.
#include "sim/state/orders.hpp"

#include "sim/random/address.hpp"

namespace clientele::sim {

namespace {

/// Lists are written a register at a time, so there is room for one more.
void make_room(std::vector<std::uint32_t>& column, std::size_t n) {
  if (column.size() < n + chunk_size) column.resize(2 * n + chunk_size);
}

}  // namespace

Orders::Orders(const Layout& layout) : listed_columns_(layout.listed), slot_columns_(layout.slots) {}

void Orders::spoil(std::uint32_t garbage) {
  for (auto* columns : {&listed_columns_, &slot_columns_})
    for (auto& column : *columns)
      for (std::uint32_t& word : column) word = garbage += 0x9e3779b9U;
}

void Orders::list(std::span<const std::int32_t> most, std::span<const std::uint32_t> id_low,
                  std::span<const std::uint32_t> id_high, int month) {
  shape_orders(most, shape_);
  for (auto* column : {&low_, &high_, &slots_, &customers_}) make_room(*column, size());
  for (auto& column : listed_columns_) make_room(column, size());
  for (auto& column : slot_columns_) make_room(column, shape_.spread);
  if (present_.size() < shape_.spread / 16) present_.resize(shape_.spread / 8);
  list_orders(shape_, most, id_low.data(), id_high.data(), when_word(0, month),
              {low_.data(), high_.data(), slots_.data(), customers_.data(), present_.data()});
}

}  // namespace clientele::sim
