// What a policy has gained or lost by the end of each year, and which one is ahead then.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "output/comparison/answer.hpp"
#include "output/comparison/input.hpp"
#include "output/statistics/averages.hpp"
#include "output/statistics/prediction.hpp"

namespace clientele::output {

struct Question;

/// One arm against the baseline, by the ends below.
struct ArmOverTime {
  std::size_t scenario = 0, policy = 0;
  std::vector<Interval> sums;       ///< of all that was gained and spent until then, discounted to month 0
  std::vector<Prediction> futures;  ///< the same of single futures
  std::optional<Payback> payback;
};

struct OverTime {
  std::vector<std::size_t> ends;  ///< so many months are over: whole years, the horizon, and all that is simulated
  std::vector<ArmOverTime> arms;  ///< by scenario, then policy (across scenarios by policy, then scenario)
};

/// Ends of years of a horizon, its own end, ends of years of the closed months behind it, and the end of all months,
/// when what the last closed one leaves open is settled.
std::vector<std::size_t> ends_of_years(std::size_t horizon, std::size_t closed, std::size_t all);

/// Nothing where what arms are worth month by month is not known (output/comparison/worth.hpp).
std::optional<OverTime> over_time(const ComparisonInput& input, const Question& question);

/// The arm that is furthest ahead at an end, of those that stand together with `arm` (its scenario, or its policy);
/// nothing where that is the baseline.
std::optional<std::size_t> leader_at(const OverTime& over_time, const Question& question, std::size_t arm,
                                     std::size_t end);

/// Whether that one's lead is more than simulation error: over the baseline, or the baseline's over all the others.
bool leads_clearly(const OverTime& over_time, const Question& question, std::size_t arm, std::size_t end);

}  // namespace clientele::output
