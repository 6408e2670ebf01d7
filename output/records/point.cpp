// A point is added to what a cell is made of, as a portion is.
#include "output/records/point.hpp"

#include <bit>

#include "output/files/hash.hpp"

namespace clientele::output {

PointDigest::PointDigest(const std::map<std::string, double>& values) {
  if (values.empty()) return;
  Hash hash;
  for (const auto& [path, value] : values) {
    hash.add(path);
    hash.add(std::bit_cast<std::int64_t>(value));
  }
  hex_ = hash.hex();
}

CellKey key_of(const CellKey& cell, const PointDigest& point) {
  if (point.is_stated()) return cell;
  Hash hash;
  for (const std::uint64_t word : cell.words) hash.add(static_cast<std::int64_t>(word));
  hash.add(point.hex());
  return {hash.words()};
}

}  // namespace clientele::output
