// The hash of a cube's data: over integers, so that no format has a part in it.
#pragma once
#include <string>
#include <vector>

#include "output/cube/outcome_source.hpp"
#include "output/files/hash.hpp"

namespace clientele::output {

/// 128 bits over all integers of all cells, which are added in cell order.
class DataHash {
 public:
  void add(const sim::CellOutcome& outcome);
  /// 32 hex digits.
  std::string hex() const { return hash_.hex(); }

 private:
  Hash hash_;
};

std::string data_hash(const Outcomes& outcomes);

/// Of several points, each with a hash of its own.
std::string data_hash(const std::vector<std::string>& of_points);

}  // namespace clientele::output
