// All that a comparison reads: of cubes, or of a run that wrote none. Data, and two ways to numbers.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "output/comparison/study_facts.hpp"
#include "output/cube/kpi_texts.hpp"
#include "output/cube/reader.hpp"
#include "output/cube/writer.hpp"
#include "sim/metrics.hpp"
#include "sim/study.hpp"

namespace clientele::output {

/// Of a course of months: all that are simulated, or those of the horizon alone.
enum class Months { simulated, of_horizon };

struct ComparisonInput : StudyFacts {
  std::string model_version;
  std::string baseline, headline;
  std::vector<std::string> beside;  ///< KPIs that the study wants to see beside the headline; empty: it does not say
  std::vector<KpiTexts> kpis;
  std::vector<sim::Assumption> assumptions;  ///< empty where the cube does not say
  std::vector<sim::LeverUse> levers;

  /// Of a KPI in every cell, [scenario][policy][draw][replication]; NaN is missing.
  std::function<std::vector<double>(const std::string& kpi)> values;
  /// A metric of one arm, all tiers and groups together, [draw][replication][month]: the months of the horizon, then
  /// all after it; of a metric of those alone the horizon has none. Empty where months do not stand alone or the metric
  /// was not kept.
  std::function<std::vector<double>(const std::string& metric, std::size_t scenario, std::size_t policy)> by_month;

  const KpiTexts* kpi(const std::string& name) const;
  /// The KPI that is this part of what a policy is worth; nullptr where none says so, as in cubes before format 1.5.
  const KpiTexts* kpi(sim::KpiPart part) const;

  /// The same of the months of the horizon alone, whether or not the metric is kept behind it.
  std::function<std::vector<double>(const std::string& metric, std::size_t scenario, std::size_t policy)>
      by_month_of_horizon = {};
};

/// Of a cube, which must outlive it; or of several that hold cells of one study. Throws UserError where two of them
/// tell different numbers of one cell.
ComparisonInput input_of(const std::vector<const CubeReader*>& cubes);

/// Of a run whose cells stand in memory; all must outlive it.
ComparisonInput input_of(const sim::Study& study, const sim::OutcomeInfo& info, const CubeDetails& details,
                         const Outcomes& outcomes);

}  // namespace clientele::output
