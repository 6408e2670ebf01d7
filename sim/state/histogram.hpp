// Sign-log bins with fixed edges: exact for small integers, sixteen to an octave above; the same for every study.
//
// A quantile read from the bins is off by at most 1/32 of its value (half a bin), and exact below 32.
#pragma once
#include <bit>
#include <cstdint>
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

/// Customers and sums per bin, for one histogram at one month in one group: a row of bins from the lowest that was met
/// to the highest.
class BinnedCount {
 public:
  void add(std::int64_t value) {
    Content& content = at(bin_of(value));
    ++content.customers;
    content.sum += value;
  }
  void add(const HistogramBin& bin) {
    Content& content = at(bin.bin);
    content.customers += bin.customers;
    content.sum += bin.sum;
  }
  BinnedCount& operator+=(const BinnedCount& other) {
    for (std::size_t i = 0; i < other.row_.size(); ++i)
      if (other.row_[i].customers != 0)
        add({other.first_ + static_cast<std::int32_t>(i), other.row_[i].customers, other.row_[i].sum});
    return *this;
  }
  /// Those that hold somebody, in ascending order.
  std::vector<HistogramBin> bins() const {
    std::vector<HistogramBin> list;
    for (std::size_t i = 0; i < row_.size(); ++i)
      if (row_[i].customers != 0)
        list.push_back({first_ + static_cast<std::int32_t>(i), row_[i].customers, row_[i].sum});
    return list;
  }
  bool empty() const { return row_.empty(); }
  void clear() { row_.clear(); }

 private:
  struct Content {
    std::int64_t customers = 0, sum = 0;
  };
  Content& at(std::int32_t bin) {
    const std::int32_t last = first_ + static_cast<std::int32_t>(row_.size()) - 1;
    if (row_.empty() || bin < first_ || bin > last) reach(bin, last);
    return row_[static_cast<std::size_t>(bin - first_)];
  }
  void reach(std::int32_t bin, std::int32_t last) {
    if (row_.empty()) first_ = bin, last = bin - 1;
    if (bin < first_) row_.insert(row_.begin(), static_cast<std::size_t>(first_ - bin), Content{}), first_ = bin;
    if (bin > last) row_.resize(row_.size() + static_cast<std::size_t>(bin - last));
  }

  std::int32_t first_ = 0;
  std::vector<Content> row_;
};

}  // namespace clientele::sim
