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

/// As the books have it, or what they sold at the customer's own margin.
inline void take_margin_from_books(const Scene& scene, const Customer& who, Earner& earner) {
  std::vector<double> told = told_under(scene, who, "sales");
  for (double& sales : told) sales *= static_cast<double>(earner.gross_margin);
  const std::vector<double> margin = told_under(scene, who, "margin");
  told.resize(std::max(told.size(), margin.size()));
  std::ranges::copy(margin, told.begin());
  put_months(told, static_cast<double>(scene.per_quantum()), earner.contributions);
}

}  // namespace clientele::tests
