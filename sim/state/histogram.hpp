// Sign-log bins with fixed edges: exact for small integers, sixteen to an octave above; the same for every study.
//
// A quantile read from the bins is off by at most 1/32 of its value (half a bin), and exact below 32.
#pragma once
#include <bit>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "sim/sink.hpp"

namespace clientele::sim {

inline constexpr int bins_per_octave = 16;

/// The bin of a value: 0 for 0, -bin(-v) for negative v; magnitudes below 32 have a bin each.
inline std::int32_t bin_of(std::int64_t value) {
  const bool negative = value < 0;
  const std::uint64_t magnitude =
      negative ? std::uint64_t{0} - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  std::int32_t bin = static_cast<std::int32_t>(magnitude);
  if (magnitude >= 32) {
    const int octave = std::bit_width(magnitude) - 1;  // 5 and up
    bin = 32 + (octave - 5) * bins_per_octave + static_cast<std::int32_t>(magnitude >> (octave - 4) & 15U);
  }
  return negative ? -bin : bin;
}

/// The smallest magnitude in a bin, with its sign; as a double, since the bin after the last one starts at 2^64.
inline double bin_start(std::int32_t bin) {
  const std::int32_t m = bin < 0 ? -bin : bin;
  double start = m;
  if (m >= 32) {
    const int octave = 5 + (m - 32) / bins_per_octave, step = (m - 32) % bins_per_octave;
    start = static_cast<double>(16 + step);
    for (int i = 4; i < octave; ++i) start *= 2;
  }
  return bin < 0 ? -start : start;
}

/// Customers and sums per bin, for one histogram at one month in one group.
class BinnedCount {
 public:
  void add(std::int64_t value) {
    auto& bin = bins_[bin_of(value)];
    ++bin.first;
    bin.second += value;
  }
  BinnedCount& operator+=(const BinnedCount& other) {
    for (const auto& [bin, content] : other.bins_) {
      bins_[bin].first += content.first;
      bins_[bin].second += content.second;
    }
    return *this;
  }
  std::vector<HistogramBin> bins() const {
    std::vector<HistogramBin> list;
    for (const auto& [bin, content] : bins_) list.push_back({bin, content.first, content.second});
    return list;
  }
  bool empty() const { return bins_.empty(); }
  void clear() { bins_.clear(); }

 private:
  std::map<std::int32_t, std::pair<std::int64_t, std::int64_t>> bins_;
};

}  // namespace clientele::sim
