// The records of one output while a verb works on it: who else may, what is damaged is told, what is safe is said.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "output/records/log.hpp"
#include "output/records/records.hpp"
#include "output/records/run_directory.hpp"
#include "tools/clientele/study_options.hpp"
#include "tools/clientele/together.hpp"

namespace clientele::tools {

class KeptRecords {
 public:
  /// Locks the folder beside the output as long as it exists, and removes what killed runs left beside it; of processes
  /// that run together the first does both, and the others have to see the folder too.
  KeptRecords(const std::filesystem::path& output, Talk volume, std::stop_token stop,
              output::Hold hold = output::Hold::alone, const Together& together = one_process());

  /// Others see from now on that this process works here, and what it has finished.
  void begin_log(const output::Worker& worker) { log_.emplace(folder(), worker); }
  /// Where it was begun.
  output::RunLog& log() { return *log_; }

  /// Reads what is there (the first process, which tells the others), then works. Where it is stopped, or the disk or
  /// its rights refuse, `what_is_safe` follows the error's text: there the same command goes on. Any other mistake
  /// takes a folder without records along, where nobody else can be in it.
  void work(const std::function<void()>& work, const std::function<std::string()>& what_is_safe);

  const std::filesystem::path& folder() const { return folder_; }
  /// While there is work.
  output::Records& records() { return *records_; }
  const output::Records& records() const { return *records_; }
  /// Reads what others have added.
  void refresh() { records_->refresh(stop_); }
  /// What all processes have written since there were so many segments, for all.
  void share(std::size_t segments);

 private:
  void read();

  Talk volume_;
  std::stop_token stop_;
  output::Hold hold_;
  const Together& together_;
  std::filesystem::path folder_;
  std::optional<output::RunDirectory> directory_;  ///< of the first process
  std::optional<output::Records> records_;
  std::optional<output::RunLog> log_;
};

}  // namespace clientele::tools
