// Luck of one block: words are made when first asked for, once for all arms, and read by whoever registered for them.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/api.hpp"
#include "sim/random/address.hpp"
#include "sim/state/columns.hpp"
#include "sim/state/wiring.hpp"

namespace clientele::sim {

/// Whose luck: the key and the replication of what happens, and the same two for who people are.
struct WorldLuck {
  Key key, birth_key;
  std::uint32_t replication = 0, people = 0;
};

class CLIENTELE_API Variates {
 public:
  explicit Variates(const Layout& layout);

  void enter_world(const WorldLuck& luck);
  /// Ids must stay where they are until the next block.
  void enter_block(std::span<const std::uint32_t> id_low, std::span<const std::uint32_t> id_high);
  void enter_month(int month);
  /// The month's order list: as long as `id_low` says (a multiple of `chunk_size`), addresses in `slots`.
  void enter_orders(std::span<const std::uint32_t> id_low, std::span<const std::uint32_t> id_high,
                    std::span<const std::uint32_t> slots);
  void forget_orders();

  /// One word per customer, for life; and for this month.
  std::span<const std::uint32_t> words(BirthLuck luck) { return {birth_words(luck.entry)[luck.word], customers_}; }
  std::span<const std::uint32_t> words(MonthLuck luck);
  /// One word for all customers of a world in any month, of an entry that nobody reads a customer's words of.
  std::uint32_t common_word(MonthLuck luck, int month) const;
  /// One word per listed order.
  std::span<const std::uint32_t> words(OrderLuck luck) { return {order_words(luck.entry)[luck.word], orders_}; }

  /// A standard normal per listed order: words 0 and 1 make a pair (Box and Muller), as do 2 and 3.
  std::span<const float> normals(OrderLuck luck);

  /// Draws one value of a law per customer, at birth. The luck was registered with words_of(law).
  void draw(const Law& law, BirthLuck luck, std::span<float> out);

  std::uint64_t philox_blocks() const { return philox_blocks_; }
  std::uint64_t words_read() const { return words_read_; }

 private:
  struct Entry {
    std::uint32_t tag = 0, read = 0;
    Per per = Per::birth;
    bool ready = false;
    std::array<bool, 4> normals_wanted{}, normals_ready{};
    int month = 0;  ///< that the words are of
    std::array<std::vector<std::uint32_t>, 4> words;
    std::array<std::vector<float>, 4> normals;
  };
  std::array<const std::uint32_t*, 4> birth_words(std::uint32_t entry);
  std::array<const std::uint32_t*, 4> order_words(std::uint32_t entry);
  void make(Entry& entry, std::span<const std::uint32_t> low, std::span<const std::uint32_t> high,
            const std::uint32_t* slots, int month);

  std::vector<Entry> entries_;
  WorldLuck luck_;
  std::span<const std::uint32_t> id_low_, id_high_, order_low_, order_high_, order_slots_;
  std::size_t customers_ = 0, orders_ = 0;
  int month_ = 0;
  std::vector<std::uint32_t> tagged_;
  std::uint64_t philox_blocks_ = 0, words_read_ = 0;
};

}  // namespace clientele::sim
