// What members hold of a program that exists when month 0 begins, by the month of issue: the firm's table, spread over
// those who hold points.
#pragma once
#include <cstdint>
#include <span>

#include "models/churn.hpp"
#include "sim/behavior.hpp"
#include "sim/core/math.hpp"
#include "sim/dated.hpp"
#include "sim/lots.hpp"
#include "sim/signal.hpp"
#include "sim/state/wiring.hpp"

namespace clientele::models {

struct PointsParameters;

/// A customer's part of an amount, whole and exact in sum: what is left of the parts rounded down goes to those with
/// the largest fractions, one each, and among equal fractions by a hash of the id.
struct OpeningPart {
  std::int64_t whole = 0;
  bool has_rest = false;
  std::uint32_t fraction = 0;  ///< of one, in 2^-32, rounded down
};
/// amount x weight / all, of which `all` is above 0 and no weight is above it.
inline OpeningPart opening_part_of(std::int64_t amount, std::int64_t weight, std::int64_t all) {
  using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(amount) * static_cast<Wide>(weight), of = static_cast<Wide>(all);
  const Wide rest = product % of;
  return {static_cast<std::int64_t>(product / of), rest != 0, static_cast<std::uint32_t>((rest << 32) / of)};
}

/// In the last month of the warm-up all that it left is replaced by the stated amounts, so that every policy begins
/// with them. Points issued in a month end when the terms say that the customer's tier, the policy of today and the
/// calendar give. They are spread by what customers hold from the warm-up with that end; where nobody holds any (it was
/// issued before the warm-up, mostly), by all points that customers hold: so members hold them, and who redeems seldom
/// more. Who has left, where the firm sees it, holds none.
///
/// Where a customer file tells what each customer holds, by the months until it ends, that takes the place of what the
/// warm-up left, as it stands: of who has left unseen, too.
class CLIENTELE_API OpeningPoints final : public sim::Signal {
 public:
  explicit OpeningPoints(sim::Wiring& wiring);
  /// Once somebody earns points, whose ledgers these are.
  void wire(sim::Wiring& wiring, const sim::Lots& lots, sim::State<std::int32_t> balance);
  bool is_used() const override { return is_used_; }

  /// While what tiers grant is at hand: months of validity, 0 without an end.
  void remember_terms(const sim::BlockMonth& month, const sim::Arm& arm, std::span<const float> valid) const;
  /// Once the parts are found. Whether there was anything to do.
  bool open(sim::BlockMonth& month) const;

  bool needed(const sim::Occasion& occasion) const override { return is_used_ && occasion.month() == last_of_warmup; }
  sim::VoiceSize size(const sim::Occasion& occasion, int round, const sim::Decision& so_far) const override;
  void measure(sim::BlockMonth& month, const sim::Arm& arm, int round, const sim::Decision& so_far,
               sim::Voice voice) const override;
  bool decide(const sim::Occasion& occasion, int round, sim::Voice heard, sim::Decision& decision) const override;

  /// Whether the file tells what each customer holds, and there is a program whose points these are.
  bool is_told() const { return is_told_; }
  /// Months of end that the file tells.
  std::uint32_t months_told() const { return told_.months(); }

 private:
  bool take_over(sim::BlockMonth& month) const;
  static constexpr int last_of_warmup = -1;
  class Holders;
  void share_out(const sim::Occasion& occasion, sim::Voice heard, sim::Decision& decision) const;

  sim::CoreColumns core_;
  sim::Parameters<PointsParameters> parameters_;
  sim::Parameters<ChurnParameters> churn_;
  bool is_used_;
  sim::Setting valid_at_most_;
  sim::Lots lots_;
  sim::State<std::int32_t> balance_, valid_;
  PointsTold told_;
  bool is_told_;
};

}  // namespace clientele::models
