// Records go by the keys of the points' own studies, so that a plain run with --set finds them, and they its.
#include "tools/clientele/sweep/recorded_sweep.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>
#include <set>
#include <utility>

#include "sim/core/printable.hpp"
#include "sim/parallel/team.hpp"
#include "tools/clientele/logged_records.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/recorded.hpp"
#include "tools/clientele/share_of_work.hpp"

namespace clientele::tools {

namespace {

/// Notes cell after cell, whichever point it is of.
class LogOfCells {
 public:
  explicit LogOfCells(output::RunLog& log) : log_(log) {}

  void note(const sim::Cell& cell, std::uint64_t cells, std::uint64_t portions, std::uint64_t customer_months,
            const output::Written& written) {
    const Clock::time_point now = Clock::now();
    const std::chrono::duration<double> seconds = now - std::exchange(last_, now);
    log_.finished({cell.replication, cell.draw, cells, portions, seconds.count(), customer_months}, written);
  }
  void still_here() { log_.still_here(); }

 private:
  using Clock = std::chrono::steady_clock;
  output::RunLog& log_;
  Clock::time_point last_ = Clock::now();
};

/// Cells of one point on their way into records that several points share.
class PointSink final : public sim::Sink {
 public:
  PointSink(output::RecordsSink& records, std::mutex& guard, const output::StudyKeys& keys,
            const sim::OutcomeInfo& info, LogOfCells& log, const std::function<void()>& cell_is_done)
      : records_(records), guard_(guard), keys_(keys), info_(info), log_(log), cell_is_done_(cell_is_done) {}

  void accept(sim::CellOutcome&& outcome) override {
    {
      const std::scoped_lock lock(guard_);
      records_.keep(output::key_of(keys_, outcome.cell), outcome);
      const std::uint64_t months = in_portions_.contains(outcome.cell) ? 0 : customer_months_of(outcome, info_);
      log_.note(outcome.cell, 1, 0, months, records_.written());
    }
    cell_is_done_();
  }
  void accept_portion(const sim::Portion& portion, sim::CellOutcome&& outcome) override {
    const std::scoped_lock lock(guard_);
    records_.keep(output::key_of(output::key_of(keys_, outcome.cell), portion), outcome);
    in_portions_.insert(outcome.cell);
    log_.note(outcome.cell, 0, 1, customer_months_of(outcome, info_), records_.written());
  }
  /// A portion of a cell need not be simulated again. The lock is the caller's.
  void kept(const sim::Cell& cell) { in_portions_.insert(cell); }

