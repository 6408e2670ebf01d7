// Lines of words: a kill can tear the last one, and nothing but messages hangs on them.
#include "output/records/log.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <exception>
#include <string_view>

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/files/file_errors.hpp"
#include "output/files/hash.hpp"
#include "output/files/this_host.hpp"
#include "output/records/segment.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view start_of_log_name = "log-";
constexpr std::uint64_t max_bytes_of_log = 64 << 20;
constexpr std::chrono::seconds longest_untouched{20};
constexpr int seconds_until_silent = 300;  ///< of a process that cannot show by a lock that it lives

using Words = std::vector<std::string_view>;

Words words_of(std::string_view line) {
  Words words;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

template <class Number>
bool take(std::string_view word, Number& number) {
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  return error == std::errc() && end == word.data() + word.size();
}

/// Whatever it is, one word: nothing that is written may begin another line.
std::string as_word(const std::string& text) {
  std::string word = sim::printable(text, 200);
  std::ranges::replace(word, ' ', '_');
  return word.empty() ? "-" : word;
}

std::string from_word(std::string_view word) { return word == "-" ? "" : sim::printable(word, 200); }

std::string line_of(const Worker& worker, bool is_locked) {
  return "clientele " + as_word(worker.program) + " model " + as_word(worker.model) + " host " + as_word(worker.host) +
         " process " + std::to_string(worker.process) + " shard " + std::to_string(worker.shard) + " of " +
         std::to_string(worker.shards) + " job " + as_word(worker.job) + " started " + std::to_string(worker.started) +
         " study " + as_word(worker.study) + (is_locked ? " locked" : " unlocked");
}

std::optional<Worker> worker_of(const Words& words) {
  constexpr std::array names{"clientele", "model", "host", "process", "shard", "of", "job", "started", "study"};
  if (words.size() != 2 * names.size() + 1) return std::nullopt;
  for (std::size_t n = 0; n < names.size(); ++n)
    if (words[2 * n] != names[n]) return std::nullopt;
  Worker worker{from_word(words[1]), from_word(words[3]), from_word(words[5]), 0, 0, 0, from_word(words[13]), 0,
                from_word(words[17])};
  if (!take(words[7], worker.process) || !take(words[9], worker.shard) || !take(words[11], worker.shards) ||
      !take(words[15], worker.started) || worker.shard > worker.shards)
    return std::nullopt;
  return worker;
}

std::optional<Finished> finished_of(const Words& words) {
  Finished what;
  if (words.size() != 8 || !take(words[1], what.replication) || !take(words[2], what.draw) ||
      !take(words[3], what.cells) || !take(words[4], what.portions) || !take(words[5], what.seconds) ||
      !take(words[6], what.customer_months) || !(what.seconds >= 0 && what.seconds < 1e9))
    return std::nullopt;
  return what;
}

/// False where the line is none that a log has.
bool add(const Words& words, Log& log) {
  if (words.size() == 2 && words[0] == "segment" && is_segment(fs::path(words[1]))) {
    log.written.push_back({std::string(words[1]), 0});
    return true;
  }
  if (words.size() == 2 && words[0] == "ended") {
    int status = 0;
    if (!take(words[1], status)) return false;
    log.status = static_cast<sim::Exit>(status);
    return true;
  }
  if (words.empty() || words[0] != "done" || log.written.empty()) return false;
  const auto what = finished_of(words);
  if (!what || !take(words[7], log.written.back().bytes)) return false;
  log.finished.push_back(*what);
  return true;
}

std::optional<Log> log_of(const fs::path& path, bool& is_locked) {
  std::string text;
  const SegmentReader file(path);
  file.read(0, std::min(file.size(), max_bytes_of_log), text);
  std::optional<Log> log;
  for (std::string_view rest = text; rest.find('\n') != std::string_view::npos;) {
    const std::size_t end = rest.find('\n');
    const Words words = words_of(rest.substr(0, end));
    rest.remove_prefix(end + 1);
    if (log) {
      if (!add(words, *log)) break;
      continue;
    }
    const auto worker = worker_of(words);
    if (!worker) return std::nullopt;
    is_locked = words.back() == "locked";
    log = Log{path, *worker, {}, {}, {}, false};
  }
  return log;
}

bool is_held(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return false;
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  const bool held = ::fcntl(file, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
  ::close(file);
  return held;
}

/// The clock of whoever keeps the files: that of this host may be another one's.
std::optional<std::int64_t> time_of_files(const fs::path& directory) {
  std::string name = (directory / ".now-XXXXXX").string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) return std::nullopt;
  ::unlink(name.c_str());
  struct stat status {};
  const bool known = ::fstat(file, &status) == 0;
  ::close(file);
  return known ? std::optional<std::int64_t>(status.st_mtime) : std::nullopt;
}

bool wrote_lately(const fs::path& path) {
  struct stat status {};
  const auto now = time_of_files(directory_of(path));
  return now && ::stat(path.c_str(), &status) == 0 && *now - status.st_mtime < seconds_until_silent;
}

bool exists_here(const Worker& worker) { return fs::exists("/proc/" + std::to_string(worker.process)); }

bool is_alive(const Log& log, bool is_locked) {
  if (is_locked) return is_held(log.path);
  return log.worker.host == this_host() ? exists_here(log.worker) : wrote_lately(log.path);
}

}  // namespace

