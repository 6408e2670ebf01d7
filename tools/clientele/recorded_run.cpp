// What stands under the name decides: nothing is simulated for what is there, nothing is replaced without being asked.
#include "tools/clientele/recorded_run.hpp"

#include <csignal>

#include "output/cube/identity.hpp"
#include "output/files/held_files.hpp"
#include "sim/core/printable.hpp"
#include "sim/same_money.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/recorded.hpp"
#include "tools/clientele/target.hpp"

namespace clientele::tools {
namespace {

/// What is there already. A file that may not be replaced ends the run here.
output::Standing judge(const Job& job, const std::filesystem::path& file, const output::CubeDetails& details) {
  std::string why;
  const output::Standing standing = output::standing_of(file, job.plan.study(), job.plan.info(), details, why);
  if (standing == output::Standing::foreign)
    throw sim::UserError(sim::file_in_quotes(file) + " exists already and is not replaced: " + why +
                             (why.ends_with('.') || why.ends_with('?') ? "" : ".") + " Choose another name" +
                             (is_replaceable(file) ? " or add --force?" : "?"),
                         sim::Exit::output_exists);
  if (standing == output::Standing::same_cells)
    talk(job.volume, sim::file_in_quotes(file) +
                         " holds these cells in another form ([output], texts or another version) "
                         "and is going to be replaced.");
  if (standing == output::Standing::smaller)
    talk(job.volume,
         sim::file_in_quotes(file) + " has a part of these cells and is going to be replaced by the whole.");
  return standing;
}

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

void make_stated_cube(const Job& job, const std::filesystem::path& file, output::Existing existing) {
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
  Recorded(job, file, details).run(existing);
}

/// The stated policies first, in the first worlds; what they are granted there makes the others.
sim::Study with_same_money(const Job& job, const std::filesystem::path& file) {
  const output::CubeDetails details = details_of(job);
  talk(job.volume, "first " + cells_in_words(sim::cells_of_same_money(job.plan.study()).size()) +
                       ", which tell how much of each lever the same money buys for all.");
  return Recorded(job, file, details).with_same_money();
}

}  // namespace

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

void make_cube(const Job& job, const std::filesystem::path& file, output::Existing existing) {
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is a full disk, told like one
  if (!sim::has_same_money(job.plan.study())) return make_stated_cube(job, file, existing);
  if (existing == output::Existing::refuse) {
    if (job.together.by_first([&] { return is_there_with_same_money(job, file) ? "yes" : "no"; }) == "yes")
      return talk(job.volume, sim::file_in_quotes(file) + " is there already and complete; nothing was simulated.");
    job.together.agree([&] {
      if (job.together.leads()) judge({job.plan, job.options, Talk::quiet, job.stop}, file, details_of(job));
    });
  }
  const sim::Study whole = with_same_money(job, file);
  const sim::Plan plan(whole, job.plan.catalogue());
  make_stated_cube({plan, job.options, job.volume, job.stop, job.together}, file, existing);
}

}  // namespace clientele::tools
