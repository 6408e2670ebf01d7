// Amounts of parts are rounded one by one, so that their sum may be another double than the whole's, by its last
// digits.
#include "tools/clientele/verify/parts.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "output/cube/parts.hpp"

namespace clientele::tools {

namespace {

using output::ByAxis;

/// One number that parts make, and how large they are.
struct Sum {
  double value = 0, size = 0;
  std::size_t parts = 0;  ///< that there are
  void add(double part) {
    if (std::isnan(part)) return;
    value += part;
    size += std::fabs(part);
    ++parts;
  }
  bool is(double whole) const {
    constexpr double rounding = 1e-9;
    return std::fabs(value - whole) <= rounding * std::max(size, std::fabs(whole));
  }
};

/// Every cell's KPI is the sum of its parts, or, of a KPI that does not add up, the only part's where there is one.
bool adds_up(const output::CubeReader& cube, const sim::KpiInfo& kpi, ByAxis axis) {
  const sim::CellAxes axes = cube.axes().of_cells();
  const std::vector<double> all = cube.kpi(kpi.name);
  const std::size_t worlds = axes.worlds();
  for (std::uint32_t scenario = 0; scenario < axes.scenarios; ++scenario)
    for (std::uint32_t policy = 0; policy < axes.policies; ++policy) {
      const std::vector<double> told = cube.kpi_by(kpi.name, axis, scenario, policy);
      const std::size_t parts = told.size() / worlds;
      for (std::size_t world = 0; world < worlds; ++world) {
        const double whole = all[axes.number_of_arm(scenario, policy) * worlds + world];
        Sum sum;
        for (std::size_t part = 0; part < parts; ++part) sum.add(told[world * parts + part]);
        if (std::isnan(whole) ? sum.parts > 0 && output::adds_up(kpi) : output::adds_up(kpi) && !sum.is(whole))
          return false;
        if (parts == 1 && sum.parts == 1 && !sum.is(whole)) return false;
      }
    }
  return true;
}

/// The months of the horizon that the cube has of a metric, one by one or summed, add up to the sum that it tells.
bool sums_months(const output::CubeReader& cube, const std::string& metric) {
  const output::CubeReader::Axes& axes = cube.axes();
  const std::size_t worlds = axes.of_cells().worlds();
  for (std::size_t scenario = 0; scenario < axes.scenarios.size(); ++scenario)
    for (std::size_t policy = 0; policy < axes.policies.size(); ++policy) {
      const std::vector<double> months = cube.metric(metric, scenario, policy),
                                sums = cube.sum(metric, scenario, policy);
      const std::size_t of_place = months.size() / (worlds * axes.months), of_world = sums.size() / worlds;
      for (std::size_t world = 0; world < worlds; ++world) {
        Sum sum, told;
        for (std::size_t m = 0; m < axes.months; ++m)
          for (std::size_t i = 0; i < of_place && !axes.run_off[m]; ++i)
            sum.add(months[(world * axes.months + m) * of_place + i]);
        for (std::size_t i = 0; i < of_world; ++i) told.add(sums[world * of_world + i]);
        if (!sum.is(told.value)) return false;
      }
    }
  return true;
}

}  // namespace

void look_at_parts(const output::CubeReader& cube, const sim::OutcomeInfo& info, Findings& findings) {
  const auto look = [&](const std::string& variable, bool is_sound) {
    findings.parts.push_back(variable);
    if (!is_sound) findings.other_parts.push_back(variable);
  };
  for (const sim::KpiInfo& kpi : info.kpis)
    for (const ByAxis axis : {ByAxis::tier, ByAxis::group, ByAxis::customer_class})
      if (cube.has_kpi_by(kpi.name, axis)) look(output::kpi_variable(kpi.name, axis), adds_up(cube, kpi, axis));
  for (const std::string& metric : cube.metrics())
    if (cube.has_sum(metric)) look(output::sum_variable(metric), sums_months(cube, metric));
}

}  // namespace clientele::tools
