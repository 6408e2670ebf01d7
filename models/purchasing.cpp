// Purchasing as loops: counts by inversion for every arm, one list of orders for all of them, sales by first orders.
#include "models/purchasing.hpp"

#include <algorithm>

#include "models/addresses.hpp"
#include "models/credit_notes.hpp"
#include "models/cross_selling.hpp"
#include "models/surcharge.hpp"
#include "sim/random/poisson.hpp"

namespace clientele::models {

Purchasing::Purchasing(sim::Wiring& wiring)
    : core_(wiring.core()),
      parameters_(wiring.parameters<PurchasingParameters>()),
      order_rate_(wiring.own_trait_of_field("order rate", "orders_per_month", sim::Sight::latent)),
      order_value_(wiring.own_trait_of_field("order value", "order_value", sim::Sight::latent)),
      rate_luck_(wiring.birth_luck(addresses.of("order rate"), 4)),
      value_luck_(wiring.birth_luck(addresses.of("order value level"), 4)),
      count_luck_(wiring.month_luck(addresses.of("order count"))),
      rounding_luck_(wiring.month_luck(addresses.of("rounding"))),
      order_luck_(wiring.order_luck(addresses.of("order value"), 2)),
      demand_(wiring.driver("demand")),
      discounts_(wiring.is_used("discount", [](double discount) { return discount > 0; })),
      response_to_price_(wiring.own_trait<float>("response to price", sim::Sight::latent)),
      response_luck_(wiring.birth_luck(addresses.of("response to price"))),
      discount_share_(wiring.lever("discount")),
      log_price_(wiring.lever<float>(parameters_, "discount",
                                     [](const PurchasingParameters&, float discount) { return log_price(discount); })),
      effects_(wiring.own_factor("order rate")),
      share_of_month_(wiring.read_passing<float>("share of the month")),
      holds_(wiring.is_used("credit.hold_after_days", is_a_hold)),
      credit_(wiring.parameters_of<CreditParameters>("credit")),
      held_(wiring.read_passing<std::int32_t>("held")),
      orders_(wiring.own_orders()),
      mean_(wiring.own_common<float>("mean orders")),
      buys_(wiring.own_common<std::int32_t>("orders at all")),
      rounding_(wiring.own_common<float>("rounding")),
      listed_value_(wiring.own_listed<std::int32_t>("listed order value")),
      listed_rounding_(wiring.own_listed<float>("rounding of an order")),
      value_(wiring.own_slots<std::int32_t>("order at list price")),
      has_category_(sells_a_category(wiring)),
      has_surcharges_(charges_for_distance(wiring)),
      list_sales_(wiring.own_passing<std::int32_t>("list sales")),
      net_sales_(wiring.own_passing<std::int32_t>("net sales")),
      discount_(wiring.own_common<std::int32_t>("discount given")),
      sales_to_account_for_(wiring.collect("sales at list price")),
      costs_(wiring.collect("costs")),
      history_(wiring.own_ring<std::int32_t>("net_sales", sim::Sight::observed)),
      orders_by_month_(wiring.own_ring<std::int32_t>("orders by month", sim::Sight::observed)),
      orders_metric_(wiring.metric("orders", sim::MetricUnit::count, "orders placed")),
      buyers_metric_(wiring.metric("buyers", sim::MetricUnit::count, "customers who order in the month")),
      list_metric_(wiring.metric("list_sales", sim::MetricUnit::money, "orders at list price")),
      discount_metric_(wiring.metric("discount_given", sim::MetricUnit::money, "list sales less revenue")),
      revenue_metric_(wiring.metric("revenue", sim::MetricUnit::money, "invoiced: orders net of discount")),
      sales_histogram_(
          wiring.histogram("net_sales", sim::MetricUnit::money, "customers by what they bought in the month")),
      takes_goods_back_(takes_goods_back(wiring)),
      past_(wiring),
      orders_valued_(wiring.past("orders_valued")),
      typical_value_(wiring.past("typical_order_value")),
      sales_told_(wiring.past("sales")),
      orders_told_(wiring.past("orders")),
      counts_first_orders_(wiring.is_used(
          "first_order", [](double choice) { return static_cast<FirstOrder>(choice) == FirstOrder::counted; })) {
  if (counts_first_orders_) moment_luck_ = wiring.birth_luck(addresses.of("moment of joining"));
  if (past_.is_told()) rate_given_past_luck_ = wiring.birth_luck(addresses.of("rate given the past"));
  if (typical_value_.is_known()) value_given_past_luck_ = wiring.birth_luck(addresses.of("value given the past"));
  wiring.arrange_by(order_rate_);
  if (discounts_) {
    borrowed_ = wiring.own_state<float>("orders borrowed", sim::Sight::latent);
    usual_price_ = wiring.own_state<float>("usual price", sim::Sight::latent);
    discounted_for_ = wiring.own_state<std::int32_t>("months of a discount", sim::Sight::observed);
  }
  if (has_category_) {
    growth_ = wiring.read_passing<float>("growth of an order by the category");
    usual_sales_ = wiring.own_passing<std::int32_t>("list sales without the category");
  }
  if (has_surcharges_) {
    surcharge_ = wiring.read_passing<std::int32_t>("surcharge of an order");
    charged_ = wiring.own_passing<std::int32_t>("surcharges");
  }
  if (takes_goods_back_) returned_ = wiring.read_ring<std::int32_t>("returned by month", 1);
  if (holds_) waiting_ = wiring.own_state<float>("orders that wait", sim::Sight::latent);
}

void Purchasing::draw_traits(sim::BlockMonth& month) const {
  const PurchasingParameters& p = month.parameters(parameters_);
  month.draw(order_rate_, p.orders_per_month, rate_luck_);
  month.draw(order_value_, p.order_value, value_luck_);
  month.draw(response_to_price_, {sim::Family::lognormal, {p.elasticity, p.elasticity_spread, 0.F}}, response_luck_);
  draw_given_past(month);
  const auto rate = month.at_birth(order_rate_), value = month.at_birth(order_value_);
#pragma omp simd
  for (std::size_t i = 0; i < rate.size(); ++i) {
    rate[i] *= p.order_level;
    value[i] *= p.value_level;
  }
}

/// Customers whose orders the books tell are drawn from what these leave open; who joins later, from the laws of all.
void Purchasing::draw_given_past(sim::BlockMonth& month) const {
  const PurchasingParameters& p = month.parameters(parameters_);
  if (past_.is_known(month)) {
    const auto rate = month.at_birth(order_rate_);
    const auto words = month.variates().words(rate_given_past_luck_);
    for (std::size_t i = 0; i < rate.size(); ++i)
      rate[i] = static_cast<float>(rate_given_past(p.orders_per_month, past_.of(month, i), uniform_of_word(words[i])));
  }
  if (month.knows(typical_value_)) {
    const auto value = month.at_birth(order_value_);
    const auto words = month.variates().words(value_given_past_luck_);
    for (std::size_t i = 0; i < value.size(); ++i) {
      const ValuesSeen seen{.orders = static_cast<double>(month.past(orders_valued_, i)),
                            .typical = static_cast<double>(month.past(typical_value_, i))};
      value[i] = static_cast<float>(value_given_past(p.order_value, seen, uniform_of_word(words[i])));
    }
  }
}

/// Where the warm-up ends, months that the books tell are as they say.
void Purchasing::take_over_books(const sim::BlockMonth& month, const sim::Arm& arm) const {
  if (month.knows(sales_told_)) take_over(month, arm, history_, sales_told_, static_cast<double>(month.per_quantum()));
  if (month.knows(orders_told_)) take_over(month, arm, orders_by_month_, orders_told_, 1);
}

void Purchasing::advance(sim::BlockMonth& month) const {
  place_orders(month);
  draw_rounding(month);
  if (!month.run_off()) value_orders(month);
  for (const sim::Arm& arm : month.arms()) {
    std::ranges::fill(arm[list_sales_], 0);
    std::ranges::fill(arm[net_sales_], 0);
    if (has_category_) std::ranges::fill(arm[usual_sales_], 0);
    if (has_surcharges_) std::ranges::fill(arm[charged_], 0);
    if (!month.run_off()) sell_all(month, arm);
    record(month, arm);
    if (month.books_take_over()) take_over_books(month, arm);
  }
}

/// What rounds all small amounts of a customer in the month, in every arm.
void Purchasing::draw_rounding(sim::BlockMonth& month) const {
  const auto words = month.variates().words(rounding_luck_);
  const auto rounding = month[rounding_];
#pragma omp simd
  for (std::size_t i = 0; i < rounding.size(); ++i) rounding[i] = sim::uniform(words[i]);
}

/// Nobody orders after the horizon.
void Purchasing::place_orders(sim::BlockMonth& month) const {
  const PurchasingParameters& p = month.parameters(parameters_);
  const float season = p.season[static_cast<std::size_t>(month.calendar_month() - 1)];
  const auto rate = month[order_rate_];
  for (const sim::Arm& arm : month.arms()) {
    const auto orders = arm[orders_];
    if (month.run_off()) {
      std::ranges::fill(orders, 0);
      continue;
    }
    const auto status = arm[core_.status];
    const auto effects = arm[effects_], share_of_month = arm[share_of_month_];
    const auto mean = month[mean_];
    const float circumstances = season * arm.driver(demand_);
#pragma omp simd
    for (std::size_t i = 0; i < mean.size(); ++i) {
      const float lasting = rate[i] * effects[i];
      mean[i] = sim::when(status[i] == 1, lasting * circumstances * share_of_month[i]);
    }
    if (counts_first_orders_) wait_for_the_first(month);
    if (discounts_) price(month, arm);
    if (holds_) hold_orders(month, arm);
    sim::poisson_invert(month.variates().words(count_luck_), mean, orders);
    if (counts_first_orders_) add_first_orders(month, arm);
    const auto buys = month[buys_];
#pragma omp simd
    for (std::size_t i = 0; i < buys.size(); ++i) buys[i] = sim::when(orders[i] > 0, 1);
    arm.count({{orders_metric_, orders}, {buyers_metric_, buys}});
  }
}

/// Who joins orders at its rate from its first order on, which comes at any moment of the month.
void Purchasing::wait_for_the_first(sim::BlockMonth& month) const {
  const auto born = month[core_.born];
  const auto words = month.variates().words(moment_luck_);
  const auto mean = month[mean_];
  const std::int32_t now = month.month();
  if (now < month.first_arrivals() || month.parameters(parameters_).first_order == FirstOrder::left_out) return;
  for (std::size_t i = 0; i < mean.size(); ++i)
    if (born[i] == now) mean[i] *= sim::uniform(words[i]);
}

void Purchasing::add_first_orders(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto born = month[core_.born];
  const auto orders = arm[orders_];
  const auto status = arm[core_.status];
  const std::int32_t now = month.month();
  if (now < month.first_arrivals() || month.parameters(parameters_).first_order == FirstOrder::left_out) return;
  for (std::size_t i = 0; i < orders.size(); ++i) orders[i] += sim::when((born[i] == now) & (status[i] == 1), 1);
}

/// What a discount adds, and what former ones have borrowed.
void Purchasing::price(sim::BlockMonth& month, const sim::Arm& arm) const {
  const PurchasingParameters& p = month.parameters(parameters_);
  const auto response = month[response_to_price_];
  const auto paid = arm[log_price_];
  const auto status = arm[core_.status];
  const auto borrowed = arm[borrowed_], usual = arm[usual_price_], mean = month[mean_];
  const auto discounted_for = arm[discounted_for_];
#pragma omp simd
  for (std::size_t i = 0; i < mean.size(); ++i) {
    const float unmatched = unmatched_share(p.competitor_matches, discounted_for[i], p.matched_after);
    const float effect = price_effect(paid[i], usual[i], response[i], unmatched, p.reference_gain, p.reference_loss);
    discounted_for[i] = paid[i] < 0.F ? discounted_for[i] + 1 : 0;
    const Borrowing now = borrow(mean[i], effect, borrowed[i], p.borrowed_share, p.payback_rate);
    usual[i] = next_usual_price(usual[i], paid[i], p.reference_memory);
    borrowed[i] = now.balance;
    mean[i] = sim::when(status[i] == 1, now.orders);  // who has left places none that were put off
  }
}

void Purchasing::hold_orders(sim::BlockMonth& month, const sim::Arm& arm) const {
  const float share = month.parameters(credit_).held_orders_wait;
  const auto held = arm[held_], status = arm[core_.status];
  const auto waiting = arm[waiting_], mean = month[mean_];
#pragma omp simd
  for (std::size_t i = 0; i < mean.size(); ++i) {
    const bool is_held = held[i] != 0;
    const float usual = mean[i], before = sim::when(status[i] == 1, waiting[i]);
    waiting[i] = still_waiting(is_held, usual, before, share);
    mean[i] = sim::when(!is_held, usual + before);
  }
}

/// Every order at list price, and what rounds its discount: made once for all arms.
void Purchasing::value_orders(sim::BlockMonth& month) const {
  const PurchasingParameters& p = month.parameters(parameters_);
  const sim::Orders& orders = month.orders();
  const auto z = month.variates().normals(order_luck_);
  const auto mean_value = month[order_value_];
  const auto rounding = month[rounding_];
  const auto customers = orders.customers();
  const auto value = month[listed_value_];
  const auto rounding_of_order = month[listed_rounding_];
  const float spread = p.order_spread, shift = p.order_shift, per_quantum = month.per_quantum();
#pragma omp simd
  for (std::size_t q = 0; q < value.size(); ++q) {
    const std::int32_t i = customers[q];
    value[q] = order_quanta(mean_value[i], order_factor(z[q], spread, shift), per_quantum);
    rounding_of_order[q] = rounding[i];
  }
  orders.spread<std::int32_t>(value, month[value_]);
}

void Purchasing::sell(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  const auto share = arm[discount_share_];
  std::int32_t discounted = 0;
#pragma omp simd reduction(| : discounted)
  for (std::size_t i = 0; i < share.size(); ++i) discounted |= static_cast<std::int32_t>(share[i] != 0.F);

  if (discounted != 0) return sell_with<false, false>(month, arm, orders);
  const std::int32_t *value = month[value_].data(), *placed = arm[core_.orders].data();
  std::int32_t* list = arm[list_sales_].data();
  orders.each([=](std::ptrdiff_t place, std::ptrdiff_t i, std::int32_t slot) {
    list[i] = add_up(list[i], sim::when(slot < placed[i], value[place]));
  });
  std::ranges::copy(arm[list_sales_], arm[net_sales_].begin());
}

/// Each order with its part of a further category, and with its surcharge.
template <bool category, bool surcharges>
void Purchasing::sell_with(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  const std::int32_t *value = month[value_].data(), *placed = arm[core_.orders].data();
  const float *discount = arm[discount_share_].data(), *rounding = month[rounding_].data();
  std::int32_t *list = arm[list_sales_].data(), *net = arm[net_sales_].data(), *usual = nullptr, *charged = nullptr;
  const float* growth = nullptr;
  const std::int32_t* surcharge = nullptr;
  if constexpr (category) growth = arm[growth_].data(), usual = arm[usual_sales_].data();
  if constexpr (surcharges) surcharge = arm[surcharge_].data(), charged = arm[charged_].data();
  orders.each([=](std::ptrdiff_t place, std::ptrdiff_t i, std::int32_t slot) {
    const bool is_placed = slot < placed[i];
    std::int32_t sold = sim::when(is_placed, value[place]), extra = 0;
    if constexpr (category) {
      usual[i] = add_up(usual[i], sold);
      sold = with_category(sold, growth[i], rounding[i]);
    }
    if constexpr (surcharges) {
      extra = sim::when(is_placed, surcharge[i]);
      charged[i] = add_up(charged[i], extra);
    }
    list[i] = add_up(list[i], sold);
    net[i] = add_up(net[i], add_up(net_quanta(sold, discount[i], rounding[i]), extra));
  });
}

void Purchasing::sell_all(sim::BlockMonth& month, const sim::Arm& arm) const {
  const sim::Orders& orders = month.orders();
  if (has_category_ && has_surcharges_) return sell_with<true, true>(month, arm, orders);
  if (has_category_) return sell_with<true, false>(month, arm, orders);
  if (has_surcharges_) return sell_with<false, true>(month, arm, orders);
  sell(month, arm, orders);
}

/// Sums stop at 2^30 quanta, so how much it would be is added up anew: of whom it is the most. Surcharges count as far
/// as each is known.
void Purchasing::refuse_sales(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  const PurchasingParameters& p = month.parameters(parameters_);
  const auto z = month.variates().normals(order_luck_);
  const auto mean_value = month[order_value_];
  const auto placed = arm[core_.orders];
  std::vector<double> sales(mean_value.size());
  for (std::size_t q = 0; q < orders.listed(); ++q) {
    const auto i = static_cast<std::size_t>(orders.customers()[q]);
    if (sim::slot_of(orders.slots()[q]) < placed[i])
      sales[i] +=
          static_cast<double>(mean_value[i]) * static_cast<double>(order_factor(z[q], p.order_spread, p.order_shift));
  }
  for (double& amount : sales) amount *= static_cast<double>(month.per_quantum());
  const bool is_by_goods = std::ranges::max(sales) >= max_quanta;
  for (std::size_t i = 0; i < sales.size() && has_surcharges_; ++i)
    sales[i] += static_cast<double>(placed[i]) * static_cast<double>(arm[surcharge_][i]);
  arm.refuse(is_by_goods ? list_metric_ : revenue_metric_, std::ranges::max(sales));
}

void Purchasing::record(sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto list = arm[list_sales_], net = arm[net_sales_], discount = month[discount_];
  const auto sales = arm[sales_to_account_for_], costs = arm[costs_];
  std::int32_t full = 0;
#pragma omp simd reduction(| : full)
  for (std::size_t i = 0; i < net.size(); ++i) {
    discount[i] = list[i] - net[i];
    sales[i] += list[i];
    costs[i] += discount[i];
    full |= static_cast<std::int32_t>((list[i] >= max_quanta) | (net[i] >= max_quanta));
  }
  if (full != 0) refuse_sales(month, arm, month.orders());
  if (has_surcharges_) {
    const auto charged = arm[charged_];
#pragma omp simd
    for (std::size_t i = 0; i < discount.size(); ++i) {
      discount[i] += charged[i];
      costs[i] += charged[i];
    }
  }
  arm.book({{list_metric_, list}, {discount_metric_, discount}, {revenue_metric_, net}});
  arm.bin(sales_histogram_, net);
  if (arm.depth(history_) > 0) remember(month, arm);
  if (arm.depth(orders_by_month_) > 0) std::ranges::copy(arm[orders_], arm.at(orders_by_month_, month.month()).begin());
}

/// What came back in the month was not bought after all, whenever it was sold: books are kept by month.
void Purchasing::remember(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto net = arm[net_sales_], past = arm.at(history_, month.month());
  std::ranges::copy(net, past.begin());
  if (!takes_goods_back_) return;
  const auto returned = arm.at(returned_, month.month());
#pragma omp simd
  for (std::size_t i = 0; i < past.size(); ++i) past[i] -= returned[i];
}

}  // namespace clientele::models
