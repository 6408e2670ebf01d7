// Stamps as loops.
#include "tests/support/stamps_in_an_hour.hpp"

#include "sim/core/math.hpp"

namespace clientele::tests {

sim::FieldTable stamps_fields() {
  using P = StampsParameters;
  using sim::field, sim::range, sim::Kind, sim::guess;
  return sim::fields<P>({
      field(&P::earn, "earn", "stamps/money", range(0, 100), 0, Kind::by_group, "stamps per unit of net sales",
            guess()),
      sim::lever(field(&P::validity, "validity", "months", range(0, 24), 6, Kind::by_group, "months until stamps end",
                       guess()),
                 {.cost = "stamps that are spent",
                  .benefit = "orders, and fewer customers leave",
                  .paid_in = {"stamps_cost"},
                  .helps = {"orders", "-left"},
                  .granted_on = {"stamps_earned"},
                  .rests_on = {"stamps.pull"}}),
      field(&P::value, "value", "money/stamp", range(0, 100), 0.01, Kind::by_group, "cost of a spent stamp", guess()),
      field(&P::spend, "spend", "share/month", range(0, 1), 0.1, Kind::by_group, "share that is spent", guess()),
      field(&P::enough, "enough", "stamps", range(1, 1e6), 100, Kind::by_group, "stamps that move a customer", guess()),
      field(&P::pull, "pull", "share", range(0, 1), 0.05, Kind::by_group, "orders that stamps add", guess()),
      field(&P::stay, "stay", "-", range(-2, 0), -0.1, Kind::by_group, "change of log-hazard by stamps", guess()),
  });
}

void add_stamps(sim::Catalogue& all) {
  const auto stamps = all.behavior<Stamps>("stamps", stamps_fields());
  all.step_before("orders", "stamps pull", stamps, &Stamps::pull);
  all.step_before("accounting", "stamps", stamps, &Stamps::advance);
}

Stamps::Stamps(sim::Wiring& wiring) : Stamps(wiring, wiring.step("stamps")) {}

Stamps::Stamps(sim::Wiring& wiring, sim::StageWiring after_orders)
    : core_(wiring.core()),
      parameters_(wiring.parameters<StampsParameters>()),
      is_used_(wiring.is_used("earn", [](double earn) { return earn > 0; })),
      validity_(wiring.lever("validity")),
      order_rate_(wiring.step("stamps pull").act_by_factor("order rate")),
      log_hazard_(wiring.step("stamps pull").act_by_sum("log hazard of leaving")),
      net_sales_(after_orders.read_passing<std::int32_t>("net sales")),
      earned_(after_orders.own_passing<std::int32_t>("stamps earned")),
      valid_(after_orders.own_passing<std::int32_t>("months that stamps are valid")),
      wanted_(after_orders.own_passing<std::int32_t>("stamps to spend")),
      spent_(after_orders.own_passing<std::int32_t>("stamps spent")),
      ended_(after_orders.own_passing<std::int32_t>("stamps ended")),
      cost_(after_orders.own_passing<std::int32_t>("cost of stamps")),
      costs_(after_orders.collect("costs")),
      balance_metric_(wiring.metric("stamps", sim::MetricUnit::count, "stamps held at the end of the month")),
      earned_metric_(wiring.metric("stamps_earned", sim::MetricUnit::count, "stamps earned")),
      spent_metric_(wiring.metric("stamps_spent", sim::MetricUnit::count, "stamps spent")),
      ended_metric_(wiring.metric("stamps_ended", sim::MetricUnit::count, "stamps that ended unspent")),
      cost_metric_(wiring.metric("stamps_cost", sim::MetricUnit::money, "cost of spent stamps")) {
  const sim::LedgerInfo stamps{
      .balance = "stamps", .adds = {"stamps_earned"}, .takes = {"stamps_spent", "stamps_ended"}, .goes = {}};
  if (!is_used_) {
    for (const sim::Metric metric : {earned_metric_, spent_metric_, ended_metric_, cost_metric_})
      wiring.counts_nothing(metric);
    wiring.unused_ledger(stamps);
    return;
  }
  lots_ = {wiring.own_ring_ahead<std::int32_t>("stamps by month of end", sim::Sight::observed),
           wiring.own_state<std::int32_t>("stamps without an end", sim::Sight::observed),
           wiring.own_state<std::int32_t>("debt of stamps", sim::Sight::observed)};
  balance_ = wiring.own_state<std::int32_t>("stamps", sim::Sight::observed);
  wiring.keep_while(balance_);
  wiring.ledger(stamps, balance_);
}

int Stamps::months_ahead(const sim::Outlook& outlook) const {
  return outlook.parameters(parameters_).earn > 0 ? static_cast<int>(outlook.highest(validity_)) : 0;
}

void Stamps::pull(sim::BlockMonth& month) const {
  if (!is_used_) return;
  const StampsParameters& p = month.parameters(parameters_);
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

void Stamps::advance(sim::BlockMonth& month) const {
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

void Stamps::earn_and_spend(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const StampsParameters& p = month.parameters(parameters_);
  const sim::LotsOfArm lots(arm, lots_, month.month());
  const auto earned = arm[earned_], valid = arm[valid_], wanted = arm[wanted_], balance = arm[balance_];
  const auto net_sales = arm[net_sales_], status = arm[core_.status];
  const auto validity = arm[validity_];
  for (std::size_t i = 0; i < earned.size(); ++i) {
    const bool is_there = status[i] == 1;
    earned[i] = is_there ? stamps_for(net_sales[i], p.earn, month.per_quantum()) : 0;
    valid[i] = static_cast<std::int32_t>(validity[i]);
    wanted[i] = is_there && !month.run_off() ? static_cast<std::int32_t>(static_cast<float>(balance[i]) * p.spend) : 0;
  }
  lots.add(earned, valid);
  lots.spend(wanted, arm[spent_]);
  lots.end_month(arm[ended_]);
}

}  // namespace clientele::tests
