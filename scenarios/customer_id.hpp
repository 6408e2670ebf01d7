// What becomes of a real customer's id: a hash, so that the id itself is kept nowhere.
#pragma once
#include <cstdint>
#include <string_view>

namespace clientele::scenarios {

/// The hash of an id as customer files keep it (sim::CustomerFile::ids). Of two ids of one file that have the same, the
/// later in the alphabet is found under another.
std::uint64_t hash_of_id(std::string_view id);

}  // namespace clientele::scenarios
