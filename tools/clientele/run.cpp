// `clientele run STUDY -o FILE`: starts or goes on, simulates, writes, tells; a file is there whole or not at all.
#include <cstdio>
#include <utility>

#include "models/catalogue.hpp"
#include "output/comparison/input.hpp"
#include "output/cube/data_hash.hpp"
#include "sim/core/printable.hpp"
#include "sim/plan.hpp"
#include "sim/same_money.hpp"
#include "tools/clientele/asked_study.hpp"
#include "tools/clientele/dry_run.hpp"
#include "tools/clientele/duration.hpp"
#include "tools/clientele/launchers.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/recorded_run.hpp"
#include "tools/clientele/recorded_share.hpp"
#include "tools/clientele/shared_work.hpp"
#include "tools/clientele/sizes.hpp"
#include "tools/clientele/stop_signals.hpp"
#include "tools/clientele/sweep/sweep_run.hpp"
#include "tools/clientele/target.hpp"
#include "tools/clientele/told_answer.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

Arguments arguments_of(const Words& words) {
  std::vector<Option> options = study_options();
  options.push_back(sweep_option());
  options.push_back({"output", 'o', Option::Takes::value, Option::Of::file});
  options.push_back({"force", 0, Option::Takes::nothing});
  options.push_back({"quiet", 'q', Option::Takes::nothing});
  options.push_back({"threads", 0, Option::Takes::value});
  options.push_back({"block-size", 0, Option::Takes::value});
  options.push_back({"max-time", 0, Option::Takes::value});
  options.push_back({"dry-run", 0, Option::Takes::nothing});
  options.push_back({"shard", 0, Option::Takes::value});
  options.push_back({"slices", 0, Option::Takes::value});
  options.push_back({"ranks", 0, Option::Takes::value});
  return {words, options};
}

sim::RunOptions run_options_of(const Arguments& arguments) {
  sim::RunOptions options;
  if (const auto threads = arguments.whole("threads", 1, 4096)) options.threads = static_cast<unsigned>(*threads);
  if (const auto size = arguments.whole("block-size", 64, 1024)) {
    if (*size % 64 != 0) throw sim::UserError("--block-size is not a multiple of 64.", sim::Exit::usage);
    options.block_size = *size;
  }
  return options;
}

std::optional<std::uint64_t> max_time_of(const Arguments& arguments) {
  const auto text = arguments.value("max-time");
  if (!text) return std::nullopt;
  const auto seconds = seconds_in(*text);
  if (!seconds)
    throw sim::UserError("--max-time " + sim::in_quotes(*text) +
                             " is no duration. Expected: 4:00:00, 1-12:00:00 (a day and a half), 90m, 36h, 45s or 2d.",
                         sim::Exit::usage);
  if (!arguments.has("output"))
    throw sim::UserError("--max-time goes with -o FILE: without it nothing is kept of a run that is stopped.",
                         sim::Exit::usage);
  return seconds;
}

std::optional<Shard> asked_shard_of(const Arguments& arguments) {
  const auto text = arguments.value("shard");
  if (!text) return std::nullopt;
  if (!arguments.has("output"))
    throw sim::UserError("--shard goes with -o FILE: shards of a study meet in its records, FILE.run.",
                         sim::Exit::usage);
  return shard_of(*text, own_environment());
}

/// Nothing is written: what was simulated is gone when the answer is told.
void run_in_memory(const Job& stated) {
  sim::MemorySink memory;
  const auto simulate = [&](const Job& job, const std::vector<sim::Cell>& cells) {
    std::vector<sim::Cell> missing;
    for (const sim::Cell& cell : cells)
      if (!memory.outcomes().contains(cell)) missing.push_back(cell);
    if (!simulate_cells(job, missing, memory))
      throw sim::UserError("stopped early, " + std::to_string(memory.outcomes().size()) + " of " +
                               std::to_string(sim::cell_axes_of(job.plan.study()).cells()) +
                               " cells simulated; nothing was kept (-o FILE would keep them).",
                           sim::Exit::stopped_early);
  };
  const auto tell_all = [&](const Job& job) {
    simulate(job, sim::all_cells(job.plan.study()));
    tell_answer(job.plan, output::input_of(job.plan.study(), job.plan.info(), details_of(job), memory.outcomes()),
                output::data_hash(memory.outcomes()));
  };
  const sim::Plan& plan = stated.plan;
  if (!sim::has_same_money(plan.study())) return tell_all(stated);
  simulate(stated, sim::cells_of_same_money(plan.study()));
  const sim::Study whole = sim::with_same_money(plan.study(), plan.catalogue(), plan.info(),
                                                [&](const sim::Cell& cell) { return memory.outcomes().at(cell); });
  const sim::Plan plan_of_whole(whole, plan.catalogue());
  tell_all({plan_of_whole, stated.options, stated.volume, stated.stop});
}

