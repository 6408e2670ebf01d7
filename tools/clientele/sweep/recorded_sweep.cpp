// Records go by the keys of the points' own studies, so that a plain run with --set finds them, and they its.
#include "tools/clientele/sweep/recorded_sweep.hpp"

#include <algorithm>
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

  void note(const sim::CellOutcome& outcome, const sim::OutcomeInfo& info, std::uint64_t cells, std::uint64_t portions,
            const output::Written& written) {
    const Clock::time_point now = Clock::now();
    const std::chrono::duration<double> seconds = now - std::exchange(last_, now);
    log_.finished({outcome.cell.replication, outcome.cell.draw, cells, portions, seconds.count(),
                   customer_months_of(outcome, info)},
                  written);
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
      log_.note(outcome, info_, 1, 0, records_.written());
    }
    cell_is_done_();
  }
  void accept_portion(const sim::Portion& portion, sim::CellOutcome&& outcome) override {
    const std::scoped_lock lock(guard_);
    records_.keep(output::key_of(output::key_of(keys_, outcome.cell), portion), outcome);
    log_.note(outcome, info_, 0, 1, records_.written());
  }

 private:
  output::RecordsSink& records_;
  std::mutex& guard_;
  const output::StudyKeys& keys_;
  const sim::OutcomeInfo& info_;
  LogOfCells& log_;
  const std::function<void()>& cell_is_done_;
};

}  // namespace

/// The units of a point are its lineups, and the portions of the last world; all points count as many.
sim::RunOptions RecordedSweep::options_at(const SweepJob& job, std::size_t point) const {
  sim::RunOptions options = job.options;
  const sim::CellAxes axes = sim::cell_axes_of(job.stated.study());
  const std::uint64_t lineups = axes.worlds() * ((axes.arms() - 1) / options.arms_together + 1);
  const std::uint64_t most = std::max<std::size_t>(1, std::ranges::max(planned_.portions));
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
        const bool done = simulate_or_stop();
        kept_.share(known);
        together.agree([&] {
          if (!done) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
        });
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
        if (!simulate_or_stop()) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
      },
      [this] { return what_is_safe(); });
}

std::vector<LackAt> RecordedSweep::complete() {
  std::vector<LackAt> lacking;
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
    for (Lack& lack : Recorded(job, file_, details, kept_).complete(cells)) lacking.push_back({point, std::move(lack)});
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

bool RecordedSweep::simulate_or_stop() {
  try {
    simulate(job_);
  } catch (const sim::UserError& error) {
    if (error.status() != sim::Exit::stopped_early) throw;
    return false;
  }
  return true;
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
    ours[point] =
        cells_of_share(sim::cell_axes_of(job_.stated.study()), options_at(job, point), planned_.portions[point], first);
  }
  return ours;
}

void RecordedSweep::simulate(const SweepJob& job) {
  const std::vector<std::vector<sim::Cell>> ours = missing_once(job);
  std::vector<std::size_t> points;
  std::size_t cells = 0;
  for (std::size_t point = 0; point < ours.size(); ++point) {
    cells += ours[point].size();
    if (!ours[point].empty()) points.push_back(point);
  }
  if (points.empty()) return;
  output::RecordsSink sink(kept_.folder(), kept_.records(), planned_.points.keys.front(), planned_.info);
  std::mutex guard;
  LogOfCells log(kept_.log());
  for_each_point(job, points, cells, [&](const PointInWork& point, const std::function<void()>& cell_is_done) {
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
      return kept_.records().contains(key) ? std::optional(kept_.records().read(key, cell, planned_.info))
                                           : std::nullopt;
    };
    point.plan.run(ours[point.point], own, options, job.stop);
  });
  sink.sync();
  give_back_memory();
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
