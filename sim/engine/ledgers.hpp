// Ledgers: whatever is declared to roll forward does so, to the unit, in every cell.
#pragma once
#include <cstddef>

#include "sim/engine/program.hpp"
#include "sim/state/tally.hpp"

namespace clientele::sim {

/// What is known of closed months: all metrics, or those that are kept of them, where portions were not simulated now.
enum class Beyond { all, kept };

/// Throws InternalFault with the ledger, the cell, the month and the group where one does not balance. Closed months go
/// on from the horizon's last one, as far as what takes from the balance is kept of them; nobody joins there. Of a
/// world with kept portions what adds has to be kept, too.
void check_ledgers(const Program& program, const Cell& cell, const Tally& tally, std::size_t arm, Beyond counted);

/// Throws InternalFault where a metric that is zero by construction has counted something.
void check_zeros(const Program& program, const Tally& tally, std::size_t arm);

}  // namespace clientele::sim
