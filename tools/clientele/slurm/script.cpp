// Every word of somebody's goes through `quoted`; what sbatch reads itself, in comments, are numbers and plain names.
#include "tools/clientele/slurm/script.hpp"

#include <algorithm>
#include <filesystem>

#include "tools/clientele/duration.hpp"

namespace clientele::tools {
namespace {

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// Time to finish the cells at hand and to bring them to the disk. Slurm may be a minute early.
std::uint64_t warning_before_end(std::uint64_t seconds) { return std::min<std::uint64_t>(120, seconds / 5); }

/// What the program is given, should no warning come: until half of the warning's time is left.
std::string time_of_run(std::uint64_t seconds) { return in_places(seconds - warning_before_end(seconds) / 2); }

/// The cube's name, as far as a job may be called so.
std::string name_of(const SlurmJob& job) {
  std::string name = std::filesystem::path(job.output).stem().string();
  for (char& letter : name)
    if (letters.find(letter) == std::string_view::npos && letter != '-' && letter != '.') letter = '_';
  return name;
}

std::string head_of(const SlurmJob& job, const std::string& how) {
  std::string text = "#!/bin/bash\n# " + how + "\n";
  for (const std::string& remark : job.remarks) text += "# " + remark + "\n";
  return text;
}

/// What sbatch reads: no more than one option a line.
std::string asked(const std::string& option, const std::string& value = "") {
  return "#SBATCH --" + option + (value.empty() ? "" : "=" + value) + "\n";
}
std::string asked(const std::string& option, std::uint64_t number) { return asked(option, std::to_string(number)); }

/// What holds for every job: how it is called, where, how long; and that a node's failure only costs what was at hand.
std::string common_words(const SlurmJob& job, const std::string& name) {
  return asked("job-name", name) + asked("time", in_places(job.seconds)) +
         (job.partition.empty() ? "" : asked("partition", job.partition)) +
         (job.account.empty() ? "" : asked("account", job.account)) +
         "# After the loss of a node the same command goes on; what it says is kept in one file.\n" + asked("requeue") +
         asked("open-mode", "append");
}

/// Processors and memory of a node. `tasks` are those that run on it at a time.
std::string room_of_node(const SlurmJob& job, unsigned tasks) {
  const std::string processors = job.cpus_per_task == 0
                                     ? "# Whole nodes, with all processors" +
                                           std::string(job.megabytes == 0 ? " and all memory" : "") +
                                           " that they have.\n" + asked("exclusive")
                                     : "# As many threads as processors.\n" + asked("cpus-per-task", job.cpus_per_task);
  if (job.megabytes == 0) return processors + asked("mem", "0");
  return processors + "# " + std::to_string(job.megabytes) + " M a process.\n" +
         asked("mem", std::to_string(job.megabytes * tasks) + "M");
}

/// So that the program has time to keep what is done. `whom`: "B:" is the shell alone.
std::string signal_before_end(const SlurmJob& job, const std::string& whom, const std::string& in_words) {
  const std::string seconds = std::to_string(warning_before_end(job.seconds));
  return "# " + seconds + " s before the end " + in_words + " told, in time to keep what is done.\n" +
         asked("signal", whom + "TERM@" + seconds);
}

std::string command_of(const SlurmJob& job, const std::string& program, const std::string& rest) {
  std::string text = quoted(program) + " run";
  for (const std::string& word : job.study) text += " " + quoted(word);
  return text + " -o " + quoted(job.output) + rest + " --max-time " + time_of_run(job.seconds);
}

/// Stopped in time is no failure: back into the queue. A job that somebody cancels is not RUNNING any more, and stays
/// cancelled; one that has begun a hundred times does not get on.
std::string requeue(const std::string& job) {
  return "# 75: stopped in time, the same command goes on. Not after scancel, and not for ever.\n"
         "if [ \"$status\" -eq 75 ] && [ \"${SLURM_RESTART_COUNT:-0}\" -lt 100 ] &&\n"
         "    [ \"$(squeue --noheader --jobs=" +
         job + " --format=%T)\" = RUNNING ]; then\n  scontrol requeue " + job + "\nfi\nexit \"$status\"\n";
}

/// Slurm tells the shell of a task, which hands it on; a signal ends the shell's waiting, not the program.
std::string task_of_array(const SlurmJob& job) {
  return command_of(job, job.program, " --shard auto") + " &\n" +
         "process=$!\n"
         "trap 'kill -TERM \"$process\" 2>/dev/null' TERM\n"
         "status=0\n"
         "wait \"$process\" || status=$?\n"
         "if [ \"$status\" -gt 128 ]; then\n"
         "  status=0\n"
         "  wait \"$process\" || status=$?\n"
         "fi\n" +
         requeue("\"${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID\"");
}

std::string array_of_tasks(const SlurmJob& job) {
  const bool in_turns = job.tasks > job.nodes;
  const std::string nodes = std::to_string(job.nodes);
  return "#!/bin/bash\n" + common_words(job, name_of(job)) + "# A share of the work each, " +
         (in_turns ? nodes : "all") + " at a time.\n" +
         asked("array", "1-" + std::to_string(job.tasks) + (in_turns ? "%" + nodes : "")) + asked("nodes", 1) +
         asked("ntasks", 1) + room_of_node(job, 1) + signal_before_end(job, "B:", "the shell is") + task_of_array(job);
}

std::string merging_job(const SlurmJob& job) {
  return "#!/bin/bash\n" + common_words(job, name_of(job) + "-merge") + asked("nodes", 1) + asked("ntasks", 1) +
         room_of_node(job, 1) + "exec " + quoted(job.program) + " merge " + quoted(job.output) + "\n";
}

/// A job's text on the standard input of sbatch.
std::string submitted(const std::string& text, const std::string& end) {
  return " <<'" + end + "'\n" + text + end + "\n";
}

}  // namespace

std::string quoted(const std::string& word) {
  const std::string plain = std::string(letters) + "_@%+=:,./-";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string text = "'";
  for (const char letter : word) text += letter == '\'' ? "'\\''" : std::string(1, letter);
  return text + "'";
}

std::string script_of_array(const SlurmJob& job) {
  return head_of(job,
                 "Submits two jobs: bash THIS, where sbatch is at hand. Names are relative to where that is done.") +
         "set -euo pipefail\n\narray=$(sbatch --parsable" + submitted(array_of_tasks(job), "END_OF_TASK") + ")\n" +
         "# A cluster's name may stand behind the number.\narray=${array%%;*}\n\n" +
         "# The cube is made once every task has ended well, and given up once one has not.\n" +
         "sbatch --dependency=afterok:\"$array\" --kill-on-invalid-dep=yes" +
         submitted(merging_job(job), "END_OF_MERGE");
}

std::string script_of_ranks(const SlurmJob& job) {
  const std::string tasks = std::to_string(job.tasks_per_node);
  const std::string program = (std::filesystem::path(job.program).parent_path() / "clientele-mpi").string();
  return head_of(job, "One job: sbatch THIS. Names are relative to where that is done.") +
         common_words(job, name_of(job)) + "# " + (job.tasks_per_node == 1 ? "One process" : tasks + " processes") +
         " on each node; they share the work by MPI.\n" + asked("nodes", job.nodes) +
         asked("ntasks-per-node", job.tasks_per_node) + room_of_node(job, job.tasks_per_node) +
         signal_before_end(job, "", "all processes are") + "# srun does not take this from sbatch by itself.\n" +
         "cpus=${SLURM_CPUS_PER_TASK:-$((SLURM_CPUS_ON_NODE / " + tasks + "))}\n" + "status=0\n" +
         "srun --mpi=pmix --cpus-per-task=\"$cpus\" " + command_of(job, program, "") + " || status=$?\n" +
         requeue("\"$SLURM_JOB_ID\"");
}

}  // namespace clientele::tools
