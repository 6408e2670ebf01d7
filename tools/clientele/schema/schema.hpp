// A study as JSON Schema, for editors and for programs that write studies.
#pragma once
#include <string>

#include "sim/catalogue.hpp"

namespace clientele::tools {

/// Draft 4, of the TOML as JSON (a date is a text). What it refuses the reader refuses; the reader knows more: what
/// goes together, and what follows from names.
std::string schema_of(const sim::Catalogue& catalogue);

}  // namespace clientele::tools
