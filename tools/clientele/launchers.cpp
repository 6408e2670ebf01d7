// Copies that a launcher starts without joining them would each do all the work, and each believe that it is alone.
#include "tools/clientele/launchers.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "sim/core/check.hpp"

namespace clientele::tools {
namespace {

/// The innermost launcher stands first: mpirun within a job of Slurm is started by Slurm's own. Never SLURM_NTASKS,
/// which a batch script has too.
struct Launcher {
  const char *by, *count, *number;
};
constexpr std::array launchers = {Launcher{"mpirun", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK"},
                                  Launcher{"mpiexec", "MV2_COMM_WORLD_SIZE", "MV2_COMM_WORLD_RANK"},
                                  Launcher{"mpiexec", "PMI_SIZE", "PMI_RANK"},
                                  Launcher{"srun", "SLURM_STEP_NUM_TASKS", "SLURM_PROCID"}};

/// -1 where it is no whole number.
int number_in(const char* said) {
  const std::string_view text = said == nullptr ? "" : said;
  int number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : -1;
}

}  // namespace

std::optional<Launched> launched(const std::function<const char*(const char* variable)>& value) {
  for (const Launcher& launcher : launchers) {
    const int count = number_in(value(launcher.count));
    if (count < 1) continue;
    if (count == 1) return std::nullopt;
    return Launched{launcher.by, launcher.count, count, number_in(value(launcher.number))};
  }
  return std::nullopt;
}

std::optional<Launched> launched() {
  return launched([](const char* variable) { return std::getenv(variable); });
}

void expect_joined(const std::optional<Launched>& launched, int joined, const std::string& library) {
  if (!launched || joined > 1) return;
  throw sim::UserError(launched->by + " has started " + std::to_string(launched->count) +
                           " copies that do not know each other (" + launched->variable + " says so, and " + library +
                           " sees one): each would do all the work. " +
                           (launched->by == "srun" ? "Would srun --mpi=pmix do (srun --mpi=list shows what there is), "
                                                     "or mpirun within the job?"
                                                   : "Is this launcher of another MPI than the program's?"),
                       sim::Exit::usage);
}

void warn_of_copies(const std::optional<Launched>& launched) {
  if (!launched || launched->number > 0) return;
  std::fprintf(
      stderr,
      "warning: %s has started %d copies of a program that joins nobody: each does all the work. Was "
      "clientele-mpi meant (built where MPI is there: apt-get install libopenmpi-dev openmpi-bin), or --shard?\n",
      launched->by.c_str(), launched->count);
}

}  // namespace clientele::tools
