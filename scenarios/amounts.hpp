// Numbers as people write them, with marks between thousands, commas and currencies: what they may mean.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clientele::scenarios {

/// Without blanks at its ends.
std::string_view trimmed(std::string_view text);

/// The plain decimals that a text may stand for: one, two where a mark may stand between thousands or before decimals
/// ("1,234": 1234 or 1.234), none where it is no number of any country. "(1 234,50 EUR)" is -1234.50.
std::vector<std::string> plain_numbers(std::string_view text);

/// The same as a question for the end of a message: " Did you mean 1234 or 1.234?". Empty where there is no answer.
std::string number_meant(std::string_view text);

/// The two plain decimals of "2 to 5"; nothing where one of them may be several numbers.
std::optional<std::pair<std::string, std::string>> from_to(std::string_view text);

/// What a decimal with three digits behind its point may have been meant as: "20_000" for "20.000", nothing for
/// "0.125", "20.00" or "1234.567".
std::string thousands_meant(std::string_view written);

}  // namespace clientele::scenarios
