// Numbers go in as little-endian bytes, whatever the machine.
#include "output/hash.hpp"

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

std::string Hash::hex() const {
  XXH128_canonical_t bytes{};
  XXH128_canonicalFromHash(&bytes, XXH3_128bits_digest(state_->xxh));
  constexpr const char* digits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes.digest) text += {digits[byte >> 4], digits[byte & 15]};
  return text;
}

}  // namespace clientele::output
