// A file is there whole or it is not there, and nothing is overwritten that nobody named.
#include "output/files/durable_file.hpp"

#include <csignal>
#include <fstream>
#include <functional>
#include <optional>
#include <string>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/output/folder.hpp"
#include "tests/output/invented.hpp"
#include "tests/support/catch.hpp"

/// HDF5 never frees a file that it could not close; the address sanitizer is told so.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libhdf5"; }

namespace clientele::tests {

using output::check_target;
using output::DurableFile;
using output::Existing;
using sim::Exit;
using sim::UserError;

namespace {

struct Failure {
  Exit status;
  std::string text;
};

std::optional<Failure> failure_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const UserError& error) {
    return Failure{error.status(), error.what()};
  }
  return std::nullopt;
}

void put(const std::filesystem::path& path, const std::string& text) { std::ofstream(path) << text; }

/// While it lives, files may grow to so many bytes only: what a full disk is like.
class SizeLimit {
 public:
  explicit SizeLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

/// While it lives, root is nobody, so that permissions count.
class NotRoot {
 public:
  NotRoot() : root_(::geteuid() == 0) {
    if (root_ && ::seteuid(65534) != 0) root_ = false;
  }
  ~NotRoot() {
    if (root_ && ::seteuid(0) != 0) std::abort();
  }

 private:
  bool root_;
};

}  // namespace

TEST_CASE("a committed file holds what was written, and nothing else is left") {
  const Folder folder;
  {
    DurableFile file(folder / "a.nc", Existing::refuse);
    file.write("one ");
    file.write("two");
    CHECK_FALSE(std::filesystem::exists(folder / "a.nc"));
    file.commit();
  }
  CHECK(bytes_of(folder / "a.nc") == "one two");
  CHECK(folder.names() == std::vector<std::string>{"a.nc"});
}

TEST_CASE("the temporary name tells target, host and process, and stays beside the target") {
  const Folder folder;
  const DurableFile file(folder / "a.nc", Existing::refuse);
  const std::string name = file.temporary().filename();
  CHECK(file.temporary().parent_path() == folder.path());
  CHECK(name.starts_with(".a.nc.tmp."));
  CHECK(name.ends_with("." + std::to_string(::getpid())));
}

TEST_CASE("a file that is not committed leaves nothing behind") {
  const Folder folder;
  { DurableFile(folder / "a.nc", Existing::refuse).write("half"); }
  CHECK(folder.names().empty());
}

TEST_CASE("a name that is as long as names may be is written all the same") {
  const Folder folder;
  const std::string name(255, 'x');
  DurableFile file(folder / name, Existing::refuse);
  file.commit();
  CHECK(folder.names() == std::vector<std::string>{name});
  const auto failure = failure_of([&] { check_target(folder / (name + "x"), Existing::refuse); });
  REQUIRE(failure);
  CHECK_THAT(failure->text, contains("too long"));
}

TEST_CASE("an existing file is refused unless it may be replaced") {
  const Folder folder;
  put(folder / "a.nc", "old");
  const auto failure = failure_of([&] { check_target(folder / "a.nc", Existing::refuse); });
  REQUIRE(failure);
  CHECK(failure->status == Exit::output_exists);
  CHECK_THAT(failure->text, contains("exists already"));
  CHECK_THAT(failure->text, contains("--force?"));
  CHECK(failure_of([&] { DurableFile(folder / "a.nc", Existing::refuse).write("new"); }));
  CHECK(bytes_of(folder / "a.nc") == "old");

  DurableFile file(folder / "a.nc", Existing::replace);
  file.write("new");
  CHECK(bytes_of(folder / "a.nc") == "old");
  file.commit();
  CHECK(bytes_of(folder / "a.nc") == "new");
}

TEST_CASE("a file that appears meanwhile is not overwritten") {
  const Folder folder;
  DurableFile file(folder / "a.nc", Existing::refuse);
  file.write("ours");
  put(folder / "a.nc", "theirs");
  const auto failure = failure_of([&] { file.commit(); });
  REQUIRE(failure);
  CHECK(failure->status == Exit::output_exists);
  CHECK(bytes_of(folder / "a.nc") == "theirs");
}

