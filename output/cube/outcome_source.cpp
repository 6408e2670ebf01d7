// A cell's key finds its record, whichever study and run it was simulated for.
#include "output/cube/outcome_source.hpp"

namespace clientele::output {

bool OutcomesInRecords::contains(const sim::Cell& cell) const { return records_.contains(key_of(keys_, cell)); }

sim::CellOutcome OutcomesInRecords::read(const sim::Cell& cell) const {
  return records_.read(key_of(keys_, cell), cell, info_);
}

}  // namespace clientele::output
