// Slurm tells the first, the last and the step of an array; others tell the number of a task only.
#include "tools/clientele/shard.hpp"

#include <charconv>
#include <cstdlib>
#include <optional>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {
namespace {

constexpr std::uint64_t max_shards = 1'000'000;

[[noreturn]] void fail(const std::string& text) { throw sim::UserError(text, sim::Exit::usage); }

std::optional<std::uint64_t> number_in(const std::string& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// A variable that a scheduler sets is a number, or somebody else has set it.
std::uint64_t number_of(const Environment& environment, const std::string& name) {
  const std::string text = environment(name);
  const auto number = number_in(text);
  if (!number)
    fail("--shard auto: " + name + " is " + (text.empty() ? "not set" : sim::in_quotes(text)) +
         " where a scheduler sets a number. Say which part it is (--shard 3/40)?");
  return *number;
}

struct Scheduler {
  const char* name;
  const char* task;    ///< the variable with a task's number
  const char* script;  ///< how the number is said in its scripts, counted from 1
};
constexpr Scheduler known[] = {{"Slurm", "SLURM_ARRAY_TASK_ID", "$((SLURM_ARRAY_TASK_ID + 1))"},
                               {"HyperQueue", "HQ_TASK_ID", "$((HQ_TASK_ID + 1))"},
                               {"Flux", "FLUX_JOB_CC", "$((FLUX_JOB_CC + 1))"}};
/// Those whose tasks are numbered as their users like, without a count.
constexpr Scheduler others[] = {{"PBS", "PBS_ARRAY_INDEX", "$PBS_ARRAY_INDEX"},
                                {"Grid Engine", "SGE_TASK_ID", "$SGE_TASK_ID"},
                                {"LSF", "LSB_JOBINDEX", "$LSB_JOBINDEX"}};

const Scheduler& scheduler_of(const Environment& environment) {
  const Scheduler* found = nullptr;
  for (const Scheduler& one : known) {
    if (environment(one.task).empty()) continue;
    if (found != nullptr)
      fail(std::string("--shard auto: a task of ") + found->name + " and one of " + one.name + " at once (" +
           found->task + " and " + one.task + " are set). Which one? --shard " + found->script + "/N or --shard " +
           one.script + "/N, where N is how many there are.");
    found = &one;
  }
  if (found != nullptr) return *found;
  for (const Scheduler& one : others)
    if (!environment(one.task).empty() && environment(one.task) != "undefined" && environment(one.task) != "0")
      fail(std::string("--shard auto does not know how many tasks ") + one.name + " has. Say it: --shard " +
           one.script + "/N, where tasks are 1 to N.");
  fail(
      "--shard auto: this is no task of an array (SLURM_ARRAY_TASK_ID, HQ_TASK_ID and FLUX_JOB_CC are not set). Say "
      "which part it is (--shard 3/40), or start it with sbatch --array=1-40?");
}

std::string tasks_in_words(std::uint64_t count) { return with_commas(count) + (count == 1 ? " task" : " tasks"); }

/// Index from wherever, by whatever step: the tasks are counted.
Shard shard_of_slurm(const Environment& environment, std::optional<std::uint64_t> of) {
  const std::uint64_t id = number_of(environment, "SLURM_ARRAY_TASK_ID");
  if (environment("SLURM_ARRAY_TASK_COUNT").empty())
    fail(
        "--shard auto: this Slurm does not tell how many tasks the array has (SLURM_ARRAY_TASK_COUNT is not set). "
        "Say it: --shard $((SLURM_ARRAY_TASK_ID + 1))/N for an array 0-(N-1).");
  const std::uint64_t count = number_of(environment, "SLURM_ARRAY_TASK_COUNT"),
                      first = number_of(environment, "SLURM_ARRAY_TASK_MIN"),
                      last = number_of(environment, "SLURM_ARRAY_TASK_MAX"),
                      step = environment("SLURM_ARRAY_TASK_STEP").empty()
                                 ? 1
                                 : number_of(environment, "SLURM_ARRAY_TASK_STEP");
  const bool regular = count > 0 && count <= max_shards && step > 0 && first <= id && id <= last &&
                       last - first == step * (count - 1) && (id - first) % step == 0;
  if (of && *of != count)
    fail("--shard auto/" + std::to_string(*of) + ": the array has " + tasks_in_words(count) +
         ", so that nothing says which of " + std::to_string(*of) +
         " this one is. Were some of a larger array sent again? --shard $((SLURM_ARRAY_TASK_ID + 1))/" +
         std::to_string(*of) + " for an array 0-" + std::to_string(*of - 1) + ", or --shard $SLURM_ARRAY_TASK_ID/" +
         std::to_string(*of) + " for 1-" + std::to_string(*of) + ".");
  if (!regular)
    fail("--shard auto: this array has gaps (" + tasks_in_words(count) + " from " + std::to_string(first) + " to " +
         std::to_string(last) +
         "), so that nothing says how many shards there are. Were some of a larger array sent "
         "again? --shard $((SLURM_ARRAY_TASK_ID + 1))/N for an array 0-(N-1), or --shard $SLURM_ARRAY_TASK_ID/N for "
         "1-N.");
  return {(id - first) / step + 1, count, !of};
}

Shard shard_of_task(const Scheduler& scheduler, const Environment& environment, std::optional<std::uint64_t> of) {
  const std::uint64_t id = number_of(environment, scheduler.task);
  if (!of)
    fail(std::string("--shard auto: ") + scheduler.name +
         " does not tell a task how many there are. Say it: --shard auto/N, where tasks are 0 to N-1.");
  if (id >= *of)
    fail("--shard auto/" + std::to_string(*of) + ": " + scheduler.task + " is " + std::to_string(id) +
         ", and tasks are counted from 0 to " + std::to_string(*of - 1) + ". Did you mean --shard $" + scheduler.task +
         "/" + std::to_string(*of) + " (tasks from 1), or more shards?");
  return {id + 1, *of, false};
}

[[noreturn]] void fail_shape(const std::string& text) {
  fail("--shard " + sim::in_quotes(text) +
       " is no part of a study. Expected: 3/40 (the third of 40), auto (of an array of Slurm), or auto/40.");
}

std::uint64_t count_in(const std::string& text, const std::string& all) {
  const auto of = number_in(text);
  if (!of) fail_shape(all);
  if (*of == 0 || *of > max_shards)
    fail("--shard " + all + ": there are 1 to " + with_commas(max_shards) + " shards of a study. How many are meant?");
  return *of;
}

}  // namespace

Environment own_environment() {
  return [](const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return std::string(value == nullptr ? "" : value);
  };
}

Shard shard_of(const std::string& text, const Environment& environment) {
  const std::size_t slash = text.find('/');
  const std::string front = text.substr(0, slash);
  std::optional<std::uint64_t> of;
  if (slash != std::string::npos) of = count_in(text.substr(slash + 1), text);
  if (front == "auto") {
    const Scheduler& scheduler = scheduler_of(environment);
    return scheduler.name == known[0].name ? shard_of_slurm(environment, of)
                                           : shard_of_task(scheduler, environment, of);
  }
  const auto number = number_in(front);
  if (!number) fail_shape(text);
  if (!of) fail("--shard " + text + " does not say of how many. Expected: " + text + "/40 (part " + text + " of 40).");
  const std::string all =
      "1/" + std::to_string(*of) + (*of == 1 ? "" : " to " + std::to_string(*of) + "/" + std::to_string(*of));
  if (*number == 0)
    fail("--shard " + text + ": shards are counted from 1 (" + all + "). Did you mean 1/" + std::to_string(*of) + "?");
  if (*number > *of)
    fail("--shard " + text + ": of " + std::to_string(*of) + " shards there is no number " + std::to_string(*number) +
         " (they are " + all + "). Did you mean " + std::to_string(*of) + "/" + std::to_string(*number) + "?");
  return {*number, *of, false};
}

std::string job_of(const Environment& environment) {
  const auto joined = [&](const std::string& job, const std::string& task) {
    return environment(job).empty() ? "" : environment(job) + (task.empty() ? "" : "_" + environment(task));
  };
  for (const auto& [job, task] :
       std::vector<std::pair<std::string, std::string>>{{"SLURM_ARRAY_JOB_ID", "SLURM_ARRAY_TASK_ID"},
                                                        {"HQ_JOB_ID", "HQ_TASK_ID"},
                                                        {"SLURM_JOB_ID", ""},
                                                        {"FLUX_JOB_ID", ""},
                                                        {"PBS_JOBID", ""},
                                                        {"LSB_JOBID", ""}})
    if (const std::string name = joined(job, task); !name.empty()) return name;
  return "";
}

}  // namespace clientele::tools
