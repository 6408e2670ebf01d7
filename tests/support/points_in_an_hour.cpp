// Points as loops.
#include "tests/support/points_in_an_hour.hpp"

#include "sim/core/math.hpp"

namespace clientele::tests {

sim::FieldTable points_fields() {
  using P = PointsParameters;
  using sim::field, sim::range, sim::Kind, sim::guess;
  return sim::fields<P>({
      field(&P::earn, "earn", "points/money", range(0, 100), 0, Kind::by_group, "points per unit of net sales",
            guess()),
      sim::lever(field(&P::validity, "validity", "months", range(0, 24), 6, Kind::by_group, "months until points end",
                       guess()),
                 {.cost = "points that are spent",
                  .benefit = "orders, and fewer customers leave",
                  .paid_in = {"points_cost"},
                  .helps = {"orders", "-left"},
                  .granted_on = {"points_earned"},
                  .rests_on = {"points.pull"}}),
      field(&P::value, "value", "money/point", range(0, 100), 0.01, Kind::by_group, "cost of a spent point", guess()),
      field(&P::spend, "spend", "share/month", range(0, 1), 0.1, Kind::by_group, "share that is spent", guess()),
      field(&P::enough, "enough", "points", range(1, 1e6), 100, Kind::by_group, "points that move a customer", guess()),
      field(&P::pull, "pull", "share", range(0, 1), 0.05, Kind::by_group, "orders that points add", guess()),
      field(&P::stay, "stay", "-", range(-2, 0), -0.1, Kind::by_group, "change of log-hazard by points", guess()),
  });
}

void add_points(sim::Catalogue& all) {
  const auto points = all.behavior<Points>("points", points_fields());
  all.step_before("orders", "points pull", points, &Points::pull);
  all.step_before("accounting", "points", points, &Points::advance);
}

Points::Points(sim::Wiring& wiring) : Points(wiring, wiring.step("points")) {}

Points::Points(sim::Wiring& wiring, sim::StageWiring after_orders)
    : core_(wiring.core()),
      parameters_(wiring.parameters<PointsParameters>()),
      is_used_(wiring.is_used("earn", [](double earn) { return earn > 0; })),
      validity_(wiring.lever("validity")),
      order_rate_(wiring.step("points pull").act_by_factor("order rate")),
      log_hazard_(wiring.step("points pull").act_by_sum("log hazard of leaving")),
      net_sales_(after_orders.read_passing<std::int32_t>("net sales")),
      earned_(after_orders.own_passing<std::int32_t>("points earned")),
      valid_(after_orders.own_passing<std::int32_t>("months that points are valid")),
      wanted_(after_orders.own_passing<std::int32_t>("points to spend")),
      spent_(after_orders.own_passing<std::int32_t>("points spent")),
      ended_(after_orders.own_passing<std::int32_t>("points ended")),
      cost_(after_orders.own_passing<std::int32_t>("cost of points")),
      costs_(after_orders.collect("costs")),
      balance_metric_(wiring.metric("points", sim::MetricUnit::count, "points held at the end of the month")),
      earned_metric_(wiring.metric("points_earned", sim::MetricUnit::count, "points earned")),
      spent_metric_(wiring.metric("points_spent", sim::MetricUnit::count, "points spent")),
      ended_metric_(wiring.metric("points_ended", sim::MetricUnit::count, "points that ended unspent")),
      cost_metric_(wiring.metric("points_cost", sim::MetricUnit::money, "cost of spent points")) {
  const sim::LedgerInfo points{
      .balance = "points", .adds = {"points_earned"}, .takes = {"points_spent", "points_ended"}, .goes = {}};
  if (!is_used_) {
    for (const sim::Metric metric : {earned_metric_, spent_metric_, ended_metric_, cost_metric_})
      wiring.counts_nothing(metric);
    wiring.unused_ledger(points);
    return;
  }
  lots_ = {wiring.own_ring_ahead<std::int32_t>("points by month of end", sim::Sight::observed),
           wiring.own_state<std::int32_t>("points without an end", sim::Sight::observed),
           wiring.own_state<std::int32_t>("debt of points", sim::Sight::observed)};
  balance_ = wiring.own_state<std::int32_t>("points", sim::Sight::observed);
  wiring.keep_while(balance_);
  wiring.ledger(points, balance_);
}

int Points::months_ahead(const sim::Outlook& outlook) const {
  return outlook.parameters(parameters_).earn > 0 ? static_cast<int>(outlook.highest(validity_)) : 0;
}

void Points::pull(sim::BlockMonth& month) const {
  if (!is_used_) return;
  const PointsParameters& p = month.parameters(parameters_);
  const auto enough = static_cast<std::int32_t>(p.enough);
  const float factor = 1.F + p.pull, stay = p.stay;
  for (const sim::Arm& arm : month.arms()) {
    const auto balance = arm[balance_];
    const auto rate = arm[order_rate_];
    const auto log_hazard = arm[log_hazard_];
    for (std::size_t i = 0; i < balance.size(); ++i) {
      rate[i] *= balance[i] >= enough ? factor : 1.F;
      log_hazard[i] += balance[i] >= enough ? stay : 0.F;
    }
  }
}

void Points::advance(sim::BlockMonth& month) const {
  if (!is_used_) return;
  for (const sim::Arm& arm : month.arms()) {
    earn_and_spend(month, arm);
    const auto earned = arm[earned_], spent = arm[spent_], ended = arm[ended_], balance = arm[balance_];
    const auto cost = arm[cost_], costs = arm[costs_];
    const float value = month.parameters(parameters_).value;
    for (std::size_t i = 0; i < balance.size(); ++i) {
      balance[i] += earned[i] - spent[i] - ended[i];
      cost[i] = sim::to_quanta(static_cast<float>(spent[i]) * value, month.per_quantum());
      costs[i] += cost[i];
    }
    arm.book_all({{balance_metric_, balance},
                  {earned_metric_, earned},
                  {spent_metric_, spent},
                  {ended_metric_, ended},
                  {cost_metric_, cost}});
  }
}

void Points::earn_and_spend(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const PointsParameters& p = month.parameters(parameters_);
  const sim::LotsOfArm lots(arm, lots_, month.month());
  const auto earned = arm[earned_], valid = arm[valid_], wanted = arm[wanted_], balance = arm[balance_];
  const auto net_sales = arm[net_sales_], status = arm[core_.status];
  const auto validity = arm[validity_];
  for (std::size_t i = 0; i < earned.size(); ++i) {
    const bool is_there = status[i] == 1;
    earned[i] = is_there ? points_for(net_sales[i], p.earn, month.per_quantum()) : 0;
    valid[i] = static_cast<std::int32_t>(validity[i]);
    wanted[i] = is_there && !month.run_off() ? static_cast<std::int32_t>(static_cast<float>(balance[i]) * p.spend) : 0;
  }
  lots.add(earned, valid);
  lots.spend(wanted, arm[spent_]);
  lots.end_month(arm[ended_]);
}

}  // namespace clientele::tests
