// `clientele slurm STUDY -o FILE`: how large the study is decides what a job asks for; the script is for a user to
// read.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "models/catalogue.hpp"
#include "sim/cells.hpp"
#include "sim/core/printable.hpp"
#include "sim/plan.hpp"
#include "sim/same_money.hpp"
#include "tools/clientele/duration.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/pace.hpp"
#include "tools/clientele/recorded_run.hpp"
#include "tools/clientele/sizes.hpp"
#include "tools/clientele/slurm/script.hpp"
#include "tools/clientele/stop_signals.hpp"
#include "tools/clientele/sweep/sweep_run.hpp"
#include "tools/clientele/target.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

[[noreturn]] void fail(const std::string& text) { throw sim::UserError(text, sim::Exit::usage); }

void warn(const std::string& text) { talk(Talk::all, "warning: " + text); }

Arguments arguments_of(const Words& words) {
  std::vector<Option> options = study_options();
  options.push_back(sweep_option());
  options.push_back({"output", 'o', Option::Takes::value, Option::Of::file});
  options.push_back({"quiet", 'q', Option::Takes::nothing});
  options.push_back({"array", 0, Option::Takes::maybe_value});
  for (const char* name : {"nodes", "time", "cpus-per-task", "tasks-per-node", "mem", "partition", "account"})
    options.push_back({name, 0, Option::Takes::value});
  return {words, options};
}

/// What stands in a comment for sbatch, which has rules of its own for quotes.
std::string plain_name(const Arguments& arguments, const std::string& option) {
  const std::string name = arguments.value(option).value_or("");
  const bool plain = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.' || c == ',';
  });
  if (!plain || (arguments.has(option) && name.empty()))
    fail("--" + option + " " + sim::in_quotes(name) + " is no name that Slurm could have (letters, digits, _ - . ,).");
  return name;
}

/// A line break would end a line of the script.
void expect_in_one_line(const Words& words) {
  for (const std::string& word : words)
    if (std::ranges::any_of(word, [](unsigned char c) { return c < ' ' || c == 127; }))
      fail(sim::in_quotes(word) +
           " has a line break or another character without a shape, and cannot stand in a script.");
}

std::uint64_t time_of(const Arguments& arguments) {
  const auto text = arguments.value("time");
  if (!text) return 0;
  const auto seconds = seconds_in(*text);
  if (!seconds)
    fail("--time " + sim::in_quotes(*text) +
         " is no duration. Expected: 4:00:00, 1-12:00:00 (a day and a half), 90m, 36h or 2d.");
  if (*seconds < 60) fail("--time " + *text + " is less than a minute, which is the least that Slurm knows.");
  return *seconds;
}

/// "4G" in megabytes of 2^20 bytes, as Slurm has them.
std::uint64_t megabytes_of(const Arguments& arguments) {
  const auto text = arguments.value("mem");
  if (!text) return 0;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  const std::string unit(end, text->data() + text->size());
  const std::uint64_t times = unit == "M" ? 1 : unit == "G" ? 1 << 10 : unit == "T" ? 1 << 20 : 0;
  if (error != std::errc() || number == 0 || number > 1'000'000 || times == 0)
    fail("--mem " + sim::in_quotes(*text) + " is no memory. Expected: 900M, 64G or 1T, of each process.");
  return number * times;
}

unsigned tasks_of(const Arguments& arguments, unsigned nodes) {
  if (!arguments.has("array"))
    return nodes * static_cast<unsigned>(arguments.whole("tasks-per-node", 1, 1024).value_or(1));
  if (arguments.has("tasks-per-node"))
    fail("--tasks-per-node does not go with --array, whose tasks are jobs of their own. More of them: --array=" +
         std::to_string(2 * nodes) + "?");
  const bool said = !arguments.value("array")->empty();
  const unsigned tasks = said ? static_cast<unsigned>(*arguments.whole("array", 1, 4294967295)) : nodes;
  if (tasks > most_tasks_of_an_array)
    fail("an array of " + with_commas(tasks) +
         " tasks is more than most clusters take (MaxArraySize is 1001 unless it "
         "was set). Would --array=1000 do?");
  return tasks;
}

