// Ranks find out together what each of them can hold, so that none begins what another cannot.
#include "tools/clientele/shared_work.hpp"

#include <algorithm>
#include <array>

#include "models/catalogue.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/asked_study.hpp"

namespace clientele::tools {
namespace {

bool all_agree(const Together& together, bool own) {
  std::array<std::int64_t, 1> against{own ? 0 : 1};
  together.ranks().sum(against);
  return against.front() == 0;
}

}  // namespace

void expect_for_ranks(const std::string& study, bool is_kept) {
  if (study == "-" || study == "/dev/stdin")
    throw sim::UserError("standard input reaches one rank only. Expected: the study as a file that all ranks see.",
                         sim::Exit::usage);
  if (!is_kept)
    throw sim::UserError("several ranks need -o FILE: what they simulate is joined by records beside it.",
                         sim::Exit::usage);
}

void expect_same_study(const Together& together, const scenarios::StudyReading& reading) {
  if (together.count() == 1) return;
  const std::string own = std::string(CLIENTELE_VERSION) + " (model " + std::string(models::model_version) +
                          ") reads " + sim::in_quotes(reading.study.title) + " (digest " +
                          digest_of(reading).substr(0, 16) + ")";
  const bool is_same = std::ranges::all_of(together.ranks().gather(own), [&](const auto& one) { return one == own; });
  together.agree([&] {
    if (!is_same) throw sim::UserError("clientele " + own + "; all ranks have to read the same.");
  });
}

SharedWork::SharedWork(const Together& together, const sim::Plan& plan, sim::RunOptions options, Kept kept,
                       std::optional<std::uint64_t> slices, bool may_slice)
    : neighbors_(neighbors_of(together.ranks())), options_(std::move(options)) {
  if (options_.threads == 0) options_.threads = threads_beside(neighbors_);
  const int count = together.count();
  options_.share.number = static_cast<std::uint64_t>(together.ranks().number());
  options_.share.of = static_cast<std::uint64_t>(count);
  options_.share.numbers = sim::Share::Numbers::of_list;
  together.agree([&] {
    if (slices && !may_slice)
      throw sim::UserError("--slices and a sweep do not go together: worlds of points live on one rank each.",
                           sim::Exit::usage);
    if (slices && static_cast<std::uint64_t>(count) % *slices != 0)
      throw sim::UserError("--slices " + std::to_string(*slices) + " does not divide " + std::to_string(count) +
                               (count == 1 ? " rank (slices are of ranks that mpirun or srun starts)." : " ranks."),
                           sim::Exit::usage);
  });
  const auto fits = [&] { return fits_memory(plan, options_, kept, neighbors_.on_machine); };
  if (slices)
    slice(together, static_cast<int>(*slices));
  else
    for (int size = 2; may_slice && size <= count && !all_agree(together, fits()); ++size)
      if (count % size == 0) slice(together, size);
}

void SharedWork::check_memory(const Together& together, const sim::Plan& plan, Kept kept) const {
  together.agree([&] { tools::check_memory(plan, options_, kept, neighbors_.on_machine); });
}

void SharedWork::slice(const Together& together, int size) {
  options_.slice = &sim::alone();
  slice_ = size == 1 ? nullptr : together.group(size);
  if (slice_) options_.slice = slice_.get();
}

std::string SharedWork::in_words() const {
  if (!slice_) return "";
  return "a world in which customers meet lives on " + std::to_string(slice_->count()) +
         " ranks, one at a time; a kill costs the world that they are at.";
}

}  // namespace clientele::tools
