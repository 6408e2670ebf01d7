// Accounting, one customer: margin, costs bill by bill, and what is left of them.
#pragma once
#include <functional>
#include <numeric>

#include "tests/reference/models/churn.hpp"
#include "tests/reference/models/cross_selling.hpp"
#include "tests/reference/models/logistics.hpp"
#include "tests/reference/models/margin.hpp"
#include "tests/reference/models/payment.hpp"

namespace clientele::tests {

inline void account(const Scene& scene, const Customer& who, Earner& earner, const Buyer& buyer,
                    const Prospect& prospect, const Bills& bills) {
  const std::int32_t margin =
      margin_with_category(scene, who, prospect, buyer.list_sales, earner.gross_margin, buyer.rounding);
  const std::int32_t contribution = std::accumulate(bills.begin(), bills.end(), margin - buyer.discount, std::minus{});
  scene.count("gross_margin", who, margin);
  scene.count("contribution", who, contribution);
  earner.contributions.push_back(contribution);
  if (who.active) scene.counts.bin("contribution", scene.month, who.counted_in, contribution, who.id);
}

}  // namespace clientele::tests
