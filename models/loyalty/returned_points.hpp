// What becomes of points when orders come back: what they had earned goes, what was redeemed with them returns.
#pragma once
#include <cstdint>
#include <span>

#include "sim/behavior.hpp"
#include "sim/lots.hpp"

namespace clientele::models {

/// What a cut of validity in this month does to what is held.
struct Cut {
  std::span<const std::int32_t> lost;    ///< months that lots with an end lose, by customer
  std::span<const std::int32_t> latest;  ///< months after which none of a customer's lots end, or sim::never
  std::int32_t of_endless = 0;           ///< months after which lots without an end do: as points that are earned now
  std::int32_t earliest = 0;             ///< months before which no end is moved
};

/// An order comes back one or two months after its sale (models/returns.hpp). What it had earned is reversed: from the
/// lot of its month, then from what ends last; points of it that have expired are gone already. What is not there any
/// more was redeemed, and is owed back: later points are set off against it. What was redeemed in a month counts for
/// the month's first order, and where that comes back it is given back as a lot of that month. Who has left has no part
/// in it: what it holds is forfeited, and what it owes is let go.
class ReturnedPoints {
 public:
  explicit ReturnedPoints(sim::Wiring& wiring);
  bool is_used() const { return is_used_; }
  /// Columns are wired where somebody earns points.
  void wire(sim::Wiring& wiring, sim::StageWiring& here, const sim::Lots& lots);
  void wire_nothing(sim::Wiring& wiring) const;

  /// What comes back this month, and room for what this month sells.
  void fall_due(const sim::Arm& arm) const;
  /// Where the month's orders put their points, by when they come back.
  struct Put {
    const std::int32_t* after = nullptr;
    std::int32_t *next = nullptr, *after_next = nullptr, *first_after = nullptr;
  };
  Put put(const sim::BlockMonth& month, const sim::Arm& arm) const;
  /// Lots end as the cut says.
  void end_sooner(const sim::Arm& arm, const Cut& cut) const;
  /// Before the month's lots are added: a reversal may have to be set off against them.
  void reverse(const sim::Arm& arm, const sim::LotsOfArm& lots) const;
  /// What is given back, to be added to the month's lots.
  std::span<const std::int32_t> given_back(const sim::Arm& arm) const { return arm[given_back_]; }
  /// Once lots were added and spent: what the balance loses, and what to remember of the month.
  void close(const sim::Arm& arm, std::span<const std::int32_t> redeemed, std::span<const std::int32_t> months_valid,
             std::span<std::int32_t> balance) const;

 private:
  /// Of what comes back next month, and in the month after that, of this month's sales; and next month of those of the
  /// month before.
  struct Coming {
    sim::State<std::int32_t> next, after_next, older;
  };
  void reverse_of_age(const sim::Arm& arm, const sim::LotsOfArm& lots, std::int32_t age) const;

  sim::CoreColumns core_;
  bool is_used_;
  sim::Metric given_back_metric_, reversed_metric_, set_off_metric_, owed_metric_, overdrawn_metric_, let_go_metric_;
  sim::Slots<const std::int32_t> after_;
  sim::Passing<std::int32_t> first_after_;  ///< of a customer's first order of the month
  Coming earned_, redeemed_;
  sim::State<std::int32_t> valid_last_month_, valid_before_, debt_;
  sim::Passing<std::int32_t> due_, due_of_older_, given_back_, months_left_, taken_, reversed_, set_off_, overdrawn_,
      let_go_;
};

}  // namespace clientele::models
