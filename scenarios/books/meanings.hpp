// What a column of an export means: known by what it is called, or because somebody says so.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/books/books.hpp"

namespace clientele::scenarios {

enum class Meaning : std::uint8_t {
  nothing,
  ignored,
  id,
  number,  ///< of the order or invoice
  date,
  amount,  ///< of the line, net
  quantity,
  price,     ///< of one piece
  discount,  ///< share of price, 0 to 1
  margin,    ///< of the line
  cost,      ///< of the line
  unit_cost,
  freight,
  group,
  country,
  currency,
  due,
  settled,
  disputed,
  reason,
  not_due,
  overdue_30,
  overdue_60,
  overdue_90,
  overdue_more,
  points,
  ends,
  tier,
  by_hand,
  since,
  promised,
  late,
  score
};
inline constexpr std::size_t meanings = 33;

/// As --map and a study say it: "id", "unit_cost", "open_1_30".
std::string_view word_of(Meaning meaning);
std::optional<Meaning> meaning_called(std::string_view word);
std::string nearest_meaning(std::string_view word);
/// All words but "ignored", with commas.
std::string known_meanings();

/// Whether a file of the kind has a use for a column that means this.
bool is_read_in(BookFile file, Meaning meaning);

/// What a header means in a file of the kind, and the currency that it names ("Amount_GBP").
struct HeaderMeaning {
  Meaning meaning = Meaning::nothing;
  std::string currency = {};
};
HeaderMeaning meaning_of_header(std::string_view header, BookFile file);

}  // namespace clientele::scenarios
