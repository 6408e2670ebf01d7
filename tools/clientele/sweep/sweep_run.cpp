// Points are read and held against each other first; then records, cube and table are made of them as of one study.
#include "tools/clientele/sweep/sweep_run.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <limits>
#include <mutex>

#include "output/comparison/over_points.hpp"
#include "output/cube/reader.hpp"
#include "output/cube/size.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"
#include "sim/same_money.hpp"
#include "tools/clientele/asked_study.hpp"
#include "tools/clientele/compare/over_points.hpp"
#include "tools/clientele/compare/question.hpp"
#include "tools/clientele/dry_run.hpp"
#include "tools/clientele/job.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/recorded_run.hpp"
#include "tools/clientele/recorded_share.hpp"
#include "tools/clientele/sizes.hpp"
#include "tools/clientele/sweep/recorded_sweep.hpp"

namespace clientele::tools {

namespace {

void expect_no_same_money(const sim::Study& study) {
  if (!sim::has_same_money(study)) return;
  throw sim::UserError(
      "experiment.same_money and a sweep do not go together: what the same money buys for all customers is another "
      "level of each lever at each point. --set experiment.same_money=false?");
}

void tell(const output::ComparisonInput& facts, const output::CubePoints& points,
          const std::function<std::vector<double>(const std::string&)>& values, const std::string& data) {
  const output::Question question = question_of({}, facts);
  std::fputs(text_of(output::over_points(facts, question, points, values), Paper::terminal).c_str(), stdout);
  std::printf("data %s\n", data.c_str());
}

/// Of each point only its headline and the hash of its cells are kept.
void run_in_memory(const SweepJob& job, const PlannedPoints& planned, const output::CubeDetails& details) {
  const sim::Study& study = job.stated.study();
  const std::vector<sim::Cell> cells = sim::all_cells(study);
  const sim::CellAxes axes = sim::cell_axes_of(study);
  const auto headline = static_cast<std::size_t>(
      std::ranges::find(planned.info.kpis, study.headline, &sim::KpiInfo::name) - planned.info.kpis.begin());
  sim::expects(headline < planned.info.kpis.size(), "the headline of a study is a KPI");
  std::vector<double> values(planned.points.places() * axes.cells(), std::numeric_limits<double>::quiet_NaN());
  std::vector<std::string> hashes(planned.points.places());
  PointsToDo all{.points = {}, .cells = values.size()};
  for (std::size_t point = 0; point < planned.points.places(); ++point) {
    all.points.push_back(point);
    all.customers += static_cast<double>(cells.size()) * static_cast<double>(planned.customers[point]);
  }
  const auto start = std::chrono::steady_clock::now();
  const std::uint64_t lived = for_each_point(job, all, [&](const PointInWork& point, const auto& cell_is_done) {
    sim::MemorySink memory;
    if (point.plan.run(cells, memory, point.options, job.stop).status == sim::RunStatus::stopped) return;
    for (const auto& [cell, outcome] : memory.outcomes()) {
      values[point.point * axes.cells() + axes.number(cell)] =
          sim::evaluate(point.plan.info().kpis[headline], point.plan.info(), study.money_quantum, outcome);
      cell_is_done();
    }
    hashes[point.point] = output::data_hash(memory.outcomes());
  });
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  talk(job.volume, pace_in_words(lived, seconds.count(), job.options));
  const output::Outcomes none;
  output::ComparisonInput facts = output::input_of(study, planned.info, details, none);
  facts.cells_done = values.size();
  tell(
      facts, planned.points, [&](const std::string&) { return values; }, output::data_hash(hashes));
}

std::uint64_t memory_alone(const sim::Plan& plan, sim::RunOptions options) {
  options.threads = 1;
  return plan.memory_of_run(options);
}

/// What the run would take; nothing of it is kept.
void dry_run(const SweepAsked& asked, const PlannedSweep& sweep, Kept kept) {
  const PlannedPoints& planned = sweep.planned;
  const SweepJob& job = sweep.job;
  const auto places = static_cast<double>(planned.points.places());
  const double points = sweep.times_stated();                                // time goes with customers
  const std::uint64_t memory = memory_of(sweep.largest, job.options, kept);  // before the trial takes some
  const auto trial = try_out(job.stated, job.options, job.stop);
  if (!trial) throw sim::UserError("stopped early; nothing was written.", sim::Exit::stopped_early);
  const std::uint64_t cells = planned.points.places() * sim::cell_axes_of(job.stated.study()).cells();
  std::printf("%s\n", size_of(job.stated.study(), planned.points.places()).c_str());
  std::printf("%s cells, about %s of these customer-months with active customers\n", with_commas(cells).c_str(),
              in_short(points * trial->customer_months).c_str());
  std::printf("memory %s of %s (%s)\n", bytes_in_short(memory).c_str(),
              bytes_in_short(resident_memory() + memory_room(1).bytes).c_str(), memory_room(1).whose.c_str());
  const auto [least, most] = std::ranges::minmax(planned.customers);
  if (least < most)
    std::printf("points begin with %s to %s customers\n", with_commas(least).c_str(), with_commas(most).c_str());
  const double seconds = points * trial->seconds;
  const double of_cube = kept == Kept::on_disk ? places : 0;
  std::fputs(
      time_in_words(seconds / static_cast<double>(asked.ranks),
                    of_cube * trial->writing_on(sim::threads_of(job.options.threads)),
                    (asked.ranks > 1 ? with_commas(asked.ranks) + " ranks x " : "") + threads_in_words(job.options),
                    points * trial->processor_seconds + of_cube * trial->seconds_of_writing)
          .c_str(),
      stdout);
  if (asked.shard)
    std::printf("shard %s: about %s\n", asked.shard->in_words().c_str(),
                as_time(seconds / static_cast<double>(asked.shard->of)).c_str());
  std::printf("cube about %s, records about %s%s\n",
              bytes_in_short(static_cast<std::uint64_t>(places * static_cast<double>(trial->cube))).c_str(),
              bytes_in_short(static_cast<std::uint64_t>(places * static_cast<double>(trial->records))).c_str(),
              kept == Kept::on_disk ? "" : " (with -o FILE)");
}

/// Whether nothing is left to do; else what is there may be replaced.
bool is_there(const SweepAsked& asked, const PlannedSweep& sweep, output::Existing& existing) {
  if (existing == output::Existing::replace) return false;
  const auto standing = static_cast<output::Standing>(std::stoi(asked.together.by_first([&] {
    return std::to_string(
        static_cast<int>(judge(asked.reading.study, sweep.planned.info, sweep.details, *asked.file, asked.volume)));
  })));
  if (standing == output::Standing::same) {
    talk(asked.volume, sim::file_in_quotes(*asked.file) + " is there already and complete; nothing was simulated.");
    return true;
  }
  if (standing != output::Standing::absent) existing = output::Existing::replace;
  return false;
}

void make_share(const SweepAsked& asked, const PlannedSweep& sweep, const output::Asked& said) {
  KeptRecords kept(*asked.file, asked.volume, asked.stop, output::Hold::with_others);
  begin_share(kept, said, *asked.shard, asked.volume);
  SweepJob own{sweep.job.studies, sweep.job.stated, sweep.job.options, asked.volume, asked.stop};
  own.memory_of_one = sweep.job.memory_of_one;
  own.options.share = asked.shard->share();
  RecordedSweep recorded(own, sweep.planned, *asked.file, sweep.details, kept);
  recorded.run_share();
  std::printf("shard %s is done. When all %s are, clientele merge %s makes the cube.\n",
              asked.shard->in_words().c_str(), with_commas(asked.shard->of).c_str(), asked.file->c_str());
}

}  // namespace

PlannedSweep::PlannedSweep(const SweepAsked& asked)
    : plan_(asked.reading.study, asked.catalogue),
      studies_(asked.reading, asked.catalogue),
      details(details_of({plan_, asked.options, asked.volume, asked.stop})),
      planned(plan_points(studies_, plan_, details, asked.options, asked.stop)),
      largest((largest_ = studies_.at(
                   static_cast<std::size_t>(std::ranges::max_element(planned.customers) - planned.customers.begin())),
               largest_),
              asked.catalogue),
      job{studies_,
          plan_,
          asked.options,
          asked.volume,
          asked.stop,
          asked.together,
          memory_alone(largest, asked.options),
          asked.on_machine} {
  details.points = planned.points;
}

double PlannedSweep::times_stated() const {
  double all = 0;
  for (const std::uint64_t customers : planned.customers) all += static_cast<double>(customers);
  return all / static_cast<double>(plan_.study().population.customers);
}

bool is_complete(const PlannedSweep& sweep, const std::filesystem::path& file) {
  std::string why;
  return output::standing_of(file, sweep.job.stated.study(), sweep.planned.info, sweep.details, why) ==
         output::Standing::same;
}

void tell_points(const std::filesystem::path& file) {
  output::CubeReader cube(file);
  const output::ComparisonInput facts = facts_of_points(cube);
  tell(
      facts, cube.points(), [&](const std::string& kpi) { return cube.kpi_at_all_points(kpi); },
      cube.data_hash_of_all_points());
}

sim::Exit run_sweep(const SweepAsked& asked) {
  const sim::Study& study = asked.reading.study;
  const Together& together = asked.together;
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is a full disk, told like one
  const Kept kept = asked.file ? Kept::on_disk : Kept::in_memory;
  std::optional<PlannedSweep> all;
  together.agree([&] {
    expect_no_same_money(study);
    all.emplace(asked);
    if (!asked.dry_run) check_memory(all->largest, asked.options, kept, asked.on_machine);
  });
  const PlannedSweep& sweep = *all;
  output::Existing existing = asked.existing;
  if (asked.dry_run) {
    together.agree([&] {
      if (!together.leads()) return;
      if (asked.file && existing == output::Existing::refuse)
        judge(study, sweep.planned.info, sweep.details, *asked.file, asked.volume);
      dry_run(asked, sweep, kept);
    });
    return sim::Exit::done;
  }
  talk(asked.volume, size_of(study, sweep.planned.points.places()));
  if (!asked.file) {
    run_in_memory(sweep.job, sweep.planned, sweep.details);
    return sim::Exit::done;
  }
  const output::Asked said = asked_of(asked.reading, asked.study_file, asked.shard);
  const bool there = is_there(asked, sweep, existing);
  if (asked.shard) {
    if (!there) make_share(asked, sweep, said);
    return sim::Exit::done;
  }
  if (!there) {
    KeptRecords records(*asked.file, asked.volume, asked.stop, output::Hold::alone, asked.together);
    begin_run(asked.together, records, said);
    RecordedSweep(sweep.job, sweep.planned, *asked.file, sweep.details, records).run(existing);
  }
  asked.together.agree([&] {
    if (asked.together.leads()) tell_points(*asked.file);
  });
  return sim::Exit::done;
}

}  // namespace clientele::tools
