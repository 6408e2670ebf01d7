// Who reads which random word: an append-only book whose entry number is the tag of an address.
//
// Every word has one reader, by name; a name written twice does not compile, and neither does one that is not in the
// book. A word that nobody reads any more stays wasted: reassigning it would change everybody's luck.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace clientele::sim {

/// How often a block of four words is made: once in a life, each month, each second month (words 0 and 1 in even
/// months, 2 and 3 in odd ones), or for each order.
enum class Per : std::uint8_t { birth, month, two_months, order };

/// "+" goes on with the reader before it (a sampler that takes several words), "" is unused.
struct BookEntry {
  std::string_view name;
  Per per = Per::birth;
  std::array<std::string_view, 4> readers{};
};

/// One word of one entry.
struct WordAddress {
  std::uint32_t tag = 0, word = 0;
  Per per = Per::birth;
};

template <std::size_t N>
struct AddressBook {
  std::array<BookEntry, N> entries{};
  std::uint32_t first_tag = 0;

  /// The address of a reader's (first) word.
  consteval WordAddress of(std::string_view reader) const {
    WordAddress found;
    int readers = 0;
    for (std::size_t e = 0; e < N; ++e)
      for (std::size_t w = 0; w < 4; ++w) {
        const BookEntry& entry = entries[e];
        if (entry.readers[w] != reader) continue;
        if (entry.per == Per::two_months && w > 1) throw "an entry of two months has two words";
        found = {first_tag + static_cast<std::uint32_t>(e), static_cast<std::uint32_t>(w), entry.per};
        ++readers;
      }
    if (readers == 0 || reader.empty() || reader == "+") throw "no such reader in the address book";
    if (readers > 1) throw "a reader stands twice in the address book";
    return found;
  }
};

/// Tags that the engine keeps for itself.
inline constexpr std::uint32_t tag_of_ties = 262143, tag_of_arrivals = 262142, tag_of_referrals = 262141,
                               tag_of_draws = 262140, tag_of_replacements = 262139, tag_of_followers = 262138,
                               tag_of_roll_outs = 262137, tag_of_won_over = 262136;

}  // namespace clientele::sim
