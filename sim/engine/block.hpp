// A block: 64 to 1,024 customers of one group, one piece of memory: their traits, then each arm's states.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <vector>

#include "sim/state/wiring.hpp"

namespace clientele::sim {

/// Aligned bytes, not cleared before use.
class Memory {
 public:
  Memory() = default;
  explicit Memory(std::size_t bytes)
      : bytes_(static_cast<std::byte*>(::operator new (bytes, std::align_val_t{4096}))), size_(bytes) {}
  std::byte* data() const { return bytes_.get(); }
  std::size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(std::byte* p) const { ::operator delete (p, std::align_val_t{4096}); }
  };
  std::unique_ptr<std::byte, Free> bytes_;
  std::size_t size_ = 0;
};

/// Somebody who begins to live: in all arms, or in those of the mask.
struct Newcomer {
  std::uint64_t id = 0;
  std::uint64_t arms = ~std::uint64_t{0};  ///< bit a: lives in arm a of the lineup
  int born = 0;
  std::optional<std::uint32_t> row;  ///< of the customer file; who comes later has none
  bool is_won_over = false;          ///< comes only where the offer wins more than usual
};

/// Columns of a block are this far apart; a cache line of skew keeps equal rows off the same cache set.
inline constexpr std::size_t bytes_of_column(std::size_t block_size) { return block_size * 4 + 64; }

struct Block {
  std::byte* memory = nullptr;
  std::uint32_t group = 0;
  std::size_t customers = 0, width = 0;  ///< those born; width: rounded up
  int created = 0, last_birth = 0;       ///< months
  std::vector<std::uint64_t> arms;       ///< masks of all, in the order of births, while births are to come
  std::vector<std::byte> first_states;   ///< of the last lanes that live, in all arms, while births are to come
};

}  // namespace clientele::sim
