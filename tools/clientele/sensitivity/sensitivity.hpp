// What the difference between two policies hangs on: each number moved alone, the values at which the sign turns, and
// all numbers at once. Numbers only; words are made in text.cpp.
#pragma once
#include <functional>
#include <string>

#include "tools/clientele/sensitivity/points.hpp"
#include "tools/clientele/sensitivity/question.hpp"

namespace clientele::tools {

inline constexpr std::size_t points_of_turn = 5;  ///< between the ends of a number whose sign turns
inline constexpr std::size_t combinations = 200;

/// Where the asking stands before a point. How many points there are is known when all numbers have been moved: until
/// then none is counted between the ends of numbers.
struct PointsDone {
  std::string doing;
  std::size_t done = 0, all = 0;
  std::size_t simulated = 0;  ///< of those done; the others were kept before
};
using TellPoint = std::function<void(const PointsDone& stand)>;

/// `kept` may be nullptr.
Sensitivity sensitivity_of(const SensitivityPlan& plan, const sim::Catalogue& catalogue, const SimulatePoint& simulate,
                           const TellPoint& tell, KeptNumbers* kept = nullptr);

}  // namespace clientele::tools
