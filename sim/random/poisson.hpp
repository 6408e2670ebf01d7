// Poisson counts by inversion of one word: exact at every mean, and with the same word a higher mean never counts
// fewer.
//
// A word w stands for u = (floor(w / 2) + 1/2) / 2^31, in its top 2^-9 for (w + 1/2) / 2^32, whatever the mean; the
// count is the smallest k with P(X <= k) >= u. Three ways lead there:
//   word below 2^32 - 2^23, mean up to 60   masses summed up from 0 in float: the hot path, vectors of customers
//   word in the top 2^-9,   mean up to 60   the same sum in double, against the chance above
//   mean above 60                           a search from a good start, with tail sums or Temme's expansion in double
// A step in the mean of 1e-4 moves P(X <= k) by at least 6e-7 sqrt(mean) where the first way is used. Its errors near
// the switch at 60 stay below that, so that no switch can lower a count unless means differ by less than 1e-4
// relatively.
#pragma once
#include <cstdint>
#include <span>

#include "sim/core/api.hpp"

namespace clientele::sim {

/// One word each. Spans are of one length, a multiple of 64. A mean that is not above 0 (or no number) counts 0; means
/// above 1e9 count as 1e9.
CLIENTELE_API void poisson_invert(std::span<const std::uint32_t> words, std::span<const float> mean,
                                  std::span<std::int32_t> count);

/// The same for one word and mean: the same count for the same mean. Up to 60 the mean is rounded to float.
CLIENTELE_API std::int32_t poisson(std::uint32_t word, double mean);

}  // namespace clientele::sim
