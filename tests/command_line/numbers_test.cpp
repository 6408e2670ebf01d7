// Numbers for the eye keep what matters of them, however small they are.
#include "tools/clientele/numbers.hpp"

#include <limits>

#include "tests/support/catch.hpp"

namespace clientele::tests {

using tools::bytes_in_short;
using tools::in_short;
using tools::Rounding;
using tools::with_commas;
using enum tools::Language;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("large numbers have four digits, numbers below 1 have three") {
  CHECK(in_short(43'123'456) == "43.12 M");
  CHECK(in_short(12'345) == "12.35 k");
  CHECK(in_short(9999.4) == "9999");
  CHECK(in_short(1) == "1.000");
  CHECK(in_short(0.99951) == "1.000");
  CHECK(in_short(0.25) == "0.250");
  CHECK(in_short(0.09996) == "0.100");
  CHECK(in_short(0.0388) == "0.0388");
  CHECK(in_short(0.000388) == "0.000388");
  CHECK(in_short(1.234e-12) == "1.23e-12");
  CHECK(in_short(0) == "0");
  CHECK(in_short(-0.0) == "0");
  CHECK(in_short(none) == "-");
}

TEST_CASE("Spanish has a comma for decimals, and a thousand millions where English has a billion") {
  CHECK(in_short(43'123'456, spanish) == "43,12 M");
  CHECK(in_short(12'345, spanish) == "12,35 mil");
  CHECK(in_short(1.5e9, spanish) == "1,500 mil M");
  CHECK(in_short(-2.25e12, spanish) == "-2,250 bill.");
  CHECK(in_short(0.000388, spanish) == "0,000388");
  CHECK(in_short(1.234e-12, spanish) == "1,23e-12");
  CHECK(in_short(none, spanish) == "-");
  CHECK(with_commas(9999, spanish) == "9999");
  CHECK(with_commas(20'000, spanish) == "20\u202f000");
  CHECK(with_commas(1'234'567, spanish) == "1\u202f234\u202f567");
}

TEST_CASE("Chinese counts in ten thousands and in hundreds of millions") {
  CHECK(in_short(43'123'456, chinese) == "4312万");
  CHECK(in_short(12'346, chinese) == "1.235万");
  CHECK(in_short(9999.4, chinese) == "9999");
  CHECK(in_short(9999.6, chinese) == "1.000万");
  CHECK(in_short(99'994'999, chinese) == "9999万");
  CHECK(in_short(99'996'000, chinese) == "1.000亿");
  CHECK(in_short(1.5e9, chinese) == "15.00亿");
  CHECK(in_short(2.25e12, chinese) == "2.250万亿");
  CHECK(with_commas(20'000, chinese) == "20,000");
}

TEST_CASE("numbers that stand together share a unit in each language") {
  CHECK(Rounding(6.04e6, 1.2e6)(6.04e6) == "6.0 M");
  CHECK(Rounding(6.04e6, 1.2e6, spanish)(6.04e6) == "6,0 M");
  CHECK(Rounding(6.04e6, 1.2e6, chinese)(6.04e6) == "600万");
  CHECK(Rounding(6.04e6, 0.12e6, chinese)(6.04e6) == "604万");
  CHECK(Rounding(6.04e8, 1.2e8, chinese).with_sign(1.2e8) == "+1.2");
  CHECK(Rounding(6.04e8, 1.2e8, chinese).unit() == "亿");
}

TEST_CASE("bytes have one unit") {
  CHECK(bytes_in_short(0) == "0 bytes");
  CHECK(bytes_in_short(1) == "1 byte");
  CHECK(bytes_in_short(1000) == "1.000 kB");
  CHECK(bytes_in_short(999'960) == "1.000 MB");
  CHECK(bytes_in_short(310'200'000) == "310.2 MB");
  CHECK(bytes_in_short(35'010'000'000'000) == "35.01 TB");
  CHECK(bytes_in_short(18'000'000'000'000'000'000U) == "18.00 EB");
}

}  // namespace clientele::tests
