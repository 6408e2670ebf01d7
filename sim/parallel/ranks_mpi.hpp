// Ranks that MPI joins, on one machine or on many. A program that links this needs MPI; one that does not, none.
#pragma once
#include <memory>
#include <string>

#include "sim/parallel/ranks.hpp"

namespace clientele::sim {

/// Made once in a process, on the thread that makes all calls (MPI_THREAD_FUNNELED), before other threads if they are
/// to share its mask of signals. A fault inside MPI ends all processes, with MPI's own message.
class MpiRanks final : public Ranks {
 public:
  MpiRanks();
  /// All leave together: waits until every rank is here.
  ~MpiRanks() override;
  MpiRanks(const MpiRanks&) = delete;
  MpiRanks& operator=(const MpiRanks&) = delete;

  int number() const override;
  int count() const override;
  void sum(std::span<std::int64_t> values) const override;
  void max(std::span<std::int64_t> values) const override;
  /// Who waits here sleeps, so that threads of others have its processor.
  std::vector<std::string> gather(const std::string& said) const override;

  /// This rank and its neighbors: `size` at a time, by number; all ranks make the call, and size divides their count.
  std::unique_ptr<Ranks> group(int size) const;
  /// Ends the processes of all ranks at once, whatever they do.
  [[noreturn]] void end_all(int status) const;
  /// "Open MPI 4.1.4".
  static std::string library();

 private:
  struct Inside;
  explicit MpiRanks(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace clientele::sim
