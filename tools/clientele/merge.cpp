// `clientele merge FILE`: what shards have left beside FILE becomes the cube that one run of all would have made.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <functional>
#include <map>
#include <set>
#include <system_error>
#include <thread>
#include <type_traits>

#include "models/catalogue.hpp"
#include "sim/core/printable.hpp"
#include "sim/same_money.hpp"
#include "tools/clientele/asked_study.hpp"
#include "tools/clientele/duration.hpp"
#include "tools/clientele/left.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/recorded.hpp"
#include "tools/clientele/recorded_run.hpp"
#include "tools/clientele/share_of_work.hpp"
#include "tools/clientele/stop_signals.hpp"
#include "tools/clientele/sweep/recorded_sweep.hpp"
#include "tools/clientele/sweep/sweep_run.hpp"
#include "tools/clientele/target.hpp"
#include "tools/clientele/told_answer.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// What somebody asks for.
struct Asking {
  fs::path file;
  bool partial = false;
  output::Existing existing = output::Existing::refuse;
  std::optional<fs::path> folder;
  std::chrono::seconds patience{60};  ///< with a file system that shows late what others have written
  sim::RunOptions options;
  Talk volume = Talk::all;
};

Asking asking_of(const Arguments& arguments) {
  Asking asking{arguments.only_word("FILE")};
  asking.partial = arguments.has("partial");
  if (arguments.has("force")) asking.existing = output::Existing::replace;
  if (const auto folder = arguments.value("folder")) asking.folder = *folder;
  if (const auto wait = arguments.value("wait")) {
    const auto seconds = seconds_in(*wait);
    if (!seconds)
      throw sim::UserError("--wait " + sim::in_quotes(*wait) + " is no duration. Expected: 30s or 5m.",
                           sim::Exit::usage);
    asking.patience = std::chrono::seconds(*seconds);
  }
  if (const auto threads = arguments.whole("threads", 1, 4096))
    asking.options.threads = static_cast<unsigned>(*threads);
  if (arguments.has("quiet")) asking.volume = Talk::quiet;
  return asking;
}

[[noreturn]] void fail_without_shards(const Asking& asking, const fs::path& folder) {
  const std::string file = sim::file_in_quotes(asking.file), records = sim::file_in_quotes(folder);
  if (!fs::exists(fs::symlink_status(folder)))
    throw sim::UserError(fs::exists(fs::symlink_status(asking.file))
                             ? "there is nothing to merge into " + file + " (" + records +
                                   " is not there): was it made and its records cleaned away?"
                             : "neither " + file + " nor " + records + " is there. Is the name right?",
                         sim::Exit::input_output);
  if (output::is_asked_damaged(folder))
    throw sim::UserError(records +
                             " no longer says which study it is of (its file asked is damaged). Start the run or one "
                             "of its shards again (the same command writes it anew), then merge.",
                         sim::Exit::input_output);
  throw sim::UserError(records +
                           " does not say which study it is of (no shard and no run of this clientele began "
                           "there). The same clientele run makes the cube of what is there?",
                       sim::Exit::input_output);
}

/// The merge of one output.
class Merge {
 public:
  Merge(const Asking& asking, output::Asked asked, KeptRecords& kept, std::stop_token stop)
      : asking_(asking), asked_(std::move(asked)), kept_(kept), stop_(std::move(stop)) {}

  /// The study with the policies that spend the same money evenly.
  sim::Study with_same_money(const Job& job) {
    const output::CubeDetails details = details_of(job);
    Recorded recorded(job, asking_.file, details, kept_);
    sim::Study whole;
    keeping_what_is_safe([&] {
      const std::vector<Lack> lacking = complete(recorded, sim::cells_of_same_money(job.plan.study()));
      if (!lacking.empty())
        throw sim::UserError(with_commas(lacking.size()) + " of the first " +
                                 cells_in_words(sim::cells_of_same_money(job.plan.study()).size()) +
                                 ", which tell how much of each lever the same money buys for all, are missing" +
                                 what_is_missing(job, lacking) + ".",
                             sim::Exit::stopped_early);
      whole = recorded.with_same_money();
    });
    return whole;
  }

  void make_cube(const Job& job) {
    const output::CubeDetails details = details_of(job);
    output::Existing existing = asking_.existing;
    if (existing == output::Existing::refuse && judge(job, asking_.file, details) != output::Standing::absent)
      existing = output::Existing::replace;
    Recorded recorded(job, asking_.file, details, kept_);
    keeping_what_is_safe([&] {
      const std::vector<Lack> lacking = complete(recorded, recorded.cells());
      if (!lacking.empty()) accept_lack(job, recorded, lacking);
      write(recorded, existing, [&] { return judge(job, asking_.file, details); });
    });
  }

