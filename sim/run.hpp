// How a run is carried out, and what it took.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "sim/core/check.hpp"
#include "sim/parallel/ranks.hpp"
#include "sim/parallel/team.hpp"
#include "sim/shares.hpp"
#include "sim/sink.hpp"
#include "sim/study.hpp"
#include "sim/watch.hpp"

namespace clientele::sim {

/// Columns of a month when a block enters it: as another block left them, or overwritten by garbage. No outcome may
/// depend on it.
enum class Scratch { as_it_is, spoiled };

/// Whose latent columns a segmentation would see if it looked at them: each customer's own, or another one's of its
/// group. No outcome may depend on it, for a firm cannot see them.
enum class LatentInReviews { own, exchanged };

/// A ledger that does not balance: the engine holds every cell to all that are declared.
class CLIENTELE_API UnbalancedLedger : public InternalFault {
 public:
  using InternalFault::InternalFault;
};

/// What was kept of a portion of a cell, by this run or by an earlier one.
using KeptPortion = std::function<std::optional<CellOutcome>(const Portion&, const Cell&)>;

/// A customer of an arm as the horizon ends, active or not: what behaviors read out of it, in the order of
/// Plan::read_out. Rows are of the customer file; who joined later has none.
struct CustomerRead {
  std::uint64_t id = 0;
  std::optional<std::uint32_t> row = {};
  std::uint32_t group = 0;
  std::span<const float> values = {};
};
using Readout = std::function<void(const Cell&, const CustomerRead&)>;
/// What a customer of the file stands by in an arm at the review of month 0, part by part
/// (Segmentation::tell_standing); of who is under review, where the rule tells something. `row` is of the file.
using StandingReadout = std::function<void(const Cell&, std::uint32_t row, std::span<const Change> parts)>;

/// How a run is carried out. Nothing here changes an outcome.
struct RunOptions {
  Engine engine = Engine::tbb;
  unsigned threads = 0;            ///< 0: as many processors as this process may use
  std::size_t block_size = 512;    ///< customers, a multiple of 64 in 64..1024
  std::size_t arms_together = 16;  ///< arms that live side by side, so that a block stays in cache
  bool in_step = false;            ///< meet every month even where nobody must
  Scratch scratch = Scratch::as_it_is;
  LatentInReviews latent_in_reviews = LatentInReviews::own;
  /// A larger world in which nobody meets is simulated in portions of so many, each handed over when it is done: a kill
  /// costs seconds of work. One that meets is held in memory, which bounds it.
  std::uint64_t customers_of_portion = std::uint64_t{1} << 18;
  /// Active customer-months since the last call, warm-up left out: together RunReport::customer_months. Called from any
  /// thread, after a few blocks or between two meetings.
  std::function<void(std::uint64_t customer_months)> progress;
  KeptPortion kept_portion;  ///< what need not be simulated again; one call at a time
  /// What is simulated here. Of a world that is cut into portions, those of others are left out: portions are handed
  /// over, and the cells are not.
  Share share;
  /// A world that meets lives on all of these, each with a part of its customers, one world at a time; the first of
  /// them delivers it. Their shares have numbers that follow each other, the first of which their count divides.
  const Ranks* slice = &alone();
  Watch watch;  ///< of a run on one thread
  /// Each customer as the horizon ends, of a study that counts customers; called from any thread, in no promised order.
  Readout readout;
  /// The same once, at the review of month 0, of customers of a file.
  StandingReadout standing;
};

enum class RunStatus { done, stopped };

struct RunReport {
  RunStatus status = RunStatus::done;
  std::uint64_t customer_months = 0;  ///< active ones that were simulated, over all arms, warm-up left out
  std::uint64_t philox_blocks = 0;    ///< blocks of four words made
  std::uint64_t words_read = 0;       ///< of these words, how many a behavior read
  std::size_t bytes_per_customer = 0, bytes_per_customer_arm = 0;
};

}  // namespace clientele::sim
