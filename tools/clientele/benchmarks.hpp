// Policies that sort customers by what no firm can know, and the worlds that are simulated to show what they go by.
#pragma once
#include <cstddef>
#include <string>

#include "sim/plan.hpp"

namespace clientele::tools {

/// "pilot worlds: 20 cells of 10 worlds, before the study's own: they show what the first tier's levers bring over the
/// last tier's, by class of customers"
std::string pilots_in_words(std::size_t cells);

/// A line for each policy of the study that is a yardstick, and one on what its pilot worlds cost; empty without one.
std::string benchmarks_of(const sim::Plan& plan);

}  // namespace clientele::tools
