// Accounting, one customer: margin, costs bill by bill, capital cost, and what is left of them; what staying is worth.
#pragma once
#include <algorithm>
#include <numeric>

#include "models/accounting.hpp"
#include "tests/reference/models/churn.hpp"
#include "tests/reference/models/logistics.hpp"
#include "tests/reference/models/payment.hpp"

namespace clientele::tests {

struct Earner {
  float gross_margin = 0;
  std::int32_t capital_cost = 0;  ///< of this month
};

inline void be_born(const Scene& scene, const Customer& who, Earner& earner) {
  const auto& p = scene.setting.parameters<models::AccountingParameters>("accounting", who.group);
  const float margin =
      scene.trait("accounting", "gross_margin", p.gross_margin, models::addresses.of("gross margin"), who);
  earner.gross_margin = std::clamp(margin, -1.F, 1.F);
}

inline void account(const Scene& scene, const Customer& who, Earner& earner, const Buyer& buyer, const Payer& payer,
                    const Bills& bills) {
  const auto& p = scene.setting.parameters<models::AccountingParameters>("accounting", who.group);
  const std::int32_t margin = models::rounded_share(buyer.list_sales, earner.gross_margin, buyer.rounding);
  earner.capital_cost = models::share_of(payer.owed, p.capital_cost / 12.F);
  const std::int32_t contribution =
      std::accumulate(bills.begin(), bills.end(), margin - buyer.discount - earner.capital_cost, std::minus{});
  scene.count("gross_margin", who, margin);
  scene.count("capital_cost", who, earner.capital_cost);
  scene.count("contribution", who, contribution);
  scene.count("present_value", who,
              models::share_of(contribution, models::discount_factor(p.discount_rate, scene.month)));
  if (who.active) scene.counts.bin("contribution", scene.month, who.group, contribution);
}

/// After exits: of who is left when the horizon ends.
inline void value_who_stays(const Scene& scene, const Customer& who, const Earner& earner, const Buyer& buyer,
                            const Place& place, const Served& served, const Leaver& leaver) {
  if (!who.active || scene.month != scene.setting.study().horizon.months - 1) return;
  const auto& p = scene.setting.parameters<models::AccountingParameters>("accounting", who.group);
  const float capital_cost = static_cast<float>(earner.capital_cost) * (1.F / scene.per_quantum());
  const float monthly =
      models::lasting_contribution(buyer.lasting_orders, buyer.order_value, earner.gross_margin, buyer.paid_value,
                                   place.order_cost + served.expedite_per_order, served.care + capital_cost);
  const float x = 1.F / (1.F + p.discount_rate) * sim::exp(-leaver.hazard);
  const float worth =
      monthly * models::months_to_come(x, p.terminal_months) * models::discount_factor(p.discount_rate, scene.month);
  constexpr float quanta_of_one = 128;
  scene.count("terminal_value", who, sim::to_quanta(worth, scene.per_quantum() / quanta_of_one));
}

}  // namespace clientele::tests
