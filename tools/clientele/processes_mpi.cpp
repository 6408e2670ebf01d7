// As many processes as mpirun or srun has started.
#include "sim/parallel/ranks_mpi.hpp"
#include "tools/clientele/processes.hpp"

namespace clientele::tools {
namespace {

class JoinedByMpi final : public Processes {
 public:
  const sim::Ranks& all() const override { return ranks_; }
  std::unique_ptr<sim::Ranks> group(int size) const override { return ranks_.group(size); }
  [[noreturn]] void end_all(sim::Exit status) const override { ranks_.end_all(static_cast<int>(status)); }

 private:
  sim::MpiRanks ranks_;
};

}  // namespace

std::unique_ptr<Processes> join_processes() { return std::make_unique<JoinedByMpi>(); }

std::string joined_by() { return sim::MpiRanks::library(); }

}  // namespace clientele::tools
