// `clientele run STUDY -o FILE`: starts or goes on, simulates, writes, tells; a file is there whole or not at all.
#include <cstdio>
#include <utility>

#include "models/catalogue.hpp"
#include "output/comparison/comparison.hpp"
#include "output/cube/reader.hpp"
#include "sim/core/printable.hpp"
#include "sim/plan.hpp"
#include "sim/same_money.hpp"
#include "tools/clientele/books.hpp"
#include "tools/clientele/compare/question.hpp"
#include "tools/clientele/compare/shown.hpp"
#include "tools/clientele/compare/tables.hpp"
#include "tools/clientele/dry_run.hpp"
#include "tools/clientele/duration.hpp"
#include "tools/clientele/launchers.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/recorded_run.hpp"
#include "tools/clientele/shared_work.hpp"
#include "tools/clientele/sizes.hpp"
#include "tools/clientele/stop_signals.hpp"
#include "tools/clientele/table.hpp"
#include "tools/clientele/target.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

Arguments arguments_of(const Words& words) {
  std::vector<Option> options = study_options();
  options.push_back({"output", 'o', Option::Takes::value, Option::Of::file});
  options.push_back({"force", 0, Option::Takes::nothing});
  options.push_back({"quiet", 'q', Option::Takes::nothing});
  options.push_back({"threads", 0, Option::Takes::value});
  options.push_back({"block-size", 0, Option::Takes::value});
  options.push_back({"max-time", 0, Option::Takes::value});
  options.push_back({"slices", 0, Option::Takes::value});
  options.push_back({"ranks", 0, Option::Takes::value});
  options.push_back({"dry-run", 0, Option::Takes::nothing});
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

/// The answer as compare gives it: one interval for one number.
void tell(const Job& job, const output::ComparisonInput& input, const std::string& data) {
  std::fputs(text_of(output::compare(input, question_of({}, input))).c_str(), stdout);
  std::fputs(
      wrapped("Base: " + beginning_and_books_of(job.plan.study(), job.plan.catalogue()) + ".", columns_of_terminal, 0)
          .c_str(),
      stdout);
  std::printf("data %s\n", data.c_str());
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
    tell(job, output::input_of(job.plan.study(), job.plan.info(), details_of(job), memory.outcomes()),
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
struct Asked {
  Arguments arguments;
  Talk volume;
  output::Existing existing;
  std::optional<std::string> file;
  Kept kept;
  sim::RunOptions options;
  std::optional<std::uint64_t> slices, ranks;
  sim::Catalogue catalogue = models::catalogue();
  sim::Study study, room;  ///< as stated, and with room for policies that spend the same money evenly
  sim::Plan plan_of_room;
  std::optional<sim::Plan> plan_as_stated;  ///< where it is another

  explicit Asked(Arguments words)
      : arguments(std::move(words)),
        volume(arguments.has("quiet") ? Talk::quiet : Talk::all),
        existing(arguments.has("force") ? output::Existing::replace : output::Existing::refuse),
        file(arguments.value("output")),
        kept(file ? Kept::on_disk : Kept::in_memory),
        options(run_options_of(arguments)),
        slices(arguments.whole("slices", 1, 1'000'000)),
        ranks(arguments.whole("ranks", 1, 1'000'000)),
        study(study_of(arguments, catalogue)),
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
  std::optional<Asked> asked;
  together.agree([&] {
    if (!joined_by().empty()) expect_joined(launched(), together.count(), joined_by());
    Arguments arguments = arguments_of(words);
    if (together.count() > 1)
      expect_for_ranks(arguments.only_word("STUDY"), arguments.has("output") || arguments.has("dry-run"));
    asked.emplace(std::move(arguments));
    if (const auto seconds = max_time_of(asked->arguments)) signals.stop_in_time(*seconds);
  });
  expect_same_study(together, asked->study);
  if (!together.leads()) asked->volume = Talk::quiet;
  const SharedWork shared(together, asked->plan_of_room, asked->options, asked->kept, asked->slices);
  together.agree([&] {
    if (asked->file && together.leads())
      check_output(*asked->file, asked->existing, asked->arguments.only_word("STUDY"), asked->study);
  });
  const Job job{asked->plan(), shared.options(), asked->volume, signals.token(), together};
  const Job whole{asked->plan_of_room, shared.options(), asked->volume, signals.token(), together};
  if (asked->arguments.has("dry-run")) {
    together.agree([&] {
      if (!together.leads()) return;
      if (asked->file) foresee(job, *asked->file, asked->existing);
      std::fputs(foreseen(whole, asked->kept, asked->ranks.value_or(together.count())).c_str(), stdout);
    });
    return sim::Exit::done;
  }
  talk(asked->volume, size_of(asked->room));
  if (!shared.in_words().empty()) talk(asked->volume, shared.in_words());
  if (!asked->file) {
    run_in_memory(job);
    return sim::Exit::done;
  }
  make_cube(job, *asked->file, asked->existing);
  together.agree([&] {
    if (!together.leads()) return;
    const output::CubeReader cube(*asked->file);
    tell(job, output::input_of({&cube}), cube.text("data_hash"));
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
