// Which weights of a scorecard would have foretold last year from the year before.
#pragma once
#include <string>
#include <vector>

#include "models/fit/scorecard_weights.hpp"
#include "tools/clientele/fitted/base.hpp"

namespace clientele::tools {

struct FittedWeights {
  std::string why_not = {};        ///< one sentence; empty: found
  std::vector<std::string> names;  ///< of the scorecard's numbers, in the order of the weights
  models::WeightsFit fit = {};
  std::size_t customers = 0;
  bool of_margin = false;  ///< what is foretold: margin, where orders have one; else net sales
};

/// Of who had ordered a year before the origin: volume, orders, recency, profit (margin, where orders have one) and
/// punctuality (where there are invoices) of the twelve months up to then, in points as the scorecard has them:
/// percentile ranks, 50 where nothing is known; held against the margin or the net sales of the twelve months after.
/// Numbers that are the same of all, or rank customers as one before them does, are left out. Needs 24 months.
FittedWeights fit_weights(const scenarios::Books& books, const FittedBase& base);

/// Lines for people, without ends.
std::vector<std::string> told_of(const FittedWeights& weights);
/// A policy of the study, commented out; empty where there are no weights.
std::string policy_of(const FittedWeights& weights);

}  // namespace clientele::tools
