// Weights of a scorecard from comparisons in pairs: "payment counts twice as much as volume".
#pragma once
#include <array>
#include <optional>
#include <string_view>

#include "models/theory/pairwise.hpp"
#include "sim/core/api.hpp"

namespace clientele::models {

/// What is weighed. Each is worth 0 to 100 points.
inline constexpr std::array<std::string_view, 4> scorecard_numbers{"payment", "volume", "prospects", "profit"};
inline constexpr std::size_t weighed = scorecard_numbers.size();

/// As studies call them: each number over each that stands behind it.
inline constexpr std::array<std::string_view, weighed*(weighed - 1) / 2> scorecard_pairs{
    "payment_over_volume",   "payment_over_prospects", "payment_over_profit",
    "volume_over_prospects", "volume_over_profit",     "prospects_over_profit"};
/// How many times as much the one counts; 0 where nothing is said.
using PairAnswers = std::array<float, scorecard_pairs.size()>;

inline constexpr double most_of_an_answer = 9;

/// Of the numbers that are compared, with those that are not at weight 0.
struct ComparedWeights {
  std::array<double, weighed> weights{};
  double ratio = 0;  ///< of consistency
};

/// Nothing where nothing is compared. A number that is compared at all is compared with all others that are: else, and
/// where answers contradict each other, throws a user's mistake that begins with the key, "compare".
CLIENTELE_API std::optional<ComparedWeights> weights_by_comparison(const PairAnswers& answers);

}  // namespace clientele::models
