// Points of a study: values of its numbers by path, each point a study of its own.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "scenarios/override.hpp"

namespace clientele::scenarios {

/// A sweep has so many points at most.
inline constexpr std::size_t most_points = 100'000;
/// And each of them so many numbers: each is compared with all others.
inline constexpr std::size_t most_swept = 1000;

struct Sweep {
  std::vector<std::string> paths;               ///< as --set takes them; empty: no sweep
  std::vector<std::string> units;               ///< by path, as the fields say; "" where none
  std::vector<std::vector<double>> points;      ///< [point][path], all different
  std::vector<std::vector<std::string>> texts;  ///< the same as text that reads back to the same number (for Override)
  std::string design;                           ///< in words: "grid", "rows of points.csv"; empty: no sweep

  bool empty() const { return paths.empty(); }
};

/// What --set would say for a point.
std::vector<Override> overrides_of(const Sweep& sweep, std::size_t point);

/// What a swept number is in all points.
struct SweptRange {
  double low = 0, high = 0;
  std::size_t values = 0;  ///< different ones
};
SweptRange range_of(const Sweep& sweep, std::size_t number);

/// "payment.terms_days = 45, churn.base_hazard = 0.01"
std::string point_in_words(const Sweep& sweep, std::size_t point);

}  // namespace clientele::scenarios
