// One address per number and combination: two words deal the order of the parts, two say where in its part a value is.
#include "scenarios/hypercube.hpp"

#include <algorithm>
#include <numeric>

#include "sim/random/address_book.hpp"
#include "sim/random/philox.hpp"

namespace clientele::scenarios {

namespace {

/// FNV-1a, 48 bits of it.
std::uint64_t hash_of(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return (hash ^ hash >> 48) & 0xffff'ffff'ffffULL;
}

std::uint64_t in_one(std::uint32_t high, std::uint32_t low) { return std::uint64_t{high} << 32 | low; }

}  // namespace

std::vector<double> spread_evenly(const std::string& path, double low, double high, std::size_t count,
                                  std::uint32_t seed) {
  std::vector<std::uint64_t> order(count), within(count);
  for (std::size_t c = 0; c < count; ++c) {
    sim::Address at;
    at.id = hash_of(path);
    at.tag = sim::tag_of_draws;
    at.slot = 1;  // draws of laws have slot 0
    at.replication = static_cast<std::uint32_t>(c);
    const auto words = sim::philox(at.counter(), sim::Key{seed, 0});
    order[c] = in_one(words[0], words[1]);
    within[c] = in_one(words[2], words[3]);
  }
  std::vector<std::size_t> by_order(count);
  std::iota(by_order.begin(), by_order.end(), std::size_t{0});
  std::ranges::stable_sort(by_order, {}, [&](std::size_t c) { return order[c]; });
  std::vector<double> values(count);
  for (std::size_t part = 0; part < count; ++part) {
    const std::size_t c = by_order[part];
    const double place = (static_cast<double>(within[c] >> 11) + 0.5) * 0x1p-53;
    values[c] = low + (high - low) * (static_cast<double>(part) + place) / static_cast<double>(count);
  }
  return values;
}

}  // namespace clientele::scenarios
