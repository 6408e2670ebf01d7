// Chance for tests of statistics: the same numbers with every library.
#pragma once
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace clientele::tests {

/// Normal numbers by Box and Muller, from a generator that every library defines alike.
class Normals {
 public:
  explicit Normals(std::uint64_t seed) : bits_(seed) {}
  double next() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

  double uniform() { return static_cast<double>(bits_() >> 11) * 0x1p-53; }

 private:
  std::mt19937_64 bits_;
};

}  // namespace clientele::tests
