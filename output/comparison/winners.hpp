// Who wins and who loses under a policy: the paired difference of an amount by class of customers at the fork, whose
// sum over classes is the policy's own. Each class holds the same people under both policies.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "output/comparison/comparison.hpp"

namespace clientele::output {

struct WinnersRow {
  std::string name;
  double customers = 0;       ///< who are active in a month of the horizon, under the baseline; mean over futures
  Interval difference;        ///< of the amount, policy less baseline
  Interval of_customer = {};  ///< the same over `customers`; missing where there are none
  std::optional<Interval> granted = {};  ///< difference of what is spent on them, where the cube tells it
};

/// Of one policy in one scenario.
struct WinnersArm {
  std::size_t scenario = 0, policy = 0;
  WinnersRow all;
  std::vector<WinnersRow> classes;  ///< from the largest gain to the largest loss; who makes no difference is left out
  /// The same added up: by the tier that the baseline gave, then who had left, who came later, and what is no
  /// customer's; by tenth of sales, the largest first; by group, where there are several.
  std::vector<WinnersRow> tiers, tenths, groups;
  std::vector<std::string> left_out = {};  ///< parts that would tell of single customers of a file
  bool are_classes_left_out = false;       ///< for the same reason
};

struct Winners {
  KpiTexts kpi;
  std::string granted;  ///< the KPI that says what is spent; empty where the cube does not tell it by class
  std::vector<WinnersArm> arms;
};

/// Whether the cube counts by class, and tells this KPI so: of ratios and highest months classes do not add up.
bool has_classes(const CubeReader& cube);
bool is_told_by_class(const CubeReader& cube, const std::string& kpi);

/// Of each policy that a question across policies shows, against its baseline, in the first of its KPIs.
Winners winners_of(const CubeReader& cube, const ComparisonInput& input, const Question& question);

}  // namespace clientele::output
