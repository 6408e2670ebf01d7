// Nobody waits for what only looks like a file.
#include "scenarios/plain_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include "scenarios/customers/file.hpp"
#include "tests/scenarios/small_catalogue.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

TEST_CASE("what is no plain file is refused, and nobody waits for it") {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("clientele-pipe-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  const auto pipe = folder / "study.toml";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const auto says = [](const std::filesystem::path& path) -> std::string {
    try {
      scenarios::read_study(path, small_catalogue());
    } catch (const sim::UserError& error) {
      CHECK(error.status() == sim::Exit::input_output);
      return error.what();
    }
    return "none";
  };
  CHECK_THAT(says(pipe), contains("it is no plain file"));
  CHECK_THAT(says("/dev/zero"), contains("it is no plain file"));
  CHECK_THAT(says(folder), contains("it is a folder"));
  CHECK_THAT(says(folder / "none.toml"), contains("No such file"));
  const auto customers = scenarios::read_customer_file(pipe, "customers.csv", {}, {"all"}, small_catalogue());
  CHECK_THAT(customers.mistakes.at(0), contains("it is no plain file"));
  std::filesystem::remove_all(folder);
}

}  // namespace clientele::tests
