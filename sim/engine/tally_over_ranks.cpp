// Numbers are added where they are; bins, of which each rank has others, are told to all.
#include "sim/engine/tally_over_ranks.hpp"

#include <cstring>

namespace clientele::sim {

namespace {

/// A bin of the row of a tally that has the place.
struct PlacedBin {
  std::uint64_t place = 0;
  HistogramBin bin;
};

std::string told(std::span<const BinnedCount> rows) {
  std::string bytes;
  for (std::size_t place = 0; place < rows.size(); ++place)
    for (const HistogramBin& bin : rows[place].bins()) {
      const PlacedBin one{place, bin};
      bytes.append(reinterpret_cast<const char*>(&one), sizeof one);
    }
  return bytes;
}

void add(const std::string& bytes, std::span<BinnedCount> rows) {
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(PlacedBin)) {
    PlacedBin one;
    std::memcpy(&one, bytes.data() + at, sizeof one);
    rows[one.place].add(one.bin);
  }
}

}  // namespace

void sum_over(const Ranks& ranks, Tally& tally) {
  if (ranks.count() == 1) return;
  for (const std::span<std::int64_t> numbers : tally.numbers())
    if (!numbers.empty()) ranks.sum(numbers);
  const std::vector<std::string> all = ranks.gather(told(tally.all_bins()));
  for (std::size_t rank = 0; rank < all.size(); ++rank)
    if (static_cast<int>(rank) != ranks.number()) add(all[rank], tally.all_bins());
}

}  // namespace clientele::sim