TEST_CASE("what is no plain file is refused, even if it may be replaced") {
  const Folder folder;
  put(folder / "real", "kept");
  std::filesystem::create_symlink("real", folder / "link");
  std::filesystem::create_symlink("nowhere", folder / "dangling");
  std::filesystem::create_directory(folder / "directory");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  const std::vector<std::pair<std::filesystem::path, std::string>> cases{
      {folder / "link", "is a link"}, {folder / "dangling", "is a link"}, {folder / "directory", "is a directory"},
      {folder / "pipe", "is a pipe"}, {"/dev/full", "is a device"},       {"/dev/null", "is a device"},
      {folder / "", "names no file"}, {folder / "..", "names no file"}};
  for (const auto& [path, problem] : cases)
    for (const Existing existing : {Existing::refuse, Existing::replace}) {
      const auto failure = failure_of([&] { check_target(path, existing); });
      INFO(path);
      REQUIRE(failure);
      CHECK(failure->status == Exit::output_exists);
      CHECK_THAT(failure->text, contains(problem));
    }
  CHECK(bytes_of(folder / "real") == "kept");
}

TEST_CASE("a missing directory is an error before anything is simulated") {
  const Folder folder;
  const auto failure = failure_of([&] { check_target(folder / "no/such/a.nc", Existing::refuse); });
  REQUIRE(failure);
  CHECK(failure->status == Exit::input_output);
  CHECK_THAT(failure->text, contains("does not exist"));
  put(folder / "file", "");
  const auto below_file = failure_of([&] { check_target(folder / "file/a.nc", Existing::refuse); });
  REQUIRE(below_file);
  CHECK(below_file->status == Exit::input_output);
}

TEST_CASE("a directory without permission to write is an error of permission") {
  const Folder folder;
  ::chmod(folder.path().c_str(), 0555);
  std::optional<Failure> failure;
  {
    const NotRoot nobody;
    failure = failure_of([&] { check_target(folder / "a.nc", Existing::refuse); });
  }
  REQUIRE(failure);
  CHECK(failure->status == Exit::permission);
  CHECK_THAT(failure->text, contains("cannot be written to"));
}

TEST_CASE("a check leaves no trace") {
  const Folder folder;
  check_target(folder / "a.nc", Existing::refuse);
  CHECK(folder.names().empty());
}

TEST_CASE("a write that does not fit leaves nothing behind") {
  const Folder folder;
  std::optional<Failure> failure;
  {
    const SizeLimit limit(1000);
    failure = failure_of([&] {
      DurableFile file(folder / "a.nc", Existing::refuse);
      file.write(std::string(5000, 'x'));
      file.commit();
    });
  }
  REQUIRE(failure);
  CHECK(failure->status == Exit::input_output);
  CHECK_THAT(failure->text, contains("could not be written"));
  CHECK(folder.names().empty());
}

TEST_CASE("a cube that does not fit leaves nothing behind, and the next one is written") {
  const Folder folder;
  const Invented all = invented();
  write(all, folder / "whole.nc");
  const auto size = std::filesystem::file_size(folder / "whole.nc");
  for (const double part : {0.01, 0.3, 0.6, 0.9, 0.999}) {
    std::optional<Failure> failure;
    {
      const SizeLimit limit(static_cast<rlim_t>(part * static_cast<double>(size)));
      failure = failure_of([&] { write(all, folder / "cut.nc"); });
    }
    INFO(part);
    REQUIRE(failure);
    CHECK(failure->status == Exit::input_output);
    CHECK_THAT(failure->text, contains("cut.nc\": "));
    CHECK_THAT(failure->text, contains("File too large"));
    CHECK(folder.names() == std::vector<std::string>{"whole.nc"});
  }
  write(all, folder / "again.nc");
  CHECK(bytes_of(folder / "again.nc") == bytes_of(folder / "whole.nc"));
}

TEST_CASE("files obey the umask") {
  const Folder folder;
  const mode_t before = ::umask(0027);
  DurableFile file(folder / "a.nc", Existing::refuse);
  file.commit();
  ::umask(before);
  struct stat status {};
  REQUIRE(::stat((folder / "a.nc").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
}

}  // namespace clientele::tests
