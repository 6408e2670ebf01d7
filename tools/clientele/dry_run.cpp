// Ranks share units of work, some arms of a world or a portion of one: who has most of them is done last.
#include "tools/clientele/dry_run.hpp"

#include <algorithm>

#include "sim/core/printable.hpp"
#include "sim/pilots.hpp"
#include "tools/clientele/benchmarks.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/recorded_share.hpp"

namespace clientele::tools {
namespace {

/// So many ranks that are not there: their count is all that memory hangs on.
class Imagined final : public sim::Ranks {
 public:
  explicit Imagined(std::uint64_t count) : count_(static_cast<int>(count)) {}
  int number() const override { return 0; }
  int count() const override { return count_; }
  void sum(std::span<std::int64_t>) const override { sim::expects(false, "ranks that are imagined do no work"); }
  void max(std::span<std::int64_t>) const override { sim::expects(false, "ranks that are imagined do no work"); }
  std::vector<std::string> gather(const std::string&) const override { return {}; }

 private:
  int count_;
};

std::uint64_t units_of(const Job& job) {
  const sim::CellAxes axes = sim::cell_axes_of(job.plan.study());
  const std::uint64_t together = job.options.arms_together, lineups = (axes.arms() + together - 1) / together;
  return axes.worlds() * lineups * std::max<std::uint64_t>(1, job.plan.portions(job.options).size());
}

/// On how many ranks a world lives: as few as hold it.
std::uint64_t ranks_of_a_world(const Job& job, Kept kept, std::uint64_t ranks) {
  sim::RunOptions options = job.options;
  for (std::uint64_t size = 1; size < ranks; ++size) {
    const Imagined slice(size);
    options.slice = &slice;
    if (ranks % size == 0 && fits_memory(job.plan, options, kept)) return size;
  }
  const Imagined all(ranks);
  options.slice = &all;
  check_memory(job.plan, options, kept);
  return ranks;
}

std::string in_ranks(std::uint64_t ranks) { return with_commas(ranks) + (ranks == 1 ? " rank" : " ranks"); }

}  // namespace

std::string time_in_words(double living, double writing, const std::string& on, double processor) {
  return "about " + as_time(living + writing) + " on " + on +
         (writing >= 1 ? " (of it the cube " + as_time(writing) + ")" : "") + ", processor time about " +
         as_time(processor) + "\n";
}

std::string foreseen(const Job& job, Kept kept, std::uint64_t ranks, const std::optional<Shard>& shard) {
  const sim::Study& study = job.plan.study();
  sim::RunOptions options = job.options;
  options.share = {};
  options.slice = &sim::alone();
  const std::uint64_t slices = ranks_of_a_world({job.plan, options}, kept, ranks);
  const Imagined slice(slices);
  sim::RunOptions sliced = options;
  sliced.slice = &slice;
  // Before the trial, whose memory would count as the program's own.
  const std::uint64_t memory = memory_of(job.plan, sliced, kept), units = units_of({job.plan, sliced});
  const auto trial = try_out(job.plan, options, job.stop);
  if (!trial) throw sim::UserError("stopped early; nothing was written.", sim::Exit::stopped_early);
  const std::size_t pilots = job.plan.cells_of_pilots(sim::a_cell_of_each_policy(study));
  const std::uint64_t groups = ranks / slices, rounds = (units - 1) / groups + 1;
  const double of_a_cell = trial->seconds / static_cast<double>(sim::cell_axes_of(study).cells());
  const double living = trial->seconds * static_cast<double>(rounds) / static_cast<double>(units * slices) +
                        of_a_cell * static_cast<double>(pilots);
  const bool written = kept == Kept::on_disk;
  const double writing = written ? trial->writing_on(sim::threads_of(options.threads)) : 0;

  std::string text = size_of(study) + "\n" + with_commas(sim::cell_axes_of(study).cells()) + " cells, about " +
                     in_short(trial->customer_months) + " of these customer-months with active customers\n";
  if (pilots > 0)
    text += pilots_in_words(pilots) + " (about " + as_time(of_a_cell * static_cast<double>(pilots)) +
            (ranks > 1 ? ", on every rank)\n" : ")\n");
  text += "memory " + bytes_in_short(memory) + (ranks > 1 ? " of each rank, of " : " of ") +
          bytes_in_short(resident_memory() + memory_room(1).bytes) + " (" + memory_room(1).whose + ")\n";
  text += time_in_words(living, writing, (ranks > 1 ? in_ranks(ranks) + " x " : "") + threads_in_words(options),
                        trial->processor_seconds + (written ? trial->seconds_of_writing : 0));
  if (shard)
    text += share_in_words(job.plan, options, *shard) + ", about " +
            as_time(trial->seconds / static_cast<double>(shard->of)) + "\n";
  if (ranks > 1)
    text += with_commas(units) + " units of work for " + in_ranks(ranks) +
            (units < groups ? ": more ranks than units have nothing to do" : "") + "\n";
  if (slices > 1)
    text += "a world in which customers meet lives on " + in_ranks(slices) +
            ", one at a time; a kill costs the world that they are at\n";
  return text + "cube about " + bytes_in_short(trial->cube) + ", records about " + bytes_in_short(trial->records) +
         (written ? "" : " (with -o FILE)") + "\n";
}

}  // namespace clientele::tools
