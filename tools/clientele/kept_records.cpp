// Records are read when the folder is locked, so that nobody adds to what was read.
#include "tools/clientele/kept_records.hpp"

#include <utility>

#include "output/files/durable_file.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/shared_folder.hpp"

namespace clientele::tools {

KeptRecords::KeptRecords(const std::filesystem::path& output, Talk volume, std::stop_token stop, output::Hold hold,
                         const Together& together)
    : volume_(volume),
      stop_(std::move(stop)),
      hold_(hold),
      together_(together),
      folder_(output::run_directory_of(output)) {
  together.agree([&] {
    if (!together.leads()) return;
    directory_.emplace(folder_, hold);
    output::remove_left_overs(output);
  });
  expect_shared(folder_, together);
}

void KeptRecords::work(const std::function<void()>& work, const std::function<std::string()>& what_is_safe) {
  try {
    read();
    work();
  } catch (const SaidByFirst& one) {
    if (log_) log_->end(one.status);
    throw;
  } catch (const sim::UserError& error) {
    if (log_) log_->end(error.status());
    const bool can_go_on = error.status() == sim::Exit::stopped_early || error.status() == sim::Exit::input_output ||
                           error.status() == sim::Exit::permission;
    const bool is_alone = hold_ == output::Hold::alone;
    if (!can_go_on && is_alone && directory_ && records_ && records_->size() == 0)
      directory_->remove({});  // nothing that a run could go on from
    if (!can_go_on || !records_) throw;
    throw sim::UserError(std::string(error.what()) + " " + what_is_safe(), error.status());
  }
}

void KeptRecords::share(std::size_t segments) {
  if (together_.count() == 1) return;
  const auto told = together_.ranks().gather(records_->told_from(segments));
  const auto own = static_cast<std::size_t>(together_.ranks().number());
  for (std::size_t rank = 0; rank < told.size(); ++rank)
    if (rank != own) records_->hear(told[rank]);
}

void KeptRecords::read() {
  if (records_) return refresh();
  const std::string told = together_.by_first([&] {
    records_.emplace(folder(), stop_);
    return together_.count() == 1 ? "" : records_->told_from(0);
  });
  if (!records_) records_.emplace(folder(), told);
  const output::Dropped dropped = records_->dropped();
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
