// Who is a member of a loyalty program: customers join at an order, and are members until they leave.
#pragma once
#include <cstdint>

#include "models/known_past.hpp"
#include "models/kpis.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// At each order a customer who is no member joins with the chance that its tier offers, `join` at one
/// order:
///   P(joins in a month with n orders) = 1 - exp(-readiness n e),  e = -log(1 - join),
/// so that at 0 nobody joins, and the nearer to 1 the sooner everybody does. 1 is where nobody has to: all of the tier
/// are in the program, and none of them becomes a member.
/// So who buys often joins first, and members buy more than others whatever a program does: a table that compares
/// members with others shows that, and no effect. The effect of a program is its difference to the policy without one.
/// Who joins is a member from the next month on; the tier of who is none (`none` by rule "earned") says what it takes
/// to join.
struct MembershipParameters {
  float join = 1, readiness = 1;
};

/// Whether a tier is one of a program that customers have to join.
CLIENTELE_INLINE bool has_to_join(float join) { return join < 1.F; }
/// Whether a study has such a program, by each number that it states.
inline bool asks_to_join(double join) { return has_to_join(static_cast<float>(join)); }

/// Hazard of joining at one order.
CLIENTELE_INLINE float hazard_of_joining(float join, float readiness) {
  return -readiness * sim::log1p(-sim::when(has_to_join(join), join));
}

/// Whether a customer earns what its tier grants: as all of it do, or as a member since before this month.
CLIENTELE_INLINE bool is_in_program(float join, std::int32_t since, std::int32_t joins) {
  return (join >= 1.F) | ((since > 0) & (joins == 0));
}

CLIENTELE_API sim::FieldTable membership_fields();

inline Kpis membership_kpis() {
  return {kpi_at_end("members_at_end", "members of the program in the last month", sim::Direction::neither, "members")};
}

class CLIENTELE_API Membership final : public sim::Behavior {
 public:
  explicit Membership(sim::Wiring& wiring);
  /// After orders: who joins.
  void enroll(sim::BlockMonth& month) const;

 private:
  void take_over_books(const sim::BlockMonth& month, const sim::Arm& arm) const;

  sim::CoreColumns core_;
  sim::Parameters<MembershipParameters> parameters_;
  bool is_used_;
  sim::Lever<float> join_;
  sim::MonthLuck luck_;
  sim::Passing<std::int32_t> joins_, is_member_;
  sim::State<std::int32_t> since_;  ///< months from the first one to that of joining, that one being 1; 0: no member
  sim::Metric members_metric_, joined_metric_;
  PointsTold points_;
};

}  // namespace clientele::models
