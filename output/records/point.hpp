// A point: values of numbers that hold instead of those that a study states, by their paths. Part of a cell's key.
#pragma once
#include <map>
#include <string>

#include "output/records/cell_key.hpp"

namespace clientele::output {

/// 128 bits over paths and values, in whatever order they were named. One without values is the study as stated.
class PointDigest {
 public:
  PointDigest() = default;
  explicit PointDigest(const std::map<std::string, double>& values);

  bool is_stated() const { return hex_.empty(); }
  const std::string& hex() const { return hex_; }

 private:
  std::string hex_;
};

/// The key of a cell of a study at a point: as stated it is the cell's own, so that what was recorded before there were
/// points counts.
CellKey key_of(const CellKey& cell, const PointDigest& point);

}  // namespace clientele::output
