// Tiers by rank: the best so many per cent of customers, counted exactly.
#pragma once
#include <optional>
#include <vector>

#include "models/segmentation/observed_number.hpp"
#include "models/segmentation/review.hpp"
#include "sim/catalogue.hpp"
#include "sim/exact_cuts.hpp"
#include "sim/segmentation.hpp"

namespace clientele::models {

/// Own shares of all tiers but the last; the tier without one gets what the others leave.
std::vector<double> shares_of(const std::vector<sim::Tier>& tiers);

/// The cut below tier k stands at floor(cumulative share x customers under review + 1/2); a hash of the id breaks ties.
/// Where nothing is known of anybody yet, all keep the tier of entry.
class ByShare : public sim::Segmentation {
 public:
  bool due(int month) const override { return review_due(month, review_every_); }
  bool meets() const override { return true; }
  bool hears(int month) const override { return !number_ || number_->is_known(month); }
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
                     std::vector<ScorePart>& parts) const override {
    if (number_ && number_->is_known(month.month())) parts.push_back(number_->told(month, arm, customer));
  }

 protected:
  /// Without a number all are equal, and the hash decides.
  ByShare(std::int32_t review_every, std::optional<ObservedNumber> number, const sim::SegmentationSpec& spec,
          sim::Observed& observed, sim::SharesOf of = sim::SharesOf::customers);

 private:
  sim::RankScores scores(const sim::Arm& arm) const { return {arm[score_high_], arm[score_low_]}; }

  std::int32_t review_every_;
  std::optional<ObservedNumber> number_;
  sim::ObservedColumns core_;
  sim::State<std::uint32_t> score_high_, score_low_;
  sim::ExactCuts cuts_;
};

}  // namespace clientele::models
