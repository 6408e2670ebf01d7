// What our filters make of a chunk, HDF5's own filters undo, whatever the numbers; and damage is found.
#include <cstring>
#include <limits>
#include <thread>

#include "output/hdf5/filters.hpp"
#include "output/hdf5/hdf5.hpp"
#include "tests/output/folder.hpp"
#include "tests/output/invented.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

namespace {

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

/// Numbers without any order: nothing can be deflated.
std::vector<double> noise(std::size_t count) {
  std::vector<double> numbers(count);
  std::uint64_t x = 88172645463325252ULL;
  for (double& number : numbers) {
    x ^= x << 13, x ^= x >> 7, x ^= x << 17;
    std::memcpy(&number, &x, sizeof x);
  }
  return numbers;
}

std::vector<double> money(std::size_t count) {
  std::vector<double> numbers;
  for (std::size_t i = 0; i < count; ++i) numbers.push_back(0.01 * static_cast<double>(invented_count(i)));
  return numbers;
}

}  // namespace

TEST_CASE("HDF5 reads what was filtered outside of it") {
  const Folder folder;
  const double missing = std::numeric_limits<double>::quiet_NaN();
  for (const auto& numbers : {std::vector<double>(1000, 0.0), std::vector<double>(1000, missing), money(1), money(7),
                              money(4096), money(100'001), noise(1), noise(1000), noise(131'072)}) {
    const output::FilteredChunk chunk = output::filtered(numbers);
    const auto back = output::unfiltered(chunk, numbers.size());
    REQUIRE(back);
    CHECK(same_bits(*back, numbers));
    {
      output::Hdf5Writer file(folder / "a.h5");
      output::Hdf5Dataset dataset = file.make_chunked("x", {numbers.size() + 3}, {numbers.size()});
      dataset.write_chunk({0}, chunk);
    }
    const output::Hdf5Reader file(folder / "a.h5");
    CHECK(same_bits(file.dataset("x").read_box({0}, {numbers.size()}), numbers));
    CHECK(file.dataset("x").read_chunk({0}).bytes == chunk.bytes);
    std::filesystem::remove(folder / "a.h5");
  }
}

TEST_CASE("numbers that cannot be deflated are stored as they are") {
  const auto numbers = noise(1000);
  const output::FilteredChunk chunk = output::filtered(numbers);
  CHECK(chunk.skipped == 2);
  CHECK(chunk.bytes.size() == numbers.size() * sizeof(double) + 4);
  CHECK(output::filtered(money(1000)).skipped == 0);
}

// Shares of a few futures hardly deflate: with a few bytes more room a chunk would be deflated that else is stored as
// it is. A thread that has filtered a large chunk before has that room.
TEST_CASE("what a chunk becomes does not depend on what was filtered before") {
  std::vector<std::vector<double>> chunks;
  for (std::size_t n = 16; n < 64; ++n) {
    std::vector<double>& shares = chunks.emplace_back(noise(n));
    for (double& share : shares) {
      std::uint64_t bits = 0;
      std::memcpy(&bits, &share, sizeof bits);
      share = 0.01 + 0.001 * static_cast<double>(bits >> 12) * 0x1p-52;  // all high bytes are alike, all others noise
    }
  }
  std::vector<output::FilteredChunk> before, after;
  std::thread([&] {
    for (const auto& chunk : chunks) before.push_back(output::filtered(chunk));
    output::filtered(money(100000));
    for (const auto& chunk : chunks) after.push_back(output::filtered(chunk));
  }).join();
  std::size_t stored = 0;
  for (std::size_t c = 0; c < chunks.size(); ++c) {
    CHECK((before[c].bytes == after[c].bytes));
    CHECK(before[c].skipped == after[c].skipped);
    stored += before[c].skipped != 0 ? 1 : 0;
  }
  CAPTURE(stored);
  CHECK(stored > 0);
}

TEST_CASE("a chunk that a disk has changed is no chunk") {
  for (const auto& numbers : {money(60), noise(30)}) {
    const output::FilteredChunk whole = output::filtered(numbers);
    for (std::size_t at = 0; at < whole.bytes.size(); ++at) {
      output::FilteredChunk damaged = whole;
      damaged.bytes[at] = static_cast<char>(damaged.bytes[at] ^ 0x10);
      CHECK_FALSE(output::unfiltered(damaged, numbers.size()));
      damaged.bytes = whole.bytes.substr(0, at);
      CHECK_FALSE(output::unfiltered(damaged, numbers.size()));
    }
    CHECK_FALSE(output::unfiltered(whole, numbers.size() + 1));
    CHECK_FALSE(output::unfiltered(whole, numbers.size() - 1));
  }
}

}  // namespace clientele::tests
