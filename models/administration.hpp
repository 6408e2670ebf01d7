// What a policy costs the firm itself: to introduce, to run, to move customers, and for its managers.
#pragma once
#include <cstdint>

#include "models/kpis.hpp"
#include "models/service.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"

namespace clientele::models {

/// once, when the policy starts (month 0; where it rolls out, the month in which it reaches the first customers; a
/// baseline's in month 0), per_month from then on, also in the closed months, per_manager for each of service.managers
/// and month, per_move for each customer whom a review moves to another tier of the policy, seen or not. They end with
/// the horizon where only what is open is settled. What stands in a month holds, and the baseline's until the policy
/// starts. Amounts are rounded to the nearest quantum. The first three are the firm's and no customer's: they stand in
/// the first group and the tier of entry, once per month.
struct AdministrationParameters {
  float once = 0, per_month = 0, per_manager = 0, per_move = 0;
};

inline sim::FieldTable administration_fields() {
  using P = AdministrationParameters;
  using sim::Kind, sim::range;
  const auto cost = [](float P::*member, std::string_view key, std::string_view unit, std::string_view meaning,
                       std::string_view reason) {
    return sim::setting(
        sim::money(sim::field(member, key, unit, range(0, 1e12), 0, Kind::fixed, meaning, sim::guess(reason))));
  };
  return sim::fields<P>({
      cost(&P::once, "once", "money", "what introducing a policy costs, in the month in which it starts",
           "nothing unless stated: a project of some person-months is usual"),
      cost(&P::per_month, "per_month", "money/month", "what running a policy costs, whoever is in its tiers",
           "nothing unless stated"),
      cost(&P::per_manager, "per_manager", "money/month",
           "what each of service.managers costs beside the hours that care pays for", "nothing unless stated"),
      cost(&P::per_move, "per_move", "money",
           "what it costs to move a customer to another tier: a letter, a talk, new papers", "nothing unless stated"),
  });
}

inline Kpis administration_kpis() {
  return {money_kpi("administration_cost", "introducing and running policies, their managers and moves", worse,
                    sim::KpiRule::total, {{"administration_cost"}})};
}

/// Made after accounting, under whose contribution the firm's own costs are booked too.
class Administration final : public sim::Behavior {
 public:
  explicit Administration(sim::Wiring& wiring);
  /// After the review: a price for each customer whom it has moved.
  void charge_moves(sim::BlockMonth& month) const;
  bool books_for_firm() const override { return is_used_; }
  void book_for_firm(sim::FirmMonth& month) const override;

 private:
  bool is_used_, charges_moves_;
  sim::Setting once_, per_month_, per_manager_, per_move_, managers_;
  sim::Passing<const std::int32_t> moved_;
  sim::Passing<std::int32_t> cost_;
  sim::Collected costs_;
  sim::Metric cost_metric_, contribution_;
};

}  // namespace clientele::models
