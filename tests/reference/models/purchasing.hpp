// Purchasing, one customer: orders counted, each valued and rounded, sales remembered month by month.
#pragma once
#include <vector>

#include "models/addresses.hpp"
#include "models/purchasing.hpp"
#include "models/returns.hpp"
#include "sim/random/poisson.hpp"
#include "tests/reference/models/told_past.hpp"

namespace clientele::tests {

struct Order {
  std::int32_t list = 0, paid = 0;  ///< quanta
  FourWords luck{}, care{};
  std::int32_t usual = 0;    ///< list value without a further category
  int comes_back_after = 0;  ///< months; 0 never
};

struct Buyer {
  float order_rate = 0, order_value = 0;
  float response = 0;                         ///< to price: the customer's own elasticity
  int discounted_for = 0;                     ///< months up to now
  float borrowed = 0, usual_price = 0;        ///< mean orders; log of a price over the list's
  std::vector<std::int32_t> net_sales;        ///< by month since birth [quanta]
  std::vector<std::int32_t> orders_by_month;  ///< likewise
  std::int64_t told_before_warmup = 0;        ///< sales that books tell of the last year [quanta]
  float effects = 1;                          ///< on the order rate, of this month, as are the rest
  std::vector<Order> orders;
  std::int32_t list_sales = 0, sales = 0, discount = 0;
  float hazard_of_surcharge = 0;                 ///< added to the log-hazard of leaving
  float usual_surcharge = 0;                     ///< log of a price over the one without it
  float growth_of_order = 0;                     ///< by a further category
  std::int32_t surcharge_of_order = 0;           ///< quanta
  std::int32_t usual_sales = 0, surcharges = 0;  ///< list sales without a further category; of the month
  bool held = false;                             ///< this month
  float waiting = 0;                             ///< mean orders that wait for the end of a hold
  float rounding = 0;  ///< what rounds a share of an amount, or a price times a number, in this month
};

inline void be_born(const Scene& scene, const Customer& who, Buyer& buyer) {
  const auto& p = scene.setting.parameters<models::PurchasingParameters>("purchasing", who.group);
  const float rate =
      scene.trait("purchasing", "orders_per_month", p.orders_per_month, models::addresses.of("order rate"), who);
  const float value =
      scene.trait("purchasing", "order_value", p.order_value, models::addresses.of("order value level"), who);
  buyer.order_rate = rate_as_told(scene, who, p.orders_per_month).value_or(rate) * p.order_level;
  buyer.order_value = value_as_told(scene, who, p.order_value).value_or(value) * p.value_level;
  buyer.response = scene.luck.trait({sim::Family::lognormal, {p.elasticity, p.elasticity_spread, 0.F}},
                                    models::addresses.of("response to price"), who.id);
}

/// Without what everybody's rate has in common.
inline float rate_against_others(const Scene& scene, const Customer& who, const Buyer& buyer) {
  const auto& p = scene.setting.parameters<models::PurchasingParameters>("purchasing", who.group);
  return p.order_level > 0 ? buyer.order_rate / p.order_level : buyer.order_rate;
}

/// Nobody orders after the horizon.
inline void place_orders(const Scene& scene, const Customer& who, Buyer& buyer, float share_of_month) {
  const auto& p = scene.setting.parameters<models::PurchasingParameters>("purchasing", who.group);
  buyer.orders.clear();
  buyer.list_sales = buyer.sales = buyer.discount = buyer.usual_sales = buyer.surcharges = 0;
  buyer.rounding = sim::uniform(scene.luck.of_month(models::addresses.of("rounding"), who.id, scene.month));
  if (!who.active || scene.run_off()) return;
  const float given = scene.lever("purchasing", "discount", who);
  const float season = p.season[static_cast<std::size_t>(scene.setting.calendar_month(scene.month))];
  float usual = buyer.order_rate * buyer.effects * (season * scene.driver("demand", who)) * share_of_month;
  const bool first_order =
      p.first_order == models::FirstOrder::counted && who.born == scene.month && scene.month >= scene.first_arrivals();
  if (first_order) usual *= sim::uniform(scene.luck.of_birth(models::addresses.of("moment of joining"), who.id));
  const float paid = models::log_price(given);
  const float unmatched = models::unmatched_share(p.competitor_matches, buyer.discounted_for, p.matched_after);
  buyer.discounted_for = paid < 0.F ? buyer.discounted_for + 1 : 0;
  const float effect =
      models::price_effect(paid, buyer.usual_price, buyer.response, unmatched, p.reference_gain, p.reference_loss);
  const models::Borrowing now = models::borrow(usual, effect, buyer.borrowed, p.borrowed_share, p.payback_rate);
  buyer.usual_price = models::next_usual_price(buyer.usual_price, paid, p.reference_memory);
  buyer.borrowed = now.balance;
  const float mean = now.orders;
  const float placed = buyer.held ? 0.F : mean + buyer.waiting;
  const auto& credit = scene.setting.parameters<models::CreditParameters>("credit", who.group);
  buyer.waiting = models::still_waiting(buyer.held, mean, buyer.waiting, credit.held_orders_wait);
  const int number =
      sim::poisson(scene.luck.of_month(models::addresses.of("order count"), who.id, scene.month), placed) +
      (first_order ? 1 : 0);
  for (int slot = 0; slot < number; ++slot) {
    Order order;
    const auto words = [&](sim::WordAddress at) {
      return scene.luck.of_order(at, who.id, scene.month, static_cast<std::uint32_t>(slot));
    };
    order.luck = words(models::addresses.of("order value"));
    order.care = words(models::addresses.of("late delivery"));
    const float factor =
        models::order_factor(sim::normal_pair(order.luck[0], order.luck[1]).first, p.order_spread, p.order_shift);
    order.list = models::order_quanta(buyer.order_value, factor, scene.per_quantum());
    const std::int32_t goods = order.list;
    order.list += models::rounded_share(goods, buyer.growth_of_order, buyer.rounding);
    order.paid = models::net_quanta(order.list, given, buyer.rounding) + buyer.surcharge_of_order;
    order.usual = goods;
    const auto& back = scene.setting.parameters<models::ReturnsParameters>("returns", who.group);
    constexpr auto at = models::addresses.of("return");
    const float luck_of_return = sim::uniform(words(at)[at.word]);
    if (luck_of_return < back.chance) order.comes_back_after = luck_of_return < back.chance * back.next_month ? 1 : 2;
    buyer.usual_sales += goods;
    buyer.surcharges += buyer.surcharge_of_order;
    buyer.list_sales = models::add_up(buyer.list_sales, order.list);
    buyer.sales = models::add_up(buyer.sales, order.paid);
    buyer.orders.push_back(order);
  }
  buyer.discount = buyer.list_sales + buyer.surcharges - buyer.sales;
  scene.count("orders", who, number);
  scene.count("buyers", who, number > 0 ? 1 : 0);
  scene.count("list_sales", who, buyer.list_sales);
  scene.count("discount_given", who, buyer.discount);
  scene.count("revenue", who, buyer.sales);
}

/// Less what comes back this month, whenever it was sold.
inline void remember_sales(const Scene& scene, const Customer& who, Buyer& buyer, std::int32_t returned) {
  if (who.active) scene.counts.bin("net_sales", scene.month, who.counted_in, buyer.sales, who.id);
  buyer.net_sales.push_back(buyer.sales - returned);
  buyer.orders_by_month.push_back(static_cast<std::int32_t>(buyer.orders.size()));
}

/// Months that are told, the last one first, in place of those that were lived, as far back as these go.
inline void put_months(const std::vector<double>& told, double scale, std::vector<std::int32_t>& lived) {
  for (std::size_t k = 0; k < std::min(told.size(), lived.size()); ++k)
    lived[lived.size() - 1 - k] = static_cast<std::int32_t>(std::nearbyint(told[k] * scale));
}

inline void take_sales_from_books(const Scene& scene, const Customer& who, Buyer& buyer) {
  std::vector<double> sales = told_under(scene, who, "sales");
  put_months(sales, static_cast<double>(scene.per_quantum()), buyer.net_sales);
  sales.resize(std::min<std::size_t>(sales.size(), 12));
  for (std::size_t k = buyer.net_sales.size(); k < sales.size(); ++k)
    buyer.told_before_warmup += std::llrint(sales[k] * static_cast<double>(scene.per_quantum()));
  put_months(told_under(scene, who, "orders"), 1, buyer.orders_by_month);
}

}  // namespace clientele::tests
