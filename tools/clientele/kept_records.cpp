// Records are read when the folder is locked, so that nobody adds to what was read.
#include "tools/clientele/kept_records.hpp"

#include <utility>

#include "output/files/durable_file.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

KeptRecords::KeptRecords(const std::filesystem::path& output, Talk volume, std::stop_token stop)
    : volume_(volume), stop_(std::move(stop)), directory_(output::run_directory_of(output)) {
  output::remove_left_overs(output);
}

void KeptRecords::work(const std::function<void()>& work, const std::function<std::string()>& what_is_safe) {
  try {
    read();
    work();
  } catch (const sim::UserError& error) {
    const bool can_go_on = error.status() == sim::Exit::stopped_early || error.status() == sim::Exit::input_output ||
                           error.status() == sim::Exit::permission;
    if (!can_go_on && records_ && records_->size() == 0) directory_.remove({});  // nothing that a run could go on from
    if (!can_go_on || !records_) throw;
    throw sim::UserError(std::string(error.what()) + " " + what_is_safe(), error.status());
  }
}

void KeptRecords::read() {
  records_.emplace(folder(), stop_);
  const output::Dropped& dropped = records_->dropped();
  if (dropped.records + dropped.bytes > 0)
    talk(volume_, "records in " + sim::file_in_quotes(folder()) + ": " + with_commas(dropped.records) +
                      " damaged and " + with_commas(dropped.bytes) +
                      " bytes of torn ones are left out (what they held is simulated again).");
  if (dropped.earlier > 0)
    talk(volume_, "records in " + sim::file_in_quotes(folder()) + ": " + with_commas(dropped.earlier) +
                      (dropped.earlier == 1 ? " file" : " files") +
                      " of an earlier clientele are left out (clean --stale removes them).");
}

}  // namespace clientele::tools
