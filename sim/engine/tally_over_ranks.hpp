// What the ranks of a slice counted of one world.
#pragma once
#include "sim/parallel/ranks.hpp"
#include "sim/state/tally.hpp"

namespace clientele::sim {

/// Every rank gets the sum of all. To be called by all of them, with tallies of one shape.
void sum_over(const Ranks& ranks, Tally& tally);

}  // namespace clientele::sim
