// Administration: a loop over who was moved, and a sum for the firm.
#include "models/administration.hpp"

#include "models/quanta.hpp"

namespace clientele::models {

Administration::Administration(sim::Wiring& wiring)
    : once_(wiring.setting("once")),
      per_month_(wiring.setting("per_month")),
      per_manager_(wiring.setting("per_manager")),
      per_move_(wiring.setting("per_move")),
      managers_(wiring.setting("service.managers")),
      cost_metric_(wiring.metric("administration_cost", sim::MetricUnit::money,
                                 "introducing and running policies, their managers and moves: the firm's own amounts "
                                 "stand in the first group and the tier of entry")),
      contribution_(wiring.metric_called("contribution")) {
  const auto costs_something = [&](std::string_view field) {
    return wiring.is_used(field, [](double money) { return money > 0; });
  };
  charges_moves_ = costs_something("per_move");
  is_used_ = costs_something("once") || costs_something("per_month") || costs_something("per_manager");
  if (!is_used_ && !charges_moves_) wiring.counts_nothing(cost_metric_);
  if (!charges_moves_) return;
  sim::StageWiring step = wiring.step("administration");
  moved_ = step.read_moves();
  cost_ = step.own_passing<std::int32_t>("cost of a move");
  costs_ = step.collect("costs");
}

void Administration::charge_moves(sim::BlockMonth& month) const {
  if (!charges_moves_) return;
  for (const sim::Arm& arm : month.arms()) {
    const auto moved = arm[moved_];
    const auto cost = arm[cost_], costs = arm[costs_];
    const std::int32_t of_a_move = sim::to_quanta(arm.setting(per_move_), month.per_quantum());
    if (of_a_move >= max_quanta) arm.refuse(cost_metric_, static_cast<double>(of_a_move));
#pragma omp simd
    for (std::size_t i = 0; i < cost.size(); ++i) {
      cost[i] = sim::when(moved[i] != 0, of_a_move);
      costs[i] += cost[i];
    }
    arm.book(cost_metric_, cost);
  }
}

void Administration::book_for_firm(sim::FirmMonth& month) const {
  const auto of = [&](sim::Setting setting) { return static_cast<double>(month.setting(setting)); };
  std::int64_t cost = month.quanta(of(per_month_)) + month.quanta(of(managers_) * of(per_manager_));
  if (month.policy_starts()) cost += month.quanta(of(once_));
  month.book(cost_metric_, cost);
  month.book(contribution_, -cost);
}

}  // namespace clientele::models
