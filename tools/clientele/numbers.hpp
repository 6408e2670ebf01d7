// Numbers as people read them: groups of three, few digits, millions where there are millions.
#pragma once
#include <cstdint>
#include <string>

namespace clientele::tools {

/// 20000 is "20,000".
std::string with_commas(std::uint64_t count);

/// Four significant digits, "M" and "k" for millions and thousands: "43.12 M"; "-" where there is no number.
std::string in_short(double value);

/// The same with a sign.
std::string signed_in_short(double value);

}  // namespace clientele::tools
