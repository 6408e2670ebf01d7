// Numbers go in as little-endian bytes, whatever the machine.
#include "output/files/hash.hpp"

#include <bit>

#include <xxhash.h>

#include "sim/core/check.hpp"

namespace clientele::output {

static_assert(std::endian::native == std::endian::little, "numbers are hashed as they lie in memory");

struct Hash::State {
  XXH3_state_t* xxh = XXH3_createState();
  State() { sim::expects(xxh && XXH3_128bits_reset(xxh) == XXH_OK, "a hash can be started"); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { XXH3_freeState(xxh); }
  void add(const void* bytes, std::size_t size) { XXH3_128bits_update(xxh, bytes, size); }
};

Hash::Hash() : state_(std::make_unique<State>()) {}
Hash::~Hash() = default;

void Hash::add(std::int64_t number) { state_->add(&number, sizeof number); }

void Hash::add(std::span<const std::int64_t> numbers) {
  add(static_cast<std::int64_t>(numbers.size()));
  state_->add(numbers.data(), numbers.size_bytes());
}

void Hash::add(std::string_view text) {
  add(static_cast<std::int64_t>(text.size()));
  add_bytes(text);
}

void Hash::add_bytes(std::string_view piece) { state_->add(piece.data(), piece.size()); }

std::array<std::uint64_t, 2> Hash::words() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(state_->xxh);
  return {hash.high64, hash.low64};
}

std::string Hash::hex() const { return hex_of(words()); }

std::string hex_of(const std::array<std::uint64_t, 2>& words) {
  constexpr const char* digits = "0123456789abcdef";
  std::string text;
  for (const std::uint64_t word : words)
    for (int shift = 60; shift >= 0; shift -= 4) text += digits[word >> shift & 15U];
  return text;
}

std::uint64_t checksum_of(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

}  // namespace clientele::output
