// A further category, one customer: offered, taken, dropped, and sold with usual goods.
#pragma once
#include "models/addresses.hpp"
#include "models/cross_selling.hpp"
#include "tests/reference/models/logistics.hpp"

namespace clientele::tests {

struct Prospect {
  bool could_use = false, holds = false, offered = false;
  std::int32_t sales = 0;  ///< of the category, this month [quanta]
};

inline void be_born(const Scene& scene, const Customer& who, Prospect& prospect) {
  const auto& p = scene.setting.parameters<models::CrossSellingParameters>("cross_selling", who.group);
  const auto u = [&](sim::WordAddress word) { return sim::uniform(scene.luck.of_birth(word, who.id)); };
  prospect.could_use = u(models::addresses.of("use of the category")) < p.useful_to;
  prospect.holds = prospect.could_use && u(models::addresses.of("first holding")) < p.held_share;
}

/// Who has left unseen is offered it too.
inline void move_holder(const Scene& scene, const Customer& who, Prospect& prospect) {
  const auto& p = scene.setting.parameters<models::CrossSellingParameters>("cross_selling", who.group);
  const auto u = [&](sim::WordAddress word) { return sim::uniform(scene.luck.of_month(word, who.id, scene.month)); };
  prospect.offered =
      who.on_books && !prospect.holds && u(models::addresses.of("offer")) < scene.lever("cross_selling", "offers", who);
  if (prospect.offered) scene.count("offers", who, 1);
  if (!who.active) return;
  const float luck = u(models::addresses.of("holding"));
  const float chance = prospect.offered ? 1.F - (1.F - p.unasked) * (1.F - p.uptake) : p.unasked;
  prospect.holds = prospect.holds ? luck < 1.F - p.dropped : prospect.could_use && luck < chance;
}

inline void offer_category(const Scene& scene, const Customer& who, Prospect& prospect, Buyer& buyer) {
  prospect.offered = false;
  if (!scene.run_off()) move_holder(scene, who, prospect);
  const auto& p = scene.setting.parameters<models::CrossSellingParameters>("cross_selling", who.group);
  const bool buys = who.active && prospect.holds;
  buyer.growth_of_order = buys ? p.size * (1.F - p.taken_share) : 0.F;
  if (buys) scene.count("category_holders", who, 1);
}

inline void sell_category(const Scene& scene, const Customer& who, Prospect& prospect, const Buyer& buyer,
                          Bills& bills) {
  const auto& p = scene.setting.parameters<models::CrossSellingParameters>("cross_selling", who.group);
  prospect.sales = who.active && prospect.holds ? models::rounded_share(buyer.usual_sales, p.size, buyer.rounding) : 0;
  scene.count("category_sales", who, prospect.sales);
  const std::int32_t cost = prospect.offered ? models::rounded(p.offer_cost, scene.per_quantum(), buyer.rounding) : 0;
  bills.push_back(cost);
  scene.count("offer_cost", who, cost);
}

/// Gross margin of a month: of usual goods at the customer's own, of the category at the category's.
inline std::int32_t margin_with_category(const Scene& scene, const Customer& who, const Prospect& prospect,
                                         std::int32_t list_sales, float gross_margin, float rounding) {
  const auto& p = scene.setting.parameters<models::CrossSellingParameters>("cross_selling", who.group);
  return models::rounded_share(list_sales - prospect.sales, gross_margin, rounding) +
         models::rounded_share(prospect.sales, p.margin, rounding);
}

}  // namespace clientele::tests
