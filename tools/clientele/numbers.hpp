// Numbers as people read them, each language in its own way: groups of three, few digits, millions where there are
// millions.
#pragma once
#include <cstdint>
#include <string>

#include "tools/clientele/language/messages.hpp"

namespace clientele::tools {

/// 20000 is "20,000"; in Spanish groups stand apart from five digits on, by a narrow blank that does not break.
std::string with_commas(std::uint64_t count, Language language = Language::english);

/// Four significant digits, three below 1: "43.12 M", "0.000388"; "k", "M", "bn" and "tn" for thousands, millions,
/// billions and trillions; "-" where there is no number. In Chinese "4312万", in steps of ten thousand; in Spanish
/// "43,12 M", with "mil" and "mil M" for thousands of one and of millions.
std::string in_short(double value, Language language = Language::english);

/// Numbers that stand together: in one unit and with equally many decimals, four digits of the largest, and no more
/// than two of a half width that says how sure they are.
class Rounding {
 public:
  explicit Rounding(double largest, double half_width = 0, Language language = Language::english);
  /// " M", or "" where numbers stand as they are; a Chinese one has no blank before it.
  const std::string& unit() const { return sign_; }
  /// "6.0", without the unit; "-" where there is no number.
  std::string bare(double value) const;
  std::string with_sign(double value) const;
  /// "6.0 M"
  std::string operator()(double value) const { return bare(value) + sign_; }

 private:
  double size_ = 1;
  std::string sign_;
  int decimals_ = 0;
  double step_ = 1;  ///< in the unit: what is smaller is not told
  Language language_;
};

/// "310.2 MB", in powers of 1,000.
std::string bytes_in_short(std::uint64_t bytes);

}  // namespace clientele::tools
