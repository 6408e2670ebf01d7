// Adds what is the firm's own to what customers have come to.
#pragma once
#include "sim/engine/life.hpp"

namespace clientele::sim {

/// To be called once for a world that is whole: of portions, which are kept on their own, none holds it.
void book_for_firm(const Program& program, const Lineup& lineup, Tally& tally);

}  // namespace clientele::sim
