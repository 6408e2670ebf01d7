// What an arm is worth over another, month by month: discounted differences, summed up from month 0 on.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "output/comparison/input.hpp"

namespace clientele::output {

struct ArmOf {
  std::size_t scenario = 0, policy = 0;
};

/// Differences of two arms that shared their luck, up to the end of each month: those of the horizon, the closed ones
/// behind it, and those in which what is open then is settled.
struct WorthOverTime {
  std::size_t months = 0;
  std::vector<double> sums;  ///< [draw][replication][month]; NaN from where a month is not known

  double up_to(std::size_t future, std::size_t month) const { return sums[future * months + month]; }
};

/// The monthly rate of each draw by the path of its field, as a cube states or draws it; empty where it is not known.
std::vector<double> rates_of(const ComparisonInput& input, const std::string& path);

/// In each future the flows of both arms, less what their balances cost at r / (1 + r), are discounted and their
/// differences summed up, as the KPI sums them that is the whole (KpiTexts). Nothing where no KPI is such a whole, or
/// where the cube lacks months that stand alone, a metric or the rate.
std::optional<WorthOverTime> worth_over_time(const ComparisonInput& input, const ArmOf& one, const ArmOf& baseline);

}  // namespace clientele::output
