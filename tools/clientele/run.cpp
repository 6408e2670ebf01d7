// `clientele run STUDY -o FILE`: starts or goes on, simulates, writes, tells; a file is there whole or not at all.
#include <cstdio>

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
#include "tools/clientele/duration.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/recorded_run.hpp"
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

/// What the run would take; nothing of it is kept.
sim::Exit dry_run(const Job& job, Kept kept) {
  const sim::Study& study = job.plan.study();
  const std::uint64_t memory = memory_of(job.plan, job.options, kept);
  const auto trial = try_out(job.plan, job.options, job.stop);
  if (!trial) throw sim::UserError("stopped early; nothing was written.", sim::Exit::stopped_early);
  std::printf("%s\n%s cells, about %s of these customer-months with active customers\n", size_of(study).c_str(),
              with_commas(sim::cell_axes_of(study).cells()).c_str(), in_short(trial->customer_months).c_str());
  std::printf("memory %s of %s (%s)\n", bytes_in_short(memory).c_str(),
              bytes_in_short(resident_memory() + memory_room(1).bytes).c_str(), memory_room(1).whose.c_str());
  std::printf("about %s on %s\n", as_time(trial->seconds).c_str(), threads_in_words(job.options).c_str());
  std::printf("cube about %s, records about %s%s\n", bytes_in_short(trial->cube).c_str(),
              bytes_in_short(trial->records).c_str(), kept == Kept::on_disk ? "" : " (with -o FILE)");
  return sim::Exit::done;
}

}  // namespace

sim::Exit run(const Words& words) {
  StopSignals signals;
  const Arguments arguments = arguments_of(words);
  if (const auto seconds = max_time_of(arguments)) signals.stop_in_time(*seconds);
  const Talk volume = arguments.has("quiet") ? Talk::quiet : Talk::all;
  const auto existing = arguments.has("force") ? output::Existing::replace : output::Existing::refuse;
  const std::optional<std::string> file = arguments.value("output");
  const sim::RunOptions options = run_options_of(arguments);
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = study_of(arguments, catalogue);
  if (file) check_output(*file, existing, arguments.only_word("STUDY"), study);
  const Kept kept = file ? Kept::on_disk : Kept::in_memory;
  const sim::Study room = sim::with_room_for_same_money(study, catalogue);
  const sim::Plan plan_of_room(room, catalogue);
  std::optional<sim::Plan> plan_as_stated;
  if (sim::has_same_money(study)) plan_as_stated.emplace(study, catalogue);
  const Job job{plan_as_stated ? *plan_as_stated : plan_of_room, options, volume, signals.token()};
  const Job whole{plan_of_room, options, volume, signals.token()};
  check_memory(plan_of_room, options, kept);
  if (arguments.has("dry-run")) {
    if (file) foresee(job, *file, existing);
    return dry_run(whole, kept);
  }
  talk(volume, size_of(room));
  if (!file) {
    run_in_memory(job);
    return sim::Exit::done;
  }
  make_cube(job, *file, existing);
  const output::CubeReader cube(*file);
  tell(job, output::input_of({&cube}), cube.text("data_hash"));
  return sim::Exit::done;
}

}  // namespace clientele::tools
