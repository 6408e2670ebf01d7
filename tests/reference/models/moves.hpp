// Moves, one customer: felt where the tier that is left or reached is visible, and forgotten month by month.
#pragma once
#include "models/goal_gradient.hpp"
#include "models/moves.hpp"
#include "tests/reference/models/purchasing.hpp"
#include "tests/reference/models/satisfaction.hpp"

namespace clientele::tests {

struct Mover {
  float visible_before = 0, change_of_rate = 0, points = 0;
  float pulled_forward = 0, near_cut = 1;  ///< months of usual orders; factor of the order rate
};

inline void notice_move(const Scene& scene, const Customer& who, Mover& mover) {
  const auto& p = scene.setting.parameters<models::MovesParameters>("moves", who.group);
  const float visible = scene.lever("moves", "visible", who);
  const bool is_felt = visible > 0 || mover.visible_before > 0;
  mover.visible_before = visible;
  mover.change_of_rate *= p.kept;
  mover.points = 0;
  if (!is_felt || who.moved == 0) return;
  const bool up = who.moved > 0;
  mover.change_of_rate += up ? p.promotion_rate : p.demotion_rate;
  mover.points = up ? p.promotion_points : p.demotion_points;
  scene.count(up ? "promoted" : "demoted", who, 1);
}

/// `progress` towards the next better tier that customers can see.
inline void feel_cut(const Scene& scene, const Customer& who, float progress, Mover& mover) {
  const auto& p = scene.setting.parameters<models::PurchasingParameters>("purchasing", who.group);
  const models::Borrowing now =
      models::pulled_forward(progress, p.cut_pressure, mover.pulled_forward, p.cut_borrowed, p.payback_rate);
  mover.pulled_forward = now.balance;
  mover.near_cut = now.orders;
}

inline void act_on_move(const Mover& mover, Buyer& buyer, Judge& judge) {
  judge.moved += mover.points;
  buyer.effects *= sim::exp(mover.change_of_rate);
  buyer.effects *= mover.near_cut;
}

}  // namespace clientele::tests
