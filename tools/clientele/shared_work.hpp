// How ranks share a run: what all must have before it, how many threads each takes, and on how many a world lives.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "scenarios/study_reader.hpp"
#include "sim/plan.hpp"
#include "tools/clientele/neighbors.hpp"
#include "tools/clientele/sizes.hpp"
#include "tools/clientele/together.hpp"

namespace clientele::tools {

/// Throws UserError (usage) for what reaches one rank only: a study on standard input, outcomes that stay in memory.
void expect_for_ranks(const std::string& study, bool is_kept);

/// Ends all where they have read different studies, or are different versions of this program.
void expect_same_study(const Together& together, const scenarios::StudyReading& reading);

class SharedWork {
 public:
  /// `slices`: on so many ranks lives a world that
  /// meets; else on as few as hold it, and where `may_slice` says no, on one.
  SharedWork(const Together& together, const sim::Plan& plan, sim::RunOptions options, Kept kept,
             std::optional<std::uint64_t> slices, bool may_slice);

  /// Ends all (does_not_fit) where memory of one does not hold its part.
  void check_memory(const Together& together, const sim::Plan& plan, Kept kept) const;

  unsigned on_machine() const { return neighbors_.on_machine; }
  /// As given, with this rank's threads and its share.
  const sim::RunOptions& options() const { return options_; }
  /// "each world lives on 2 ranks ..."; empty where worlds live on one.
  std::string in_words() const;

 private:
  void slice(const Together& together, int size);

  Neighbors neighbors_;
  sim::RunOptions options_;
  std::unique_ptr<sim::Ranks> slice_;
};

}  // namespace clientele::tools
