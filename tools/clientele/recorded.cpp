// What no record holds is simulated; what is safe is said whenever something ends early.
#include "tools/clientele/recorded.hpp"

#include <algorithm>

#include "output/records/sink.hpp"
#include "sim/core/printable.hpp"
#include "sim/parallel/team.hpp"
#include "sim/same_money.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

std::string cells_in_words(std::size_t count) { return with_commas(count) + (count == 1 ? " cell" : " cells"); }

Recorded::Recorded(const Job& job, const std::filesystem::path& file, const output::CubeDetails& details)
    : job_(job),
      plan_(job.plan),
      file_(file),
      details_(details),
      cells_(sim::all_cells(job.plan.study())),
      portions_(job.plan.portions(job.options)),
      kept_(file, job.volume, job.stop, job.together) {}

void Recorded::run(output::Existing existing) {
  keeping_what_is_safe([&] {
    simulate(cells_);
    job_.together.agree([&] {
      if (!job_.together.leads()) return;
      output::write_cube(file_, existing, plan_.study(), plan_.info(),
                         output::OutcomesInRecords(kept_.records(), details_.keys, plan_.info()), details_,
                         *sim::make_team(job_.options.engine, job_.options.threads), job_.stop);
    });
  });
}

sim::Study Recorded::with_same_money() {
  sim::Study whole;
  keeping_what_is_safe([&] {
    simulate(sim::cells_of_same_money(plan_.study()));
    whole = sim::with_same_money(plan_.study(), plan_.catalogue(), plan_.info(), [&](const sim::Cell& cell) {
      return kept_.records().read(output::key_of(details_.keys, cell), cell, plan_.info());
    });
  });
  return whole;
}

void Recorded::keeping_what_is_safe(const std::function<void()>& work) {
  kept_.work(work, [this] { return what_is_safe(); });
}

void Recorded::simulate(const std::vector<sim::Cell>& wanted) {
  std::vector<sim::Cell> missing;
  for (const sim::Cell& cell : wanted)
    if (!is_recorded(cell)) missing.push_back(cell);
  if (kept_.records().size() > 0 && wanted.size() == cells_.size())
    talk(job_.volume, with_commas(cells_.size() - missing.size()) + " of " + cells_in_words(cells_.size()) +
                          " come from the records in " + sim::file_in_quotes(kept_.folder()) + "; " +
                          with_commas(missing.size()) + " are to be simulated" +
                          portions_in_words(" (but for ", " of them)") + ".");
  if (missing.empty()) return;
  const std::size_t known = kept_.records().segments();
  const bool done = simulate_to_records(job_, missing);
  kept_.share(known);
  give_back_memory();
  job_.together.agree([&] {
    if (!done) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
  });
  complete(missing);
}

bool Recorded::simulate_to_records(const Job& job, const std::vector<sim::Cell>& cells) {
  output::RecordsSink sink(kept_.folder(), kept_.records(), details_.keys, plan_.info());
  const bool done = simulate_cells(job, cells, sink, [&](const sim::Portion& portion, const sim::Cell& cell) {
    const output::CellKey key = output::key_of(output::key_of(details_.keys, cell), portion);
    return kept_.records().contains(key) ? std::optional(kept_.records().read(key, cell, plan_.info())) : std::nullopt;
  });
  sink.sync();
  return done;
}

/// Cells whose portions were simulated by several are put together by the first; nothing is simulated for that.
void Recorded::complete(const std::vector<sim::Cell>& cells) {
  std::vector<sim::Cell> in_portions;
  for (const sim::Cell& cell : cells)
    if (!is_recorded(cell)) in_portions.push_back(cell);
  if (in_portions.empty()) return;
  const std::size_t known = kept_.records().segments();
  job_.together.agree([&] {
    if (!job_.together.leads()) return;
    Job alone{plan_, job_.options, Talk::quiet, job_.stop};
    alone.options.share = {};
    alone.options.slice = &sim::alone();
    if (!simulate_to_records(alone, in_portions)) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
  });
  kept_.share(known);
}

bool Recorded::is_recorded(const sim::Cell& cell) const {
  return kept_.records().contains(output::key_of(details_.keys, cell));
}

std::string Recorded::what_is_safe() const {
  const auto safe = std::ranges::count_if(cells_, [&](const sim::Cell& cell) { return is_recorded(cell); });
  return with_commas(static_cast<std::uint64_t>(safe)) + " of " + cells_in_words(cells_.size()) +
         portions_in_words(" and ", " of other cells") + " are safe in " + sim::file_in_quotes(kept_.folder()) +
         ": the same command goes on from there.";
}

/// Those that are kept of cells that are not; nothing where there are none.
std::string Recorded::portions_in_words(const std::string& before, const std::string& behind) const {
  std::uint64_t kept = 0;
  for (const sim::Cell& cell : cells_)
    for (const sim::Portion& portion : portions_)
      if (!is_recorded(cell) && kept_.records().contains(key_of(output::key_of(details_.keys, cell), portion))) ++kept;
  return kept == 0 ? "" : before + with_commas(kept) + (kept == 1 ? " portion" : " portions") + behind;
}

}  // namespace clientele::tools
