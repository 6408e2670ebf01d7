// Tiers by points that are worked out of numbers, some of which count by their ranks among all customers.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "models/segmentation/observed_number.hpp"
#include "models/segmentation/points.hpp"
#include "models/segmentation/review.hpp"
#include "sim/percentile_ranks.hpp"

namespace clientele::models {

/// All ranks of a policy are found in the same rounds of one meeting; the cuts of tiers by share follow in it. Where
/// nothing is known of anybody yet, all keep the tier of entry.
class ByPoints : public sim::Segmentation {
 public:
  bool due(int month) const override { return review_due(month, review_every_); }
  bool meets() const override { return !ranked_.empty() || tiers_.is_by_share(); }
  bool hears(int month) const override { return meets() && is_known(month); }
  void score(sim::BlockMonth& month, const sim::Arm& arm) const override;
  sim::VoiceSize size(const sim::Occasion&, int round, const sim::Decision& so_far) const override;
  void measure(sim::BlockMonth& month, const sim::Arm& arm, int round, const sim::Decision& so_far,
               sim::Voice voice) const override;
  bool decide(const sim::Occasion&, int round, sim::Voice heard, sim::Decision& decision) const override;
  void assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
              std::span<std::int32_t> tier) const override;
  void tell_score(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
                  std::size_t customer, std::vector<ScorePart>& parts) const override;

 protected:
  static constexpr std::size_t some = 64;  ///< customers at a time: points do not fit into columns of their own
  static constexpr std::size_t most_numbers = 14;
  /// Points, or ranks in per cent, of a few customers, by number.
  using Points = std::array<std::array<float, some>, most_numbers>;

  ByPoints(std::int32_t review_every, double hysteresis, const sim::SegmentationSpec& spec, sim::Observed& observed);
  /// Has the n-th number count by its rank.
  void rank(std::size_t n, ObservedNumber number, const char* name, sim::Observed& observed);
  /// The same of a number that the rule works out itself.
  void rank(std::size_t n, const char* name, sim::Observed& observed);
  virtual void number_to_rank(std::size_t /*n*/, const sim::BlockMonth&, const sim::Arm&, std::size_t /*begin*/,
                              std::span<float> /*number*/) const {}

  /// The points of a few customers from `begin` on, in ten-thousandths. Ranks stand in `points` where numbers have one.
  virtual void work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, Points& points,
                        std::span<std::int32_t> score) const = 0;
  /// Whether anything can be said of anybody in a month: where not, all keep the tier that they have.
  virtual bool is_known(int month) const { return month > first_month_; }
  const sim::ObservedColumns& core() const { return core_; }
  /// What people call the points of the n-th number; empty: it does not count.
  virtual std::string_view part_called(std::size_t /*n*/) const { return {}; }

 private:
  struct Ranked {
    std::size_t place;
    std::optional<ObservedNumber> number;  ///< absent: the rule's own
    sim::State<float> kept;                ///< over the rounds of a review
  };
  using DecisionView = sim::PercentileRanks::DecisionView;

  int rounds_of_ranks() const { return ranked_.empty() ? 0 : sim::PercentileRanks::rounds; }
  std::size_t numbers_of_ranks() const { return ranked_.size() * sim::PercentileRanks::size_of_decision; }
  DecisionView ranks_of(std::size_t r, DecisionView decision) const;
  DecisionView cuts_of(DecisionView decision) const { return decision.subspan(numbers_of_ranks()); }
  template <class Visit>
  void for_each_points(const sim::BlockMonth& month, const sim::Arm& arm, DecisionView decision,
                       const Visit& visit) const;

  std::int32_t review_every_;
  int first_month_;
  sim::ObservedColumns core_;
  std::vector<Ranked> ranked_;
  sim::PercentileRanks ranks_;
  TiersByPoints tiers_;
};

}  // namespace clientele::models
