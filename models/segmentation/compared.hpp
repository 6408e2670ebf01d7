// Weights of a scorecard from comparisons in pairs: "payment counts twice as much as volume".
#pragma once
#include <array>
#include <optional>
#include <string_view>

#include "models/theory/pairwise.hpp"
#include "sim/core/api.hpp"

namespace clientele::models {

/// What is weighed. Each is worth 0 to 100 points. The first four have a weight by default; the others are numbers of
/// the books, as a policy by rank or by rules calls them. New ones go behind: weights are kept by their place.
inline constexpr std::size_t weighed_by_default = 4;
inline constexpr std::array<std::string_view, 14> scorecard_numbers{
    "payment",        "volume",      "prospects", "profit",          "orders", "buying_months",
    "tenure",         "punctuality", "recency",   "order_stability", "growth", "late_by_administration",
    "late_otherwise", "satisfaction"};
inline constexpr std::size_t weighed = scorecard_numbers.size();
inline constexpr std::size_t all_pairs = weighed * (weighed - 1) / 2;

/// Where the answer to a pair of numbers stands, `of` before `over`: those of the first four as they always stood, and
/// behind them each number with all that stand before it.
constexpr std::size_t place_of_pair(std::size_t of, std::size_t over) {
  if (over >= weighed_by_default) return over * (over - 1) / 2 + of;
  std::size_t place = 0;
  for (std::size_t i = 0; i < of; ++i) place += weighed_by_default - 1 - i;
  return place + over - of - 1;
}

/// "payment_over_volume", for each pair.
struct NamesOfPairs {
  std::array<std::array<char, 48>, all_pairs> text{};
  std::array<std::size_t, all_pairs> size{};
};
constexpr NamesOfPairs names_of_pairs() {
  NamesOfPairs names;
  for (std::size_t of = 0; of < weighed; ++of)
    for (std::size_t over = of + 1; over < weighed; ++over) {
      const std::size_t pair = place_of_pair(of, over);
      for (const std::string_view part : {scorecard_numbers[of], std::string_view("_over_"), scorecard_numbers[over]})
        for (const char letter : part) names.text[pair][names.size[pair]++] = letter;
    }
  return names;
}
inline constexpr NamesOfPairs pair_names = names_of_pairs();

/// As studies call them: each number over each that stands behind it.
inline constexpr std::array<std::string_view, all_pairs> scorecard_pairs = [] {
  std::array<std::string_view, all_pairs> pairs;
  for (std::size_t p = 0; p < all_pairs; ++p) pairs[p] = {pair_names.text[p].data(), pair_names.size[p]};
  return pairs;
}();
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
