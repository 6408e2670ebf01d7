// Returns as loops: one list of what comes back for all arms, what it has cost by customer, and a ring of months.
#include "models/returns.hpp"

#include <algorithm>
#include <string>

#include "models/addresses.hpp"
#include "models/rounding.hpp"
#include "models/switches_on.hpp"

namespace clientele::models {

namespace {

void put_to(std::span<std::int32_t> month, std::span<const std::int32_t> amounts) {
#pragma omp simd
  for (std::size_t i = 0; i < month.size(); ++i) month[i] = add_up(month[i], amounts[i]);
}

}  // namespace

Returns::Returns(sim::Wiring& wiring) : Returns(wiring, wiring.step("returns at sale"), wiring.step("returns")) {}

Returns::Returns(sim::Wiring& wiring, sim::StageWiring mark, sim::StageWiring take_back)
    : core_(wiring.core()),
      parameters_(wiring.parameters<ReturnsParameters>()),
      cross_selling_(wiring.parameters_of<CrossSellingParameters>("cross_selling")),
      is_used_(takes_goods_back(wiring)),
      can_default_(wiring.is_used("credit.default_chance", is_positive)),
      has_category_(sells_a_category(wiring)),
      orders_metric_(wiring.metric("orders_returned", sim::MetricUnit::count, "orders that come back in the month")),
      goods_metric_(wiring.metric("goods_returned", sim::MetricUnit::money,
                                  "goods of these at cost: list value less the margin booked with the sale")),
      cost_metric_(wiring.metric("returns_cost", sim::MetricUnit::money,
                                 "work on orders that come back, and goods of theirs that cannot be sold again")),
      of_horizon_metric_(wiring.metric("returns_of_horizon", sim::MetricUnit::money,
                                       "expected to be lost in the month by what comes back of the horizon's sales", 1,
                                       sim::MonthsOf::beyond)),
      at_end_metric_(wiring.metric("returns_at_end", sim::MetricUnit::money,
                                   "expected to be lost in the month by what comes back of what was sold before the "
                                   "last closed month ended",
                                   1, sim::MonthsOf::beyond)) {
  open_told_ = wiring.past("open_not_due");
  if (is_used_) {
    wire(wiring, mark, take_back);
    return;
  }
  for (const sim::Metric unused : {orders_metric_, goods_metric_, cost_metric_, of_horizon_metric_, at_end_metric_})
    wiring.counts_nothing(unused);
}

void Returns::wire(sim::Wiring& wiring, sim::StageWiring& mark, sim::StageWiring& take_back) {
  luck_ = wiring.order_luck(addresses.of("return"));
  listed_after_ = mark.own_listed<std::int32_t>("listed months until it comes back");
  after_ = mark.own_slots<std::int32_t>("comes back after");
  known_after_ = take_back.read_slots<std::int32_t>("comes back after");
  value_ = take_back.read_slots<std::int32_t>("order at list price");
  gross_margin_ = wiring.read_trait<float>("gross margin");
  rounding_ = take_back.read_common<float>("rounding");
  constexpr std::array parts{" that comes back next month", " that comes back"};
  for (std::size_t k = 0; k < sums_.size(); ++k) {
    const auto own = [&](const char* what) { return take_back.own_common<std::int32_t>(std::string(what) + parts[k]); };
    sums_[k] = {own("number of orders"), own("list value"), own("list value of usual goods")};
  }
  if (has_category_) {
    growth_ = take_back.read_passing<float>("growth of an order by the category");
    holders_ = take_back.read_passing<std::int32_t>("holders");
  }
  if (can_default_) defaults_ = take_back.read_passing<std::int32_t>("defaults");
  coming_back_ = read_coming_back(take_back);
  const auto by_month = [&](const char* name) { return wiring.own_ring_ahead<std::int32_t>(name, sim::Sight::latent); };
  returned_ = by_month("returned by month");
  refunded_ = by_month("refunded by month");
  goods_ = by_month("goods that come back by month");
  cost_ = by_month("cost of returns by month");
  orders_ = by_month("orders that come back by month");
  still_to_come_ = wiring.own_state<std::int32_t>("orders still to come back", sim::Sight::latent);
  costs_ = take_back.collect("costs");
  sim::StageWiring at_end = wiring.step("what returns stay open");
  rounding_at_end_ = at_end.read_common<float>("rounding");
  expected_ = at_end.own_common<std::int32_t>("expected loss by returns");
  if (can_default_) chance_of_default_ = at_end.read_passing<float>("chance of default of the month");
  wiring.keep_while(still_to_come_);
}

int Returns::months_ahead(const sim::Outlook&) const { return static_cast<int>(months_to_come_back); }

/// In every arm alike: none moves it.
void Returns::mark(sim::BlockMonth& month) const {
  if (!is_used_ || month.run_off()) return;
  const ReturnsParameters& p = month.parameters(parameters_);
  const sim::Orders& orders = month.orders();
  const auto words = month.variates().words(luck_);
  const auto after = month[listed_after_];
  const float chance = p.chance, next_month = p.next_month;
#pragma omp simd
  for (std::size_t q = 0; q < after.size(); ++q)
    after[q] = comes_back_after(sim::uniform(words[q]), chance, next_month);
  orders.spread<std::int32_t>(after, month[after_]);
}

void Returns::take_back(sim::BlockMonth& month) const {
  if (!is_used_) return;
  for (const sim::Arm& arm : month.arms()) {
    account(month, arm);
    if (!month.run_off()) put_down(month, arm);
    if (can_default_) forget_defaulters(month, arm);
    if (month.books_take_over() && open_told_.is_known()) pay_back_all(month, arm);
  }
}

/// What comes back in this month. Its column is free for a later month after that.
void Returns::account(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const int now = month.month();
  const auto returned = arm.at(returned_, now), refunded = arm.at(refunded_, now), goods = arm.at(goods_, now);
  const auto cost = arm.at(cost_, now), orders = arm.at(orders_, now);
  const auto still_to_come = arm[still_to_come_], costs = arm[costs_];
  arm.count_all(orders_metric_, orders);
  arm.book_all({{goods_metric_, goods}, {cost_metric_, cost}});
#pragma omp simd
  for (std::size_t i = 0; i < costs.size(); ++i) {
    costs[i] += returned[i] - goods[i] + cost[i];
    still_to_come[i] -= orders[i];
    returned[i] = refunded[i] = goods[i] = cost[i] = orders[i] = 0;
  }
}

/// List value of the orders that come back, those of the next month apart.
template <bool category>
void Returns::add_up_sales_with(sim::BlockMonth& month, const sim::Arm& arm) const {
  const std::int32_t *after = month[known_after_].data(), *value = month[value_].data(),
                     *placed = arm[core_.orders].data();
  const float *rounding = month[rounding_].data(), *growth = nullptr;
  if constexpr (category) growth = arm[growth_].data();
  std::array<std::int32_t*, months_to_come_back> number{}, list{}, usual{};
  for (std::size_t k = 0; k < sums_.size(); ++k) {
    for (const sim::Common<std::int32_t> sum : {sums_[k].orders, sums_[k].list, sums_[k].usual})
      std::ranges::fill(month[sum], 0);
    number[k] = month[sums_[k].orders].data();
    list[k] = month[sums_[k].list].data();
    usual[k] = month[sums_[k].usual].data();
  }
  std::int32_t *first_number = number[0], *first_list = list[0], *first_usual = usual[0];
  std::int32_t *all_number = number[1], *all_list = list[1], *all_usual = usual[1];
  month.orders().each([=](std::ptrdiff_t place, std::ptrdiff_t i, std::int32_t slot) {
    const bool is_placed = slot < placed[i];
    const bool comes_back = is_placed & (after[place] != 0), comes_next = is_placed & (after[place] == 1);
    const std::int32_t goods = sim::when(comes_back, value[place]);
    std::int32_t sold = goods;
    if constexpr (category) sold = with_category(goods, growth[i], rounding[i]);
    first_number[i] += static_cast<std::int32_t>(comes_next);
    all_number[i] += static_cast<std::int32_t>(comes_back);
    first_usual[i] = add_up(first_usual[i], sim::when(comes_next, goods));
    all_usual[i] = add_up(all_usual[i], goods);
    first_list[i] = add_up(first_list[i], sim::when(comes_next, sold));
    all_list[i] = add_up(all_list[i], sold);
  });
}

void Returns::add_up_sales(sim::BlockMonth& month, const sim::Arm& arm) const {
  if (has_category_)
    add_up_sales_with<true>(month, arm);
  else
    add_up_sales_with<false>(month, arm);
}

/// What of the month's sales will come back stands in the months in which it does.
void Returns::put_down(sim::BlockMonth& month, const sim::Arm& arm) const {
  add_up_sales(month, arm);
  const ReturnsParameters& p = month.parameters(parameters_);
  const CrossSellingParameters& c = month.parameters(cross_selling_);
  const float per_quantum = month.per_quantum();
  const auto gross = month[gross_margin_];
  const auto rounding = month[rounding_];
  const auto still_to_come = arm[still_to_come_];
  const auto first = month[sums_[0].orders], all = month[sums_[1].orders];
  const auto first_list = month[sums_[0].list], all_list = month[sums_[1].list];
  const auto first_usual = month[sums_[0].usual], all_usual = month[sums_[1].usual];
  const std::int32_t* holds = has_category_ ? arm[holders_].data() : nullptr;
  std::array<std::span<std::int32_t>, months_to_come_back> goods, cost, orders;
  for (std::size_t k = 0; k < months_to_come_back; ++k) {
    const int then = month.month() + static_cast<int>(k) + 1;
    goods[k] = arm.at(goods_, then);
    cost[k] = arm.at(cost_, then);
    orders[k] = arm.at(orders_, then);
    put_to(arm.at(returned_, then), arm[coming_back_.returned[k]]);
    put_to(arm.at(refunded_, then), arm[coming_back_.refunded[k]]);
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i] == 0) continue;
    const float category = holds != nullptr && holds[i] != 0 ? c.size : 0.F, u = rounding[i];
    const std::int32_t goods_first = cost_of_goods({first_list[i], first_usual[i]}, gross[i], category, c.margin, u);
    const std::int32_t goods_of_all = cost_of_goods({all_list[i], all_usual[i]}, gross[i], category, c.margin, u);
    const std::array<std::int32_t, months_to_come_back> number{first[i], all[i] - first[i]},
        own{goods_first, goods_of_all - goods_first};
    for (std::size_t k = 0; k < months_to_come_back; ++k) {
      orders[k][i] += number[k];
      goods[k][i] += own[k];
      cost[k][i] += cost_of_returns(number[k], own[k], p.handling, p.resold_share, per_quantum, u);
    }
    still_to_come[i] += all[i];
  }
}

