// The study says which cells are wanted, the records which are there: resuming, extending and merging are one thing.
#include "tools/clientele/recorded_run.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <functional>

#include "models/catalogue.hpp"
#include "models/theory/concentration.hpp"
#include "output/cube/identity.hpp"
#include "output/files/held_files.hpp"
#include "output/records/sink.hpp"
#include "scenarios/part_digests.hpp"
#include "sim/core/printable.hpp"
#include "sim/draws.hpp"
#include "sim/parallel/team.hpp"
#include "sim/same_money.hpp"
#include "tools/clientele/books.hpp"
#include "tools/clientele/compare/by.hpp"
#include "tools/clientele/kept_records.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/numbers.hpp"
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

std::string in_words(std::size_t count) { return with_commas(count) + (count == 1 ? " cell" : " cells"); }

/// The run of one output: its folder is locked as long as this exists.
class Recorded {
 public:
  Recorded(const Job& job, const std::filesystem::path& file, const output::CubeDetails& details)
      : job_(job),
        plan_(job.plan),
        file_(file),
        details_(details),
        cells_(sim::all_cells(job.plan.study())),
        portions_(job.plan.portions(job.options)),
        kept_(file, job.volume, job.stop) {}

  void run(output::Existing existing) {
    keeping_what_is_safe([&] {
      simulate(cells_);
      output::write_cube(file_, existing, plan_.study(), plan_.info(),
                         output::OutcomesInRecords(kept_.records(), details_.keys, plan_.info()), details_,
                         *sim::make_team(job_.options.engine, job_.options.threads), job_.stop);
    });
  }

  /// The study with the policies that spend the same money evenly, whose levels the first worlds tell.
  sim::Study with_same_money() {
    sim::Study whole;
    keeping_what_is_safe([&] {
      simulate(sim::cells_of_same_money(plan_.study()));
      whole = sim::with_same_money(plan_.study(), plan_.catalogue(), plan_.info(), [&](const sim::Cell& cell) {
        return kept_.records().read(output::key_of(details_.keys, cell), cell, plan_.info());
      });
    });
    return whole;
  }

 private:
  void keeping_what_is_safe(const std::function<void()>& work) {
    kept_.work(work, [this] { return what_is_safe(); });
  }

  void simulate(const std::vector<sim::Cell>& wanted) {
    std::vector<sim::Cell> missing;
    for (const sim::Cell& cell : wanted)
      if (!is_recorded(cell)) missing.push_back(cell);
    if (kept_.records().size() > 0 && wanted.size() == cells_.size())
      talk(job_.volume, with_commas(cells_.size() - missing.size()) + " of " + in_words(cells_.size()) +
                            " come from the records in " + sim::file_in_quotes(kept_.folder()) + "; " +
                            with_commas(missing.size()) + " are to be simulated" +
                            portions_in_words(" (but for ", " of them)") + ".");
    if (missing.empty()) return;
    output::RecordsSink sink(kept_.folder(), kept_.records(), details_.keys, plan_.info());
    const bool done = simulate_cells(job_, missing, sink, [&](const sim::Portion& portion, const sim::Cell& cell) {
      const output::CellKey key = output::key_of(output::key_of(details_.keys, cell), portion);
      return kept_.records().contains(key) ? std::optional(kept_.records().read(key, cell, plan_.info()))
                                           : std::nullopt;
    });
    sink.sync();
    give_back_memory();
    if (!done) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
  }

  bool is_recorded(const sim::Cell& cell) const {
    return kept_.records().contains(output::key_of(details_.keys, cell));
  }

  std::string what_is_safe() const {
    const auto safe = std::ranges::count_if(cells_, [&](const sim::Cell& cell) { return is_recorded(cell); });
    return with_commas(static_cast<std::uint64_t>(safe)) + " of " + in_words(cells_.size()) +
           portions_in_words(" and ", " of other cells") + " are safe in " + sim::file_in_quotes(kept_.folder()) +
           ": the same command goes on from there.";
  }

