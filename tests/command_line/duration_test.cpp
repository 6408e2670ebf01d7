// How long a run may take is written as people and schedulers write it, and never guessed.
#include "tools/clientele/duration.hpp"

#include "tests/support/catch.hpp"

namespace clientele::tests {

using tools::seconds_in;

TEST_CASE("places with colons, and a number with its unit") {
  CHECK(seconds_in("4:00:00") == 4 * 3600);
  CHECK(seconds_in("0:01:30") == 90);
  CHECK(seconds_in("1-12:00:00") == 36 * 3600);
  CHECK(seconds_in("100:00:05") == 360'005);
  CHECK(seconds_in("45s") == 45);
  CHECK(seconds_in("90m") == 5400);
  CHECK(seconds_in("36h") == 36 * 3600);
  CHECK(seconds_in("2d") == 172'800);
}

TEST_CASE("what may mean two things, or nothing, is no duration") {
  for (const char* text :
       {"90", "", "4:00", "1:60:00", "-5s", "1.5h", "4h30m", "0s", "0:00:00", "10 s", "99999999999s", "h"}) {
    CAPTURE(text);
    CHECK(!seconds_in(text));
  }
}

TEST_CASE("a duration is written as it is read") {
  CHECK(tools::in_places(4 * 3600) == "04:00:00");
  for (const std::uint64_t seconds : {1, 59, 60, 3599, 3600, 86'399, 86'400, 129'601, 8'640'000}) {
    CAPTURE(seconds);
    CHECK(seconds_in(tools::in_places(seconds)) == seconds);
  }
}

}  // namespace clientele::tests
