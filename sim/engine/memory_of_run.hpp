// How much memory a run takes at its highest.
#pragma once
#include <cstdint>

#include "sim/engine/program.hpp"
#include "sim/run.hpp"

namespace clientele::sim {

/// Beside the program itself and what the sink keeps [bytes].
std::uint64_t memory_of_run(const Program& program, const RunOptions& options);

}  // namespace clientele::sim
