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
