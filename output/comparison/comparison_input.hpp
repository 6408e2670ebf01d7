// All that a comparison reads: of cubes, or of a run that wrote none. Data, and two ways to numbers.
#pragma once
#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "output/cube/cube_reader.hpp"
#include "output/cube/cube_writer.hpp"
#include "output/cube/kpi_words.hpp"
#include "sim/metrics.hpp"
#include "sim/study.hpp"

namespace clientele::output {

/// A number that draws vary, and its values by draw.
struct DrawnNumber {
  sim::DrawnField field;
  std::vector<double> values;
};

struct ComparisonInput {
  std::string title, currency, study_digest, model_version, data_hash;
  std::string customer_file;  ///< empty without one
  std::string baseline, headline;
  std::vector<std::string> scenarios, policies;
  std::vector<std::optional<std::size_t>> same_money_as;  ///< by policy: whose money it spends evenly
  std::size_t draws = 1, replications = 0, cells_done = 0;
  std::size_t months = 0;               ///< of the horizon
  int first_year = 0, first_month = 0;  ///< of month 0; 0 where the cube does not say
  sim::People people = sim::People::redrawn;
  sim::Luck luck = sim::Luck::fresh;
  std::vector<KpiWords> kpis;
  std::vector<DrawnNumber> drawn;
  std::vector<sim::Assumption> assumptions;  ///< empty where the cube does not say
  std::vector<sim::LeverUse> levers;
  std::vector<std::string> warnings;
  double share_of_ten_largest = std::numeric_limits<double>::quiet_NaN();  ///< of expected sales; NaN: not known

  /// Of a KPI in every cell, [scenario][policy][draw][replication]; NaN is missing.
  std::function<std::vector<double>(const std::string& kpi)> values;
  /// A metric of one arm, all tiers and groups together, [draw][replication][month]: the months of the horizon, then
  /// all after it. Empty where months do not stand alone or the metric was not kept.
  std::function<std::vector<double>(const std::string& metric, std::size_t scenario, std::size_t policy)> by_month;

  const KpiWords* kpi(const std::string& name) const;
  /// The KPI that is this part of what a policy is worth; nullptr where none says so, as in cubes before format 1.5.
  const KpiWords* kpi(sim::KpiPart part) const;
};

/// Of a cube, which must outlive it; or of several that hold cells of one study. Throws UserError where two of them
/// tell different numbers of one cell.
ComparisonInput input_of(const std::vector<const CubeReader*>& cubes);

/// Of a run whose cells stand in memory; all must outlive it.
ComparisonInput input_of(const sim::Study& study, const sim::OutcomeInfo& info, const CubeDetails& details,
                         const Outcomes& outcomes);

}  // namespace clientele::output
