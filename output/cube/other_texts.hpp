// What two cubes say beside their numbers: titles, the study, units, formulas, settings.
#pragma once
#include <string>
#include <vector>

#include "output/hdf5/hdf5.hpp"

namespace clientele::output {

/// Names of the texts and settings that differ: "title" of the file, "study_text", "kpi_npv.formula" of a variable that
/// both have. What is said of each place of an axis is left out where the axes differ.
std::vector<std::string> other_texts(const Hdf5Reader& first, const Hdf5Reader& second);

}  // namespace clientele::output
