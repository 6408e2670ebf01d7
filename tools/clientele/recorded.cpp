// What no record holds is simulated; what is safe is said whenever something ends early.
#include "tools/clientele/recorded.hpp"

#include <algorithm>

#include "sim/core/printable.hpp"
#include "sim/parallel/team.hpp"
#include "sim/same_money.hpp"
#include "tools/clientele/logged_records.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

std::string cells_in_words(std::size_t count) { return with_commas(count) + (count == 1 ? " cell" : " cells"); }

Recorded::Recorded(const Job& job, const std::filesystem::path& file, const output::CubeDetails& details,
                   KeptRecords& kept)
    : job_(job),
      plan_(job.plan),
      file_(file),
      details_(details),
      cells_(sim::all_cells(job.plan.study())),
      portions_(job.plan.portions(job.options)),
      kept_(kept) {}

void Recorded::run(output::Existing existing) {
  keeping_what_is_safe([&] {
    const std::vector<sim::Cell> rest = missing(cells_);
    tell_what_is_there(rest);
    simulate_together(rest);
    job_.together.agree([&] {
      if (job_.together.leads()) write(existing);
    });
  });
}

sim::Study Recorded::run_same_money() {
  sim::Study whole;
  keeping_what_is_safe([&] {
    simulate_together(missing(sim::cells_of_same_money(plan_.study())));
    whole = with_same_money();
  });
  return whole;
}

void Recorded::keeping_what_is_safe(const std::function<void()>& work) {
  kept_.work(work, [this] { return what_is_safe(); });
}

std::vector<sim::Cell> Recorded::missing(const std::vector<sim::Cell>& wanted) const {
  std::vector<sim::Cell> missing;
  for (const sim::Cell& cell : wanted)
    if (!is_recorded(cell)) missing.push_back(cell);
  return missing;
}

void Recorded::simulate(const std::vector<sim::Cell>& cells, const sim::Share& share) {
  if (!cells.empty() && !simulate_or_stop(cells, share))
    throw sim::UserError("stopped early.", sim::Exit::stopped_early);
}

/// False where it was stopped, here or on another rank.
bool Recorded::simulate_or_stop(const std::vector<sim::Cell>& cells, const sim::Share& share) {
  Job job = job_;
  job.options.share = share;
  output::RecordsSink records(kept_.folder(), kept_.records(), details_.keys, plan_.info());
  LoggedRecords sink(records, kept_.log(), plan_, job.options, cells);
  job.options.progress = [&](std::uint64_t) { kept_.log().still_here(); };
  const bool done = simulate_cells(job, cells, sink, [&](const sim::Portion& portion, const sim::Cell& cell) {
    const output::CellKey key = key_of(cell, portion);
    if (!kept_.records().contains(key)) return std::optional<sim::CellOutcome>();
    sink.kept(cell);
    return std::optional(kept_.records().read(key, cell, plan_.info()));
  });
  records.sync();
  give_back_memory();
  return done;
}

/// Each rank simulates its share. Then all know what all have written, and the first puts together what is there in
/// portions of several.
void Recorded::simulate_together(const std::vector<sim::Cell>& cells) {
  if (cells.empty()) return;
  std::size_t known = kept_.records().segments();
  const bool done = simulate_or_stop(cells, job_.options.share);
  kept_.share(known);
  job_.together.agree([&] {
    if (!done) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
  });
  known = kept_.records().segments();
  if (job_.together.count() == 1 || missing(cells).empty()) return;
  job_.together.agree([&] {
    if (job_.together.leads() && !complete_or_missing(cells).empty())
      throw sim::InternalFault("internal fault: ranks have left out a portion");
  });
  kept_.share(known);
}

std::vector<Lack> Recorded::complete(const std::vector<sim::Cell>& cells) {
  std::vector<Lack> lacking;
  output::RecordsSink sink(kept_.folder(), kept_.records(), details_.keys, plan_.info());
  for (const sim::Cell& cell : cells) {
    if (job_.stop.stop_requested()) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
    const bool any = std::ranges::any_of(
        portions_, [&](const sim::Portion& one) { return kept_.records().contains(key_of(cell, one)); });
    std::vector<sim::Portion> lack = any ? complete(cell, sink) : std::vector<sim::Portion>();
    if (!is_recorded(cell)) lacking.push_back({cell, std::move(lack)});
  }
  sink.sync();
  return lacking;
}