/// The books say what is owed, and not for which orders: what comes back of these is paid back, so that what is owed is
/// what the books say.
void Returns::pay_back_all(const sim::BlockMonth& month, const sim::Arm& arm) const {
  for (int ahead = 1; ahead < arm.depth(returned_); ++ahead)
    std::ranges::copy(arm.at(returned_, month.month() + ahead), arm.at(refunded_, month.month() + ahead).begin());
}

void Returns::forget_defaulters(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto defaults = arm[defaults_];
  const auto still_to_come = arm[still_to_come_];
  for (std::size_t i = 0; i < defaults.size(); ++i) {
    if (defaults[i] == 0 || still_to_come[i] == 0) continue;
    still_to_come[i] = 0;
    for (int ahead = 1; ahead < arm.depth(orders_); ++ahead)
      for (const auto& ring : {returned_, refunded_, goods_, cost_, orders_})
        arm.at(ring, month.month() + ahead)[i] = 0;
  }
}

void Returns::expect_what_is_open(sim::BlockMonth& month) const {
  if (!is_used_) return;
  for (const sim::Arm& arm : month.arms()) {
    if (month.last_of_horizon()) expect(month, arm, of_horizon_metric_);
    if (month.last_of_all()) expect(month, arm, at_end_metric_);
  }
}

/// Who defaults in the next month has sent back by then what comes back in it.
void Returns::expect(const sim::BlockMonth& month, const sim::Arm& arm, sim::Metric metric) const {
  const auto rounding = month[rounding_at_end_];
  const auto expected = month[expected_];
  for (int ahead = 1; ahead < arm.depth(orders_); ++ahead) {
    const int then = month.month() + ahead;
    const auto returned = arm.at(returned_, then), goods = arm.at(goods_, then), cost = arm.at(cost_, then);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      expected[i] = returned[i] - goods[i] + cost[i];
      if (can_default_ && ahead > 1) expected[i] -= rounded_share(expected[i], arm[chance_of_default_][i], rounding[i]);
    }
    arm.book_ahead(metric, ahead, expected);
  }
}

}  // namespace clientele::models
