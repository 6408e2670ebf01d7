// Rebates, one customer: a year's sales, and what is owed of them.
#pragma once
#include "models/rebate.hpp"
#include "tests/reference/models/credit.hpp"
#include "tests/reference/models/purchasing.hpp"
#include "tests/reference/models/service.hpp"

namespace clientele::tests {

struct Earning {
  std::int32_t year_sales = 0, owed = 0;
  float pulled_forward = 0;  ///< months of usual orders
};

inline std::int32_t rebate_from(const Scene& scene, const models::RebateParameters& p) {
  return sim::to_quanta(p.rebate_from, scene.per_quantum());
}

inline void open_ledger(const Scene& scene, const Customer& who, const Earning& earning) {
  if (scene.month == 0) scene.count("rebates_owed_opening", who, earning.owed);
}

inline void offer_rebate(const Scene& scene, const Customer& who, Earning& earning, Buyer& buyer) {
  if (scene.run_off()) return;
  const auto& p = scene.setting.parameters<models::RebateParameters>("rebate", who.group);
  const int months = scene.setting.calendar_month(scene.month);
  const std::int32_t least = rebate_from(scene, p);
  const float share = scene.lever("rebate", "rebate", who);
  if (models::is_on_the_way(earning.year_sales, months, least))
    buyer.effects *= sim::exp(buyer.response * sim::log(1.F - p.rebate_salience * share));
  const auto& answer = scene.setting.parameters<models::PurchasingParameters>("purchasing", who.group);
  const float progress = models::progress_to_rebate(earning.year_sales, months, least, share);
  const models::Borrowing now = models::pulled_forward(progress, answer.cut_pressure, earning.pulled_forward,
                                                       answer.cut_borrowed, answer.payback_rate);
  earning.pulled_forward = now.balance;
  buyer.effects *= now.orders;
}

inline void accrue_rebate(const Scene& scene, const Customer& who, Earning& earning, const Buyer& buyer,
                          const Debtor& debtor, std::int32_t returned, Bills& bills) {
  const auto& p = scene.setting.parameters<models::RebateParameters>("rebate", who.group);
  if (scene.setting.calendar_month(scene.month) == 0) {
    scene.count("rebate_paid", who, earning.owed);
    earning.year_sales = earning.owed = 0;
  }
  const std::int32_t before = earning.owed;
  earning.year_sales = models::add_up(earning.year_sales, buyer.sales);
  if (buyer.sales > 0)
    earning.owed = models::rebate_owed(earning.year_sales, rebate_from(scene, p), scene.lever("rebate", "rebate", who),
                                       buyer.rounding);
  if (returned > 0) {
    earning.year_sales = std::max(0, earning.year_sales - returned);
    earning.owed = models::rebate_owed(earning.year_sales, rebate_from(scene, p), scene.lever("rebate", "rebate", who),
                                       buyer.rounding);
  }
  if (debtor.defaults) earning.owed = 0;
  scene.count("rebate_accrued", who, earning.owed - before);
  scene.count("rebates_owed", who, earning.owed);
  bills.push_back(earning.owed - before);
}

inline void pay_what_is_open(const Scene& scene, const Customer& who, const Earning& earning) {
  if (scene.run_off()) return;
  const sim::Horizon& horizon = scene.setting.study().horizon;
  for (int month = scene.month + 1; scene.setting.calendar_month(month) != 0; ++month) {
    if (scene.month == horizon.months - 1)
      scene.counts.add_beyond("rebates_of_horizon", month - horizon.months, who.tier, who.counted_in, earning.owed,
                              who.id);
    if (scene.month == horizon.months + horizon.beyond - 1)
      scene.counts.add_beyond("rebates_owed", month - horizon.months, who.tier, who.counted_in, earning.owed, who.id);
  }
}

}  // namespace clientele::tests
