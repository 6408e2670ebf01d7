// What shards were asked for: there whole or not at all, whatever is in it, and whoever puts it there.
#include "output/records/asked.hpp"

#include <fstream>

#include <sys/stat.h>

#include "output/records/run_directory.hpp"
#include "tests/output/folder.hpp"
#include "tests/output/invented.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::Asked;

namespace {

Asked some() {
  return {"0.3.0",
          "17",
          std::string(32, 'a'),
          "A title\nof two lines",
          40,
          "/home/somebody/a folder",
          "/",
          {"--set a.b=1", "--set c=\"x\ny\"", "--seed 7"},
          "title = \"x\"\nchecksum 16\n0123456789abcdef\n"};
}

}  // namespace

TEST_CASE("what was asked for comes back to the letter, readable by its owner only") {
  const Folder folder;
  CHECK_FALSE(output::asked_in(folder.path()));
  CHECK(output::put_asked(folder.path(), some()) == some());
  CHECK(output::asked_in(folder.path()) == some());
  CHECK(folder.names() == std::vector<std::string>{"asked"});
  struct stat status {};
  REQUIRE(::stat((folder / "asked").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK(output::is_asked(folder / "asked"));
  CHECK(output::is_asked(folder / "asked-0123456789abcdef"));
  CHECK_FALSE(output::is_asked(folder / "asked-by-me"));
}

TEST_CASE("who comes second finds what the first has asked for, and may put his own in its place") {
  const Folder folder;
  Asked other = some();
  other.title = "another";
  output::put_asked(folder.path(), some());
  CHECK(output::put_asked(folder.path(), other) == some());
  output::replace_asked(folder.path(), other);
  CHECK(output::asked_in(folder.path()) == other);
  CHECK(folder.names() == std::vector<std::string>{"asked"});
}

TEST_CASE("damaged at any byte it is not believed, and gives way") {
  const Folder folder;
  CHECK_FALSE(output::is_asked_damaged(folder.path()));
  output::put_asked(folder.path(), some());
  CHECK_FALSE(output::is_asked_damaged(folder.path()));
  const std::string whole = bytes_of(folder / "asked");
  const auto put = [&](const std::string& bytes) { std::ofstream(folder / "asked", std::ios::binary) << bytes; };
  for (std::size_t at = 0; at < whole.size(); ++at) {
    put(whole.substr(0, at));
    REQUIRE_FALSE(output::asked_in(folder.path()));
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 4);
    put(changed);
    REQUIRE_FALSE(output::asked_in(folder.path()));
  }
  put(whole + "more");
  CHECK_FALSE(output::asked_in(folder.path()));
  CHECK(output::is_asked_damaged(folder.path()));
  CHECK(output::put_asked(folder.path(), some()) == some());
  CHECK(output::asked_in(folder.path()) == some());
}

TEST_CASE("it goes with the records, and so do logs") {
  const Folder folder;
  const auto where = folder / "a.nc.run";
  output::RunDirectory directory(where);
  output::put_asked(where, some());
  { std::ofstream(where / "asked-0123456789abcdef") << "left by a kill"; }
  { std::ofstream(where / "log-0123456789abcdef") << "clientele"; }
  CHECK(directory.remove({}));
  CHECK(folder.names().empty());
}

}  // namespace clientele::tests
