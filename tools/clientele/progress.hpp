// Cells on their way to where they are kept tell how a run gets on.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>

#include "sim/plan.hpp"
#include "tools/clientele/pace.hpp"
#include "tools/clientele/progress_line.hpp"

namespace clientele::tools {

/// Hands cells on, and tells on stderr how far they are.
class ProgressSink final : public sim::Sink {
 public:
  /// `part` is how much of each cell is simulated here.
  ProgressSink(sim::Sink& next, const sim::Plan& plan, double share_of_ten_largest, std::size_t cells,
               ProgressLine::Show show, double part = 1);

  void accept(sim::CellOutcome&& outcome) override;
  void accept_portion(const sim::Portion& portion, sim::CellOutcome&& outcome) override;
  /// A portion that an earlier run has simulated.
  void kept(const sim::CellOutcome& portion);
  /// Customer-months that were simulated since the last call, from any thread.
  void lived(std::uint64_t customer_months);

 private:
  using Clock = std::chrono::steady_clock;
  double done() const;
  double share_of(std::uint64_t customer_months) const;
  void tell_if_due();

  sim::Sink& next_;
  std::size_t cells_, finished_ = 0;
  const sim::OutcomeInfo& info_;
  double max_customer_months_;                             ///< if nobody left and nobody came
  std::uint64_t customer_months_ = 0, months_before_ = 0;  ///< simulated now, and by an earlier run
  ProgressLine line_;
  Precision precision_;
  std::mutex guard_;
  Clock::time_point start_ = Clock::now();
};

}  // namespace clientele::tools
