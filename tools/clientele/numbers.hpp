// Numbers as people read them: groups of three, few digits, millions where there are millions.
#pragma once
#include <cstdint>
#include <string>

namespace clientele::tools {

/// 20000 is "20,000".
std::string with_commas(std::uint64_t count);

/// Four significant digits, three below 1: "43.12 M", "0.000388"; "k", "M", "bn" and "tn" for thousands, millions,
/// billions and trillions; "-" where there is no number.
std::string in_short(double value);

/// Numbers that stand together: in one unit and with equally many decimals, four digits of the largest, and no more
/// than two of a half width that says how sure they are.
class Rounding {
 public:
  explicit Rounding(double largest, double half_width = 0);
  /// " M", or "" where numbers stand as they are.
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
};

/// "310.2 MB", in powers of 1,000.
std::string bytes_in_short(std::uint64_t bytes);

}  // namespace clientele::tools
