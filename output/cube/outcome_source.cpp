// A cell's key finds its record, whichever study and run it was simulated for.
#include "output/cube/outcome_source.hpp"

namespace clientele::output {

bool OutcomesInRecords::contains(const sim::Cell& cell, std::size_t point) const {
  return records_.contains(key_of(keys_[point], cell));
}

sim::CellOutcome OutcomesInRecords::read(const sim::Cell& cell, std::size_t point) const {
  return records_.read(key_of(keys_[point], cell), cell, info_);
}

}  // namespace clientele::output
