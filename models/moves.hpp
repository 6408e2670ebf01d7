// What it does to customers that a review moves them to another tier, where they can see it.
#pragma once
#include <cstdint>

#include "models/kpis.hpp"
#include "models/purchasing.hpp"
#include "models/review_counts.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// A move is a review's: to a better tier of the same policy, or to a worse one. Who comes from another policy, when
/// this one starts or reaches a customer, is not moved. It is felt where the tier that is left or the one that is
/// reached is visible (a card, a title, a named contact); classes that nobody is told of act through what changes with
/// them.
///   satisfaction + promotion_points or demotion_points, at once (models/satisfaction.hpp);
///   order rate x exp(x),  x' = x 2^(-1/fade_months) + promotion_rate or demotion_rate in the month of the move.
/// Near the cut of a better tier by spend that they can see customers order more, and in part only earlier
/// (models/goal_gradient.hpp); how near they are is known from what they have spent until now.
/// Who is moved down loses more than who is moved up gains (Wagner, Hennig-Thurau, Rudolph 2009).
struct MovesParameters {
  float visible = 0;
  float promotion_points = 0, demotion_points = 0;
  float promotion_rate = 0, demotion_rate = 0;
  float fade_months = 1;

  float kept = 0;  ///< of the change of the order rate from one month to the next

  void finish();
};

/// A move as it is felt: 1 up, -1 down, 0 none or unseen.
CLIENTELE_INLINE std::int32_t felt_move(std::int32_t move, float visible, float visible_before) {
  return sim::when((visible > 0.F) | (visible_before > 0.F), move);
}

/// What a move does, as far as it is felt.
CLIENTELE_INLINE float by_move(std::int32_t felt, float promotion, float demotion) {
  return sim::when(felt > 0, promotion) + sim::when(felt < 0, demotion);
}

sim::FieldTable moves_fields();

inline Kpis moves_kpis() {
  return {ratio_kpi("promoted", "visible moves to a better tier, of customers on the books and month", "1", better,
                    {{"promoted"}}, "on_books"),
          ratio_kpi("demoted", "visible moves to a worse tier, of customers on the books and month", "1", worse,
                    {{"demoted"}}, "on_books")};
}

class Moves final : public sim::Behavior {
 public:
  explicit Moves(sim::Wiring& wiring);
  /// After the review: who was moved and sees it.
  void notice(sim::BlockMonth& month) const;
  /// Before orders: what it does.
  void act(sim::BlockMonth& month) const;
  /// After orders: the year after a first review, where a study counts reviews.
  void follow(sim::BlockMonth& month) const { review_counts_.follow(month); }

 private:
  void feel_cuts(sim::BlockMonth& month) const;
  Moves(sim::Wiring& wiring, sim::StageWiring notice, sim::StageWiring act);

  sim::Parameters<MovesParameters> parameters_;
  sim::Parameters<PurchasingParameters> purchasing_;
  bool is_used_, feels_cuts_;
  sim::Lever<float> visible_;
  sim::Passing<const std::int32_t> moved_;
  sim::State<float> visible_before_, change_of_rate_;
  sim::Carried<float> points_;
  sim::Carried<const float> points_before_;
  sim::Passing<const float> progress_;
  sim::State<float> pulled_forward_;  ///< months of usual orders
  sim::Carried<float> near_cut_;      ///< factor of the order rate
  sim::Carried<const float> near_cut_before_;
  sim::Passing<std::int32_t> promoted_, demoted_;
  sim::Sum satisfaction_;
  sim::Factor order_rate_;
  sim::Metric promoted_metric_, demoted_metric_;
  ReviewCounts review_counts_;
};

}  // namespace clientele::models
