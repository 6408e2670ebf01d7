// Different addresses have different counters, and what does not fit stops the program.
#include "sim/random/address.hpp"

#include <set>

#include "tests/support/catch.hpp"

namespace clientele::tests {

using sim::Address;
using sim::Counter;
using sim::earliest_month;
using sim::InternalFault;
using sim::latest_month;
using sim::month_of_traits;

TEST_CASE("no two addresses of a plan share a counter") {
  std::set<Counter> seen;
  std::size_t addresses = 0;
  for (const std::uint64_t id :
       {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 32, (std::uint64_t{1} << 50) - 1})
    for (const int month : {month_of_traits, earliest_month, -1, 0, 1, latest_month})
      for (const std::uint32_t slot : {0U, 1U, (1U << 20) - 1})
        for (const std::uint32_t tag : {0U, 1U, 15U, 16U, 17U, (1U << 18) - 1})
          for (const std::uint32_t attempt : {0U, 1U, 63U})
            for (const std::uint32_t replication : {0U, 1U, (1U << 22) - 1}) {
              seen.insert(Address{id, month, slot, tag, attempt, replication}.counter());
              ++addresses;
            }
  REQUIRE(seen.size() == addresses);
}

TEST_CASE("an address that does not fit is refused") {
  REQUIRE_THROWS_AS((Address{std::uint64_t{1} << 50, 0, 0, 0, 0, 0}.counter()), InternalFault);
  REQUIRE_THROWS_AS((Address{0, 2048, 0, 0, 0, 0}.counter()), InternalFault);
  REQUIRE_THROWS_AS((Address{0, -2049, 0, 0, 0, 0}.counter()), InternalFault);
  REQUIRE_THROWS_AS((Address{0, 0, 1U << 20, 0, 0, 0}.counter()), InternalFault);
  REQUIRE_THROWS_AS((Address{0, 0, 0, 1U << 18, 0, 0}.counter()), InternalFault);
  REQUIRE_THROWS_AS((Address{0, 0, 0, 0, 64, 0}.counter()), InternalFault);
  REQUIRE_THROWS_AS((Address{0, 0, 0, 0, 0, 1U << 22}.counter()), InternalFault);
}

}  // namespace clientele::tests
