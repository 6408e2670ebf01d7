// A program that needs no MPI.
#include <cstdlib>

#include "tools/clientele/processes.hpp"

namespace clientele::tools {
namespace {

class OneProcess final : public Processes {
 public:
  const sim::Ranks& all() const override { return sim::alone(); }
  std::unique_ptr<sim::Ranks> group(int) const override { return nullptr; }
  [[noreturn]] void end_all(sim::Exit status) const override { std::exit(static_cast<int>(status)); }
};

}  // namespace

std::unique_ptr<Processes> join_processes() { return std::make_unique<OneProcess>(); }

std::string joined_by() { return ""; }

}  // namespace clientele::tools
