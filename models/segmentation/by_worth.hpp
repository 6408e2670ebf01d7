// Tiers by what customers are worth in money: they start from an amount, or are shares of all customers by it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/segmentation/review.hpp"
#include "sim/catalogue.hpp"
#include "sim/exact_cuts.hpp"
#include "sim/segmentation.hpp"

namespace clientele::models {

/// Worths are doubles and stand in no whole number: they are compared as they are, bit for bit. By shares the tiers are
/// exact, ties by the hash; only then customers meet.
class ByWorth : public sim::Segmentation {
 public:
  bool due(int month) const override { return review_due(month, review_every_); }
  bool meets() const override { return is_by_share_; }
  bool hears(int month) const override { return is_by_share_ && is_known(month); }
  void score(sim::BlockMonth& month, const sim::Arm& arm) const override;
  sim::VoiceSize size(const sim::Occasion&, int round, const sim::Decision& so_far) const override {
    return cuts_.size(round, so_far);
  }
  void measure(sim::BlockMonth& month, const sim::Arm& arm, int round, const sim::Decision& so_far,
               sim::Voice voice) const override;
  bool decide(const sim::Occasion&, int round, sim::Voice heard, sim::Decision& decision) const override {
    return cuts_.decide(round, heard, decision);
  }
  void assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
              std::span<std::int32_t> tier) const override;
  void tell_standing(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision&, std::size_t customer,
                     std::vector<ScorePart>& parts) const override;

 protected:
  static constexpr std::size_t some = 64;  ///< customers at a time: doubles do not fit into columns
  ByWorth(std::int32_t review_every, const sim::SegmentationSpec& spec, sim::Observed& observed);

  /// Whether anything can be said of anybody in a month: where not, all keep the tier that they have.
  virtual bool is_known(int month) const = 0;
  /// In quanta, of a few of the block's customers from `begin` on.
  virtual void work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                        std::span<double> worth) const = 0;
  const sim::ObservedColumns& core() const { return core_; }

 private:
  template <class Visit>
  void for_each_worth(const sim::BlockMonth& month, const sim::Arm& arm, const Visit& visit) const;
  sim::RankScores kept(const sim::Arm& arm) const { return {arm[high_], arm[low_]}; }

  std::int32_t review_every_;
  bool is_by_share_;
  std::vector<double> least_;  ///< quanta, of all tiers but the last
  sim::ExactCuts cuts_;
  sim::ObservedColumns core_;
  sim::State<std::uint32_t> high_, low_;
  double quantum_;
};

}  // namespace clientele::models
