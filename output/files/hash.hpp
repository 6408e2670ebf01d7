// A 128-bit hash (XXH3) that tells equal outcomes from different ones. No protection against forgery.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace clientele::output {

/// Adds one thing after another; lists and texts with their length, so that no two sequences look alike.
class Hash {
 public:
  Hash();
  ~Hash();
  Hash(const Hash&) = delete;
  Hash& operator=(const Hash&) = delete;

  void add(std::int64_t number);
  void add(std::span<const std::int64_t> numbers);
  void add(std::string_view text);
  /// Goes on with bytes that come in pieces, of whatever length.
  void add_bytes(std::string_view piece);
  /// 32 hex digits.
  std::string hex() const;
  /// The same as two numbers, the high one first.
  std::array<std::uint64_t, 2> words() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// 32 hex digits of a hash.
std::string hex_of(const std::array<std::uint64_t, 2>& words);

/// 64 bits (XXH3) over bytes that lie together: tells damage.
std::uint64_t checksum_of(std::string_view bytes);

}  // namespace clientele::output
