// When members redeem points: a chance of their own at a purchase, which rises as points near their end.
#pragma once
#include <cstdint>

#include "models/kpis.hpp"
#include "models/loyalty/order_rate_scores.hpp"
#include "models/loyalty/redemption_chance.hpp"
#include "models/made_once.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// How much of what can be redeemed is.
enum class RedeemedAmount { all_blocks, one_block };

/// In a month with an order, who holds enough for a reward (whole blocks, and the minimum) redeems with chance
///   1 - exp(-H),  H = -log(1 - q_i) x exp(burn x part that ends soon + what others add)
///                     x (points held / points of the least reward)^balance_response x (value / 0.01)^value_response.
/// q_i is the customer's own: 0 for the part `never` of customers, Beta for the others, and it goes with how often a
/// customer orders by a Gaussian copula of correlation `goes_with_orders` (models/loyalty/redemption_chance.hpp): who
/// orders often earns most, so that breakage by points is less than by customers.
struct RedemptionParameters {
  float mean = 0, shape = 0, never = 0, goes_with_orders = 0;
  float block = 1, minimum = 0;
  RedeemedAmount amount = RedeemedAmount::all_blocks;
  float burn = 0, balance_response = 0, value_response = 0;
  std::int32_t burn_months = 0;

  MadeOnce<RedemptionChance> chance;
};

/// Points of the least reward: whole blocks, the minimum at least.
CLIENTELE_INLINE float least_reward(float block, float minimum) {
  const float blocks = minimum > block ? minimum / block : 1.F;
  const auto whole = static_cast<float>(static_cast<std::int32_t>(blocks));
  return block * (whole < blocks ? whole + 1.F : whole);
}

/// Whole blocks in what is held.
CLIENTELE_INLINE std::int32_t in_blocks(std::int32_t points, std::int32_t block) {
  return static_cast<std::int32_t>(static_cast<double>(points) / static_cast<double>(block)) * block;
}

CLIENTELE_API sim::FieldTable redemption_fields();

class Redemption final : public sim::Behavior {
 public:
  explicit Redemption(sim::Wiring& wiring);
  void draw_traits(sim::BlockMonth& month) const override;
  /// After orders, before points: who redeems how many.
  void decide(sim::BlockMonth& month) const;

 private:
  sim::CoreColumns core_;
  sim::Parameters<RedemptionParameters> parameters_;
  bool is_used_, burns_;
  OrderRateScores scores_;
  sim::Setting block_, minimum_, value_;
  sim::BirthLuck chance_luck_;
  sim::MonthLuck luck_;
  sim::Trait<const float> order_rate_;
  sim::Trait<float> hazard_;  ///< -log(1 - chance)
  sim::OwnSum log_hazard_;    ///< what others add
  sim::Passing<std::int32_t> wanted_;
  sim::State<const std::int32_t> balance_, ends_soon_;
};

}  // namespace clientele::models
