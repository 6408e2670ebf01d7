// Three loops over bytes, as HDF5's own filters do them; the cube is read back through HDF5, which judges the result.
#include "output/hdf5_filters.hpp"

#include <algorithm>

#include <zlib.h>

#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

/// First bytes of all numbers, then second bytes of all numbers, and so on: neighbors are alike in their high bytes.
std::string shuffled(std::span<const double> numbers) {
  const auto* bytes = reinterpret_cast<const char*>(numbers.data());
  std::string text(numbers.size_bytes(), '\0');
  for (std::size_t b = 0; b < sizeof(double); ++b)
    for (std::size_t i = 0; i < numbers.size(); ++i) text[b * numbers.size() + i] = bytes[i * sizeof(double) + b];
  return text;
}

/// Fletcher's checksum over big-endian words of 16 bits; HDF5 stores it little-endian behind the data.
/// Source: J. G. Fletcher 1982; H5checksum.c. 360 words are the most that 32 bits hold without reducing.
std::uint32_t fletcher32(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(bytes[i])}; };
  const auto reduced = [](std::uint32_t sum) { return (sum & 0xffffU) + (sum >> 16); };
  std::uint32_t sum = 0, sum_of_sums = 0;
  const std::size_t words = bytes.size() / 2;
  for (std::size_t word = 0; word < words;) {
    for (const std::size_t end = std::min<std::size_t>(words, word + 360); word < end; ++word) {
      sum += at(2 * word) << 8 | at(2 * word + 1);
      sum_of_sums += sum;
    }
    sum = reduced(sum);
    sum_of_sums = reduced(sum_of_sums);
  }
  if (bytes.size() % 2 != 0) {
    sum += at(bytes.size() - 1) << 8;
    sum_of_sums += sum;
    sum = reduced(sum);
    sum_of_sums = reduced(sum_of_sums);
  }
  return reduced(sum_of_sums) << 16 | reduced(sum);
}

}  // namespace

FilteredChunk filtered(std::span<const double> chunk) {
  constexpr std::uint32_t deflate_is_second = 1U << 1;
  const std::string plain = shuffled(chunk);
  FilteredChunk result{std::string(plain.size(), '\0'), 0};
  uLongf size = plain.size();
  const int status = ::compress2(reinterpret_cast<Bytef*>(result.bytes.data()), &size,
                                 reinterpret_cast<const Bytef*>(plain.data()), plain.size(), 1);
  sim::expects(status == Z_OK || status == Z_BUF_ERROR, "a chunk can be deflated");
  if (status == Z_OK) {
    result.bytes.resize(size);
  } else {
    result.bytes = plain;
    result.skipped = deflate_is_second;
  }
  const std::uint32_t checksum = fletcher32(result.bytes);
  for (int shift = 0; shift < 32; shift += 8) result.bytes += static_cast<char>(checksum >> shift & 0xffU);
  return result;
}

}  // namespace clientele::output
