// Processes that carry out one run together. Who starts the program knows how they speak with each other and hands it
// in.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/core/api.hpp"

namespace clientele::sim {

/// All ranks make the same calls in the same order, each from the thread that made its `Ranks`; a call returns when all
/// have made it. Only integers are put together, so that no order of ranks can matter.
class CLIENTELE_API Ranks {
 public:
  virtual ~Ranks() = default;
  virtual int number() const = 0;  ///< of this one, from 0
  virtual int count() const = 0;
  /// Element by element over all ranks; every rank gets the result. Lengths are the same on all.
  virtual void sum(std::span<std::int64_t> values) const = 0;
  virtual void max(std::span<std::int64_t> values) const = 0;
  /// What each has to say, by number, for all.
  virtual std::vector<std::string> gather(const std::string& said) const = 0;
};

/// One process: what it says is what all say.
CLIENTELE_API const Ranks& alone();

}  // namespace clientele::sim
