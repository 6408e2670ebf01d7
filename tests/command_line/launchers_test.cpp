// What a launcher says of copies: the innermost one counts, and copies that do not know each other are refused.
#include "tools/clientele/launchers.hpp"

#include <map>
#include <string>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using tools::Launched;

namespace {

std::optional<Launched> launched_in(const std::map<std::string, std::string>& environment) {
  return tools::launched([&](const char* variable) {
    const auto found = environment.find(variable);
    return found == environment.end() ? nullptr : found->second.c_str();
  });
}

std::string mistake_of(const std::optional<Launched>& launched, int joined) {
  try {
    tools::expect_joined(launched, joined, "Open MPI 4.1.4");
  } catch (const sim::UserError& error) {
    CHECK(error.status() == sim::Exit::usage);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("copies are those that the innermost launcher has started") {
  CHECK_FALSE(launched_in({}));
  CHECK_FALSE(launched_in({{"OMPI_COMM_WORLD_SIZE", "1"}}));
  CHECK_FALSE(launched_in({{"OMPI_COMM_WORLD_SIZE", "many"}}));
  CHECK_FALSE(launched_in({{"SLURM_NTASKS", "8"}, {"SLURM_PROCID", "0"}}));  // a batch script, without srun
  // mpirun of one copy in a job whose step has four tasks.
  CHECK_FALSE(launched_in({{"OMPI_COMM_WORLD_SIZE", "1"}, {"SLURM_STEP_NUM_TASKS", "4"}}));

  const auto by_mpirun = launched_in({{"OMPI_COMM_WORLD_SIZE", "4"}, {"OMPI_COMM_WORLD_RANK", "2"}});
  REQUIRE(by_mpirun);
  CHECK(by_mpirun->by == "mpirun");
  CHECK(by_mpirun->count == 4);
  CHECK(by_mpirun->number == 2);
  CHECK(launched_in({{"PMI_SIZE", "3"}, {"PMI_RANK", "0"}})->by == "mpiexec");
  CHECK(launched_in({{"MV2_COMM_WORLD_SIZE", "3"}})->count == 3);
  CHECK(launched_in({{"SLURM_STEP_NUM_TASKS", "16"}, {"SLURM_PROCID", "5"}})->by == "srun");
}

TEST_CASE("copies that each believe to be alone are refused, with how to join them") {
  const auto by_srun = launched_in({{"SLURM_STEP_NUM_TASKS", "16"}, {"SLURM_PROCID", "5"}});
  CHECK(mistake_of(by_srun, 16).empty());
  CHECK(mistake_of(std::nullopt, 1).empty());
  const std::string text = mistake_of(by_srun, 1);
  for (const char* part : {"srun has started 16 copies that do not know each other", "SLURM_STEP_NUM_TASKS",
                           "Open MPI 4.1.4 sees one", "srun --mpi=pmix"})
    CHECK(text.find(part) != std::string::npos);
  CHECK(mistake_of(launched_in({{"PMI_SIZE", "3"}}), 1).find("another MPI") != std::string::npos);
}

}  // namespace clientele::tests
