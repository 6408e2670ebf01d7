// Logs: who works for an output and what is finished, as far as whole lines tell.
#include "output/records/log.hpp"

#include <csignal>
#include <fstream>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "output/files/this_host.hpp"
#include "output/records/run_directory.hpp"
#include "tests/output/folder.hpp"
#include "tests/output/invented.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::Finished;
using output::Hold;
using output::Log;
using output::RunDirectory;
using output::RunLog;
using output::Worker;
using output::Written;

namespace {

const std::string segment = "seg-" + std::string(32, 'a'), other_segment = "seg-" + std::string(32, 'b');

Worker worker(std::uint64_t shard = 3, std::uint64_t shards = 40) {
  return {"0.3.0",  "17",       output::this_host(), static_cast<std::uint64_t>(::getpid()), shard, shards,
          "1234_2", 1764413222, std::string(32, 'd')};
}

Log only_log(const Folder& folder) {
  const std::vector<Log> logs = output::logs_in(folder.path());
  REQUIRE(logs.size() == 1);
  return logs.front();
}

std::string refusal_of(const std::filesystem::path& where, Hold hold) {
  try {
    const RunDirectory directory(where, hold);
  } catch (const sim::UserError& error) {
    REQUIRE(error.status() == sim::Exit::does_not_fit);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a log says who is at it, what is finished and how it ended") {
  const Folder folder;
  const Finished first{2, 1, 6, 0, 1.5, 3600}, second{3, 0, 0, 12, 0.25, 1U << 31};
  {
    RunLog log(folder.path(), worker());
    log.finished(first, {segment, 1000});
    log.finished(second, {segment, 1700});
    log.finished(first, {other_segment, 20});
    const Log seen = only_log(folder);
    CHECK(seen.is_alive);
    CHECK_FALSE(seen.status);
    CHECK(seen.worker.host == output::this_host());
    CHECK(seen.worker.shard == 3);
    CHECK(seen.worker.shards == 40);
    CHECK(seen.worker.job == "1234_2");
    CHECK(seen.finished == std::vector{first, second, first});
    CHECK(seen.written == std::vector<Written>{{segment, 1700}, {other_segment, 20}});
    CHECK(output::alive_in(folder.path()) ==
          "shard 3/40 (process " + std::to_string(::getpid()) + " on " + output::this_host() + ", job 1234_2)");
    log.end(sim::Exit::stopped_early);
  }
  const Log seen = only_log(folder);
  CHECK_FALSE(seen.is_alive);
  CHECK(seen.status == sim::Exit::stopped_early);
  CHECK(output::alive_in(folder.path()).empty());
  struct stat status {};
  REQUIRE(::stat(seen.path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a log that nobody ended says done, or that there was a fault") {
  const Folder folder;
  { const RunLog log(folder.path(), worker()); }
  CHECK(only_log(folder).status == sim::Exit::done);
  std::filesystem::remove(only_log(folder).path);
  try {
    const RunLog log(folder.path(), worker());
    throw sim::InternalFault("internal fault: planted");
  } catch (const sim::InternalFault&) {
    CHECK(only_log(folder).status == sim::Exit::internal_fault);
  }
}

TEST_CASE("who was killed neither lives nor has ended") {
  const Folder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    RunLog log(folder.path(), worker());
    log.finished({0, 0, 1, 0, 1, 1}, {segment, 10});
    ::raise(SIGKILL);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  const Log seen = only_log(folder);
  CHECK_FALSE(seen.is_alive);
  CHECK_FALSE(seen.status);
  CHECK(seen.finished.size() == 1);
}

TEST_CASE("a log that was torn or damaged at any byte tells no more than its whole lines before that") {
  const Folder folder;
  {
    RunLog log(folder.path(), worker());
    for (std::uint32_t r = 0; r < 3; ++r) log.finished({r, 0, 6, 0, 1, 100}, {segment, 100 * (r + 1)});
  }
  const auto path = only_log(folder).path;
  const std::string whole = bytes_of(path);
  const auto lines = [&](std::size_t size) {
    return std::count(whole.begin(), whole.begin() + std::ptrdiff_t(size), '\n');
  };
  const auto put = [&](const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; };
  for (std::size_t at = 0; at < whole.size(); ++at) {
    put(whole.substr(0, at));
    std::vector<Log> logs = output::logs_in(folder.path());
    REQUIRE(logs.size() == (lines(at) > 0 ? 1 : 0));
    if (!logs.empty()) REQUIRE(logs.front().finished.size() == std::size_t(std::max(0L, long(lines(at)) - 2)));
    std::string changed = whole;
    changed[at] = '\xff';
    put(changed);
    logs = output::logs_in(folder.path());
    if (!logs.empty() && lines(at) > 0) REQUIRE(logs.front().finished.size() <= 3);
    if (lines(at) >= 2 && lines(at) < 5) REQUIRE(logs.front().finished.size() == std::size_t(lines(at) - 2));
  }
  put(std::string(100'000, 'x'));
  CHECK(output::logs_in(folder.path()).empty());
}

TEST_CASE("nothing that a worker is called begins another line") {
  const Folder folder;
  Worker odd = worker();
  odd.job = "12 34\nended 0";
  odd.host = "";
  const RunLog log(folder.path(), odd);
  const Log seen = only_log(folder);
  CHECK_FALSE(seen.status);
  CHECK(seen.worker.host.empty());
  CHECK_THAT(seen.worker.job, contains("12_34"));
}

TEST_CASE("where no log can be written nothing fails") {
  const Folder folder;
  RunLog log(folder / "nowhere", worker());
  log.finished({}, {segment, 1});
  log.still_here();
  log.end(sim::Exit::done);
  CHECK(output::logs_in(folder.path()).empty());
}

TEST_CASE("shards share a directory; who wants it alone is told who they are, and they who has it alone") {
  const Folder folder;
  const auto where = folder / "a.nc.run";
  {
    const RunDirectory first(where, Hold::with_others), second(where, Hold::with_others);
    CHECK_THAT(refusal_of(where, Hold::alone), contains("shards of a run"));
    const RunLog one(where, worker(1, 4)), two(where, worker(2, 4)), three(where, worker(3, 4)),
        four(where, worker(4, 4));
    const std::string told = refusal_of(where, Hold::alone);
    CHECK_THAT(told, contains("shard 1/4 (process "));
    CHECK_THAT(told, contains(" and 1 other"));
    CHECK_THAT(told, contains("--shard"));
    CHECK(RunDirectory::is_in_use(where));
  }
  const RunDirectory alone(where);
  CHECK_THAT(refusal_of(where, Hold::with_others),
             contains("by another run, process " + std::to_string(::getpid()) + " on " + output::this_host()));
}

}  // namespace clientele::tests
