// Accounting, one customer: margin, capital cost, and what is left of them.
#pragma once
#include <algorithm>

#include "models/accounting.hpp"
#include "tests/reference/models/payment.hpp"

namespace clientele::tests {

struct Earner {
  float gross_margin = 0;
};

inline void be_born(const Scene& scene, const Customer& who, Earner& earner) {
  const auto& p = scene.setting.parameters<models::AccountingParameters>("accounting", who.group);
  const float margin =
      scene.trait("accounting", "gross_margin", p.gross_margin, models::addresses.of("gross margin"), who);
  earner.gross_margin = std::clamp(margin, -1.F, 1.F);
}

inline void account(const Scene& scene, const Customer& who, const Earner& earner, const Buyer& buyer,
                    const Payer& payer) {
  const auto& p = scene.setting.parameters<models::AccountingParameters>("accounting", who.group);
  const std::int32_t margin = models::share_of(buyer.list_sales, earner.gross_margin);
  const std::int32_t capital = models::share_of(payer.owed, p.capital_cost / 12.F);
  const std::int32_t contribution = margin - buyer.discount - capital;
  scene.count("gross_margin", who, margin);
  scene.count("capital_cost", who, capital);
  scene.count("contribution", who, contribution);
  scene.count("present_value", who,
              models::share_of(contribution, models::discount_factor(p.discount_rate, scene.month)));
}

}  // namespace clientele::tests