RunLog::RunLog(const fs::path& directory, const Worker& worker) : exceptions_(std::uncaught_exceptions()) {
  std::array<std::uint64_t, 2> name{};
  if (::getrandom(name.data(), sizeof name[0], 0) != sizeof name[0]) return;
  path_ = directory / (std::string(start_of_log_name) + hex_of(name).substr(0, 16));
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor_ < 0) return;
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  is_locked_ = ::fcntl(descriptor_, F_OFD_SETLK, &whole) == 0;
  write(line_of(worker, is_locked_));
}

RunLog::~RunLog() {
  end(std::uncaught_exceptions() > exceptions_ ? sim::Exit::internal_fault : sim::Exit::done);
  if (descriptor_ >= 0) ::close(descriptor_);
}

/// A line that could not be written whole ends the log: readers stop there too.
void RunLog::write(const std::string& line) {
  if (descriptor_ < 0) return;
  const std::string text = line + "\n";
  touched_ = std::chrono::steady_clock::now();
  if (::write(descriptor_, text.data(), text.size()) == static_cast<ssize_t>(text.size())) return;
  is_ended_ = true;
}

void RunLog::finished(const Finished& what, const Written& where) {
  if (is_ended_) return;
  if (where.segment != segment_) write("segment " + where.segment);
  segment_ = where.segment;
  std::array<char, 32> seconds{};
  std::snprintf(seconds.data(), seconds.size(), "%.6g", what.seconds);
  write("done " + std::to_string(what.replication) + " " + std::to_string(what.draw) + " " +
        std::to_string(what.cells) + " " + std::to_string(what.portions) + " " + seconds.data() + " " +
        std::to_string(what.customer_months) + " " + std::to_string(where.bytes));
}

void RunLog::end(sim::Exit status) {
  if (is_ended_) return;
  write("ended " + std::to_string(static_cast<int>(status)));
  is_ended_ = true;
}

void RunLog::still_here() {
  const auto now = std::chrono::steady_clock::now();
  if (is_locked_ || descriptor_ < 0 || now - touched_ < longest_untouched) return;
  touched_ = now;
  static_cast<void>(::futimens(descriptor_, nullptr));
}

bool is_log(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with(start_of_log_name) && name.size() == start_of_log_name.size() + 16 &&
         name.find_first_not_of("0123456789abcdef", start_of_log_name.size()) == std::string::npos;
}

std::vector<Log> logs_in(const fs::path& directory) {
  std::vector<Log> logs;
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    if (!is_log(at->path())) continue;
    try {
      bool is_locked = false;
      auto log = log_of(at->path(), is_locked);
      if (!log) continue;
      log->is_alive = !log->status && is_alive(*log, is_locked);
      logs.push_back(std::move(*log));
    } catch (const sim::UserError&) {
      // It went away meanwhile, or is another's: nothing hangs on it.
    }
  }
  std::ranges::sort(logs, {}, [](const Log& log) { return std::pair(log.worker.started, log.path); });
  return logs;
}

std::string name_of(const Worker& worker) {
  const std::string process = "process " + std::to_string(worker.process) + " on " + worker.host +
                              (worker.job.empty() ? "" : ", job " + worker.job);
  if (worker.shards == 0) return process;
  return "shard " + std::to_string(worker.shard) + "/" + std::to_string(worker.shards) + " (" + process + ")";
}

std::string alive_in(const fs::path& directory) {
  constexpr std::size_t named = 3;
  std::vector<Log> logs = logs_in(directory);
  std::ranges::stable_sort(logs, {}, [](const Log& log) { return log.worker.shard; });
  std::vector<std::string> names;
  for (const Log& log : logs)
    if (log.is_alive) names.push_back(name_of(log.worker));
  std::string text;
  for (std::size_t n = 0; n < std::min(named, names.size()); ++n) text += (n == 0 ? "" : ", ") + names[n];
  if (names.size() > named) {
    const std::size_t others = names.size() - named;
    text += " and " + std::to_string(others) + (others == 1 ? " other" : " others");
  }
  return text;
}

}  // namespace clientele::output
