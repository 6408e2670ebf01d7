// Three loops over bytes, as HDF5's own filters do them; the cube is read back through HDF5, which judges the result.
#include "output/hdf5/filters.hpp"

#include <algorithm>
#include <memory>
#include <new>

#include <libdeflate.h>

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

/// Fletcher's checksum over big-endian words of 16 bits.
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

/// HDF5 stores it little-endian.
std::string checksum_behind(std::string_view bytes) {
  const std::uint32_t checksum = fletcher32(bytes);
  std::string text;
  for (int shift = 0; shift < 32; shift += 8) text += static_cast<char>(checksum >> shift & 0xffU);
  return text;
}

constexpr std::uint32_t without_deflate = 1U << 1;  ///< the second filter

/// As zlib writes it, in half of zlib's time. Returns the bytes written; 0 where they would not be fewer. The room is
/// that of the plain bytes, however much there is: close to its end libdeflate gives up earlier, and what it gives up
/// on must not depend on what a thread has deflated before.
std::size_t deflated(std::string_view plain, std::string& into) {
  using Compressor = std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)>;
  thread_local const Compressor compressor(libdeflate_alloc_compressor(1), libdeflate_free_compressor);
  if (!compressor) throw std::bad_alloc();
  return libdeflate_zlib_compress(compressor.get(), plain.data(), plain.size(), into.data(), plain.size());
}

/// Whether the bytes give exactly what fills `into`.
bool inflated(std::string_view bytes, std::string& into) {
  using Decompressor = std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)>;
  thread_local const Decompressor decompressor(libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (!decompressor) throw std::bad_alloc();
  return libdeflate_zlib_decompress(decompressor.get(), bytes.data(), bytes.size(), into.data(), into.size(),
                                    nullptr) == LIBDEFLATE_SUCCESS;
}

}  // namespace

FilteredChunk filtered(std::span<const double> chunk) {
  const std::string plain = shuffled(chunk);
  thread_local std::string room;  // one for all chunks: else each would leave a hole in which its few bytes lie
  room.resize(std::max(room.size(), plain.size()));
  FilteredChunk result{{}, 0};
  if (const std::size_t size = deflated(plain, room); size > 0 && size <= plain.size()) {
    result.bytes.assign(room, 0, size);
  } else {
    result.bytes = plain;
    result.skipped = without_deflate;
  }
  result.bytes += checksum_behind(result.bytes);
  return result;
}

std::optional<std::vector<double>> unfiltered(const FilteredChunk& chunk, std::size_t count) {
  std::string_view bytes = chunk.bytes;
  if (bytes.size() < sizeof(std::uint32_t) || (chunk.skipped & ~without_deflate) != 0) return std::nullopt;
  const std::string_view checksum = bytes.substr(bytes.size() - sizeof(std::uint32_t));
  bytes.remove_suffix(checksum.size());
  if (checksum_behind(bytes) != checksum) return std::nullopt;
  std::string plain(count * sizeof(double), '\0');
  if (chunk.skipped != 0)
    plain = bytes;
  else if (!inflated(bytes, plain))
    return std::nullopt;
  if (plain.size() != count * sizeof(double)) return std::nullopt;
  std::vector<double> numbers(count);
  auto* to = reinterpret_cast<char*>(numbers.data());
  for (std::size_t b = 0; b < sizeof(double); ++b)
    for (std::size_t i = 0; i < count; ++i) to[i * sizeof(double) + b] = plain[b * count + i];
  return numbers;
}

}  // namespace clientele::output