/// What the arguments come to.
struct Setup {
  Arguments arguments;
  Talk volume;
  output::Existing existing;
  std::optional<std::string> file;
  Kept kept;
  sim::RunOptions options;
  std::optional<std::uint64_t> slices, ranks;
  std::optional<Shard> shard;
  sim::Catalogue catalogue = models::catalogue();
  scenarios::StudyReading reading;
  const sim::Study& study;  ///< as stated
  sim::Study room;          ///< and with room for policies that spend the same money evenly
  sim::Plan plan_of_room;
  std::optional<sim::Plan> plan_as_stated;  ///< where it is another

  explicit Setup(Arguments words)
      : arguments(std::move(words)),
        volume(arguments.has("quiet") ? Talk::quiet : Talk::all),
        existing(arguments.has("force") ? output::Existing::replace : output::Existing::refuse),
        file(arguments.value("output")),
        kept(file ? Kept::on_disk : Kept::in_memory),
        options(run_options_of(arguments)),
        slices(arguments.whole("slices", 1, 1'000'000)),
        ranks(arguments.whole("ranks", 1, 1'000'000)),
        shard(asked_shard_of(arguments)),
        reading(reading_of(arguments, catalogue)),
        study(reading.study),
        room(sim::with_room_for_same_money(study, catalogue)),
        plan_of_room(room, catalogue) {
    if (sim::has_same_money(study)) plan_as_stated.emplace(study, catalogue);
    if (ranks && !arguments.has("dry-run"))
      throw sim::UserError(
          "--ranks goes with --dry-run. How many carry out a run is said to mpirun -n or srun -n, before "
          "clientele-mpi.",
          sim::Exit::usage);
  }
  const sim::Plan& plan() const { return plan_as_stated ? *plan_as_stated : plan_of_room; }
};

sim::Exit run_together(const Words& words, StopSignals& signals, const Together& together) {
  std::optional<Setup> setup;
  together.agree([&] {
    if (!joined_by().empty()) expect_joined(launched(), together.count(), joined_by());
    Arguments arguments = arguments_of(words);
    if (together.count() > 1)
      expect_for_ranks(arguments.only_word("STUDY"), arguments.has("output") || arguments.has("dry-run"));
    setup.emplace(std::move(arguments));
    if (together.count() > 1 && setup->shard)
      throw sim::UserError(
          "--shard is for processes that know nothing of each other; ranks share the work by "
          "themselves. Which one?",
          sim::Exit::usage);
    if (const auto seconds = max_time_of(setup->arguments)) signals.stop_in_time(*seconds);
  });
  expect_same_study(together, setup->reading);
  if (!together.leads()) setup->volume = Talk::quiet;
  const SharedWork shared(together, setup->plan_of_room, setup->options, setup->kept, setup->slices,
                          setup->reading.sweep.empty());
  if (!setup->ranks && setup->reading.sweep.empty()) shared.check_memory(together, setup->plan_of_room, setup->kept);
  together.agree([&] {
    if (setup->file && together.leads())
      check_output(*setup->file, setup->existing, setup->arguments.only_word("STUDY"), setup->study);
  });
  if (!setup->reading.sweep.empty()) {
    return run_sweep({setup->reading, setup->catalogue, shared.options(), setup->volume, signals.token(), setup->file,
                      setup->existing, setup->arguments.has("dry-run"), together, setup->arguments.only_word("STUDY"),
                      setup->shard, setup->ranks.value_or(together.count()), shared.on_machine()});
  }
  const Job job{setup->plan(), shared.options(), setup->volume, signals.token(), together};
  const Job whole{setup->plan_of_room, shared.options(), setup->volume, signals.token(), together};
  if (setup->arguments.has("dry-run")) {
    together.agree([&] {
      if (!together.leads()) return;
      if (setup->file) foresee(job, *setup->file, setup->existing);
      std::fputs(foreseen(whole, setup->kept, setup->ranks.value_or(together.count()), setup->shard).c_str(), stdout);
    });
    return sim::Exit::done;
  }
  talk(setup->volume, size_of(setup->room));
  if (!shared.in_words().empty()) talk(setup->volume, shared.in_words());
  if (!setup->file) {
    run_in_memory(job);
    return sim::Exit::done;
  }
  const output::Asked asked = asked_of(setup->reading, setup->arguments.only_word("STUDY"), setup->shard);
  if (setup->shard) {
    std::printf("%s\n", make_share(job, *setup->file, setup->existing, asked, *setup->shard).c_str());
    return sim::Exit::done;
  }
  make_cube(job, *setup->file, setup->existing, asked);
  together.agree([&] {
    if (together.leads()) tell_answer(job.plan, *setup->file);
  });
  return sim::Exit::done;
}

}  // namespace

sim::Exit run(const Words& words) {
  StopSignals signals;  // before MPI makes threads
  const Together together(join_processes());
  return together.run([&] { return run_together(words, signals, together); });
}

}  // namespace clientele::tools
