// Where the spread of single lives comes from: parameters that are not known, who the customers are, luck.
#pragma once
#include <string>
#include <vector>

#include "output/statistics/lives.hpp"

namespace clientele::output {

enum class Cause { parameters, people, luck, people_and_luck };
/// In the words of a sentence: "what we do not know about customers", "who they are", "luck".
std::string words_of(Cause cause);
/// In one word with underscores, for machines.
std::string name_of(Cause cause);

/// One part of the variance of a single life.
struct VariancePart {
  Cause cause = Cause::luck;
  double estimate = 0;  ///< unbiased, and so below 0 now and then where about nothing is there
  double variance = 0;  ///< the estimate, or 0 where it is negative
  double share = 0;     ///< of the sum of the parts
  bool was_negative() const { return estimate < 0; }
};

struct VarianceSplit {
  std::vector<VariancePart> parts;  ///< empty where it cannot be split
  std::string why_missing;
};

/// Nested random effects, draws > populations > lives, by the method of moments (Searle, Casella and McCulloch 1992,
/// chapter 5, type I sums of squares with unequal numbers): under People::paired all three; redrawn or fixed people
/// show parameters against the rest, which is luck alone where people are fixed. With one draw the parameters have no
/// part. Draws that share their luck are no nested sample, and are not split.
VarianceSplit split_variance(const Lives& lives, sim::Luck luck);

}  // namespace clientele::output
