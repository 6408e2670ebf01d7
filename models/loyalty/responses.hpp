// What a loyalty program does to people: everything in it is a guess with a range, and at 0 a program only costs.
#pragma once
#include <cstdint>

#include "models/loyalty/membership.hpp"
#include "models/loyalty/order_rate_scores.hpp"
#include "models/loyalty/points.hpp"
#include "models/loyalty/status.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// Of a member who earns points, each effect is multiplied by 1 - heavy_buyers x (part of customers who order less
/// often): who buys most has least to add (Liu 2007).
/// - On the way to a reward, g the part of it that is behind: orders x exp(reward_pressure g^2), of which
///   reward_borrowed would have come later anyhow (models/goal_gradient.hpp).
/// - In the rewarded_months after a redemption: orders x exp(rewarded).
/// Not multiplied by it:
/// - Status s of the tier, where the part h of customers on the books holds some: orders x exp(status_orders s (1 -
/// h)),
///   log-hazard of leaving + status_hazard s (1 - h). Who holds less than others perceives bystander_points x (most -
///   own) in each month.
/// - In the months after a fall of value or validity was announced and before it comes, with x = log(now / then):
///   log-hazard of redeeming + run x. Who holds points when it is announced: satisfaction + devaluation_points x,
///   log-hazard of leaving of that month + devaluation_hazard x. In month 0 what a policy takes away from what the
///   baseline had announced is news, too.
struct ResponsesParameters {
  float reward_pressure = 0, reward_borrowed = 0;
  float rewarded = 0;
  std::int32_t rewarded_months = 0;
  float heavy_buyers = 0;
  float status = 0, status_orders = 0, status_hazard = 0, bystander_points = 0;
  float announced = 0, run = 0, devaluation_points = 0, devaluation_hazard = 0;
};

/// The part of the way to the next block that is behind who holds so many points, or to the least reward.
CLIENTELE_INLINE float progress_to_reward(float points, float block, float least) {
  const float beyond = points / block, whole = static_cast<float>(static_cast<std::int32_t>(beyond));
  return points < least ? points / least : beyond - whole;
}

/// How much a member moves at all, who orders more often than the part `below` of others.
CLIENTELE_INLINE float movable(float below, float heavy_buyers) { return 1.F - heavy_buyers * below; }

sim::FieldTable responses_fields();

class Responses final : public sim::Behavior {
 public:
  explicit Responses(sim::Wiring& wiring);
  void draw_traits(sim::BlockMonth& month) const override;
  /// Before orders.
  void act(sim::BlockMonth& month) const;
  /// After redemptions.
  void remember(sim::BlockMonth& month) const;
  const sim::Signal& status() const { return status_; }

 private:
  Responses(sim::Wiring& wiring, sim::StageWiring act, sim::StageWiring remember);
  void pull(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void feel_status(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void hear_of_changes(const sim::BlockMonth& month, const sim::Arm& arm) const;

  sim::CoreColumns core_;
  sim::Parameters<ResponsesParameters> parameters_;
  sim::Parameters<PurchasingParameters> purchasing_;
  sim::Parameters<PointsParameters> points_;
  bool is_used_, has_members_;
  OrderRateScores scores_;
  StatusHeld status_;
  sim::Lever<float> earn_, join_, valid_, status_lever_;
  sim::Setting block_, minimum_, value_, valid_at_most_, announced_;
  sim::Factor order_rate_;
  sim::Sum satisfaction_, performance_, log_hazard_, log_hazard_of_redeeming_;
  sim::Passing<std::int32_t> bystander_, holder_;
  sim::Metric bystanders_metric_, holders_metric_;
  sim::Trait<const float> rate_;
  sim::Trait<float> movable_;
  sim::Passing<const std::int32_t> redeemed_;
  sim::State<const std::int32_t> balance_, since_;
  sim::State<float> pulled_forward_;       ///< months of usual orders
  sim::State<std::int32_t> rewarded_for_;  ///< months that are left of the time after a reward
};

}  // namespace clientele::models
