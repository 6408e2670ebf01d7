// Membership, one customer: joins at an order, and is a member until it leaves.
#pragma once
#include <optional>

#include "models/loyalty/membership.hpp"
#include "tests/reference/models/purchasing.hpp"

namespace clientele::tests {

struct Enrolled {
  std::optional<int> joined;  ///< month, from which on it is a member
  bool joins = false;         ///< this month
};

inline bool was_member_before(const Enrolled& enrolled) { return enrolled.joined && !enrolled.joins; }

/// Where nobody has to join, everybody of a tier earns what it grants; else who joined before this month.
inline bool earns_points(const Scene& scene, const Customer& who, bool is_member) {
  if (scene.lever("points", "earn", who) == 0.F) return false;
  return scene.lever("membership", "join", who) == 1.F || is_member;
}

/// Who holds points by the books has been a member since the first month, at the latest.
inline void take_members_from_books(const Scene& scene, const Customer& who, int first_month, Enrolled& enrolled) {
  if (!books_take_over(scene) || enrolled.joined) return;
  std::vector<double> points = told_under(scene, who, "points");
  points.push_back(told_once(scene, who, "points_without_end").value_or(0));
  if (std::ranges::any_of(points, [](double some) { return some > 0; })) enrolled.joined = first_month;
}

inline void enroll(const Scene& scene, const Customer& who, Enrolled& enrolled, const Buyer& buyer) {
  enrolled.joins = false;
  if (who.active && !enrolled.joined && !buyer.orders.empty()) {
    const auto& p = scene.setting.parameters<models::MembershipParameters>("membership", who.group);
    const float join = scene.lever("membership", "join", who), orders = static_cast<float>(buyer.orders.size());
    const float word = sim::uniform(scene.luck.of_month(models::addresses.of("joining"), who.id, scene.month));
    if (join < 1.F) enrolled.joins = word < sim::one_minus_exp(orders * models::hazard_of_joining(join, p.readiness));
  }
  if (enrolled.joins) enrolled.joined = scene.month;
  scene.count("members", who, enrolled.joined && who.on_books ? 1 : 0);
  scene.count("members_joined", who, enrolled.joins ? 1 : 0);
}

}  // namespace clientele::tests
