// The integers that a cube's numbers were made of, counted back: what its fingerprint and its KPIs follow from.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "output/cube/reader.hpp"
#include "sim/metrics.hpp"
#include "sim/sink.hpp"
#include "sim/study.hpp"

namespace clientele::output {

/// What one counted unit of a metric is in a cube.
double unit_of(const sim::MetricInfo& metric, double money_quantum);

/// How many units a number of a cube is. A tier that a policy lacks has no number, and counts nothing.
std::int64_t counted(double number, double unit);

/// Whether a cube holds every integer of its cells: months and groups each by itself, every metric that the study uses,
/// histograms.
bool holds_all_integers(const CubeReader& cube, const sim::OutcomeInfo& info);

/// The cells of one arm that were simulated, in cell order.
std::vector<sim::CellOutcome> outcomes_of(const CubeReader& cube, const sim::OutcomeInfo& info, const sim::Study& study,
                                          std::uint32_t scenario, std::uint32_t policy);

}  // namespace clientele::output
