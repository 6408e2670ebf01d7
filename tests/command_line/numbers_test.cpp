// Numbers for the eye keep what matters of them, however small they are.
#include "tools/clientele/numbers.hpp"

#include <limits>

#include "tests/support/catch.hpp"

namespace clientele::tests {

using tools::bytes_in_short;
using tools::in_short;

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
