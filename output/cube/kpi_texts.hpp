// What is said of a KPI: how it reads, and what it is to an answer. Attributes of its variable in a cube.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "output/hdf5/hdf5.hpp"
#include "sim/metrics.hpp"

namespace clientele::output {

struct KpiTexts {
  std::string name, meaning, unit, formula;
  sim::Direction direction = sim::Direction::neither;
  sim::KpiPart part = sim::KpiPart::none;
  std::string month_of = {};  ///< name of the KPI whose month it is; empty: of none

  /// Of a whole that treats all its months alike: sum over t of (flow - r / (1 + r) x balance) / (1 + r)^t, where a
  /// field gives the rate r. Empty for others.
  std::vector<sim::Term> flow = {}, balance = {};
  std::string rate_field = {};

  std::vector<sim::Term> flow_beyond = {};  ///< what flows beyond the horizon only

  std::string series = {};  ///< variable that holds the months it looks at; empty: a cube keeps none
};

/// Which way is better: more, but where less is.
inline double sign_of(const KpiTexts& kpi) { return kpi.direction == sim::Direction::lower_is_better ? -1 : 1; }

/// Of a KPI that a catalogue declares.
KpiTexts words_of(const sim::KpiInfo& kpi, const std::string& currency);

/// Of the variable that holds the months that a KPI looks at.
std::vector<std::pair<std::string, std::string>> attributes_of(const sim::MonthlyRule& rule,
                                                               const std::string& currency);

/// Names and texts; an empty one is left out of a cube.
std::vector<std::pair<std::string, std::string>> attributes_of(const KpiTexts& words);
/// Of a variable that they were written to. Before format 1.5 a KPI is no part, and no month of another.
KpiTexts read_kpi_texts(const std::string& name, const Hdf5Node& variable);

}  // namespace clientele::output
