// What studies of earlier clienteles could say and no study says any more: a mistake that names what took its place.
#pragma once
#include <string>
#include <string_view>

namespace clientele::scenarios {

/// Why a key is gone and what to write instead, behind a message that it is unknown: " (what is ...). Did you mean
/// ...?". Empty for what never was a key. `label` is the key as messages name it: group "chain": accounting.margin.
std::string former_key_hint(std::string_view label);

/// The same of a name that stands as a value. `kind`: "metric", "KPI".
std::string former_name_hint(std::string_view kind, std::string_view name);

}  // namespace clientele::scenarios
