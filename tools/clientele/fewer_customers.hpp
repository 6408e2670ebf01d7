// Fewer customers of the same kinds, so that a study is simulated in seconds: what a trial of it begins with.
#pragma once
#include <cstdint>

#include "sim/study.hpp"

namespace clientele::tools {

/// Leaves so many customers: of a file, rows evenly taken from all of it (a file has no more than it has); of an
/// invented base as many as are wanted. Mean numbers of who joins go along.
void take_customers(sim::Population& population, std::uint64_t number);

}  // namespace clientele::tools
