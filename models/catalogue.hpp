// All that customers can do and all ways to sort them, as one catalogue.
#pragma once
#include "sim/catalogue.hpp"
#include "sim/core/api.hpp"

namespace clientele::models {

/// Behaviors, the steps of a month in their order, segmentations, KPIs.
CLIENTELE_API sim::Catalogue catalogue();

}  // namespace clientele::models
