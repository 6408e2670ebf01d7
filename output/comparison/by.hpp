// What each arm comes to tier by tier, or group by group: counted numbers, with their intervals, over the horizon.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "output/comparison/comparison.hpp"

namespace clientele::output {

/// A number of a part, as data: who knows the metrics says what is added up.
struct ByMeasure {
  enum class Of {
    all_months,     ///< the sum of the metrics
    average_month,  ///< the same by month
    last_month,     ///< of the horizon
    moves_in,       ///< customers whom a review brought from another tier, after month 0, which sorts all anew
    moves_out,      ///< the other way; of a group both are who moved at all
    top_tier  ///< of a group: the share of its customers that stands in the best tier of several at month 0; the metric
              ///< counts them
  };
  std::string name, meaning, unit;
  Of of = Of::all_months;
  std::vector<std::string> metrics = {};  ///< those that the cube does not hold are left out
  std::string per = {};                   ///< a metric to divide by, future by future; empty: none
  std::string kpi = {};                   ///< the KPI that says the same of a part, where the cube tells it
  bool only_where_used = false;           ///< left out of a study that makes no use of what the metrics count
};

struct ByValue {
  Interval level;
  Interval share;                      ///< of the arm; missing of what is no sum
  std::optional<Interval> difference;  ///< to the same part under the baseline, future by future
};

struct ByPart {
  std::string name;
  std::vector<ByValue> values;  ///< by measure
};

struct ByArm {
  std::size_t scenario = 0, policy = 0;
  std::vector<ByPart> parts;
  std::vector<std::string> left_out = {};  ///< parts that would tell of single customers of a file
};

/// Of customers who exist, parts with fewer on average are left out, groups under all policies alike; and where what is
/// left out has fewer in all, which totals would give away, the smallest of the others too.
inline constexpr double fewest_real_customers = 10;

struct By {
  ByAxis axis = ByAxis::tier;
  std::vector<ByMeasure> measures;  ///< that the cube can tell
  std::vector<ByArm> arms;          ///< as in Comparison
};

/// A group whose share in the top tier is less than this part of the best group's is marked: the four-fifths rule of
/// the Uniform Guidelines on Employee Selection Procedures, EEOC 1978, 29 CFR 1607.4(D).
inline constexpr double four_fifths = 0.8;

/// Which parts have so few, by their numbers of customers; of nobody there is nothing to tell.
std::vector<bool> too_few_to_tell(const std::vector<double>& sizes);

/// What groups are called that a cube can tell apart.
const std::vector<std::string>& groups_of(const CubeReader& cube);

/// Sums are those over the horizon that a cube keeps whatever it sums of metrics, and where it keeps none (before
/// format 1.6) they are added up from its metrics, as far as it holds their months and groups. Groups are the same
/// under each policy, tiers are not: these have differences across scenarios only.
By by_part(const CubeReader& cube, const ComparisonInput& input, const Question& question, ByAxis axis,
           const std::vector<ByMeasure>& measures);

/// Groups of an arm that stand in the top tier by less than four fifths of the best group's share.
struct UnequalGroups {
  struct Group {
    std::string name;
    double share = 0;
  };
  Group best;
  std::vector<Group> others;  ///< none where the cube does not tell, or all are near
};
UnequalGroups unequal_groups(const By& by, const ByArm& arm);

}  // namespace clientele::output
