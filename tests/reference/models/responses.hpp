// What a program does to one customer: rewards that draw orders, a status that others have, and news of what points
// will be worth.
#pragma once
#include <algorithm>
#include <cmath>

#include "models/goal_gradient.hpp"
#include "models/loyalty/responses.hpp"
#include "tests/reference/models/redemption.hpp"

namespace clientele::tests {

struct Responder {
  float movable = 1;         ///< by rewards
  float pulled_forward = 0;  ///< months of usual orders
  int rewarded_for = 0;      ///< months that are left
  float log_hazard = 0;      ///< of leaving, added this month
  float performance = 0;     ///< perceived, added this month
};

/// Status as the firm's last count found it.
struct StatusSeen {
  float share = 0, highest = 0;
};

inline void be_born(const Scene& scene, const Customer& who, Responder& responder, const Buyer& buyer,
                    const models::RateScore& scores) {
  const auto& p = scene.setting.parameters<models::ResponsesParameters>("program", who.group);
  const auto below =
      static_cast<float>(sim::normal_below(static_cast<double>(scores.of(rate_against_others(scene, who, buyer)))));
  responder.movable = 1.F - p.heavy_buyers * below;
}

template <class Customers>
StatusSeen count_status(const Scene& scene, const Customers& customers) {
  std::int64_t all = 0, holders = 0;
  float highest = 0;
  for (const auto& who : customers) {
    if (!who.on_books) continue;
    const float status = scene.lever("program", "status", who);
    ++all;
    if (status > 0.F) ++holders;
    highest = std::max(highest, std::rint(1000.F * status));
  }
  if (all == 0) return {};
  return {static_cast<float>(holders) / static_cast<float>(all), highest / 1000.F};
}

inline void feel_status(const Scene& scene, const Customer& who, const StatusSeen& seen, Responder& responder,
                        Buyer& buyer) {
  const auto& p = scene.setting.parameters<models::ResponsesParameters>("program", who.group);
  const float status = scene.lever("program", "status", who), rare = 1.F - seen.share;
  const float less = std::max(0.F, seen.highest - status);
  buyer.effects *= sim::exp(p.status_orders * rare * status);
  responder.log_hazard += p.status_hazard * rare * status;
  responder.performance += p.bystander_points * less;
  scene.count("bystanders", who, less > 0.F && who.on_books ? 1 : 0);
  scene.count("status_holders", who, status > 0.F && who.on_books ? 1 : 0);
}

/// On the way to the next reward, and after one.
inline void be_drawn_by_rewards(const Scene& scene, const Customer& who, const Enrolled& enrolled, const Holder& holder,
                                Responder& responder, Buyer& buyer) {
  const auto& p = scene.setting.parameters<models::ResponsesParameters>("program", who.group);
  const auto& buying = scene.setting.parameters<models::PurchasingParameters>("purchasing", who.group);
  const float block = scene.setting_in("redemption", "block");
  const float progress = earns_points(scene, who, enrolled.joined.has_value())
                             ? models::progress_to_reward(static_cast<float>(holder.balance()), block,
                                                          static_cast<float>(points_of_least_reward(scene)))
                             : 0.F;
  const models::Borrowing now =
      models::borrow(1.F, sim::exp(responder.movable * p.reward_pressure * progress * progress),
                     responder.pulled_forward, p.reward_borrowed, buying.payback_rate);
  responder.pulled_forward = now.balance;
  float effect = now.orders;
  if (responder.rewarded_for > 0) {
    --responder.rewarded_for;
    effect *= sim::exp(responder.movable * p.rewarded);
  }
  buyer.effects *= effect;
}

/// log(now / then), of what falls; by at most a thousandfold.
inline float log_of_fall(float now, float then) {
  if (then >= now) return 0;
  return sim::log(now / std::max(then, now / 1000.F));
}

/// The value of a point and the validity of new ones in a month, as they were known in another.
struct Terms {
  float value = 0, valid = 0;
};
inline Terms terms_in(const Scene& scene, const Customer& who, int month, int known_in) {
  const auto of = [&](std::string_view key) { return scene.setting.policy_setting("points", key, month, known_in); };
  return {of("value"), std::min(of("valid_at_most"), scene.lever("points", "points_valid", who))};
}

inline void hear_of_changes(const Scene& scene, const Customer& who, const Holder& holder, int first_month,
                            Responder& responder, Redeemer& redeemer, Judge& judge) {
  const auto& p = scene.setting.parameters<models::ResponsesParameters>("program", who.group);
  const auto& points = scene.setting.parameters<models::PointsParameters>("points", who.group);
  const auto notice = static_cast<int>(scene.setting_in("program", "announced"));
  const Terms now = terms_in(scene, who, scene.month, scene.month);
  const Terms announced = terms_in(scene, who, scene.month + notice, scene.month);
  const Terms heard_before =
      scene.month == first_month ? announced : terms_in(scene, who, scene.month - 1 + notice, scene.month - 1);
  float coming = log_of_fall(now.value, announced.value);
  if (points.held == models::HeldPoints::end_sooner) coming += log_of_fall(now.valid, announced.valid);
  redeemer.log_hazard = p.run * coming;
  if (holder.balance() == 0) return;
  const float news =
      log_of_fall(heard_before.value, announced.value) + log_of_fall(heard_before.valid, announced.valid);
  judge.moved += p.devaluation_points * news;
  responder.log_hazard += p.devaluation_hazard * news;
}

/// Before orders.
inline void respond(const Scene& scene, const Customer& who, bool has_points, const StatusSeen& seen,
                    const Enrolled& enrolled, const Holder& holder, int first_month, Responder& responder,
                    Redeemer& redeemer, Judge& judge, Buyer& buyer) {
  judge.moved = 0;
  responder.log_hazard = responder.performance = redeemer.log_hazard = 0;
  if (scene.run_off()) return;
  feel_status(scene, who, seen, responder, buyer);
  if (!has_points) return;
  be_drawn_by_rewards(scene, who, enrolled, holder, responder, buyer);
  hear_of_changes(scene, who, holder, first_month, responder, redeemer, judge);
}

inline void remember_reward(const Scene& scene, const Customer& who, const Holder& holder, Responder& responder) {
  const auto& p = scene.setting.parameters<models::ResponsesParameters>("program", who.group);
  if (holder.redeemed > 0) responder.rewarded_for = p.rewarded_months;
}

}  // namespace clientele::tests
