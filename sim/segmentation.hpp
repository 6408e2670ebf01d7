// The second seam: who is in which tier. A segmentation sees what a firm can see and turns the past into a tier.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sim/behavior.hpp"
#include "sim/signal.hpp"
#include "sim/state/observed.hpp"

namespace clientele::sim {

/// One policy's rule. Where it must hear of all customers first (ranks, quotas) it `meets`, and is then a Signal.
class CLIENTELE_API Segmentation : public Signal {
 public:
  /// Whether tiers are reviewed in this month. Every policy reviews at month 0.
  virtual bool due(int month) const = 0;
  virtual bool meets() const { return false; }
  /// Whether a review in this month must hear of all customers.
  virtual bool hears(int /*month*/) const { return meets(); }

  /// Works out what `assign` needs of each customer, where that is not done by measuring.
  virtual void score(BlockMonth&, const Arm&) const {}

  /// Puts each customer of the review into a tier, 0 the best. Only places where arm[under_review] is 1 are used.
  virtual void assign(BlockMonth& month, const Arm& arm, const Decision& decision,
                      std::span<std::int32_t> tier) const = 0;

  /// How near each customer is to the next better tier that customers know of: 0 to 1, as a part of the way from where
  /// the tier begins which they know themselves to be in, 0 where the next review will find it there anyhow. Bit k of
  /// `known` is set where they know of tier k. In any month, by what is known before it. Rules that no customer could
  /// follow (ranks) tell nothing.
  virtual bool tells_progress() const { return false; }
  virtual void tell_progress(BlockMonth&, const Arm&, std::uint32_t /*known*/, std::span<float> /*progress*/) const {}

  /// What a customer of the block is sorted by, part by part, at the review that has just been: for people to read.
  struct ScorePart {
    std::string_view name;  ///< lives as long as the rule
    double value = 0;
  };
  virtual void tell_score(const BlockMonth&, const Arm&, const Decision&, std::size_t /*customer*/,
                          std::vector<ScorePart>& /*parts*/) const {}

  /// What a customer of the block stands by for who lists customers: parts of a score as above, its end called "score";
  /// else one number, in the unit of what tiers start from.
  virtual void tell_standing(const BlockMonth& month, const Arm& arm, const Decision& decision, std::size_t customer,
                             std::vector<ScorePart>& parts) const {
    tell_score(month, arm, decision, customer, parts);
  }

  bool needed(const Occasion& occasion) const final { return due(occasion.month()) && hears(occasion.month()); }
  VoiceSize size(const Occasion&, int, const Decision&) const override { return {}; }
  void measure(BlockMonth&, const Arm&, int, const Decision&, Voice) const override {}
  bool decide(const Occasion&, int, Voice, Decision&) const override { return true; }
};

}  // namespace clientele::sim
