// Amounts of a file that writes its decimals one way: which way that is, and what an amount then comes to.
#pragma once
#include <optional>
#include <string_view>

#include "scenarios/books/books.hpp"

namespace clientele::scenarios {

/// Which marks a number of a file may have before its decimals. Both: it says nothing ("12", "1,234").
struct PossibleMarks {
  bool point = false, comma = false;
  bool number() const { return point || comma; }
  bool unclear = false;  ///< it is another number under each of them
};
PossibleMarks marks_of(std::string_view text);

/// The amount of a text; nothing where it is no number with such decimals. More than four decimals are rounded, half
/// away from 0. At most 10^12 units either way.
std::optional<Amount> amount_of(std::string_view text, DecimalMark mark);

/// The currency that stands beside an amount: "EUR" or a sign; empty where there is none.
std::string_view currency_beside(std::string_view text);

/// "8,300,065.81": for people; with as many of four decimals as it needs, two at least.
std::string amount_text(Amount amount);
/// "8300065.81": for files, without a needless zero.
std::string plain_amount(Amount amount);

}  // namespace clientele::scenarios
