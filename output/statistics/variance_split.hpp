// Where the spread of single futures comes from: parameters that are not known, who the customers are, luck.
#pragma once
#include <string>
#include <vector>

#include "output/statistics/futures.hpp"

namespace clientele::output {

enum class Cause { parameters, people, luck, people_and_luck, parameters_and_people };
/// In the words of a sentence: "what is not known about customers", "who the customers are", "luck".
std::string words_of(Cause cause);
/// A share as it may be told of an estimate that is itself spread: "about four fifths".
std::string in_words(double share);
/// In one word with underscores, for machines.
std::string name_of(Cause cause);

/// One part of the variance of a single future.
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

/// Fewer tell too little of what draws do.
inline constexpr std::size_t least_draws_of_a_split = 10;

/// Nested random effects, draws > populations > futures, by the method of moments (Searle, Casella and McCulloch 1992,
/// chapter 5, type I sums of squares with unequal numbers): under People::paired all three; redrawn or fixed people
/// show parameters against the rest, which is luck alone where people are fixed. With one draw the parameters have no
/// part; with one population a draw they have one together with people. Draws that share their luck are no nested
/// sample, and are not split; nor are fewer than ten.
VarianceSplit split_variance(const Futures& futures, sim::Luck luck);

}  // namespace clientele::output
