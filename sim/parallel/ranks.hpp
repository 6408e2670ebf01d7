// Processes that share one world put their integers together here. One file per way of being many; the build picks one.
#pragma once
#include <cstdint>
#include <span>

namespace clientele::sim {

int rank();
int ranks();
/// Element by element over all ranks; every rank gets the result.
void sum_over_ranks(std::span<std::int64_t> values);
void max_over_ranks(std::span<std::int64_t> values);

}  // namespace clientele::sim
