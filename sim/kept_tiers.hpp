// Tiers that a review may not take away: for some time after they were reached, or because somebody says so by hand.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>

#include "sim/around_rule.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

/// A tier is valid for so many months from the review that gave it or confirmed it: until then no review moves the
/// customer to a worse one. Tiers of another policy, and the tier of entry, were given by no review of this rule.
class ValidTiers final : public AroundRule {
 public:
  ValidTiers(std::unique_ptr<Segmentation> rule, int validity, int first_month, Observed& observed)
      : AroundRule(std::move(rule)),
        validity_(validity),
        first_month_(first_month),
        valid_before_(observed.scratch<std::int32_t>("valid before")) {}

  void assign(BlockMonth& month, const Arm& arm, const Decision& decision, std::span<std::int32_t> tier) const override;

 private:
  std::int32_t validity_, first_month_;
  State<std::int32_t> valid_before_;  ///< months since the first one, that one being 1; 0: no review yet
};

/// Some customers of a file have the tier that its column says, whatever the rule says. Others are sorted as without
/// them, so that a tier may be larger than its share. Tiers that members earn are given by hand `at_least`: who earns a
/// better one has it.
class TiersByHand final : public AroundRule {
 public:
  enum class Given { exactly, at_least };

  TiersByHand(std::unique_ptr<Segmentation> rule, const Policy& policy, const CustomerFile& file, Given given);

  void assign(BlockMonth& month, const Arm& arm, const Decision& decision, std::span<std::int32_t> tier) const override;

 private:
  std::unordered_map<std::uint64_t, std::int32_t> tiers_;  ///< by id
  Given given_;
};

}  // namespace clientele::sim
