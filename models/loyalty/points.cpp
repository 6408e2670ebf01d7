// Points as loops: orders earn, what is redeemed is spent from what ends first, and what ends is gone.
#include "models/loyalty/points.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "models/addresses.hpp"
#include "models/cross_selling.hpp"

namespace clientele::models {

namespace {

/// The most months that a policy leaves of points that a tier grants without an end; 0 where there are none.
std::int32_t longest_by_policy(const sim::Wiring& wiring) {
  if (!wiring.is_used("points_valid", [](double months) { return months >= endless_from; })) return 0;
  std::int32_t longest = 0;
  wiring.is_used("valid_at_most", [&](double months) {
    longest = std::max(longest, finite_validity(static_cast<std::int32_t>(months)));
    return false;
  });
  return longest;
}

}  // namespace

Points::Points(sim::Wiring& wiring) : Points(wiring, wiring.step("points"), wiring.step("what points stay open")) {}

Points::Points(sim::Wiring& wiring, sim::StageWiring here, sim::StageWiring at_end)
    : core_(wiring.core()),
      parameters_(wiring.parameters<PointsParameters>()),
      churn_(wiring.parameters_of<ChurnParameters>("churn")),
      redemption_(wiring.parameters_of<RedemptionParameters>("redemption")),
      is_used_(has_points(wiring)),
      has_members_(wiring.is_used("membership.join", asks_to_join)),
      has_category_(sells_a_category(wiring)),
      shows_cards_(wiring.is_used("recorded_share", [](double share) { return share < 1; })),
      burns_(wiring.is_used("redemption.burn", is_positive)),
      longest_by_policy_(longest_by_policy(wiring)),
      earn_(wiring.lever("earn")),
      join_(wiring.lever("membership.join")),
      valid_(wiring.lever<float>(parameters_, "points_valid",
                                 [](const PointsParameters&, float months) {
                                   return static_cast<float>(finite_validity(static_cast<std::int32_t>(months)));
                                 })),
      discount_(wiring.lever("purchasing.discount")),
      entry_bonus_(wiring.setting("entry_bonus")),
      promotion_(wiring.setting("promotion")),
      inactivity_(wiring.setting("inactivity")),
      valid_at_most_(wiring.setting("valid_at_most")),
      value_(wiring.setting("value")),
      reward_cost_(wiring.setting("reward_cost")),
      metrics_(wiring),
      returned_(wiring),
      by_age_(wiring, is_used_),
      opening_(wiring) {
  const sim::LedgerInfo ledger{
      .balance = "points",
      .adds = {"points_earned", "points_given_back"},
      .takes = {"points_set_off", "points_redeemed", "points_reversed", "points_expired", "points_forfeited"},
      .goes = {}};
  if (!is_used_) {
    metrics_.count_nothing(wiring);
    wiring.unused_ledger(ledger);
    returned_.wire_nothing(wiring);
    return;
  }
  wire(wiring, here, at_end);
  if (!by_age_.is_used())
    for (const sim::Metric unused : {metrics_.at_value, metrics_.at_cost, metrics_.deferred})
      wiring.counts_nothing(unused);
  wiring.keep_while(balance_);
  wiring.ledger(ledger, balance_);
  returned_.is_used() ? returned_.wire(wiring, here, lots_) : returned_.wire_nothing(wiring);
  opening_.wire(wiring, lots_, balance_);
}

/// Columns of those who earn points.
void Points::wire(sim::Wiring& wiring, sim::StageWiring& here, sim::StageWiring& at_end) {
  net_sales_ = here.read_passing<std::int32_t>("net sales");
  rounding_ = here.read_common<float>("rounding");
  order_value_ = here.read_slots<std::int32_t>("order at list price");
  thousandths_ = here.own_passing<std::int32_t>("thousandths of a point");
  earned_ = here.own_passing<std::int32_t>("points earned");
  by_reward_ = here.own_passing<std::int32_t>("what the reward pays");
  months_valid_ = here.own_passing<std::int32_t>("months that points are valid");
  gives_up_ = here.own_passing<std::int32_t>("forfeits all points");
  redeemed_ = here.own_passing<std::int32_t>("points redeemed");
  expired_ = here.own_passing<std::int32_t>("points expired");
  forfeited_ = here.own_passing<std::int32_t>("points forfeited");
  sales_of_members_ = here.own_common<std::int32_t>("sales of members");
  reward_value_ = here.own_common<std::int32_t>("value of rewards");
  cost_ = here.own_common<std::int32_t>("cost of rewards");
  sold_ = here.own_common<std::int32_t>("points that partners pay for");
  liability_ = here.own_common<std::int32_t>("expected cost of open points");
  given_ = here.own_common<std::int32_t>("points for rewards that are kept");
  costs_ = here.collect("costs");
  rounding_at_end_ = at_end.read_common<float>("rounding");
  open_cost_ = at_end.own_common<std::int32_t>("cost of points at the end");
  if (shows_cards_) {
    card_luck_ = wiring.order_luck(addresses.of("card shown"));
    listed_shown_ = here.own_listed<std::int32_t>("card is shown");
    shown_ = here.own_slots<std::int32_t>("card shown");
  }
  wanted_ = here.read_passing<std::int32_t>("points to redeem");
  if (has_members_) {
    joins_ = here.read_passing<std::int32_t>("joins the program");
    since_ = wiring.read_state<std::int32_t>("member since");
  }
  if (by_age_.is_used()) {
    at_value_ = here.own_common<std::int32_t>("points held at their value");
    at_cost_ = here.own_common<std::int32_t>("points held at the cost of rewards");
    deferred_ = here.own_common<std::int32_t>("sales deferred for points");
  }
  if (has_category_) growth_ = here.read_passing<float>("growth of an order by the category");
  lots_ = {wiring.own_ring_ahead<std::int32_t>("points by month of end", sim::Sight::observed),
           wiring.own_state<std::int32_t>("points without an end", sim::Sight::observed),
           wiring.own_state<std::int32_t>("points owed back", sim::Sight::observed)};
  balance_ = wiring.own_state<std::int32_t>("points", sim::Sight::observed);
  idle_months_ = wiring.own_state<std::int32_t>("months of idle points", sim::Sight::observed);
  if (burns_) ends_soon_ = wiring.own_state<std::int32_t>("points that end soon", sim::Sight::observed);
}

Points::Metrics::Metrics(sim::Wiring& wiring)
    : balance(wiring.metric("points", sim::MetricUnit::count, "points held at the end of the month")),
      earned(wiring.metric("points_earned", sim::MetricUnit::count, "points earned by orders, joining and partners")),
      redeemed(wiring.metric("points_redeemed", sim::MetricUnit::count, "points redeemed for rewards")),
      expired(wiring.metric("points_expired", sim::MetricUnit::count, "points that ended unspent")),
      forfeited(wiring.metric("points_forfeited", sim::MetricUnit::count,
                              "points of customers who left, or did not buy for too long")),
      sales(wiring.metric_beyond_too("member_sales", sim::MetricUnit::money, "revenue from members of the program")),
      reward_value(wiring.metric("reward_value", sim::MetricUnit::money, "rewards, at what they are worth to members")),
      reward_cost(wiring.metric("reward_cost", sim::MetricUnit::money, "rewards, at what they cost the firm")),
      sold(wiring.metric("points_sold", sim::MetricUnit::money, "what partners pay for points that they give")),
      liability(wiring.metric("points_liability", sim::MetricUnit::money,
                              "what rewards for the points held are expected to cost, by points.open_redeemed")),
      of_horizon(wiring.metric("points_of_horizon", sim::MetricUnit::money,
                               "the same of the points that the horizon leaves open", 1, sim::MonthsOf::beyond)),
      at_end(wiring.metric("points_at_end", sim::MetricUnit::money,
                           "the same of the points that the last closed month leaves open", 1, sim::MonthsOf::beyond)),
      at_value(wiring.metric("points_at_value", sim::MetricUnit::money,
                             "points held, at what they are worth to members, where a study counts them by age")),
      at_cost(wiring.metric("points_at_cost", sim::MetricUnit::money,
                            "the same, at what rewards for all of them would cost the firm")),
      deferred(wiring.metric("points_deferred", sim::MetricUnit::money,
                             "the part of sales that stand-alone prices allocate to the points earned with them")) {}

void Points::Metrics::count_nothing(sim::Wiring& wiring) const {
  for (const sim::Metric unused : {earned, redeemed, expired, forfeited, sales, reward_value, reward_cost, sold,
                                   liability, of_horizon, at_end, at_value, at_cost, deferred})
    wiring.counts_nothing(unused);
}

int Points::months_ahead(const sim::Outlook& outlook) const {
  constexpr int rest_of_year = 11;
  const int valid = std::max(static_cast<int>(outlook.highest(valid_)), longest_by_policy_);
  const bool by_year = outlook.parameters(parameters_).end == PointsEnd::calendar_year;
  return std::max(valid + (by_year ? rest_of_year : 0), static_cast<int>(opening_.months_told()));
}

void Points::advance(sim::BlockMonth& month) const {
  if (!is_used_) return;
  for (const sim::Arm& arm : month.arms()) {
    rate_members(month, arm);
    if (returned_.is_used()) returned_.fall_due(arm);
    if (!month.run_off()) {
      if (shows_cards_) show_cards(month);
      earn_of_orders(month, arm);
      earn_beside_orders(month, arm);
    }
    mark_forfeits(month, arm);
    move_lots(month, arm);
    if (burns_) look_for_ends(month, arm);
    opening_.remember_terms(month, arm, arm[valid_]);
    pay(month, arm);
    if (by_age_.is_used()) value_what_is_open(month, arm);
  }
}

/// What members earn with a unit of money, and what the month's rewards pay of their orders.
void Points::rate_members(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto earn = arm[earn_];
  const auto wanted = arm[wanted_], net_sales = arm[net_sales_];
  const auto rate = arm[thousandths_], earned = arm[earned_], by_reward = arm[by_reward_];
  const auto sales = month[sales_of_members_], sold = month[sold_];
  const auto rounding = month[rounding_];
  const float promotion = arm.setting(promotion_), quanta_per_point = arm.setting(value_) * month.per_quantum();
#pragma omp simd
  for (std::size_t i = 0; i < rate.size(); ++i) {
    rate[i] = static_cast<std::int32_t>(thousandths(earn[i], promotion));
    by_reward[i] = rounded_share(wanted[i], quanta_per_point, rounding[i]);
    sales[i] = sim::when(earn[i] > 0.F, net_sales[i]);
    earned[i] = sold[i] = 0;
  }
  if (!has_members_) return;
  const auto join = arm[join_];
  const auto since = arm[since_], joins = arm[joins_];
#pragma omp simd
  for (std::size_t i = 0; i < rate.size(); ++i) {
    const bool is_in = is_in_program(join[i], since[i], joins[i]), is_member = (since[i] > 0) & (joins[i] == 0);
    rate[i] = sim::when(is_in, rate[i]);
    sales[i] = sim::when(is_member | (is_in & (earn[i] > 0.F)), net_sales[i]);
  }
}

/// The same orders under every policy.
void Points::show_cards(sim::BlockMonth& month) const {
  const float share = month.parameters(parameters_).recorded_share;
  const sim::Orders& orders = month.orders();
  const auto words = month.variates().words(card_luck_);
  const auto listed = month[listed_shown_];
#pragma omp simd
  for (std::size_t q = 0; q < listed.size(); ++q) listed[q] = static_cast<std::int32_t>(sim::uniform(words[q]) < share);
  orders.spread<std::int32_t>(listed, month[shown_]);
}

template <EarningBase base, bool category, bool by_card, bool comes_back>
void Points::earn_of(sim::BlockMonth& month, const sim::Arm& arm) const {
  const PointsParameters& p = month.parameters(parameters_);
  const double per_money = static_cast<double>(month.per_quantum());
  const PointRounding to = p.rounding;
  const std::int32_t *value = month[order_value_].data(), *placed = arm[core_.orders].data(),
                     *rate = arm[thousandths_].data(), *shown = nullptr;
  const float *discount = arm[discount_].data(), *rounding = month[rounding_].data(), *growth = nullptr;
  std::int32_t *earned = arm[earned_].data(), *by_reward = arm[by_reward_].data();
  if constexpr (category) growth = arm[growth_].data();
  if constexpr (by_card) shown = month[shown_].data();
  ReturnedPoints::Put back;
  if constexpr (comes_back) back = returned_.put(month, arm);
  month.orders().each([=](std::ptrdiff_t place, std::ptrdiff_t i, std::int32_t slot) {
    std::int32_t amount = sim::when(slot < placed[i], value[place]);
    if constexpr (category) amount = with_category(amount, growth[i], rounding[i]);
    if constexpr (base != EarningBase::list) amount = net_quanta(amount, discount[i], rounding[i]);
    if constexpr (base == EarningBase::net_of_reward) {
      const std::int32_t paid = by_reward[i] < amount ? by_reward[i] : amount;
      by_reward[i] -= paid;
      amount -= paid;
    }
    if constexpr (by_card) amount = sim::when(shown[place] != 0, amount);
    const std::int32_t points = points_of(amount, static_cast<double>(rate[i]), per_money, to);
    earned[i] = add_up(earned[i], points);
    if constexpr (comes_back) {
      const std::int32_t after = back.after[place];
      back.next[i] = add_up(back.next[i], sim::when(after == 1, points));
      back.after_next[i] = add_up(back.after_next[i], sim::when(after == 2, points));
      back.first_after[i] = slot == 0 ? after : back.first_after[i];
    }
  });
}

void Points::earn_of_orders(sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto with_returns = [&]<EarningBase base, bool category, bool by_card>() {
    returned_.is_used() ? earn_of<base, category, by_card, true>(month, arm)
                        : earn_of<base, category, by_card, false>(month, arm);
  };
  const auto with_card = [&]<EarningBase base, bool category>() {
    shows_cards_ ? with_returns.template operator()<base, category, true>()
                 : with_returns.template operator()<base, category, false>();
  };
  const auto with_base = [&]<EarningBase base>() {
    has_category_ ? with_card.template operator()<base, true>() : with_card.template operator()<base, false>();
  };
  switch (month.parameters(parameters_).base) {
    case EarningBase::list:
      return with_base.template operator()<EarningBase::list>();
    case EarningBase::net:
      return with_base.template operator()<EarningBase::net>();
    case EarningBase::net_of_reward:
      return with_base.template operator()<EarningBase::net_of_reward>();
  }
}

/// For having joined in the month before, once the tier grants points, and what partners give members, at their price.
void Points::earn_beside_orders(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const PointsParameters& p = month.parameters(parameters_);
  const auto status = arm[core_.status];
  const auto earn = arm[earn_], join = arm[join_];
  const auto earned = arm[earned_], sold = month[sold_];
  const auto rounding = month[rounding_];
  if (p.elsewhere > 0) {
    const float price = p.elsewhere_price * month.per_quantum();
    const std::span<const std::int32_t> since = has_members_ ? arm[since_] : earned,
                                        joins = has_members_ ? arm[joins_] : earned;
#pragma omp simd
    for (std::size_t i = 0; i < earned.size(); ++i) {
      const bool is_member = !has_members_ | is_in_program(join[i], since[i], joins[i]);
      const std::int32_t given =
          sim::when((status[i] == 1) & is_member & (earn[i] > 0.F), rounded(p.elsewhere, 1.F, rounding[i]));
      earned[i] = add_up(earned[i], given);
      sold[i] = rounded_share(given, price, rounding[i]);
    }
  }
  if (!has_members_) return;
  if (month.month() == 0 && opening_.is_told()) return;  // nobody has just joined by the books: their points are told
  const auto bonus = static_cast<std::int32_t>(arm.setting(entry_bonus_));
  const std::int32_t last_month = month.month() - month.first_month();
  const auto since = arm[since_];
#pragma omp simd
  for (std::size_t i = 0; i < earned.size(); ++i)
    earned[i] += sim::when((since[i] == last_month) & (last_month > 0) & (status[i] == 1) & (earn[i] > 0.F), bonus);
}

/// Who has left, where the firm sees it; and who has not bought for too long.
void Points::mark_forfeits(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const bool is_seen = month.parameters(churn_).notice == Notice::seen;
  const std::int32_t counted = month.run_off() ? 0 : 1;  // where nobody can buy, nobody is idle
  const auto longest = static_cast<std::int32_t>(arm.setting(inactivity_)) * counted;
  const auto status = arm[core_.status], orders = arm[core_.orders];
  const auto idle = arm[idle_months_], gives_up = arm[gives_up_];
#pragma omp simd
  for (std::size_t i = 0; i < idle.size(); ++i) {
    idle[i] = orders[i] > 0 ? 0 : idle[i] + counted;
    const bool is_gone = is_seen & (status[i] != 1), is_idle = (longest > 0) & (idle[i] >= longest);
    gives_up[i] = static_cast<std::int32_t>(is_gone | is_idle);
  }
}

void Points::move_lots(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const PointsEnd end = month.parameters(parameters_).end;
  const auto at_most = static_cast<std::int32_t>(arm.setting(valid_at_most_));
  const std::int32_t calendar_month = month.calendar_month();
  const auto valid = arm[valid_];
  const auto earned = arm[earned_], redeemed = arm[redeemed_], expired = arm[expired_], forfeited = arm[forfeited_];
  const auto months = arm[months_valid_], balance = arm[balance_];
  for (std::size_t i = 0; i < months.size(); ++i)
    months[i] = months_valid(static_cast<std::int32_t>(valid[i]), at_most, end, calendar_month);
  const sim::LotsOfArm lots(arm, lots_, month.month());
  if (month.parameters(parameters_).held == HeldPoints::end_sooner) end_sooner(month, arm, lots);
  std::optional<PointsByAge::Month> counted;
  if (by_age_.is_used()) counted.emplace(by_age_, arm, lots, months);
  lots.spend(arm[wanted_], redeemed);  // of what was held before: nothing that comes back, or is earned, changes it
  if (counted) counted->spent();
  if (returned_.is_used()) {
    returned_.reverse(arm, lots);
    lots.add(returned_.given_back(arm), months);
  }
  lots.add(earned, months);
  lots.end_month(expired);
  if (counted) counted->ended(expired), counted->before_forfeits();
  lots.forfeit(arm[gives_up_], forfeited);
  if (counted) counted->close(earned);
#pragma omp simd
  for (std::size_t i = 0; i < balance.size(); ++i) balance[i] += earned[i] - redeemed[i] - expired[i] - forfeited[i];
  if (returned_.is_used()) returned_.close(arm, redeemed, months, balance);
}

/// In the month in which validity is cut. Where a customer's points had no end, none outlasts one that is earned now.
void Points::end_sooner(const sim::BlockMonth& month, const sim::Arm& arm, const sim::LotsOfArm& lots) const {
  const auto at_most = static_cast<std::int32_t>(arm.setting(valid_at_most_));
  const auto before = month.is_first() ? at_most : static_cast<std::int32_t>(arm.setting_in(valid_at_most_, -1));
  if (at_most >= before) return;
  const PointsEnd end = month.parameters(parameters_).end;
  const auto valid = arm[valid_];
  std::vector<std::int32_t> lost(valid.size()), latest(valid.size(), sim::never);
  Cut cut{lost, latest, months_valid(0, at_most, end, month.calendar_month()), 0};
  if (end == PointsEnd::calendar_year) cut.earliest = 12 - month.calendar_month();
  for (std::size_t i = 0; i < lost.size(); ++i) {
    const auto granted = static_cast<std::int32_t>(valid[i]);
    lost[i] = months_lost(granted, before, at_most, end);
    if (granted == 0 && finite_validity(before) == 0) latest[i] = cut.of_endless;
  }
  lots.bring_forward(cut.lost, cut.earliest);
  lots.end_at_latest(cut.latest, cut.of_endless);
  if (returned_.is_used()) returned_.end_sooner(arm, cut);
}

/// As customers see it in the month that comes.
void Points::look_for_ends(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto ends_soon = arm[ends_soon_];
  const auto by_end = arm.all(lots_.by_end);
  const sim::MonthsAhead ahead = arm.ahead_of(month.month(), lots_.by_end);
  const std::int32_t last = std::min(month.parameters(redemption_).burn_months, ahead.depth - 1);
  std::ranges::fill(ends_soon, 0);
  for (std::int32_t left = 1; left <= last; ++left) {
    const auto first = static_cast<std::size_t>(ahead.cell(left, 0));
#pragma omp simd
    for (std::size_t i = 0; i < ends_soon.size(); ++i) ends_soon[i] += by_end[first + i];
  }
}

/// What rewards cost now, and what those of the points held are expected to cost.
void Points::pay(sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto redeemed = arm[redeemed_], balance = arm[balance_], costs = arm[costs_];
  const auto given = month[given_];
  if (returned_.is_used()) {
    const auto back = returned_.given_back(arm);
    for (std::size_t i = 0; i < given.size(); ++i) given[i] = redeemed[i] - back[i];
  } else {
    std::ranges::copy(redeemed, given.begin());
  }
  const auto value = month[reward_value_], cost = month[cost_], liability = month[liability_], sold = month[sold_];
  const auto rounding = month[rounding_];
  const float worth = arm.setting(value_) * month.per_quantum(), price = worth * arm.setting(reward_cost_),
              expected = price * month.parameters(parameters_).open_redeemed;
#pragma omp simd
  for (std::size_t i = 0; i < cost.size(); ++i) {
    value[i] = rounded_share(given[i], worth, rounding[i]);
    cost[i] = rounded_share(given[i], price, rounding[i]);
    liability[i] = rounded_share(balance[i], expected, rounding[i]);
    costs[i] += cost[i] - sold[i];
  }
  arm.book_all({{metrics_.balance, balance},
                {metrics_.earned, arm[earned_]},
                {metrics_.redeemed, redeemed},
                {metrics_.expired, arm[expired_]},
                {metrics_.forfeited, arm[forfeited_]}});
  arm.book_all({{metrics_.sales, month[sales_of_members_]},
                {metrics_.reward_value, value},
                {metrics_.reward_cost, cost},
                {metrics_.sold, sold},
                {metrics_.liability, liability}});
}

/// A sale is split by stand-alone prices: goods at what is invoiced, points at their value times the share of them that
/// is expected to be redeemed (IFRS 15.74, 15.B42). What partners pay for points is deferred whole; their points stand
/// in the split as well, so that a little too much of the sale is deferred beside them.
void Points::value_what_is_open(sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto balance = arm[balance_], earned = arm[earned_];
  const auto sales = arm[net_sales_];
  const auto value = month[at_value_], cost = month[at_cost_], deferred = month[deferred_], sold = month[sold_];
  const auto rounding = month[rounding_];
  const float worth = arm.setting(value_) * month.per_quantum(), price = worth * arm.setting(reward_cost_),
              alone = worth * month.parameters(parameters_).expected;
  const bool sells = !month.run_off();
#pragma omp simd
  for (std::size_t i = 0; i < value.size(); ++i) {
    value[i] = rounded_share(balance[i], worth, rounding[i]);
    cost[i] = rounded_share(balance[i], price, rounding[i]);
    const float goods = static_cast<float>(sales[i]), points = static_cast<float>(earned[i]) * alone;
    const float whole = goods + points;
    const float share = sim::when(sells & (whole > 0.F), points / whole);
    deferred[i] = rounded_share(sales[i], share, rounding[i]) + sold[i];
  }
  arm.book_all({{metrics_.at_value, value}, {metrics_.at_cost, cost}, {metrics_.deferred, deferred}});
}

void Points::open_books(sim::BlockMonth& month) const {
  if (!opening_.open(month) || !burns_) return;
  for (const sim::Arm& arm : month.arms()) look_for_ends(month, arm);
}

void Points::charge_what_is_open(sim::BlockMonth& month) const {
  if (!is_used_ || !(month.last_of_horizon() || month.last_of_all())) return;
  const auto rounding = month[rounding_at_end_];
  const auto cost = month[open_cost_];
  for (const sim::Arm& arm : month.arms()) {
    const auto balance = arm[balance_];
    const float expected = arm.setting(value_) * month.per_quantum() * arm.setting(reward_cost_) *
                           month.parameters(parameters_).open_redeemed;
#pragma omp simd
    for (std::size_t i = 0; i < cost.size(); ++i) cost[i] = rounded_share(balance[i], expected, rounding[i]);
    if (month.last_of_horizon()) arm.book_ahead(metrics_.of_horizon, 1, cost);
    if (month.last_of_all()) arm.book_ahead(metrics_.at_end, 1, cost);
  }
}

}  // namespace clientele::models
