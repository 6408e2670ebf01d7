// How large a cube and its records become, and what making the cube takes, before there is either.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "output/cube/outcome_source.hpp"
#include "sim/metrics.hpp"
#include "sim/study.hpp"

namespace clientele::output {

struct FileSizes {
  std::uint64_t cube = 0, records = 0;  ///< bytes
};
/// Sizes for all cells of a study, judged by cells of it that were simulated with `scale` >= 1 times fewer customers.
/// `summed` is CubeDetails::summed, also below.
FileSizes file_sizes(const sim::Study& study, const sim::OutcomeInfo& info, const Outcomes& simulated, double scale,
                     const std::vector<std::string>& summed = {});

/// Bytes of all numbers of a cube's cells before they are compressed, but for histograms: how many bins these have
/// shows later.
std::uint64_t bytes_of_numbers(const sim::Study& study, const sim::OutcomeInfo& info,
                               const std::vector<std::string>& summed = {});

/// Bytes that the outcome of a cell takes in memory, about.
std::uint64_t memory_of_outcome(const sim::Study& study, const sim::OutcomeInfo& info);

/// Memory that write_cube takes, beside the program itself [bytes]; 0 points: the study as it is stated.
std::uint64_t memory_of_writing(const sim::Study& study, const sim::OutcomeInfo& info, unsigned workers,
                                const std::vector<std::string>& summed = {}, std::size_t points = 0);

}  // namespace clientele::output
