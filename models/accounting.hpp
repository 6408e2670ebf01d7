// What a month earns: margin on list sales, less discount, less costs.
#pragma once
#include <cstdint>

#include "models/customer_record.hpp"
#include "models/kpis.hpp"
#include "models/receivables_series.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// Gross margin and costs are rounded by the luck of the customer-month (models/rounding.hpp), and whole quanta add up.
/// contribution = sales at list price x gross margin_i + margin of a further category - costs.
/// Sales and costs are what other parts of a month have collected: discount, logistics, care, expediting. A discount
/// comes off list price and off margin alike; margin on discounted revenue would hide its cost.
///
/// What customers owe is charged where contributions are discounted, from the sum of receivables and at the same rate
/// r:
///   npv = sum over months t of (contribution - r / (1 + r) x receivables) / (1 + r)^t,
/// and what is open at the end until it is settled. By that charge contributions booked at the invoice are worth what
/// the cash is worth (Luecke 1955): the npv of two payment terms differs by their discounted collections less outlays.
/// Value beyond the horizon is the same sum over the closed months; customer equity is both. What the horizon leaves
/// open is charged to the horizon until it settles, and so is what comes back of its sales (models/returns.hpp); both
/// are taken out of what closed months charge: nothing counts twice.
struct AccountingParameters {
  sim::Law gross_margin;
  float discount_rate = 0;
};

inline sim::FieldTable accounting_fields() {
  using P = AccountingParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      sim::field(&P::gross_margin, "gross_margin", "share of list sales",
                 {sim::normal_law(range(-1, 1, 0, 0.8), 0.25, 0.07), sim::constant_law(range(-1, 1, 0, 0.8), 0.25),
                  sim::empirical_law(range(-1, 1, 0, 0.8))},
                 Kind::trait, "margin of a customer's basket before discount", sim::guess("a distributor's margin")),
      sim::called(
          "the cost of capital",
          sim::field(&P::discount_rate, "discount_rate", "per month", range(0, 0.2, 0, 0.03), 0.008, Kind::fixed,
                     "what money loses in worth per month: present values, and what receivables cost",
                     sim::guess("about 10 % a year"))),
  });
}

/// Cash flow of a month = contribution, and of what has passed through it no cash: revenue that is not collected yet,
/// what is credited, written off, or owed as rebates; less rebates that are paid, and with claims that come in. Of what
/// is credited for goods that come back, cash goes where it is paid back.
inline sim::KpiInfo lowest_cash() {
  return series_kpi("lowest_cash", "lowest of what has been taken in less paid out since month 0, before overheads",
                    better, sim::KpiRule::lowest,
                    {.inputs = {{{"contribution"},
                                 {"revenue", -1},
                                 {"collected"},
                                 {"recovered"},
                                 {"credited"},
                                 {"written_off"},
                                 {"rebate_accrued"},
                                 {"rebate_paid", -1},
                                 {"returned"},
                                 {"refunded", -1}}},
                     .function = [](const std::vector<sim::Series>& flow) { return cumulated(flow[0]); },
                     .words = "cumulated",
                     .unit = "money",
                     .meaning = "taken in less paid out since month 0, at a month's end, before overheads",
                     .series = "cash"});
}

inline Kpis accounting_kpis() {
  const std::vector<sim::Term> earned{{"contribution"}}, lent{{"receivables"}, {"claims"}, {"rebates_owed", -1}};
  const std::vector<sim::Term> lent_by_horizon{
      {"receivables_of_horizon"}, {"claims_of_horizon"}, {"rebates_of_horizon", -1}};
  sim::KpiInfo npv = present_value("npv", "contribution less the cost of what is owed, discounted, before overheads");
  npv.numerator = earned;
  npv.balances = lent;
  npv.beyond = {{"losses_of_horizon", -1}, {"points_of_horizon", -1}, {"returns_of_horizon", -1}};
  npv.balances_beyond = lent_by_horizon;
  npv.part = sim::KpiPart::within;
  sim::KpiInfo beyond = present_value("value_beyond", "the same of the closed months after the horizon");
  beyond.beyond = {{"contribution"},      {"losses_at_end", -1},  {"losses_of_horizon"}, {"points_at_end", -1},
                   {"points_of_horizon"}, {"returns_at_end", -1}, {"returns_of_horizon"}};
  beyond.balances_beyond = lent;
  for (const sim::Term& charged : lent_by_horizon) beyond.balances_beyond.push_back({charged.metric, -charged.weight});
  sim::KpiInfo half = beyond;
  half.name = "value_beyond_half";
  half.meaning = "the same of the first half of the closed months";
  half.reach = sim::Reach::half;
  beyond.part = sim::KpiPart::beyond;
  sim::KpiInfo equity = present_value("customer_equity", "npv, and value beyond the horizon");
  equity.numerator = earned;
  equity.beyond = {{"contribution"}, {"losses_at_end", -1}, {"points_at_end", -1}, {"returns_at_end", -1}};
  equity.balances = equity.balances_beyond = lent;
  equity.part = sim::KpiPart::whole;
  return {npv,
          beyond,
          equity,
          half,
          money_kpi("contribution", "gross margin less discount, costs and what is written off", better,
                    sim::KpiRule::total, {{"contribution"}}),
          lowest_cash()};
}

class Accounting final : public sim::Behavior {
 public:
  explicit Accounting(sim::Wiring& wiring);
  void draw_traits(sim::BlockMonth& month) const override;
  /// After all costs of the month.
  void advance(sim::BlockMonth& month) const;

 private:
  /// Contribution of the months that the books tell: as they say, or net sales at the customer's gross margin.
  void take_over_books(const sim::BlockMonth& month, const sim::Arm& arm) const;

  sim::Parameters<AccountingParameters> parameters_;
  sim::Trait<float> gross_margin_;
  sim::BirthLuck margin_luck_;
  sim::Common<const float> rounding_;
  sim::Collected sales_, costs_;
  bool has_category_;
  sim::Collected margin_of_category_;
  sim::Passing<std::int32_t> margin_, contribution_;
  sim::Ring<std::int32_t> contribution_by_month_;
  sim::Metric margin_metric_, contribution_metric_;
  sim::Histogram contribution_histogram_;
  CustomerRecord record_;
  sim::Past sales_told_, margin_told_;
};

}  // namespace clientele::models
