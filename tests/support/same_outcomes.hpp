// Every cell of one run has the same integers in another.
#pragma once
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {

/// Cells that only `b` has are left alone.
inline void require_same(const Outcome& a, const Outcome& b) {
  REQUIRE(a.cells().size() <= b.cells().size());
  for (const auto& [cell, outcome] : a.cells()) {
    REQUIRE(b.cells().at(cell).counts == outcome.counts);
    REQUIRE(b.cells().at(cell).beyond == outcome.beyond);
    REQUIRE(b.cells().at(cell).histograms == outcome.histograms);
    REQUIRE(b.cells().at(cell).flows == outcome.flows);
    REQUIRE(b.cells().at(cell).by_age == outcome.by_age);
  }
}

}  // namespace clientele::tests
