// Goods that come back, one customer: a list of what will, and what each takes back in its month.
#pragma once
#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "models/returns.hpp"
#include "tests/reference/models/credit.hpp"
#include "tests/reference/models/cross_selling.hpp"
#include "tests/reference/models/margin.hpp"

namespace clientele::tests {

/// Of some sales that come back in one month: how many orders, at which cost, and what they cost once more.
struct ComingBack {
  int month = 0, orders = 0;
  std::int32_t goods = 0, cost = 0;
};

struct Sender {
  std::vector<ComingBack> coming;
};

/// What is credited this month for orders that come back, whether open then or paid, in the same month too.
inline std::int32_t credited_now(const Scene& scene, const Payer& payer) {
  std::int32_t sum = 0;
  for (const Invoice& invoice : payer.open)
    if (invoice.comes_back == scene.month)
      sum += invoice.settles > scene.month ? invoice.amount : invoice.amount - invoice.credited;
  for (const Invoice& invoice : payer.paid)
    if (invoice.comes_back == scene.month) sum += invoice.amount - invoice.credited;
  return sum;
}

/// Orders of the month that come back, by the month in which they do, with the cost of their goods: that of the first
/// alone, then that of all.
inline void send_back(const Scene& scene, const Customer& who, Sender& sender, const Buyer& buyer,
                      const Prospect& prospect, const Earner& earner) {
  if (scene.run_off()) return;
  const auto& p = scene.setting.parameters<models::ReturnsParameters>("returns", who.group);
  const auto& category = scene.setting.parameters<models::CrossSellingParameters>("cross_selling", who.group);
  std::int32_t list = 0, usual = 0, goods_before = 0;
  for (const int months : {1, 2}) {
    int number = 0;
    for (const Order& order : buyer.orders) {
      if (order.comes_back_after != months) continue;
      ++number;
      list += order.list;
      usual += order.usual;
    }
    if (number == 0) continue;
    const std::int32_t of_category =
        prospect.holds && who.active ? models::rounded_share(usual, category.size, buyer.rounding) : 0;
    const std::int32_t goods = list - models::rounded_share(list - of_category, earner.gross_margin, buyer.rounding) -
                               models::rounded_share(of_category, category.margin, buyer.rounding);
    const std::int32_t own = goods - goods_before;
    goods_before = goods;
    const std::int32_t work =
        models::rounded(static_cast<float>(number) * p.handling, scene.per_quantum(), buyer.rounding);
    sender.coming.push_back(
        {scene.month + months, number, own, work + models::rounded_share(own, 1.F - p.resold_share, buyer.rounding)});
  }
}

/// After payment, which says what is credited: what comes back this month.
inline void take_back(const Scene& scene, const Customer& who, Sender& sender, std::int32_t credited,
                      const Debtor& debtor, Bills& bills) {
  for (const ComingBack& back : sender.coming) {
    if (back.month != scene.month) continue;
    scene.count("orders_returned", who, back.orders);
    scene.count("goods_returned", who, back.goods);
    scene.count("returns_cost", who, back.cost);
    bills.push_back(back.cost - back.goods);
  }
  bills.push_back(credited);
  std::erase_if(sender.coming, [&](const ComingBack& back) { return back.month == scene.month; });
  if (debtor.defaults) sender.coming.clear();
}

/// By what is expected of them: who has not defaulted by the end of next month sends back in the month after it.
inline void expect_returns(const Scene& scene, const Customer& who, const Sender& sender, const Payer& payer,
                           const Debtor& debtor, float rounding) {
  if (scene.run_off()) return;
  const sim::Horizon& horizon = scene.setting.study().horizon;
  const auto book = [&](std::string_view metric) {
    for (const int ahead : {1, 2}) {
      std::int32_t lost = 0;
      for (const ComingBack& back : sender.coming)
        if (back.month == scene.month + ahead) lost += back.cost - back.goods;
      for (const Invoice& invoice : payer.open)
        if (invoice.comes_back == scene.month + ahead)
          lost += invoice.settles > invoice.comes_back ? invoice.amount : invoice.amount - invoice.credited;
      for (const Invoice& invoice : payer.paid)
        if (invoice.comes_back == scene.month + ahead) lost += invoice.amount - invoice.credited;
      if (ahead == 2) lost -= models::rounded_share(lost, sim::one_minus_exp(debtor.hazard_now), rounding);
      scene.counts.add_beyond(metric, scene.month + ahead - horizon.months, who.tier, who.counted_in, lost, who.id);
    }
  };
  if (scene.month == horizon.months - 1) book("returns_of_horizon");
  if (scene.month == horizon.months + horizon.beyond - 1) book("returns_at_end");
}

}  // namespace clientele::tests
