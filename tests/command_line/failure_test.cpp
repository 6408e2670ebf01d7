// Whatever is thrown ends as one text and the exit status that is promised for it.
#include "tools/clientele/failure.hpp"

#include <stdexcept>

#include "tests/support/catch.hpp"

namespace clientele::tests {

using sim::Exit;
using tools::failure_of;

TEST_CASE("a user's mistake keeps its words and its status") {
  const auto failure = failure_of(sim::UserError("no such policy.", Exit::usage));
  CHECK(failure.text == "no such policy.");
  CHECK(failure.status == Exit::usage);
  CHECK(failure_of(sim::UserError("wrong")).status == Exit::bad_data);
  CHECK(failure_of(sim::UserError("refused", Exit::permission)).status == Exit::permission);
}

TEST_CASE("memory that is not there is a study that does not fit") {
  const auto failure = failure_of(std::bad_alloc());
  CHECK_THAT(failure.text, contains("Would fewer customers"));
  CHECK(failure.status == Exit::does_not_fit);
  CHECK(failure_of(std::bad_array_new_length()).status == Exit::does_not_fit);
}

TEST_CASE("a limit on addresses is not told as a machine without memory") {
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_AS, &before) == 0);
  const rlimit limit{rlim_t{1} << 60, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_AS, &limit) == 0);
  const auto failure = failure_of(std::bad_alloc());
  ::setrlimit(RLIMIT_AS, &before);
  CHECK_THAT(failure.text, contains("the limit on addresses (ulimit -v, RLIMIT_AS) does not hold this study"));
  CHECK(failure.status == Exit::does_not_fit);
  const auto no_thread = failure_of(std::system_error(EAGAIN, std::generic_category()));
  CHECK_THAT(no_thread.text, contains("Would fewer --threads do?"));
  CHECK(no_thread.status == Exit::does_not_fit);
}

TEST_CASE("all else is an internal fault, said once") {
  CHECK(failure_of(sim::InternalFault("internal fault: the ledger does not balance")).text ==
        "internal fault: the ledger does not balance");
  CHECK(failure_of(sim::InternalFault("internal fault: x")).status == Exit::internal_fault);
  const auto other = failure_of(std::out_of_range("vector::at"));
  CHECK(other.text == "internal fault: vector::at");
  CHECK(other.status == Exit::internal_fault);
}

TEST_CASE("statuses are the numbers that scripts rely on") {
  CHECK(static_cast<int>(Exit::does_not_fit) == 69);
  CHECK(static_cast<int>(Exit::internal_fault) == 70);
  CHECK(static_cast<int>(Exit::permission) == 77);
}

}  // namespace clientele::tests
