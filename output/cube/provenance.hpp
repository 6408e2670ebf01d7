// Why the numbers of a cube may be believed: its fields with their sources, its levers with their two sides.
#pragma once
#include "output/cube/dimensions.hpp"

namespace clientele::output {

/// Axes `field` and `lever`; each only where there is something on it.
void add_provenance_dimensions(Dimensions& dimensions, const sim::OutcomeInfo& info);

/// field_value, field_meaning, field_mark, field_source, field_uncertain; lever_cost, lever_benefit, lever_used.
void write_provenance(Hdf5Writer& file, const Dimensions& dimensions, const Source& source);

/// The same back; empty where a cube has none.
std::vector<sim::Assumption> read_assumptions(const Hdf5File& file);
std::vector<sim::LeverUse> read_levers(const Hdf5File& file, const std::vector<std::string>& policies);

}  // namespace clientele::output
