// Rebates as loops: a year's sales add up, what is owed follows from them, and January pays.
#include "models/rebate.hpp"

#include <algorithm>

#include "models/credit_notes.hpp"
#include "models/switches_on.hpp"

namespace clientele::models {

Rebate::Rebate(sim::Wiring& wiring) : Rebate(wiring, wiring.step("rebates")) {}

Rebate::Rebate(sim::Wiring& wiring, sim::StageWiring accrue)
    : core_(wiring.core()),
      parameters_(wiring.parameters<RebateParameters>()),
      purchasing_(wiring.parameters_of<PurchasingParameters>("purchasing")),
      is_used_(wiring.is_used("rebate", is_positive)),
      can_default_(wiring.is_used("credit.default_chance", is_positive)),
      feels_cuts_(is_used_ && wiring.is_used("rebate_from", is_positive) &&
                  wiring.is_used("purchasing.cut_pressure", is_positive)),
      share_(wiring.lever("rebate")),
      log_price_(wiring.lever<float>(
          parameters_, "rebate",
          [](const RebateParameters& p, float rebate) { return sim::log(1.F - p.rebate_salience * rebate); })),
      response_(wiring.read_trait<float>("response to price")),
      order_rate_(wiring.step("rebate offers").act_by_factor("order rate")),
      net_sales_(accrue.read_passing<std::int32_t>("net sales")),
      defaults_(accrue.read_passing<std::int32_t>("defaults")),
      rounding_(accrue.read_common<float>("rounding")),
      accrued_(accrue.own_common<std::int32_t>("rebate accrued")),
      paid_(accrue.own_common<std::int32_t>("rebate paid")),
      costs_(accrue.collect("costs")),
      accrued_metric_(wiring.metric_beyond_too("rebate_accrued", sim::MetricUnit::money,
                                               "rebates that the month's sales have earned")),
      paid_metric_(wiring.metric_beyond_too("rebate_paid", sim::MetricUnit::money, "rebates paid in the month")),
      owed_metric_(wiring.metric_beyond_too("rebates_owed", sim::MetricUnit::money,
                                            "rebates that are owed at the end of the month")),
      of_horizon_metric_(wiring.metric("rebates_of_horizon", sim::MetricUnit::money,
                                       "owed at the end of the month of what the horizon's sales have earned", 1,
                                       sim::MonthsOf::beyond)),
      takes_goods_back_(is_used_ && takes_goods_back(wiring)) {
  const sim::LedgerInfo ledger{
      .balance = "rebates_owed", .adds = {"rebate_accrued"}, .takes = {"rebate_paid"}, .goes = {}};
  if (!is_used_) {
    for (const sim::Metric unused : {accrued_metric_, paid_metric_, of_horizon_metric_}) wiring.counts_nothing(unused);
    wiring.unused_ledger(ledger);
    return;
  }
  if (takes_goods_back_) returned_ = wiring.read_ring<std::int32_t>("returned by month", 1);
  if (feels_cuts_) pulled_forward_ = wiring.own_state<float>("orders pulled forward to a rebate", sim::Sight::latent);
  year_sales_ = wiring.own_state<std::int32_t>("sales of the year", sim::Sight::observed);
  owed_ = wiring.own_state<std::int32_t>("rebate owed", sim::Sight::observed);
  wiring.keep_while(owed_);
  wiring.ledger(ledger, owed_);
}

std::int32_t Rebate::from(const sim::BlockMonth& month) const {
  return sim::to_quanta(month.parameters(parameters_).rebate_from, month.per_quantum());
}

void Rebate::offer(sim::BlockMonth& month) const {
  if (!is_used_ || month.run_off()) return;
  const std::int32_t least = from(month), months = month.calendar_month() - 1;
  const auto response = month[response_];
  for (const sim::Arm& arm : month.arms()) {
    const auto year_sales = arm[year_sales_];
    const auto log_price = arm[log_price_];
    const auto rate = arm[order_rate_];
    for (std::size_t i = 0; i < response.size(); ++i) {
      const bool expects = is_on_the_way(year_sales[i], months, least);
      rate[i] *= sim::exp(response[i] * sim::when(expects, log_price[i]));
    }
    if (feels_cuts_) feel_cut(month, arm);
  }
}

void Rebate::feel_cut(sim::BlockMonth& month, const sim::Arm& arm) const {
  const PurchasingParameters& p = month.parameters(purchasing_);
  const std::int32_t least = from(month), months = month.calendar_month() - 1;
  const auto year_sales = arm[year_sales_];
  const auto share = arm[share_];
  const auto balance = arm[pulled_forward_];
  const auto rate = arm[order_rate_];
#pragma omp simd
  for (std::size_t i = 0; i < balance.size(); ++i) {
    const float progress = progress_to_rebate(year_sales[i], months, least, share[i]);
    const Borrowing now = pulled_forward(progress, p.cut_pressure, balance[i], p.cut_borrowed, p.payback_rate);
    balance[i] = now.balance;
    rate[i] *= now.orders;
  }
}

void Rebate::accrue(sim::BlockMonth& month) const {
  if (!is_used_) return;
  const std::int32_t least = from(month);
  const bool is_january = month.calendar_month() == 1;
  const auto rounding = month[rounding_];
  const auto accrued = month[accrued_], paid = month[paid_];
  for (const sim::Arm& arm : month.arms()) {
    const auto sold = arm[net_sales_];
    const auto share = arm[share_];
    const auto year_sales = arm[year_sales_], owed = arm[owed_], costs = arm[costs_];
#pragma omp simd
    for (std::size_t i = 0; i < owed.size(); ++i) {
      paid[i] = is_january ? owed[i] : 0;
      const std::int32_t before = owed[i] - paid[i];
      year_sales[i] = add_up(is_january ? 0 : year_sales[i], sold[i]);
      const std::int32_t now = sold[i] > 0 ? rebate_owed(year_sales[i], least, share[i], rounding[i]) : before;
      accrued[i] = now - before;
      owed[i] = now;
    }
    if (takes_goods_back_) take_back(month, arm);
    if (can_default_) {
      const auto defaults = arm[defaults_];
#pragma omp simd
      for (std::size_t i = 0; i < owed.size(); ++i) {
        accrued[i] -= sim::when(defaults[i] != 0, owed[i]);
        owed[i] = sim::when(defaults[i] == 0, owed[i]);
      }
    }
#pragma omp simd
    for (std::size_t i = 0; i < owed.size(); ++i) costs[i] += accrued[i];
    arm.book_all({{accrued_metric_, accrued}, {paid_metric_, paid}, {owed_metric_, owed}});
  }
}

/// After the sales of the month.
void Rebate::take_back(sim::BlockMonth& month, const sim::Arm& arm) const {
  const std::int32_t least = from(month);
  const auto rounding = month[rounding_];
  const auto returned = arm.at(returned_, month.month());
  const auto share = arm[share_];
  const auto year_sales = arm[year_sales_], owed = arm[owed_], accrued = month[accrued_];
  for (std::size_t i = 0; i < owed.size(); ++i) {
    if (returned[i] == 0) continue;
    year_sales[i] = std::max(0, year_sales[i] - returned[i]);
    const std::int32_t now = rebate_owed(year_sales[i], least, share[i], rounding[i]);
    accrued[i] += now - owed[i];
    owed[i] = now;
  }
}

void Rebate::pay_what_is_open(sim::BlockMonth& month) const {
  if (!is_used_) return;
  const int months_until_january = 13 - month.calendar_month();
  for (const sim::Arm& arm : month.arms())
    for (int ahead = 1; ahead < months_until_january; ++ahead) {
      if (month.last_of_horizon()) arm.book_ahead(of_horizon_metric_, ahead, arm[owed_]);
      if (month.last_of_all()) arm.book_ahead(owed_metric_, ahead, arm[owed_]);
    }
}

}  // namespace clientele::models
