// Membership as a loop: one draw a month over all of its orders.
#include "models/loyalty/membership.hpp"

#include "models/addresses.hpp"
#include "models/switches_on.hpp"

namespace clientele::models {

sim::FieldTable membership_fields() {
  using P = MembershipParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      sim::lever(
          sim::field(&P::join, "join", "chance per order", range(0, 1), 1, Kind::by_group,
                     "chance at an order that a customer of the tier who is no member of the program joins it; 0: "
                     "nobody of it joins; 1: nobody has to, and all of it are in the program",
                     sim::guess("who buys earns what a tier grants unless a study says that customers have to join")),
          {.cost = "what members are given: points",
           .benefit = "what members do: see points.earn",
           .paid_in = {},
           .hurts = {"points_earned"},
           .helps = {"members"},
           .granted_on = {"orders"},
           .rests_on = {}}),
      sim::field(&P::readiness, "readiness", "factor", range(0, 100, 0, 10), 1, Kind::by_group,
                 "how much more readily the group's customers join than what tiers offer says",
                 sim::guess("groups are alike unless a study says more")),
  });
}

Membership::Membership(sim::Wiring& wiring)
    : core_(wiring.core()),
      parameters_(wiring.parameters<MembershipParameters>()),
      is_used_(wiring.is_used("join", asks_to_join)),
      join_(wiring.lever("join")),
      members_metric_(wiring.metric("members", sim::MetricUnit::count, "members of the program on the books")),
      joined_metric_(wiring.metric("members_joined", sim::MetricUnit::count, "customers who join the program")),
      points_(wiring) {
  if (!is_used_) {
    wiring.counts_nothing(members_metric_);
    wiring.counts_nothing(joined_metric_);
    return;
  }
  luck_ = wiring.month_luck(addresses.of("joining"));
  joins_ = wiring.own_passing<std::int32_t>("joins the program");
  is_member_ = wiring.own_passing<std::int32_t>("member of the program");
  since_ = wiring.own_state<std::int32_t>("member since", sim::Sight::observed);
}

void Membership::enroll(sim::BlockMonth& month) const {
  if (!is_used_) return;
  const float readiness = month.parameters(parameters_).readiness;
  const std::int32_t now = month.month() - month.first_month() + 1;
  const auto words = month.variates().words(luck_);
  for (const sim::Arm& arm : month.arms()) {
    const auto orders = arm[core_.orders], status = arm[core_.status], on_books = arm[core_.on_books];
    const auto join = arm[join_];
    const auto since = arm[since_], joins = arm[joins_], is_member = arm[is_member_];
#pragma omp simd
    for (std::size_t i = 0; i < since.size(); ++i) {
      const float hazard = static_cast<float>(orders[i]) * hazard_of_joining(join[i], readiness);
      const bool is_new = (since[i] == 0) & (status[i] == 1) & (sim::uniform(words[i]) < sim::one_minus_exp(hazard));
      joins[i] = sim::when(is_new, 1);
      since[i] += sim::when(is_new, now);
      is_member[i] = sim::when((since[i] > 0) & (on_books[i] != 0), 1);
    }
    arm.count_all({{members_metric_, is_member}, {joined_metric_, joins}});
    if (month.books_take_over() && points_.is_told()) take_over_books(month, arm);
  }
}

/// Who holds points by the books is a member, whether the warm-up made it one or not.
void Membership::take_over_books(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto since = arm[since_];
  for (std::size_t i = 0; i < month.customers(); ++i)
    if (since[i] == 0 && points_.holds_any(month, i)) since[i] = 1;
}

}  // namespace clientele::models