  void make_cube(const PlannedSweep& sweep) {
    output::Existing existing = asking_.existing;
    const auto standing = [&] {
      return judge(sweep.job.stated.study(), sweep.planned.info, sweep.details, asking_.file, asking_.volume);
    };
    if (existing == output::Existing::refuse && standing() != output::Standing::absent)
      existing = output::Existing::replace;
    RecordedSweep recorded(sweep.job, sweep.planned, asking_.file, sweep.details, kept_);
    keeping_what_is_safe([&] {
      const std::vector<LackAt> lacking = when_seen([&] { return recorded.complete(); });
      if (!lacking.empty()) accept_lack(recorded, lacking);
      write(recorded, existing, standing);
    });
  }

 private:
  /// Nothing that is there is lost by a merge that ends early.
  void keeping_what_is_safe(const std::function<void()>& work) {
    kept_.work(work, [] { return std::string("Nothing of what is there is lost."); });
  }

  /// Where another merge was faster, its cube is judged like one that was there from the beginning.
  template <class Records>
  void write(Records& recorded, output::Existing existing, const std::function<output::Standing()>& standing) const {
    try {
      return recorded.write(existing);
    } catch (const sim::UserError& error) {
      if (error.status() != sim::Exit::output_exists || existing != output::Existing::refuse) throw;
    }
    if (standing() == output::Standing::same)
      talk(asking_.volume,
           sim::file_in_quotes(asking_.file) + " was made by another merge meanwhile, and is complete.");
    else
      recorded.write(output::Existing::replace);
  }

  /// Whether a log tells of records that are not seen: a network file system shows them later. What is there and cannot
  /// be read is damaged, and no time mends it.
  bool is_more_promised() const {
    for (const output::Log& log : output::logs_in(kept_.folder()))
      if (log.worker.study == asked_.digest && log.worker.model == asked_.model)
        for (const output::Written& written : log.written)
          if (kept_.records().read_of(written.segment) < written.bytes && size_of(written.segment) < written.bytes)
            return true;
    return false;
  }

  /// 0 where it is not seen.
  std::uintmax_t size_of(const std::string& segment) const {
    std::error_code none;
    const std::uintmax_t size = fs::file_size(kept_.folder() / segment, none);
    return none ? 0 : size;
  }

  /// What cells lack, when all that is there is put together.
  std::vector<Lack> complete(Recorded& recorded, const std::vector<sim::Cell>& wanted) {
    return when_seen([&] { return recorded.complete(recorded.missing(wanted)); });
  }

