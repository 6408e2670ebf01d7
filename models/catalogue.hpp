// All that customers can do and all ways to sort them, as one catalogue.
#pragma once
#include <string_view>

#include "sim/catalogue.hpp"
#include "sim/core/api.hpp"

namespace clientele::models {

/// Which model this is: equal studies and equal versions give equal numbers. It is the hash of a pinned study's
/// outcomes (tests/properties/pinned_hash), so that no change of numbers can leave it as it was.
inline constexpr std::string_view model_version = "7d2c97cbc6791457";

/// Behaviors, the steps of a month in their order, segmentations, KPIs.
CLIENTELE_API sim::Catalogue catalogue();

}  // namespace clientele::models