/// Everything that the words say, before the study is looked at.
SlurmJob job_of(const Arguments& arguments, const Words& words) {
  expect_in_one_line(words);
  SlurmJob job;
  const std::string study = arguments.only_word("STUDY");
  if (study == "-") fail("a job reads the study when it begins, and has no standard input then. Name a file?");
  if (!arguments.has("output")) fail("-o FILE is missing: the cube that the job makes.");
  if (!arguments.has("nodes")) fail("--nodes is missing: how many machines it is to run on at a time.");
  job.output = *arguments.value("output");
  job.nodes = static_cast<unsigned>(*arguments.whole("nodes", 1, 100'000));
  job.seconds = time_of(arguments);
  job.tasks = tasks_of(arguments, job.nodes);
  job.tasks_per_node = arguments.has("array") ? 1 : job.tasks / job.nodes;
  job.cpus_per_task = static_cast<unsigned>(arguments.whole("cpus-per-task", 1, 4096).value_or(0));
  job.megabytes = megabytes_of(arguments);
  job.partition = plain_name(arguments, "partition");
  job.account = plain_name(arguments, "account");
  job.program = std::filesystem::read_symlink("/proc/self/exe").string();
  job.study = {study};
  std::vector<Option> of_study = study_options();
  of_study.push_back(sweep_option());
  for (const Option& option : of_study)
    for (const std::string& value : arguments.values(option.name))
      job.study.insert(job.study.end(), {"--" + option.name, value});
  return job;
}

void expect_ranks(const SlurmJob& job) {
  const auto beside = std::filesystem::path(job.program).parent_path() / "clientele-mpi";
  if (!std::filesystem::exists(beside))
    fail("without --array the processes of one run share the work by MPI, and " + sim::file_in_quotes(beside) +
         " is not there (it is built where MPI is). Add --array?");
}

/// Memory of a process, a quarter more than is counted, for Slurm ends what has more.
std::uint64_t megabytes_needed(const sim::Plan& plan, const sim::RunOptions& options) {
  constexpr std::uint64_t megabyte = 1 << 20, step = 100;
  const std::uint64_t whole = memory_of(plan, options, Kept::on_disk) * 5 / 4 / megabyte;
  return (whole / step + 1) * step;
}

/// A world that meets may live on several ranks; where it lives in one process (tasks of an array know nothing of each
/// other, and points of a sweep live on a rank each) that has to hold it.
void set_memory(SlurmJob& job, const sim::Plan& plan, bool in_one_process) {
  const std::uint64_t needed = megabytes_needed(plan, {.threads = job.cpus_per_task});
  const auto text = [](std::uint64_t megabytes) { return std::to_string(megabytes) + "M"; };
  if (job.megabytes > 0 && needed > job.megabytes * (in_one_process ? 1 : job.tasks))
    throw sim::UserError("memory does not hold this study: a process takes about " + text(needed) +
                             ", and --mem says " + text(job.megabytes) +
                             (in_one_process || job.tasks == 1 ? "" : " each") +
                             ". More memory, fewer processors a task (--cpus-per-task) or fewer customers?",
                         sim::Exit::does_not_fit);
  if (needed > job.megabytes && job.megabytes > 0)
    warn("a world takes about " + text(needed) + ", more than the " + text(job.megabytes) +
         " of a process: it lives on several of them, which must wait for each other.");
  if (job.megabytes == 0 && job.cpus_per_task > 0) job.megabytes = needed;
}

std::uint64_t processes_at_once(const SlurmJob& job) {
  return std::min<std::uint64_t>(job.tasks, std::uint64_t{job.nodes} * job.tasks_per_node);
}

/// In how many parts of equal size the work can be had: lineups of worlds, and portions of them. Those of a world that
/// is cut have numbers that overlap with the next world's.
std::uint64_t shares_with_work(const sim::Plan& plan) {
  const sim::RunOptions options;
  const sim::CellAxes axes = sim::cell_axes_of(plan.study());
  const std::uint64_t lineups = (axes.arms() + options.arms_together - 1) / options.arms_together;
  return axes.worlds() * lineups + std::max<std::uint64_t>(1, plan.portions(options).size()) - 1;
}

/// Where nobody says how long a try may take: twice what is foreseen and ten minutes, in tens of minutes, at most a
/// day.
std::uint64_t time_for(double seconds) {
  constexpr double ten_minutes = 600, day = 86'400;
  return static_cast<std::uint64_t>(std::min(day, ten_minutes * (2 + std::floor(2 * seconds / ten_minutes))));
}

/// How long it takes on so many processors of this machine, and what is odd about that. Asks for as much where nobody
/// has said how long a try may take.
double seconds_of(SlurmJob& job, double of_one_thread, std::uint64_t shares, unsigned threads) {
  const double of_a_process = of_one_thread / threads;
  const auto at_once = static_cast<double>(std::min(shares, processes_at_once(job)));
  const double seconds = of_a_process / at_once, of_a_share = of_a_process / static_cast<double>(shares);
  if (job.seconds == 0) job.seconds = time_for(seconds);
  const auto given = static_cast<double>(job.seconds);
  const double surely = std::max(given / 4, given - 180);  // two minutes' warning, which Slurm may give a minute early
  if (of_a_share > surely)
    warn("a part of the study that is kept at a time takes about " + as_time(of_a_share) + ", and --time is " +
         as_time(given) + ": a job might be ended again and again without getting on.");
  else if (seconds > surely)
    warn("about " + as_time(seconds) + " of work, " + as_time(given) +
         " at a time: jobs go back into the queue and go on from there.");
  return seconds;
}

/// What the script rests on, in its first lines. `times` the customers of the study live at all points of a sweep.
std::vector<std::string> remarks_of(SlurmJob& job, const sim::Plan& plan, std::uint64_t points, double times,
                                    const Trial& trial) {
  const std::uint64_t shares = points * shares_with_work(plan);
  if (job.tasks > shares)
    warn(with_commas(job.tasks) + " processes share a study that has " + with_commas(shares) +
         (shares == 1 ? " part" : " parts") + ": the others have nothing to do.");
  const unsigned threads = sim::threads_of(job.cpus_per_task);
  const double seconds = seconds_of(job, times * trial.processor_seconds, shares, threads);
  const double writing = static_cast<double>(points) * trial.writing_on(threads);
  return {sim::printable(size_of(plan.study()), 400) +
              (points > 1 ? ", at each of " + with_commas(points) + " points" : ""),
          "About " + as_time(seconds) + " on " + with_commas(std::min(shares, processes_at_once(job))) + " x " +
              std::to_string(threads) + " threads as fast as those of the machine that this was written on" +
              (writing < 1 ? "." : ", and the cube " + as_time(writing) + " on those of one process."),
          "The cube takes about " + bytes_in_short(points * trial.cube) + ", the records beside it about " +
              bytes_in_short(points * trial.records) + "."};
}

}  // namespace

sim::Exit slurm(const Words& words) {
  StopSignals signals;
  const Arguments arguments = arguments_of(words);
  const bool array = arguments.has("array");
  SlurmJob job = job_of(arguments, words);
  if (!array) expect_ranks(job);
  const sim::Catalogue catalogue = models::catalogue();
  const scenarios::StudyReading reading = reading_of(arguments, catalogue);
  const sim::Study& study = reading.study;
  check_output(job.output, output::Existing::refuse, arguments.only_word("STUDY"), study);
  const sim::Plan stated(study, catalogue);
  if (reading.sweep.empty())
    foresee({stated, {}, arguments.has("quiet") ? Talk::quiet : Talk::all, signals.token()}, job.output,
            output::Existing::refuse);
  const sim::Study room = sim::with_room_for_same_money(study, catalogue);
  const sim::Plan plan(room, catalogue);
  std::optional<PlannedSweep> sweep;
  if (!reading.sweep.empty())
    sweep.emplace(SweepAsked{.reading = reading, .catalogue = catalogue, .stop = signals.token()});
  set_memory(job, sweep ? sweep->largest : plan, array || sweep);
  const auto trial = try_out(plan, {}, signals.token());
  if (!trial) throw sim::UserError("stopped early; nothing was written.", sim::Exit::stopped_early);
  job.remarks = remarks_of(job, plan, std::max<std::size_t>(1, reading.sweep.points.size()),
                           sweep ? sweep->times_stated() : 1, *trial);
  std::fputs((array ? script_of_array(job) : script_of_ranks(job)).c_str(), stdout);
  return sim::Exit::done;
}

}  // namespace clientele::tools
