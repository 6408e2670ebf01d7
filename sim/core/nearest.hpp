// What somebody may have meant: the known word that is fewest slips of the finger away.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/api.hpp"

namespace clientele::sim {

/// Inserted, dropped, changed and swapped neighboring bytes between two words, each part edited once (Damerau 1964,
/// "optimal string alignment"). Case does not count.
CLIENTELE_API std::size_t slips_between(std::string_view one, std::string_view other);

/// The nearest word within two slips, fewer than the word has letters; the first of equals. Empty: none.
CLIENTELE_API std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace clientele::sim