  /// What `look` finds lacking, once logs tell of no records that cannot be seen, or patience is at its end.
  template <class Look>
  std::invoke_result_t<Look> when_seen(const Look& look) {
    constexpr std::chrono::seconds between{2};
    const Clock::time_point end = Clock::now() + asking_.patience;
    bool told = false;
    for (;;) {
      auto lacking = look();
      if (lacking.empty() || Clock::now() >= end) return lacking;
      if (!is_more_promised()) {
        kept_.refresh();  // it may have come between the look at it and the log
        return look();
      }
      if (!told)
        talk(asking_.volume, "logs tell of records that cannot be seen here yet: waiting for the file system.");
      told = true;
      for (const Clock::time_point next = Clock::now() + between; Clock::now() < next;) {
        if (stop_.stop_requested()) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
      kept_.refresh();
    }
  }

  /// ":", which worlds of which arms, and what became of their shards.
  std::string what_is_missing(const Job& job, const std::vector<Lack>& lacking) const {
    std::vector<sim::Cell> cells;
    std::map<std::uint64_t, std::size_t> lacking_of;
    for (const Lack& lack : lacking) {
      cells.push_back(lack.cell);
      if (asked_.shards == 0) continue;
      for (const std::uint64_t share : shares_of(job.plan, job.options, lack.cell, asked_.shards, lack.portions))
        ++lacking_of[share + 1];
    }
    return though_promised() + ":\n" + cells_in_ranges(job.plan.study(), cells) + whose(lacking_of);
  }

  std::string though_promised() const {
    return is_more_promised() ? ", though logs tell of records that cannot be seen here" : "";
  }

  /// Cells that are missing by shard, from 1.
  std::string whose(const std::map<std::uint64_t, std::size_t>& lacking_of) const {
    if (lacking_of.empty()) return "The same clientele run goes on";
    return "Whose they are: " + shards_in_words(asked_, output::logs_in(kept_.folder()), lacking_of) +
           ". Start again what does not run (the same command goes on), then merge";
  }

  void accept_lack(const Job& job, const Recorded& recorded, const std::vector<Lack>& lacking) const {
    accept_lack(lacking.size(), recorded.cells().size(), what_is_missing(job, lacking));
  }

  void accept_lack(const RecordedSweep& recorded, const std::vector<LackAt>& lacking) const {
    std::set<std::uint64_t> points;
    std::map<std::uint64_t, std::size_t> lacking_of;
    for (const LackAt& one : lacking) {
      points.insert(one.point);
      if (asked_.shards == 0 || !one.is_first) continue;
      for (const std::uint64_t share : recorded.shares_of(one, asked_.shards)) ++lacking_of[share + 1];
    }
    accept_lack(
        lacking.size(), recorded.all_cells(),
        though_promised() + ", of points " + in_ranges({points.begin(), points.end()}) + ".\n" + whose(lacking_of));
  }

  void accept_lack(std::size_t lacking, std::size_t all, const std::string& what) const {
    const std::string missing =
        with_commas(lacking) + " of " + cells_in_words(all) + (lacking == 1 ? " is missing" : " are missing") + what;
    const bool any = lacking < all;
    if (!asking_.partial || !any)
      throw sim::UserError(missing + (any ? "; or --partial makes a cube of what is there." : "."),
                           sim::Exit::stopped_early);
    talk(asking_.volume, missing + ".");
  }

  const Asking& asking_;
  output::Asked asked_;
  KeptRecords& kept_;
  std::stop_token stop_;
};

/// Makes the cube, unless it `is_there`: that needs no records.
void merge_into(const Asking& asking, const output::Asked& asked, const std::stop_token& stop, bool is_there,
                const std::function<void(Merge&)>& make_cube) {
  if (is_there) return talk(asking.volume, sim::file_in_quotes(asking.file) + " is there already and complete.");
  KeptRecords kept(asking.file, asking.volume, stop, output::Hold::with_others);
  kept.begin_log(worker_of(asked, std::nullopt));
  Merge merge(asking, asked, kept, stop);
  make_cube(merge);
}

void merge_points(const Asking& asking, const output::Asked& asked, const scenarios::StudyReading& reading,
                  const sim::Catalogue& catalogue, const std::stop_token& stop) {
  const PlannedSweep sweep(
      {.reading = reading, .catalogue = catalogue, .options = asking.options, .volume = asking.volume, .stop = stop});
  const bool is_there = asking.existing == output::Existing::refuse && is_complete(sweep, asking.file);
  merge_into(asking, asked, stop, is_there, [&](Merge& merge) { merge.make_cube(sweep); });
  tell_points(asking.file);
}

void merge_cells(const Asking& asking, const output::Asked& asked, const sim::Study& study,
                 const sim::Catalogue& catalogue, const std::stop_token& stop) {
  const sim::Plan plan(study, catalogue);
  const Job job{plan, asking.options, asking.volume, stop};
  const bool is_there = asking.existing == output::Existing::refuse && is_complete(job, asking.file);
  merge_into(asking, asked, stop, is_there, [&](Merge& merge) {
    if (!sim::has_same_money(study)) return merge.make_cube(job);
    const sim::Study whole = merge.with_same_money(job);
    const sim::Plan plan_of_whole(whole, catalogue);
    merge.make_cube({plan_of_whole, asking.options, asking.volume, stop});
  });
  tell_answer(plan, asking.file);
}

}  // namespace

sim::Exit merge(const Words& words) {
  const StopSignals signals;
  const Arguments arguments(words, {{"partial", 0, Option::Takes::nothing},
                                    {"force", 0, Option::Takes::nothing},
                                    {"folder", 0, Option::Takes::value, Option::Of::file},
                                    {"wait", 0, Option::Takes::value},
                                    {"threads", 0, Option::Takes::value},
                                    {"quiet", 'q', Option::Takes::nothing}});
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is a full disk, told like one
  const Asking asking = asking_of(arguments);
  const fs::path folder = output::run_directory_of(asking.file);
  const auto asked = output::asked_in(folder);
  if (!asked) fail_without_shards(asking, folder);
  const sim::Catalogue catalogue = models::catalogue();
  const scenarios::StudyReading reading = reading_in(*asked, folder, asking.folder, catalogue);
  check_output(asking.file, asking.existing, asked->folder / ".", reading.study);
  if (reading.sweep.empty())
    merge_cells(asking, *asked, reading.study, catalogue, signals.token());
  else
    merge_points(asking, *asked, reading, catalogue, signals.token());
  return sim::Exit::done;
}

}  // namespace clientele::tools
