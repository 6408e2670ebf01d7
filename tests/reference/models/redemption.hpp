// Redemption, one customer: a chance of its own at a purchase, once it holds enough.
#pragma once
#include "models/loyalty/points.hpp"
#include "models/loyalty/redemption.hpp"
#include "sim/random/distributions.hpp"
#include "tests/reference/models/points.hpp"

namespace clientele::tests {

struct Redeemer {
  float hazard = 0;      ///< at the least reward, nothing else moving it
  float log_hazard = 0;  ///< what this month's news adds
};

inline void be_born(const Scene& scene, const Customer& who, Redeemer& redeemer, const Buyer& buyer,
                    const models::RateScore& scores) {
  const auto& p = scene.setting.parameters<models::RedemptionParameters>("redemption", who.group);
  const auto& chance =
      p.chance.get([&] { return models::RedemptionChance(p.mean, p.shape, p.never, p.goes_with_orders); });
  const float own = sim::normal_of(scene.luck.of_birth(models::addresses.of("redemption chance"), who.id));
  redeemer.hazard =
      -sim::log1p(-models::redemption_chance(chance, scores, rate_against_others(scene, who, buyer), own));
}

/// The least that is redeemed: as many blocks as come to the minimum.
inline std::int32_t points_of_least_reward(const Scene& scene) {
  const auto block = static_cast<std::int32_t>(scene.setting_in("redemption", "block"));
  const auto minimum = static_cast<std::int32_t>(scene.setting_in("redemption", "minimum"));
  std::int32_t points = block;
  while (points < minimum) points += block;
  return points;
}

/// By what was held at the end of the month before.
inline void decide_to_redeem(const Scene& scene, const Customer& who, const Redeemer& redeemer, Holder& holder,
                             const Buyer& buyer) {
  holder.wanted = 0;
  const std::int32_t least = points_of_least_reward(scene), held = holder.balance();
  if (buyer.orders.empty() || held < least) return;
  const auto& p = scene.setting.parameters<models::RedemptionParameters>("redemption", who.group);
  const float by_value = sim::pow(100.F * scene.setting_in("points", "value"), p.value_response);
  const auto all = static_cast<float>(held);
  const float moved = redeemer.log_hazard + p.burn * static_cast<float>(holder.ends_soon) / all +
                      p.balance_response * sim::log(all / static_cast<float>(least));
  const float word = sim::uniform(scene.luck.of_month(models::addresses.of("redeeming"), who.id, scene.month));
  if (word >= sim::one_minus_exp(redeemer.hazard * by_value * sim::exp(moved))) return;
  const auto block = static_cast<std::int32_t>(scene.setting_in("redemption", "block"));
  holder.wanted = p.amount == models::RedeemedAmount::all_blocks ? held / block * block : least;
}

}  // namespace clientele::tests
