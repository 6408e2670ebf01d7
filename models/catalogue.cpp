// The order of the steps here is the order of a month.
#include "models/catalogue.hpp"

#include "models/accounting.hpp"
#include "models/churn.hpp"
#include "models/payment.hpp"
#include "models/purchasing.hpp"
#include "models/segmentation/everyone.hpp"
#include "models/segmentation/rank.hpp"
#include "models/segmentation/spend.hpp"

namespace clientele::models {

namespace {

using sim::Direction, sim::KpiRule;

void add_money_kpis(sim::Catalogue& all) {
  const auto better = Direction::higher_is_better, worse = Direction::lower_is_better;
  all.kpi({"npv",
           "contribution discounted to month 0",
           "money",
           better,
           KpiRule::total,
           {{"present_value"}},
           {},
           1,
           0,
           true});
  all.kpi({"contribution",
           "gross margin less discount and capital cost",
           "money",
           better,
           KpiRule::total,
           {{"contribution"}},
           {},
           1,
           0,
           true});
  all.kpi({"revenue", "invoiced, net of discount", "money", better, KpiRule::total, {{"revenue"}}, {}, 1, 0, true});
  all.kpi({"discount_given",
           "list sales less revenue",
           "money",
           worse,
           KpiRule::total,
           {{"discount_given"}},
           {},
           1,
           0,
           true});
  all.kpi({"receivables_at_end", "owed at the end", "money", worse, KpiRule::last, {{"receivables"}}, {}, 1, 0, true});
  all.kpi({"peak_receivables",
           "the most that is owed at the end of a month",
           "money",
           worse,
           KpiRule::highest,
           {{"receivables"}},
           {},
           1,
           0,
           true});
}

void add_other_kpis(sim::Catalogue& all) {
  const auto better = Direction::higher_is_better, worse = Direction::lower_is_better;
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
  all.kpi({"churn",
           "share of active customers who leave, per month",
           "1",
           worse,
           KpiRule::ratio,
           {{"left"}},
           {{"customers"}},
           1,
           0,
           false});
  all.kpi({"orders_per_month",
           "orders per active customer and month",
           "1",
           better,
           KpiRule::ratio,
           {{"orders"}},
           {{"customers"}},
           1,
           0,
           false});
  all.kpi({"dso",
           "days of sales outstanding: owed at month ends over revenue, x 30",
           "days",
           worse,
           KpiRule::ratio,
           {{"receivables"}},
           {{"revenue"}},
           30,
           0,
           false});
  all.kpi({"late_share",
           "share of the invoices settled that were late",
           "1",
           worse,
           KpiRule::ratio,
           {{"invoices_late"}},
           {{"invoices_settled"}},
           1,
           0,
           false});
  all.kpi({"days_late",
           "days late of a late invoice",
           "days",
           worse,
           KpiRule::ratio,
           {{"days_late"}},
           {{"invoices_late"}},
           1,
           0,
           false});
}

}  // namespace

sim::Catalogue catalogue() {
  sim::Catalogue all;
  const auto purchasing = all.behavior<Purchasing>("purchasing", purchasing_fields(), purchasing_drivers());
  const auto payment = all.behavior<Payment>("payment", payment_fields(), payment_drivers());
  const auto churn = all.behavior<Churn>("churn", churn_fields(), churn_drivers());
  const auto accounting = all.behavior<Accounting>("accounting", accounting_fields());

  all.review();
  all.step("terms", payment, &Payment::offer_terms);
  all.step("orders", purchasing, &Purchasing::advance);
  all.step("settle", payment, &Payment::advance);
  all.step("accounting", accounting, &Accounting::advance);
  all.step("leave", churn, &Churn::advance);
  all.exits();
  all.arrivals();

  all.segmentation<Everyone>("everyone", everyone_fields(), sim::TierRule::one);
  all.segmentation<Spend>("spend", review_fields(), sim::TierRule::from, "money");
  all.segmentation<Rank>("rank", review_fields(), sim::TierRule::share);

  add_money_kpis(all);
  add_other_kpis(all);
  return all;
}

}  // namespace clientele::models