/// Which portions a world has is known when it is opened: who joins may be nobody. It is opened to be put together, and
/// left before anybody lives in it where one is missing. Returns those that are.
std::vector<sim::Portion> Recorded::complete(const sim::Cell& cell, output::RecordsSink& sink) {
  std::vector<sim::Portion> lack;
  for (const sim::Portion& one : portions_)
    if (one.of == sim::Portion::Of::base && !kept_.records().contains(key_of(cell, one))) lack.push_back(one);
  std::stop_source leave;
  sim::RunOptions options = job_.options;
  options.threads = 1;
  options.share = {};
  options.slice = &sim::alone();
  options.progress = nullptr;
  options.kept_portion = [&](const sim::Portion& portion, const sim::Cell&) -> std::optional<sim::CellOutcome> {
    const bool there = kept_.records().contains(key_of(cell, portion));
    if (!there && std::ranges::find(lack, portion) == lack.end()) lack.push_back(portion);
    if (lack.empty()) return kept_.records().read(key_of(cell, portion), cell, plan_.info());
    leave.request_stop();
    return std::nullopt;
  };
  plan_.run({cell}, sink, options, leave.get_token());
  return lack;
}

std::vector<sim::Cell> Recorded::complete_or_missing(const std::vector<sim::Cell>& cells) {
  const std::vector<sim::Cell> rest = missing(cells);
  if (portions_.empty()) return rest;
  std::vector<sim::Cell> left;
  for (const Lack& one : complete(rest)) left.push_back(one.cell);
  return left;
}

void Recorded::write(output::Existing existing) {
  output::write_cube(file_, existing, plan_.study(), plan_.info(),
                     output::OutcomesInRecords(kept_.records(), details_.keys, plan_.info()), details_,
                     *sim::make_team(job_.options.engine, job_.options.threads), job_.stop);
}

sim::Study Recorded::with_same_money() const {
  return sim::with_same_money(plan_.study(), plan_.catalogue(), plan_.info(), [&](const sim::Cell& cell) {
    return kept_.records().read(output::key_of(details_.keys, cell), cell, plan_.info());
  });
}

bool Recorded::is_recorded(const sim::Cell& cell) const {
  return kept_.records().contains(output::key_of(details_.keys, cell));
}

output::CellKey Recorded::key_of(const sim::Cell& cell, const sim::Portion& portion) const {
  return output::key_of(output::key_of(details_.keys, cell), portion);
}

void Recorded::tell_what_is_there(const std::vector<sim::Cell>& missing) const {
  if (kept_.records().size() == 0) return;
  talk(job_.volume, with_commas(cells_.size() - missing.size()) + " of " + cells_in_words(cells_.size()) +
                        " come from the records in " + sim::file_in_quotes(kept_.folder()) + "; " +
                        with_commas(missing.size()) + " are to be simulated" +
                        portions_in_words(" (but for ", " of them)") + ".");
}

std::string Recorded::what_is_safe() const {
  const auto safe = std::ranges::count_if(cells_, [&](const sim::Cell& cell) { return is_recorded(cell); });
  return with_commas(static_cast<std::uint64_t>(safe)) + " of " + cells_in_words(cells_.size()) +
         portions_in_words(" and ", " of other cells") + " are safe in " + sim::file_in_quotes(kept_.folder()) +
         ": the same command goes on from there.";
}

std::uint64_t Recorded::portions_kept(const sim::Share& share) const {
  std::uint64_t kept = 0;
  if (portions_.empty()) return kept;
  for (const sim::Cell& cell : cells_) {
    if (is_recorded(cell)) continue;
    const std::uint64_t lineup =
        sim::number_of_lineup(sim::cell_axes_of(plan_.study()), cell, job_.options.arms_together);
    for (std::size_t p = 0; p < portions_.size(); ++p)
      if (share.has(lineup + p) && kept_.records().contains(key_of(cell, portions_[p]))) ++kept;
  }
  return kept;
}

/// Nothing where there are none.
std::string Recorded::portions_in_words(const std::string& before, const std::string& behind) const {
  const std::uint64_t kept = portions_kept();
  return kept == 0 ? "" : before + with_commas(kept) + (kept == 1 ? " portion" : " portions") + behind;
}

}  // namespace clientele::tools
