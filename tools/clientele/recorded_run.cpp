// What stands under the name decides: nothing is simulated for what is there, nothing is replaced without being asked.
#include "tools/clientele/recorded_run.hpp"

#include <csignal>

#include "output/files/held_files.hpp"
#include "sim/core/printable.hpp"
#include "sim/same_money.hpp"
#include "tools/clientele/asked_study.hpp"
#include "tools/clientele/kept_records.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/recorded.hpp"
#include "tools/clientele/target.hpp"

namespace clientele::tools {

output::Standing judge(const Job& job, const std::filesystem::path& file, const output::CubeDetails& details) {
  return tools::judge(job.plan.study(), job.plan.info(), details, file, job.volume);
}

namespace {

/// Whether a cube is there that holds the study with policies that spend the same money evenly: it tells their levels.
bool is_there_with_same_money(const Job& job, const std::filesystem::path& file) {
  const auto study =
      output::with_levels_of(file, sim::with_room_for_same_money(job.plan.study(), job.plan.catalogue()));
  if (!study) return false;
  const sim::Plan plan(*study, job.plan.catalogue());
  const Job whole{plan, job.options, job.volume, job.stop};
  std::string why;
  return output::standing_of(file, *study, plan.info(), details_of(whole), why) == output::Standing::same;
}

void make_stated_cube(const Job& job, const std::filesystem::path& file, output::Existing existing,
                      const output::Asked& asked) {
  const output::CubeDetails details = details_of(job);
  if (existing == output::Existing::refuse) {
    const auto standing = static_cast<output::Standing>(
        std::stoi(job.together.by_first([&] { return std::to_string(static_cast<int>(judge(job, file, details))); })));
    if (standing == output::Standing::same)
      return talk(job.volume, sim::file_in_quotes(file) + " is there already and complete; nothing was simulated.");
    if (standing == output::Standing::smaller || standing == output::Standing::same_cells)
      existing = output::Existing::replace;
  }
  if (output::held_by_others(file) == output::Held::for_reading)
    talk(job.volume,
         sim::file_in_quotes(file) + " is open in another program, which has the old cube until it opens the new.");
  KeptRecords kept(file, job.volume, job.stop, output::Hold::alone, job.together);
  begin_run(job.together, kept, asked);
  Recorded(job, file, details, kept).run(existing);
}

/// The stated policies first, in the first worlds; what they are granted there makes the others.
sim::Study with_same_money(const Job& job, const std::filesystem::path& file, const output::Asked& asked) {
  const output::CubeDetails details = details_of(job);
  talk(job.volume, "first " + cells_in_words(sim::cells_of_same_money(job.plan.study()).size()) +
                       ", which tell how much of each lever the same money buys for all.");
  KeptRecords kept(file, job.volume, job.stop, output::Hold::alone, job.together);
  begin_run(job.together, kept, asked);
  return Recorded(job, file, details, kept).run_same_money();
}

}  // namespace

bool is_complete(const Job& job, const std::filesystem::path& file) {
  if (sim::has_same_money(job.plan.study())) return is_there_with_same_money(job, file);
  std::string why;
  return output::standing_of(file, job.plan.study(), job.plan.info(), details_of(job), why) == output::Standing::same;
}

void begin_run(const Together& together, KeptRecords& kept, const output::Asked& asked) {
  if (together.leads()) try {
      const output::Asked there = output::put_asked(kept.folder(), asked);
      if (there.digest != asked.digest || there.model != asked.model) output::replace_asked(kept.folder(), asked);
    } catch (const sim::UserError&) {
      // Whatever is wrong there, records will find it too.
    }
  kept.begin_log(worker_of(asked, std::nullopt));
}

output::Standing judge(const sim::Study& study, const sim::OutcomeInfo& info, const output::CubeDetails& details,
                       const std::filesystem::path& file, Talk volume) {
  std::string why;
  const output::Standing standing = output::standing_of(file, study, info, details, why);
  if (standing == output::Standing::foreign)
    throw sim::UserError(sim::file_in_quotes(file) + " exists already and is not replaced: " + why +
                             (why.ends_with('.') || why.ends_with('?') ? "" : ".") + " Choose another name" +
                             (is_replaceable(file) ? " or add --force?" : "?"),
                         sim::Exit::output_exists);
  if (standing == output::Standing::same_cells)
    talk(volume, sim::file_in_quotes(file) +
                     " holds these cells in another form ([output], texts or another version) "
                     "and is going to be replaced.");
  if (standing == output::Standing::smaller)
    talk(volume, sim::file_in_quotes(file) + " has a part of these cells and is going to be replaced by the whole.");
  return standing;
}

void foresee(const Job& job, const std::filesystem::path& file, output::Existing existing) {
  if (existing == output::Existing::replace) return;
  const bool there = sim::has_same_money(job.plan.study())
                         ? is_there_with_same_money(job, file)
                         : judge(job, file, details_of(job)) == output::Standing::same;
  if (there)
    talk(job.volume, sim::file_in_quotes(file) + " is there already and complete: nothing would be simulated.");
  else if (sim::has_same_money(job.plan.study()))
    judge(job, file, details_of(job));
}

void make_cube(const Job& job, const std::filesystem::path& file, output::Existing existing,
               const output::Asked& asked) {
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is a full disk, told like one
  if (!sim::has_same_money(job.plan.study())) return make_stated_cube(job, file, existing, asked);
  if (existing == output::Existing::refuse) {
    if (job.together.by_first([&] { return is_there_with_same_money(job, file) ? "yes" : "no"; }) == "yes")
      return talk(job.volume, sim::file_in_quotes(file) + " is there already and complete; nothing was simulated.");
    job.together.agree([&] {
      if (job.together.leads()) judge({job.plan, job.options, Talk::quiet, job.stop}, file, details_of(job));
    });
  }
  const sim::Study whole = with_same_money(job, file, asked);
  const sim::Plan plan(whole, job.plan.catalogue());
  make_stated_cube({plan, job.options, job.volume, job.stop, job.together}, file, existing, asked);
}

}  // namespace clientele::tools
