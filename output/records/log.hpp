// Who works for an output and what is finished by now: for messages and `status`. What is there, records alone say.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/core/check.hpp"

namespace clientele::output {

/// A process that simulates for an output.
struct Worker {
  std::string program, model;  ///< versions
  std::string host;
  std::uint64_t process = 0;
  std::uint64_t shard = 0, shards = 0;  ///< the shard's number, from 1, of how many; 0: all that is missing
  std::string job;                      ///< what a scheduler calls it; empty where none does
  std::uint64_t started = 0;            ///< seconds since 1970 by the clock of its host
  std::string study;                    ///< Asked::digest
};

/// Some arms of a world, or a portion of them, whose records are written.
struct Finished {
  std::uint32_t replication = 0, draw = 0;
  std::uint64_t cells = 0, portions = 0;  ///< records
  double seconds = 0;                     ///< since the process began or finished what was before
  std::uint64_t customer_months = 0;      ///< that were simulated, of all arms

  bool operator==(const Finished&) const = default;
};

/// How much of a segment a process says that it has written.
struct Written {
  std::string segment;  ///< its file's name
  std::uint64_t bytes = 0;

  bool operator==(const Written&) const = default;
};

/// The log of this process: `log-` and 16 random hex digits. As long as it exists, others see that the process lives.
/// Nothing throws: a full disk is no reason not to simulate.
class RunLog {
 public:
  RunLog(const std::filesystem::path& directory, const Worker& worker);
  /// Ends it with done, or with internal_fault where an exception passes, unless it was ended.
  ~RunLog();
  RunLog(const RunLog&) = delete;
  RunLog& operator=(const RunLog&) = delete;

  void finished(const Finished& what, const Written& where);
  void end(sim::Exit status);
  /// To be called now and then: where a file system has no locks, others see by this that the process lives.
  void still_here();

  const std::filesystem::path& path() const { return path_; }

 private:
  void write(const std::string& line);

  std::filesystem::path path_;
  std::string segment_;
  int descriptor_ = -1, exceptions_ = 0;
  bool is_locked_ = false, is_ended_ = false;
  std::chrono::steady_clock::time_point touched_ = std::chrono::steady_clock::now();
};

/// What a log says.
struct Log {
  std::filesystem::path path;
  Worker worker;
  std::vector<Finished> finished;
  std::vector<Written> written;     ///< segment by segment
  std::optional<sim::Exit> status;  ///< with which it ended
  bool is_alive = false;
};

bool is_log(const std::filesystem::path& path);

/// Logs of a directory in the order in which they began. A line that is damaged or torn ends the reading of its log; a
/// log without a whole first line is none. Where locks do not tell who lives, who wrote within the last minutes does.
std::vector<Log> logs_in(const std::filesystem::path& directory);

/// "shard 3/40 (process 4711 on n07)", "process 4711 on n07".
std::string name_of(const Worker& worker);

/// Those that are alive, by name: "shard 1/3 (...), shard 2/3 (...) and 38 others". Empty where nobody is.
std::string alive_in(const std::filesystem::path& directory);

}  // namespace clientele::output