 private:
  output::RecordsSink& records_;
  std::mutex& guard_;
  const output::StudyKeys& keys_;
  const sim::OutcomeInfo& info_;
  LogOfCells& log_;
  const std::function<void()>& cell_is_done_;
  std::set<sim::Cell> in_portions_;  ///< whose customer-months were noted portion by portion
};

}  // namespace

/// The units of a point are its lineups, and the portions of the last world; all points count as many.
sim::RunOptions RecordedSweep::options_at(const SweepJob& job, std::size_t point) const {
  sim::RunOptions options = job.options;
  const sim::CellAxes axes = sim::cell_axes_of(job.stated.study());
  const std::uint64_t lineups = axes.worlds() * ((axes.arms() - 1) / options.arms_together + 1);
  std::uint64_t most = 1;
  for (const auto& portions : planned_.portions) most = std::max<std::uint64_t>(most, portions.size());
  options.share.numbers = sim::Share::Numbers::of_study;
  options.share = share_at(options.share, point, lineups + most - 1);
  return options;
}

RecordedSweep::RecordedSweep(const SweepJob& job, const PlannedPoints& planned, const std::filesystem::path& file,
                             const output::CubeDetails& details, KeptRecords& kept)
    : job_(job),
      planned_(planned),
      file_(file),
      details_(details),
      cells_(sim::all_cells(job.stated.study())),
      kept_(kept) {}

void RecordedSweep::run(output::Existing existing) {
  const Together& together = job_.together;
  kept_.work(
      [&] {
        tell_what_is_there();
        const std::size_t known = kept_.records().segments();
        const auto start = std::chrono::steady_clock::now();
        const std::optional<std::uint64_t> lived = simulate_or_stop();
        kept_.share(known);
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        together.agree([&] {
          if (!lived) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
        });
        tell_pace(*lived, seconds.count());
        together.agree([&] {
          if (!together.leads()) return;
          SweepJob whole{job_.studies, job_.stated, job_.options, Talk::quiet, job_.stop};
          whole.options.share = {};
          whole.options.slice = &sim::alone();
          simulate(whole);  // portions of several ranks are put together; nobody lives for that
          write(existing);
        });
      },
      [this] { return what_is_safe(); });
}

void RecordedSweep::run_share() {
  kept_.work(
      [&] {
        const auto start = std::chrono::steady_clock::now();
        const std::optional<std::uint64_t> lived = simulate_or_stop();
        if (!lived) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
        tell_pace(*lived, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
      },
      [this] { return what_is_safe(); });
}

std::vector<LackAt> RecordedSweep::complete() {
  std::vector<LackAt> lacking;
  std::set<output::CellKey> seen;
  for (std::size_t point = 0; point < planned_.points.places(); ++point) {
    std::vector<sim::Cell> cells;
    for (const sim::Cell& cell : cells_)
      if (!is_recorded(cell, point)) cells.push_back(cell);
    if (cells.empty()) continue;
    const sim::Study study = job_.studies.at(point);
    const sim::Plan plan(study, job_.studies.catalogue());
    output::CubeDetails details;
    details.keys = planned_.points.keys[point];
    const Job job{plan, job_.options, job_.volume, job_.stop};
    for (Lack& lack : Recorded(job, file_, details, kept_).complete(cells)) {
      const bool is_first = seen.insert(output::key_of(details.keys, lack.cell)).second;
      lacking.push_back({point, std::move(lack), is_first});
    }
  }
  return lacking;
}

void RecordedSweep::write(output::Existing existing) const {
  output::write_cube(file_, existing, job_.stated.study(), planned_.info,
                     output::OutcomesInRecords(kept_.records(), planned_.points.keys, planned_.info), details_,
                     *sim::make_team(job_.options.engine, job_.options.threads), job_.stop);
}

std::set<std::uint64_t> RecordedSweep::shares_of(const LackAt& lack, std::uint64_t of) const {
  SweepJob job{job_.studies, job_.stated, job_.options, Talk::quiet, job_.stop};
  job.options.share = {0, of, sim::Share::Numbers::of_study};
  const std::uint64_t of_first = options_at(job, lack.point).share.number;  ///< what the first is at this point
  const sim::Study study = job_.studies.at(lack.point);
  const sim::Plan plan(study, job_.studies.catalogue());
  std::set<std::uint64_t> shares;
  for (const std::uint64_t share : tools::shares_of(plan, job_.options, lack.lack.cell, of, lack.lack.portions))
    shares.insert((share + of - of_first) % of);
  return shares;
}

/// Nothing where it was stopped.
std::optional<std::uint64_t> RecordedSweep::simulate_or_stop() {
  try {
    return simulate(job_);
  } catch (const sim::UserError& error) {
    if (error.status() != sim::Exit::stopped_early) throw;
    return std::nullopt;
  }
}

/// Of all ranks; nothing where all was there.
void RecordedSweep::tell_pace(std::uint64_t customer_months, double seconds) const {
  std::array<std::int64_t, 1> all{static_cast<std::int64_t>(customer_months)};
  job_.together.ranks().sum(all);
  if (all[0] > 0)
    talk(job_.volume, pace_in_words(static_cast<std::uint64_t>(all[0]), seconds, job_.options, job_.together));
}

void RecordedSweep::tell_what_is_there() const {
  SweepJob whole{job_.studies, job_.stated, job_.options, Talk::quiet, job_.stop};
  whole.options.share = {};
  std::size_t once = 0;
  for (const auto& of_point : missing_once(whole)) once += of_point.size();
  const std::size_t lacking = missing();
  if (once < lacking)
    talk(job_.volume, with_commas(lacking - once) + " of " + cells_in_words(lacking) +
                          " are the same as others at another point, and are simulated once.");
  if (kept_.records().size() == 0) return;
  talk(job_.volume, with_commas(all_cells() - missing()) + " of " + cells_in_words(all_cells()) +
                        " come from the records in " + sim::file_in_quotes(kept_.folder()) + "; " +
                        with_commas(missing()) + " are to be simulated.");
}

/// What no record holds of the share that the job's options have, by point; of equal cells of several points that of
/// the first, so that all processes leave out the same.
std::vector<std::vector<sim::Cell>> RecordedSweep::missing_once(const SweepJob& job) const {
  std::vector<std::vector<sim::Cell>> ours(planned_.points.places());
  std::set<output::CellKey> seen;
  for (std::size_t point = 0; point < ours.size(); ++point) {
    std::vector<sim::Cell> first;
    for (const sim::Cell& cell : cells_)
      if (seen.insert(output::key_of(planned_.points.keys[point], cell)).second && !is_recorded(cell, point))
        first.push_back(cell);
    ours[point] = cells_of_share(sim::cell_axes_of(job_.stated.study()), options_at(job, point),
                                 planned_.portions[point].size(), first);
  }
  return ours;
}

std::uint64_t RecordedSweep::simulate(const SweepJob& job) {
  const std::vector<std::vector<sim::Cell>> ours = missing_once(job);
  PointsToDo to_do;
  for (std::size_t point = 0; point < ours.size(); ++point) {
    to_do.cells += ours[point].size();
    to_do.customers += static_cast<double>(ours[point].size()) * static_cast<double>(planned_.customers[point]);
    if (!ours[point].empty()) to_do.points.push_back(point);
  }
  if (to_do.points.empty()) return 0;
  output::RecordsSink sink(kept_.folder(), kept_.records(), planned_.points.keys.front(), planned_.info);
  std::mutex guard;
  LogOfCells log(kept_.log());
  const auto simulate_point = [&](const PointInWork& point, const std::function<void()>& cell_is_done) {
    const output::StudyKeys& keys = planned_.points.keys[point.point];
    PointSink own(sink, guard, keys, planned_.info, log, cell_is_done);
    sim::RunOptions options = point.options;
    options.share = options_at(job, point.point).share;
    options.progress = [&, tell = point.options.progress](std::uint64_t customer_months) {
      tell(customer_months);
      const std::scoped_lock lock(guard);
      log.still_here();
    };
    options.kept_portion = [&](const sim::Portion& portion, const sim::Cell& cell) {
      const std::scoped_lock lock(guard);
      const output::CellKey key = output::key_of(output::key_of(keys, cell), portion);
      if (!kept_.records().contains(key)) return std::optional<sim::CellOutcome>();
      own.kept(cell);
      return std::optional(kept_.records().read(key, cell, planned_.info));
    };
    point.plan.run(ours[point.point], own, options, job.stop);
  };
  const std::uint64_t lived = for_each_point(job, to_do, simulate_point);
  sink.sync();
  give_back_memory();
  return lived;
}

bool RecordedSweep::is_recorded(const sim::Cell& cell, std::size_t point) const {
  return kept_.records().contains(output::key_of(planned_.points.keys[point], cell));
}

std::size_t RecordedSweep::missing() const {
  std::size_t missing = 0;
  for (std::size_t point = 0; point < planned_.points.places(); ++point)
    for (const sim::Cell& cell : cells_) missing += is_recorded(cell, point) ? 0 : 1;
  return missing;
}

std::string RecordedSweep::what_is_safe() const {
  return with_commas(all_cells() - missing()) + " of " + cells_in_words(all_cells()) + " are safe in " +
         sim::file_in_quotes(kept_.folder()) + ": the same command goes on from there.";
}

}  // namespace clientele::tools