  /// Those that are kept of cells that are not; nothing where there are none.
  std::string portions_in_words(const std::string& before, const std::string& behind) const {
    std::uint64_t kept = 0;
    for (const sim::Cell& cell : cells_)
      for (const sim::Portion& portion : portions_)
        if (!is_recorded(cell) && kept_.records().contains(key_of(output::key_of(details_.keys, cell), portion)))
          ++kept;
    return kept == 0 ? "" : before + with_commas(kept) + (kept == 1 ? " portion" : " portions") + behind;
  }

  const Job& job_;
  const sim::Plan& plan_;
  const std::filesystem::path& file_;
  const output::CubeDetails& details_;
  std::vector<sim::Cell> cells_;
  std::vector<sim::Portion> portions_;  ///< of each cell, where it is kept in several
  KeptRecords kept_;
};

}  // namespace

output::CubeDetails details_of(const Job& job) {
  const sim::Study& study = job.plan.study();
  output::CubeDetails details{std::string(models::model_version),
                              {},
                              {},
                              beginning_and_books_of(study, job.plan.catalogue()),
                              models::share_of_ten_largest(study, job.plan.catalogue())};
  for (std::uint32_t draw = 0; draw < study.draws && !study.uncertain.empty(); ++draw)
    details.parameter_values.push_back(sim::drawn_values(study, draw));
  const scenarios::PartDigests parts = scenarios::part_digests_of(study, job.plan.catalogue());
  details.keys = output::keys_of({parts.world, parts.scenarios, parts.policies}, study, job.plan.info(),
                                 details.model_version, details.parameter_values);
  details.summed = metrics_by_part();
  return details;
}

bool simulate_cells(const Job& job, const std::vector<sim::Cell>& cells, sim::Sink& sink,
                    const sim::KeptPortion& kept) {
  const auto show = job.volume == Talk::quiet ? ProgressSink::Show::nothing : ProgressSink::usual();
  const auto start = std::chrono::steady_clock::now();
  sim::RunReport report;
  {
    ProgressSink progress(sink, job.plan, models::share_of_ten_largest(job.plan.study(), job.plan.catalogue()),
                          cells.size(), show);
    sim::RunOptions options = job.options;
    options.progress = [&](std::uint64_t customer_months) { progress.lived(customer_months); };
    if (kept)
      options.kept_portion = [&](const sim::Portion& portion, const sim::Cell& cell) {
        auto outcome = kept(portion, cell);
        if (outcome) progress.kept(*outcome);
        return outcome;
      };
    report = job.plan.run(cells, progress, options, job.stop);
  }
  if (report.status == sim::RunStatus::stopped) return false;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  talk(job.volume, with_commas(report.customer_months) + " customer-months in " + in_short(seconds.count()) + " s (" +
                       in_short(static_cast<double>(report.customer_months) / seconds.count()) + "/s, " +
                       threads_in_words(job.options) + ")");
  return true;
}

std::string threads_in_words(const sim::RunOptions& options) {
  const unsigned threads = sim::threads_of(options.threads);
  return with_commas(threads) + (threads == 1 ? " thread" : " threads");
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

void make_stated_cube(const Job& job, const std::filesystem::path& file, output::Existing existing) {
  const output::CubeDetails details = details_of(job);
  if (existing == output::Existing::refuse) {
    const output::Standing standing = judge(job, file, details);
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
  talk(job.volume, "first " + in_words(sim::cells_of_same_money(job.plan.study()).size()) +
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
    if (is_there_with_same_money(job, file))
      return talk(job.volume, sim::file_in_quotes(file) + " is there already and complete; nothing was simulated.");
    judge({job.plan, job.options, Talk::quiet, job.stop}, file, details_of(job));
  }
  const sim::Study whole = with_same_money(job, file);
  const sim::Plan plan(whole, job.plan.catalogue());
  make_stated_cube({plan, job.options, job.volume, job.stop}, file, existing);
}

}  // namespace clientele::tools
