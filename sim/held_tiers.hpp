// Tiers that are kept for good: those of a first review, or ones by chance that are as large.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "sim/around_rule.hpp"

namespace clientele::sim {

/// A rule that reviews at month 0 and never again. Customers then know of no tier that they could reach.
class HeldTiers : public AroundRule {
 public:
  using AroundRule::AroundRule;

  bool due(int month) const override { return month == 0; }
  bool tells_progress() const override { return false; }
};

/// The hash of a customer's id (tie_of) decides, in tiers as large as those that a rule would give: it is asked first,
/// in its own rounds; a round then adds up what its tiers come to; and cuts in the order of the hashes are searched
/// for.
///
/// Tiers 0 to k take the fewest customers who have bought at least as much in the past year as those whom the rule puts
/// there, and, where that leaves a choice, as many as these are. By heads nobody's sales count, so that all tiers have
/// the rule's sizes to the customer.
class TiersByChance final : public HeldTiers {
 public:
  enum class By { heads, sales };

  /// `tiers` of the rule.
  TiersByChance(std::unique_ptr<Segmentation> rule, std::size_t tiers, By by, int first_month, Observed& observed);

  bool meets() const override { return true; }
  bool hears(int) const override { return true; }
  void assign(BlockMonth& month, const Arm& arm, const Decision& decision, std::span<std::int32_t> tier) const override;
  VoiceSize size(const Occasion& occasion, int round, const Decision& so_far) const override;
  void measure(BlockMonth& month, const Arm& arm, int round, const Decision& so_far, Voice voice) const override;
  bool decide(const Occasion& occasion, int round, Voice heard, Decision& decision) const override;

 private:
  std::int64_t sales_of(const BlockMonth& month, const Arm& arm, std::size_t customer) const;
  void add_up(BlockMonth& month, const Arm& arm, const Decision& decision_of_rule, Voice voice) const;
  void look_for_cuts(const BlockMonth& month, const Arm& arm, const Decision& so_far, Voice voice) const;
  Decision first_cuts(Voice heard) const;

  std::size_t tiers_;
  int first_month_;
  std::optional<Ring<const std::int32_t>> sales_;  ///< by month; nothing where heads count
};

}  // namespace clientele::sim
