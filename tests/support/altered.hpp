// Runs as tests ask for them, or as a nightly test alters them: no outcome may differ.
#pragma once
#include <cstdlib>
#include <string_view>

#include "sim/core/check.hpp"
#include "sim/run.hpp"

namespace clientele::tests {

/// What the environment variable CLIENTELE_ALTERED says is done to a run's options; nothing where it says nothing.
inline sim::RunOptions altered(sim::RunOptions options) {
  const char* said = std::getenv("CLIENTELE_ALTERED");
  const std::string_view how = said == nullptr ? "" : said;
  if (how.empty()) return options;
  if (how == "blocks")
    options.block_size = 64;
  else if (how == "scratch")
    options.scratch = sim::Scratch::spoiled;
  else if (how == "portions")
    options.customers_of_portion = 250;
  else if (how == "arms")
    options.arms_together = 1;
  else if (how == "step")
    options.in_step = true;
  else
    throw sim::InternalFault("CLIENTELE_ALTERED is blocks, scratch, portions, arms or step");
  return options;
}

}  // namespace clientele::tests
