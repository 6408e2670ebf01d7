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

/// Whether the study has a program: somebody earns points; and whether one has to join it.
struct Program {
  bool has_points = false, has_members = false;
};

/// Of whom tiers grant points, and not only from next month on.
inline bool is_member(const Program& program, const Enrolled& enrolled) {
  return !program.has_members || (enrolled.joined && !enrolled.joins);
}

inline void enroll(const Scene& scene, const Customer& who, Enrolled& enrolled, const Buyer& buyer) {
  enrolled.joins = false;
  if (who.active && !enrolled.joined && !buyer.orders.empty()) {
    const auto& p = scene.setting.parameters<models::MembershipParameters>("membership", who.group);
    const float join = scene.lever("membership", "join", who), orders = static_cast<float>(buyer.orders.size());
    const float word = sim::uniform(scene.luck.of_month(models::addresses.of("joining"), who.id, scene.month));
    enrolled.joins = word < sim::one_minus_exp(orders * models::hazard_of_joining(join, p.readiness));
  }
  if (enrolled.joins) enrolled.joined = scene.month;
  scene.count("members", who, enrolled.joined && who.on_books ? 1 : 0);
  scene.count("members_joined", who, enrolled.joins ? 1 : 0);
}

}  // namespace clientele::tests
