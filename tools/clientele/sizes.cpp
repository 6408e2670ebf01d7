// Memory is counted from the layout; time and files are judged by one world of fewer customers.
#include "tools/clientele/sizes.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <functional>
#include <type_traits>

#include "output/cube/size.hpp"
#include "output/cube/variables.hpp"
#include "sim/core/check.hpp"
#include "sim/parallel/team.hpp"
#include "sim/pilots.hpp"
#include "tools/clientele/compare/by.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {
namespace {

using sim::Study;

/// What the program touches in the course of a run beside its data: code, threads, tables of libraries. Measured.
constexpr std::uint64_t beside_data = 1'000'000;

/// What a cube takes of a processor, in times of what its cells take to be filtered one by one: they are read from
/// records, filtered, stored, read back and compared. Measured.
constexpr double times_filtered = 1.4;

/// Beside the program: living and writing come one after the other; outcomes that are kept in memory come on top.
std::uint64_t memory_of_data(const sim::Plan& plan, const sim::RunOptions& options, Kept kept) {
  const Study& study = plan.study();
  const std::uint64_t living = plan.memory_of_run(options);
  const std::uint64_t cells = sim::cell_axes_of(study).cells(), list = sizeof(sim::Cell) * cells;
  if (kept == Kept::in_memory) return living + list + cells * output::memory_of_outcome(study, plan.info());
  return list + std::max(living, output::memory_of_writing(study, plan.info(), sim::threads_of(options.threads),
                                                           metrics_by_part()));
}

/// The most of something, up to `all`, with which a study still fits; 0 where not even one does.
std::uint64_t most_that_fit(std::uint64_t all, const std::function<bool(std::uint64_t)>& fits) {
  std::uint64_t low = 0, high = all;
  while (low < high) {
    const std::uint64_t middle = low + (high - low + 1) / 2;
    if (fits(middle))
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

/// Two digits, rounded down: a suggestion, not a measure.
std::uint64_t rounded_down(std::uint64_t number) {
  std::uint64_t unit = 1;
  while (number / unit >= 100) unit *= 10;
  return number - number % unit;
}

/// The same study of its first customers in a few worlds.
struct Part {
  std::uint64_t customers = 0;
  std::uint32_t draws = 1, replications = 1;

  Study of(const Study& study) const {
    Study part = study;
    part.draws = std::min(draws, study.draws);
    part.replications = replications;
    part.population.customers = customers;
    for (sim::Group& group : part.population.groups)
      group.arrivals *= static_cast<double>(customers) / static_cast<double>(study.population.customers);
    if (!part.population.file) return part;
    sim::CustomerFile& file = *part.population.file;
    file.ids.resize(customers);
    file.groups.resize(customers);
    for (auto& trait : file.traits) trait.values.resize(customers);
    return part;
  }

  /// So many times larger, or all: customers first, then draws, which differ in what they cost, then replications.
  bool grow(const Study& study, double times) {
    const auto grown = [&](auto& number, auto all) {
      if (number >= all) return false;
      const double wanted = std::ceil(times * static_cast<double>(number));
      number = wanted < static_cast<double>(all) ? static_cast<std::remove_reference_t<decltype(number)>>(wanted) : all;
      return true;
    };
    return grown(customers, study.population.customers) || grown(draws, study.draws) ||
           grown(replications, study.replications);
  }
};

std::string suggestion_of(const sim::Plan& plan, const sim::RunOptions& options, Kept kept, std::uint64_t room) {
  const Study& study = plan.study();
  Study smaller = study;
  smaller.population.file.reset();  // what fits depends on how many there are
  const auto fits = [&] { return memory_of_data(sim::Plan(smaller, plan.catalogue()), options, kept) <= room; };
  const std::uint64_t customers = most_that_fit(study.population.customers, [&](std::uint64_t n) {
    smaller.population.customers = n;
    return fits();
  });
  if (customers >= 100) return "Would " + with_commas(rounded_down(customers)) + " customers do?";
  smaller.population.customers = study.population.customers;
  const std::uint64_t replications = most_that_fit(study.replications, [&](std::uint64_t n) {
    smaller.replications = static_cast<std::uint32_t>(n);
    return fits();
  });
  const std::string disk = kept == Kept::in_memory ? " (-o FILE keeps outcomes on the disk instead)" : "";
  if (replications > 0) return "Would " + with_commas(rounded_down(replications)) + " replications do" + disk + "?";
  return "Would fewer customers, replications, months or policies do" + disk + "?";
}

/// Others on this machine take the same; a limit on addresses is each one's own.
MemoryRoom room_beside(const sim::RunOptions& options, unsigned on_machine) {
  MemoryRoom room = memory_room(sim::threads_of(options.threads));
  if (!room.is_of_addresses) room.bytes /= on_machine;
  return room;
}

}  // namespace

std::uint64_t memory_of(const sim::Plan& plan, const sim::RunOptions& options, Kept kept) {
  return resident_memory() + beside_data + memory_of_data(plan, options, kept);
}

bool fits_memory(const sim::Plan& plan, const sim::RunOptions& options, Kept kept, unsigned on_machine) {
  return beside_data + memory_of_data(plan, options, kept) <= room_beside(options, on_machine).bytes;
}

void check_memory(const sim::Plan& plan, const sim::RunOptions& options, Kept kept, unsigned on_machine) {
  if (fits_memory(plan, options, kept, on_machine)) return;
  const MemoryRoom room = room_beside(options, on_machine);
  const std::uint64_t needed = beside_data + memory_of_data(plan, options, kept);
  const std::uint64_t for_data = room.bytes > beside_data ? room.bytes - beside_data : 0;
  throw sim::UserError((room.is_of_addresses ? room.whose : "memory") + " does not hold this study: it takes about " +
                           bytes_in_short(needed) + ", and " +
                           (room.is_of_addresses ? "beside the program and its threads the limit" : room.whose) +
                           " leaves " + bytes_in_short(room.bytes) +
                           (on_machine > 1 ? " to each of " + std::to_string(on_machine) + " ranks. " : ". ") +
                           (room.is_of_addresses ? "Is the limit meant, or would ulimit -v unlimited do? " : "") +
                           suggestion_of(plan, options, kept, for_data),
                       sim::Exit::does_not_fit);
}

double Trial::writing_on(unsigned threads) const {
  constexpr double alone = 0.25;  // measured with 1 and 2 threads
  return seconds_of_writing * (alone + (1 - alone) / threads);
}

std::optional<Trial> try_out(const sim::Plan& plan, const sim::RunOptions& options, const std::stop_token& stop) {
  using Clock = std::chrono::steady_clock;
  const auto seconds_since = [](Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
  };
  const Study& study = plan.study();
  constexpr double enough = 0.4;  ///< seconds; the parts before it have taken about as much again
  for (Part some{std::min<std::uint64_t>(500, study.population.customers)};;) {
    const Study part = sim::without_pilots(some.of(study), plan.catalogue());
    sim::MemorySink simulated;
    const auto start = Clock::now();
    const std::clock_t worked = std::clock();
    const sim::RunReport report = sim::Plan(part, plan.catalogue()).run(sim::all_cells(part), simulated, options, stop);
    if (report.status == sim::RunStatus::stopped) return std::nullopt;
    const double seconds = seconds_since(start);
    if (seconds < enough && some.grow(study, std::clamp(1.2 * enough / std::max(seconds, 1e-3), 2.0, 16.0))) continue;

    const double processor = static_cast<double>(std::clock() - worked) / CLOCKS_PER_SEC;
    const double scale = static_cast<double>(study.population.customers) / static_cast<double>(some.customers);
    const double worlds =
        static_cast<double>(sim::cell_axes_of(study).worlds()) / static_cast<double>(sim::cell_axes_of(part).worlds());
    const auto start_of_files = Clock::now();
    const output::FileSizes files =
        output::file_sizes(study, plan.info(), simulated.outcomes(), scale, metrics_by_part());
    const double writing = times_filtered * worlds * seconds_since(start_of_files);
    const std::uint64_t records_of_cell = 1 + plan.portions(options).size();
    return Trial{.seconds = scale * worlds * seconds,
                 .processor_seconds = scale * worlds * processor,
                 .seconds_of_writing = writing,
                 .customer_months = scale * worlds * static_cast<double>(report.customer_months),
                 .cube = files.cube,
                 .records = records_of_cell * files.records};
  }
}

}  // namespace clientele::tools
