// Numbers as people read them: groups of three, few digits, millions where there are millions.
#pragma once
#include <cstdint>
#include <string>

namespace clientele::tools {

/// 20000 is "20,000".
std::string with_commas(std::uint64_t count);

/// Four significant digits, three below 1: "43.12 M", "0.000388"; "M" and "k" for millions and thousands; "-" where
/// there is no number.
std::string in_short(double value);

/// The same with a sign.
std::string signed_in_short(double value);

/// A difference and how sure it is, in one unit and with equally many decimals: "-2.211 M ± 0.397 M". Without "±" where
/// the width is not known.
std::string difference_in_short(double value, double half_width);

/// "310.2 MB", in powers of 1,000.
std::string bytes_in_short(std::uint64_t bytes);

}  // namespace clientele::tools
