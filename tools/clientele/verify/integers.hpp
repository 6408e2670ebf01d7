// The integers that a cube's numbers were made of, counted back: what its fingerprint and its KPIs follow from.
#pragma once
#include <cstddef>
#include <vector>

#include "output/cube/reader.hpp"
#include "sim/metrics.hpp"
#include "sim/sink.hpp"
#include "sim/study.hpp"
#include "tools/clientele/verify/findings.hpp"

namespace clientele::tools {

/// Whether a cube holds every integer of its cells: months and groups each by itself, every metric that the study uses,
/// histograms.
bool holds_all_integers(const output::CubeReader& cube, const sim::OutcomeInfo& info);

/// The cells of one arm that were simulated, in cell order. Numbers are whole multiples of a metric's scale and of the
/// study's money_quantum.
std::vector<sim::CellOutcome> outcomes_of(const output::CubeReader& cube, const sim::OutcomeInfo& info,
                                          const sim::Study& study, std::uint32_t scenario, std::uint32_t policy);

/// Holds the fingerprint and the KPIs of a cube to its integers, and writes what it finds into `findings`.
void look_at_integers(const output::CubeReader& cube, const sim::OutcomeInfo& info, const sim::Study& study,
                      Findings& findings);

}  // namespace clientele::tools
