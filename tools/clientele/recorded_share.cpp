// Nobody waits for anybody: what a shard needs of others' parts and does not find, it simulates itself.
#include "tools/clientele/recorded_share.hpp"

#include <algorithm>
#include <csignal>

#include "sim/core/printable.hpp"
#include "sim/same_money.hpp"
#include "tools/clientele/asked_study.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/recorded.hpp"
#include "tools/clientele/recorded_run.hpp"
#include "tools/clientele/share_of_work.hpp"

namespace clientele::tools {
namespace {

std::string shards_in_words(std::uint64_t count) { return with_commas(count) + (count == 1 ? " shard" : " shards"); }

/// An array that was sent again in part counts its own tasks only.
void check_count(const std::filesystem::path& folder, const output::Asked& asked, const Shard& shard) {
  const auto there = output::asked_in(folder);
  if (!shard.is_counted || !there || there->shards == 0 || there->digest != asked.digest || there->shards == shard.of)
    return;
  const std::string of = std::to_string(there->shards);
  throw sim::UserError("--shard auto: this array has " + with_commas(shard.of) + (shard.of == 1 ? " task" : " tasks") +
                           ", and " + sim::file_in_quotes(folder) + " is of " + shards_in_words(there->shards) +
                           ". Were some of them sent again? --shard $((SLURM_ARRAY_TASK_ID + 1))/" + of +
                           " for an array 0-" + std::to_string(there->shards - 1) + ", --shard $SLURM_ARRAY_TASK_ID/" +
                           of + " for 1-" + of + "; or --shard auto/" + std::to_string(shard.of) +
                           " where the study is to be cut anew.",
                       sim::Exit::usage);
}

[[noreturn]] void refuse_other_model(const std::filesystem::path& folder, const output::Asked& there,
                                     const output::Asked& asked) {
  throw sim::UserError("the shards in " + sim::file_in_quotes(folder) + " are of model " + sim::printable(there.model) +
                       " (clientele " + sim::printable(there.program) + "), and this program has model " + asked.model +
                       " (clientele " + asked.program +
                       "), whose numbers are others. Which one is meant? All shards need the same; clientele clean "
                       "removes what is there.");
}

[[noreturn]] void refuse_other_study(const std::filesystem::path& folder, const std::string& title,
                                     const output::Asked& asked, const output::Worker& other) {
  const std::string whose = sim::file_in_quotes(folder) + " is in use for ";
  throw sim::UserError(whose +
                           (title == asked.title ? "another version of this study, " + sim::in_quotes(title, 200) +
                                                       " (text, options or customers differ)"
                                                 : "another study, " + sim::in_quotes(title, 200) + " (this one is " +
                                                       sim::in_quotes(asked.title, 200) + ")") +
                           ", by " + name_of(other) + ". Choose another name with -o, or wait until it is done?",
                       sim::Exit::output_exists);
}

/// Says with the others what is asked for. What nobody is at any more gives way.
void join(KeptRecords& kept, const output::Asked& asked, Talk volume) {
  const std::filesystem::path& folder = kept.folder();
  const output::Asked there = output::put_asked(folder, asked);
  if (there == asked) return;
  const bool same_study = there.digest == asked.digest;
  if (there.shards > 0 && there.model != asked.model && same_study) refuse_other_model(folder, there, asked);
  bool others_at_it = false;
  for (const output::Log& log : output::logs_in(folder)) {
    if (!log.is_alive || log.path == kept.log().path()) continue;
    if (log.worker.study != asked.digest) refuse_other_study(folder, there.title, asked, log.worker);
    others_at_it = true;
  }
  if (!same_study)
    talk(volume, sim::file_in_quotes(folder) + " was for " +
                     (there.title == asked.title ? "another version of this study"
                                                 : "another study, " + sim::in_quotes(there.title, 200)) +
                     "; it is for this one from now on.");
  if (same_study && there.program != asked.program)
    talk(volume, "other shards are of clientele " + sim::printable(there.program) + ", this one is of " +
                     asked.program + "; their model is the same, and so are their numbers.");
  const bool other_count = same_study && there.shards > 0 && there.shards != asked.shards;
  if (other_count)
    talk(volume, "there are to be " + shards_in_words(asked.shards) + " now, and there were to be " +
                     with_commas(there.shards) + ": what is done counts" +
                     (others_at_it ? ", and what both are at is done twice." : "."));
  if (!others_at_it || !same_study || there.shards == 0) output::replace_asked(folder, asked);
}

/// Everybody needs these cells to know what the others are; those that are at work on them may be many, or nobody.
/// World by world, beginning at one's own, so that many who start together do not all do the same.
void simulate_what_nobody_has(Recorded& recorded, KeptRecords& kept, const std::vector<sim::Cell>& wanted,
                              const Shard& shard) {
  for (;;) {
    kept.refresh();
    const std::vector<sim::Cell> rest = recorded.complete_or_missing(wanted);
    if (rest.empty()) return;
    const auto world_of = [](const sim::Cell& cell) { return std::pair(cell.replication, cell.draw); };
    std::vector<std::pair<std::uint32_t, std::uint32_t>> worlds;
    for (const sim::Cell& cell : rest)
      if (worlds.empty() || worlds.back() != world_of(cell)) worlds.push_back(world_of(cell));
    const auto world = worlds[shard.number % worlds.size()];
    std::vector<sim::Cell> one;
    std::ranges::copy_if(rest, std::back_inserter(one), [&](const sim::Cell& cell) { return world_of(cell) == world; });
    recorded.simulate(one, {});
  }
}

sim::Study with_same_money(const Job& job, const std::filesystem::path& file, KeptRecords& kept, const Shard& shard) {
  const std::vector<sim::Cell> wanted = sim::cells_of_same_money(job.plan.study());
  talk(job.volume, "first " + cells_in_words(wanted.size()) +
                       ", which tell how much of each lever the same money buys for all; shards share them, and each "
                       "simulates those that nobody has.");
  const output::CubeDetails details = details_of(job);
  Recorded recorded(job, file, details, kept);
  sim::Study whole;
  recorded.keeping_what_is_safe([&] {
    recorded.simulate(recorded.missing(wanted), shard.share());
    simulate_what_nobody_has(recorded, kept, wanted, shard);
    whole = recorded.with_same_money();
  });
  return whole;
}

std::string safe_in_words(const Job& job, const Recorded& recorded, const KeptRecords& kept, const Shard& shard,
                          const std::filesystem::path& file) {
  sim::RunOptions options = job.options;
  options.share = shard.share();
  const std::vector<sim::Cell> ours = cells_of_share(job.plan, options, recorded.cells());
  const std::size_t cells = ours.size() - recorded.missing(ours).size();
  const std::uint64_t portions = recorded.portions_kept(shard.share());
  std::string safe = cells > 0 || portions == 0 ? cells_in_words(cells) : "";
  if (portions > 0)
    safe += (safe.empty() ? "" : " and ") + with_commas(portions) + (portions == 1 ? " portion" : " portions") +
            " of worlds that shards share";
  return "shard " + shard.in_words() + " is done: " + safe + (cells + portions == 1 ? " is" : " are") + " safe in " +
         sim::file_in_quotes(kept.folder()) + ". When all " + with_commas(shard.of) + " are, clientele merge " +
         file.string() + " makes the cube.";
}

std::string simulate_share(const Job& job, const std::filesystem::path& file, KeptRecords& kept, const Shard& shard) {
  const output::CubeDetails details = details_of(job);
  Recorded recorded(job, file, details, kept);
  recorded.keeping_what_is_safe([&] { recorded.simulate(recorded.missing(recorded.cells()), shard.share()); });
  return safe_in_words(job, recorded, kept, shard, file);
}

}  // namespace

void begin_share(KeptRecords& kept, const output::Asked& asked, const Shard& shard, Talk volume) {
  check_count(kept.folder(), asked, shard);
  kept.begin_log(worker_of(asked, shard));
  try {
    join(kept, asked, volume);
  } catch (const sim::UserError& error) {
    kept.log().end(error.status());
    throw;
  }
}

std::string make_share(const Job& job, const std::filesystem::path& file, output::Existing existing,
                       const output::Asked& asked, const Shard& shard) {
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is a full disk, told like one
  if (existing == output::Existing::refuse) {
    if (is_complete(job, file))
      return sim::file_in_quotes(file) + " is there already and complete; nothing was simulated.";
    judge({job.plan, job.options, Talk::quiet, job.stop}, file, details_of(job));
  }
  KeptRecords kept(file, job.volume, job.stop, output::Hold::with_others);
  begin_share(kept, asked, shard, job.volume);
  if (!sim::has_same_money(job.plan.study())) return simulate_share(job, file, kept, shard);
  const sim::Study whole = with_same_money(job, file, kept, shard);
  const sim::Plan plan(whole, job.plan.catalogue());
  return simulate_share({plan, job.options, job.volume, job.stop}, file, kept, shard);
}

std::string share_in_words(const sim::Plan& plan, const sim::RunOptions& options, const Shard& shard) {
  sim::RunOptions its = options;
  its.share = shard.share();
  const std::vector<sim::Cell> all = sim::all_cells(plan.study());
  const std::size_t ours = cells_of_share(plan, its, all).size();
  const double part = part_of_cells(plan, its);
  return "shard " + shard.in_words() + ": " + (part < 1 ? "portions of " : "") + with_commas(ours) + " of " +
         cells_in_words(all.size());
}

}  // namespace clientele::tools
