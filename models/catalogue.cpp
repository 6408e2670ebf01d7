// The order of the steps here is the order of a month.
#include "models/catalogue.hpp"

#include "models/accounting.hpp"
#include "models/acquisition.hpp"
#include "models/churn.hpp"
#include "models/logistics.hpp"
#include "models/payment.hpp"
#include "models/purchasing.hpp"
#include "models/satisfaction.hpp"
#include "models/segmentation/everyone.hpp"
#include "models/segmentation/rank.hpp"
#include "models/segmentation/spend.hpp"
#include "models/service.hpp"

namespace clientele::models {

namespace {

using sim::Direction, sim::KpiPart, sim::KpiRule;

constexpr auto better = Direction::higher_is_better, worse = Direction::lower_is_better;

/// A sum of money metrics over the months, or another rule over them.
sim::KpiInfo money_kpi(const char* name, const char* meaning, Direction direction, KpiRule rule,
                       std::vector<sim::Term> metrics) {
  return {name, meaning, "money", direction, rule, std::move(metrics), {}, 1, 0, true};
}

/// A sum over the months divided by another.
sim::KpiInfo ratio_kpi(const char* name, const char* meaning, const char* unit, Direction direction,
                       std::vector<sim::Term> numerator, const char* denominator, double factor = 1) {
  return {name, meaning, unit, direction, KpiRule::ratio, std::move(numerator), {{denominator}}, factor, 0, false};
}

/// Contributions discounted to month 0, less what receivables cost at the same rate. What the horizon leaves open is
/// charged to the horizon until it settles, and taken out of what closed months charge: nothing is counted twice.
sim::KpiInfo present_value(const char* name, const char* meaning) {
  sim::KpiInfo kpi = money_kpi(name, meaning, better, KpiRule::discounted_total, {});
  kpi.parameter_field = "accounting.discount_rate";
  return kpi;
}

void add_present_values(sim::Catalogue& all) {
  const std::vector<sim::Term> earned{{"contribution"}}, lent{{"receivables"}};
  const sim::Term of_horizon{"receivables_of_horizon"}, not_of_horizon{"receivables_of_horizon", -1};
  sim::KpiInfo equity = present_value("customer_equity", "npv, and value beyond the horizon");
  equity.numerator = equity.beyond = earned;
  equity.balances = equity.balances_beyond = lent;
  equity.part = KpiPart::whole;
  sim::KpiInfo npv = present_value("npv", "contribution less the cost of what is owed, discounted, before overheads");
  npv.numerator = earned;
  npv.balances = lent;
  npv.balances_beyond = {of_horizon};
  npv.part = KpiPart::within;
  sim::KpiInfo beyond = present_value("value_beyond", "the same of the closed months after the horizon");
  beyond.beyond = earned;
  beyond.balances_beyond = {lent.front(), not_of_horizon};
  sim::KpiInfo half = beyond;
  half.name = "value_beyond_half";
  half.meaning = "the same of the first half of the closed months";
  half.reach = sim::Reach::half;
  beyond.part = KpiPart::beyond;
  for (sim::KpiInfo& kpi : {std::ref(npv), std::ref(beyond), std::ref(equity), std::ref(half)}) all.kpi(std::move(kpi));
}

/// What a firm spends on what it grants its tiers, as npv counts it: a charge is a cost, so that it is added.
sim::KpiInfo spent_on_levers() {
  sim::KpiInfo levers = present_value("levers", "spent on care, discounts, expediting and on what is owed, discounted");
  levers.direction = Direction::neither;
  levers.numerator = {{"care_cost"}, {"discount_given"}, {"expedite_cost"}};
  levers.balances = {{"receivables", -1}};
  levers.balances_beyond = {{"receivables_of_horizon", -1}};
  levers.part = KpiPart::spending;
  return levers;
}

void add_money_kpis(sim::Catalogue& all) {
  add_present_values(all);
  all.kpi(money_kpi("contribution", "gross margin less discount, logistics, service and acquisition", better,
                    KpiRule::total, {{"contribution"}}));
  all.kpi(money_kpi("revenue", "invoiced, net of discount", better, KpiRule::total, {{"revenue"}}));
  all.kpi(money_kpi("discount_given", "list sales less revenue", worse, KpiRule::total, {{"discount_given"}}));
  all.kpi(money_kpi("logistics_cost", "shipping and handling", worse, KpiRule::total, {{"logistics_cost"}}));
  all.kpi(money_kpi("service_cost", "care and faster deliveries", worse, KpiRule::total,
                    {{"care_cost"}, {"expedite_cost"}}));
  all.kpi(money_kpi("acquisition_cost", "cost of winning the customers who join after month 0", worse, KpiRule::total,
                    {{"acquisition_cost"}}));
  all.kpi(money_kpi("receivables_at_end", "owed at the end", worse, KpiRule::last, {{"receivables"}}));
  all.kpi(money_kpi("peak_receivables", "the most that is owed at the end of a month", worse, KpiRule::highest,
                    {{"receivables"}}));
  sim::KpiInfo month{"peak_receivables_month",
                     "month in which the most is owed, 0 the first",
                     "month",
                     Direction::neither,
                     KpiRule::month_of_highest,
                     {{"receivables"}},
                     {},
                     1,
                     0,
                     false};
  month.month_of = "peak_receivables";
  all.kpi(std::move(month));
  all.kpi(spent_on_levers());
}

void add_payment_kpis(sim::Catalogue& all) {
  all.kpi(ratio_kpi("dso", "days of sales outstanding: owed at month ends over revenue, x 30", "days", worse,
                    {{"receivables"}}, "revenue", 30));
  all.kpi(ratio_kpi("late_share", "share of settled invoices that were late", "1", worse, {{"invoices_late"}},
                    "invoices_settled"));
  all.kpi(ratio_kpi("days_late", "days late of a late invoice", "days", worse, {{"days_late"}}, "invoices_late"));
  all.kpi(ratio_kpi("overdue_share", "share of receivables that is past due, at month ends", "1", worse,
                    {{"overdue_1_30"}, {"overdue_31_60"}, {"overdue_61_90"}, {"overdue_over_90"}}, "receivables"));
}

void add_customer_kpis(sim::Catalogue& all) {
  all.kpi({"customers_at_end",
           "customers who are active in the last month",
           "1",
           better,
           KpiRule::last,
           {{"customers"}},
           {},
           1,
           0,
           false});
  all.kpi({"customers_new",
           "customers of the last month who joined after month 0",
           "1",
           better,
           KpiRule::last,
           {{"customers_new"}},
           {},
           1,
           0,
           false});
  all.kpi(ratio_kpi("churn", "share of active customers who leave, per month", "1", worse, {{"left"}}, "customers"));
  all.kpi(
      ratio_kpi("orders_per_month", "orders per active customer and month", "1", better, {{"orders"}}, "customers"));
  all.kpi(ratio_kpi("late_deliveries", "share of orders that are delivered late", "1", worse, {{"late_deliveries"}},
                    "orders"));
  all.kpi(ratio_kpi("satisfaction", "points of satisfaction of an active customer", "points", better,
                    {{"satisfaction"}}, "customers"));
}

}  // namespace

sim::Catalogue catalogue() {
  sim::Catalogue all;
  const auto purchasing = all.behavior<Purchasing>("purchasing", purchasing_fields(), purchasing_drivers());
  const auto service = all.behavior<Service>("service", service_fields(), service_drivers());
  const auto satisfaction = all.behavior<Satisfaction>("satisfaction", satisfaction_fields());
  const auto payment = all.behavior<Payment>("payment", payment_fields(), payment_drivers());
  const auto logistics = all.behavior<Logistics>("logistics", logistics_fields());
  const auto acquisition = all.behavior<Acquisition>("acquisition", acquisition_fields());
  const auto churn = all.behavior<Churn>("churn", churn_fields(), churn_drivers());
  const auto accounting = all.behavior<Accounting>("accounting", accounting_fields());

  all.review();
  all.step("terms", payment, &Payment::offer_terms);
  all.step("satisfied orders", satisfaction, &Satisfaction::move_orders);
  all.step("leaving", churn, &Churn::decide);
  all.step("orders", purchasing, &Purchasing::advance);
  all.step("deliveries", service, &Service::advance);
  all.step("satisfaction", satisfaction, &Satisfaction::advance);
  all.step("settle", payment, &Payment::advance);
  all.step("logistics", logistics, &Logistics::advance);
  all.step("acquisition", acquisition, &Acquisition::advance);
  all.step("accounting", accounting, &Accounting::advance);
  all.step("leave", churn, &Churn::advance);
  all.exits();
  all.step("what stays open", payment, &Payment::settle_what_is_open);
  all.arrivals();

  all.segmentation<Everyone>("everyone", everyone_fields(), sim::TierRule::one);
  all.segmentation<Spend>("spend", review_fields(), sim::TierRule::from, "money");
  all.segmentation<Rank>("rank", review_fields(), sim::TierRule::share);

  add_money_kpis(all);
  add_payment_kpis(all);
  add_customer_kpis(all);
  return all;
}

}  // namespace clientele::models
