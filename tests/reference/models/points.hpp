// Points, one customer: lots by the month at whose end they end, and lists of what may come back.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "models/loyalty/points.hpp"
#include "tests/reference/models/churn.hpp"
#include "tests/reference/models/membership.hpp"
#include "tests/reference/models/service.hpp"

namespace clientele::tests {

inline constexpr int no_end = std::numeric_limits<int>::max();

struct Holder {
  struct OfOrder {
    int comes_back = 0, sold = 0, end = 0;  ///< months
    std::int32_t points = 0;
  };
  std::map<int, std::int32_t> lots;  ///< by the last month in which they can be spent
  std::vector<OfOrder> earned_to_come_back, redeemed_to_come_back;
  std::int32_t debt = 0;
  std::int32_t ends_soon = 0;  ///< as it looks after the month before
  int idle = 0;                ///< months without an order
  std::int32_t wanted = 0;     ///< of this month
  std::int32_t redeemed = 0;

  std::int32_t balance() const {
    std::int32_t sum = 0;
    for (const auto& [end, points] : lots) sum += points;
    return sum;
  }
};

inline void open_ledger(const Scene& scene, const Customer& who, const Holder& holder) {
  if (scene.month != 0) return;
  scene.count("points_opening", who, holder.balance());
  scene.count("points_owed_back_opening", who, holder.debt);
}

/// Months of validity that a tier grants and the policy leaves, 240 and more: no end.
inline int validity(const Scene& scene, const Customer& who, int at_most) {
  return std::min(static_cast<int>(scene.lever("points", "points_valid", who)), at_most);
}

inline int at_most(const Scene& scene, int months = 0) {
  return static_cast<int>(scene.setting_in("points", "valid_at_most", months));
}

/// Of points that are credited now.
inline int end_of_new(const Scene& scene, const Customer& who) {
  const auto& p = scene.setting.parameters<models::PointsParameters>("points", who.group);
  const int months = validity(scene, who, at_most(scene));
  if (months >= 240) return no_end;
  int end = scene.month + months;
  if (p.end == models::PointsEnd::calendar_year)
    while (scene.setting.calendar_month(end) != 11) ++end;
  return end;
}

/// Where a study asks for it: a lot has the age that what is valid now, less the months that it has left, makes.
inline void count_aged(const Scene& scene, const Customer& who, const char* metric, int end, std::int32_t points) {
  if (!scene.setting.study().count.triangle || end == no_end || points == 0) return;
  const int end_now = end_of_new(scene, who);
  if (end_now != no_end && end <= end_now) scene.count_by_age(metric, end_now - end, points);
}

/// A debt takes from new points first. Returns how much.
inline std::int32_t credit(Holder& holder, int end, std::int32_t points) {
  const std::int32_t owed = std::min(holder.debt, points);
  holder.debt -= owed;
  if (points > owed) holder.lots[end] += points - owed;
  return owed;
}

inline std::int32_t take(std::int32_t& lot, std::int32_t wanted) {
  const std::int32_t some = std::min(lot, wanted);
  lot -= some;
  return some;
}

/// A cut takes as many months from lots that are held as from new ones, down to this month; where they end with years
/// it takes years, down to this one. What had no end gets that of new ones, which none of the holder's lots outlasts
/// then.
inline void cut_validity(const Scene& scene, const Customer& who, Holder& holder, int first_month) {
  const auto& p = scene.setting.parameters<models::PointsParameters>("points", who.group);
  if (p.held == models::HeldPoints::keep_end || scene.month == first_month) return;
  const int now = at_most(scene), before = at_most(scene, -1), was = validity(scene, who, before);
  if (now >= before) return;
  const bool by_year = p.end == models::PointsEnd::calendar_year;
  const auto december = [&](int end) {
    while (by_year && scene.setting.calendar_month(end) != 11) ++end;
    return end;
  };
  const int of_new = december(scene.month + now), earliest = december(scene.month);
  const auto sooner = [&](int end) {
    if (end == no_end) return of_new;
    if (was >= 240) return std::min(end, of_new);
    if (was <= now || end <= earliest) return end;
    return std::max(by_year ? end - (was - now) / 12 * 12 : end - (was - now), earliest);
  };
  std::map<int, std::int32_t> moved;
  for (const auto& [end, points] : holder.lots) moved[sooner(end)] += points;
  holder.lots = std::move(moved);
  for (Holder::OfOrder& order : holder.earned_to_come_back) order.end = sooner(order.end);
}

/// What the month's orders earn, the first order first: what each does, with what the reward pays of them taken off
/// where it counts.
inline std::vector<std::int32_t> earned_by_order(const Scene& scene, const Customer& who, const Holder& holder,
                                                 const Buyer& buyer) {
  const auto& p = scene.setting.parameters<models::PointsParameters>("points", who.group);
  const double rate = static_cast<double>(scene.lever("points", "earn", who)) *
                      static_cast<double>(scene.setting_in("points", "promotion"));
  const std::int64_t thousandths = std::llrint(1000.0 * rate), whole = 1000 * std::llrint(scene.per_quantum());
  std::int32_t by_reward =
      models::rounded_share(holder.wanted, scene.setting_in("points", "value") * scene.per_quantum(), buyer.rounding);
  std::vector<std::int32_t> all;
  for (const Order& order : buyer.orders) {
    std::int32_t amount = p.base == models::EarningBase::list ? order.list : order.paid - buyer.surcharge_of_order;
    if (p.base == models::EarningBase::net_of_reward) amount -= take(by_reward, amount);
    constexpr auto card = models::addresses.of("card shown");
    const FourWords words = scene.luck.of_order(card, who.id, scene.month, static_cast<std::uint32_t>(all.size()));
    const bool is_shown = sim::uniform(words[card.word]) < p.recorded_share || p.recorded_share == 1.F;
    const std::int64_t parts = is_shown ? std::int64_t{amount} * thousandths : 0;
    const std::int64_t half = p.rounding == models::PointRounding::nearest ? whole / 2 : 0;
    all.push_back(static_cast<std::int32_t>((parts + half) / whole));
  }
  return all;
}

/// What had been earned by orders that come back this month, the latest sales first: from its own lot, then from what
/// ends last, and what is missing is owed.
inline std::int32_t reverse(const Scene& scene, Holder& holder) {
  auto& list = holder.earned_to_come_back;
  std::ranges::stable_sort(list, std::greater{}, &Holder::OfOrder::sold);
  std::int32_t reversed = 0;
  for (const Holder::OfOrder& order : list) {
    if (order.comes_back != scene.month || order.end < scene.month) continue;
    std::int32_t left = order.points;
    left -= take(holder.lots[order.end], left);
    for (auto lot = holder.lots.rbegin(); lot != holder.lots.rend(); ++lot) left -= take(lot->second, left);
    reversed += order.points - left;
    holder.debt += left;
  }
  return reversed;
}

inline std::int32_t given_back_now(const Scene& scene, const Holder& holder) {
  std::int32_t points = 0;
  for (const Holder::OfOrder& order : holder.redeemed_to_come_back)
    if (order.comes_back == scene.month) points += order.points;
  return points;
}

/// What rewards cost, and what those of the points held will: by this month's settings.
inline std::int32_t cost_of(const Scene& scene, const Customer& who, std::int32_t points, bool is_open,
                            float rounding) {
  const auto& p = scene.setting.parameters<models::PointsParameters>("points", who.group);
  float price = scene.setting_in("points", "value") * scene.per_quantum() * scene.setting_in("points", "reward_cost");
  if (is_open) price *= p.open_redeemed;
  return models::rounded_share(points, price, rounding);
}

/// Of the month's orders: what they earn, and what of it comes back when. A month that settles has none.
inline std::int32_t earn_of_orders(const Scene& scene, const Customer& who, Holder& holder, const Buyer& buyer) {
  std::int32_t sum = 0;
  const std::vector<std::int32_t> by_order = earned_by_order(scene, who, holder, buyer);
  for (std::size_t slot = 0; slot < by_order.size(); ++slot) {
    sum += by_order[slot];
    const int after = buyer.orders[slot].comes_back_after;
    if (after > 0)
      holder.earned_to_come_back.push_back({scene.month + after, scene.month, end_of_new(scene, who), by_order[slot]});
  }
  return sum;
}

/// A sale is shared between goods, at what is invoiced, and points, at what is expected to be redeemed of them.
inline void count_what_is_owed(const Scene& scene, const Customer& who, const Holder& holder, std::int32_t sales,
                               std::int32_t earned, std::int32_t sold, float rounding) {
  const auto& p = scene.setting.parameters<models::PointsParameters>("points", who.group);
  const float value = scene.setting_in("points", "value") * scene.per_quantum(), goods = static_cast<float>(sales);
  scene.count("points_at_value", who, models::rounded_share(holder.balance(), value, rounding));
  scene.count("points_at_cost", who, cost_of(scene, who, holder.balance(), false, rounding));
  const float points = static_cast<float>(earned) * (value * p.expected);
  const bool sells = !scene.run_off() && goods + points > 0.F;
  const std::int32_t part = sells ? models::rounded_share(sales, points / (goods + points), rounding) : 0;
  scene.count("points_deferred", who, part + sold);
}

inline void count_money(const Scene& scene, const Customer& who, const Holder& holder, std::int32_t given_back,
                        std::int32_t sales, std::int32_t earned, std::int32_t sold, float rounding, Bills& bills) {
  const std::int32_t kept = holder.redeemed - given_back, cost = cost_of(scene, who, kept, false, rounding);
  scene.count("reward_value", who,
              models::rounded_share(kept, scene.setting_in("points", "value") * scene.per_quantum(), rounding));
  scene.count("reward_cost", who, cost);
  scene.count("points_sold", who, sold);
  scene.count("points_liability", who, cost_of(scene, who, holder.balance(), true, rounding));
  bills.push_back(cost);
  bills.push_back(-sold);
  if (scene.setting.study().count.triangle) count_what_is_owed(scene, who, holder, sales, earned, sold, rounding);
}

/// A month: what is wanted is spent of what was held before, what comes back is set right, new points are credited,
/// what is valid no longer ends, and who leaves or is idle forfeits the rest.
inline void keep_points(const Scene& scene, const Customer& who, Holder& holder, const Enrolled& enrolled,
                        bool has_points, const Buyer& buyer, int first_month, Bills& bills) {
  if (!has_points) return;
  const auto& p = scene.setting.parameters<models::PointsParameters>("points", who.group);
  const bool earns = earns_points(scene, who, was_member_before(enrolled));
  cut_validity(scene, who, holder, first_month);
  holder.redeemed = 0;
  for (auto& [end, points] : holder.lots) {
    const std::int32_t some = take(points, holder.wanted - holder.redeemed);
    count_aged(scene, who, "points_redeemed_by_age", end, some);
    holder.redeemed += some;
  }

  std::int32_t let_go = 0, set_off = 0, reversed = 0, given_back = 0;
  if (!who.active) {
    let_go = std::exchange(holder.debt, 0);
    holder.earned_to_come_back.clear();
    holder.redeemed_to_come_back.clear();
  }
  const std::int32_t owed_before = holder.debt;
  reversed = reverse(scene, holder);
  const std::int32_t overdrawn = holder.debt - owed_before;
  given_back = given_back_now(scene, holder);
  set_off += credit(holder, end_of_new(scene, who), given_back);
  const auto is_over = [&](const Holder::OfOrder& order) { return order.comes_back <= scene.month; };
  std::erase_if(holder.earned_to_come_back, is_over);
  std::erase_if(holder.redeemed_to_come_back, is_over);

  std::int32_t earned = 0, sold = 0;
  if (earns && !scene.run_off()) {
    earned += earn_of_orders(scene, who, holder, buyer);
    const std::int32_t elsewhere = who.active ? models::rounded(p.elsewhere, 1.F, buyer.rounding) : 0;
    earned += elsewhere;
    sold = models::rounded_share(elsewhere, p.elsewhere_price * scene.per_quantum(), buyer.rounding);
  }
  const bool is_told = !told_under(scene, who, "points").empty() || told_once(scene, who, "points_without_end");
  if (enrolled.joined == scene.month - 1 && !(scene.month == 0 && is_told) && who.active && !scene.run_off() &&
      scene.lever("points", "earn", who) > 0.F)
    earned += static_cast<std::int32_t>(scene.setting_in("points", "entry_bonus"));
  set_off += credit(holder, end_of_new(scene, who), earned);
  if (!buyer.orders.empty() && buyer.orders.front().comes_back_after > 0)
    holder.redeemed_to_come_back.push_back(
        {scene.month + buyer.orders.front().comes_back_after, scene.month, 0, holder.redeemed});

  std::int32_t expired = 0, forfeited = 0;
  if (const auto lot = holder.lots.find(scene.month); lot != holder.lots.end()) expired = lot->second;
  count_aged(scene, who, "points_broken_by_age", scene.month, expired);
  std::erase_if(holder.lots, [&](const auto& lot) { return lot.first <= scene.month || lot.second == 0; });
  if (!scene.run_off()) holder.idle = buyer.orders.empty() ? holder.idle + 1 : 0;
  const auto longest = static_cast<int>(scene.setting_in("points", "inactivity"));
  const bool is_silent =
      scene.setting.parameters<models::ChurnParameters>("churn", who.group).notice == models::Notice::silent;
  if ((!who.active && !is_silent) || (longest > 0 && holder.idle >= longest && !scene.run_off())) {
    forfeited = holder.balance();
    for (const auto& [end, points] : holder.lots) count_aged(scene, who, "points_broken_by_age", end, points);
    holder.lots.clear();
  }

  const auto& redemption = scene.setting.parameters<models::RedemptionParameters>("redemption", who.group);
  holder.ends_soon = 0;
  for (const auto& [end, points] : holder.lots)
    if (end != no_end && end - scene.month <= redemption.burn_months) holder.ends_soon += points;
  for (const auto& [end, points] : holder.lots) count_aged(scene, who, "points_held_by_age", end, points);
  if (const int end = end_of_new(scene, who); scene.setting.study().count.triangle && end != no_end && earned != 0)
    scene.count_by_age("points_earned_by_validity", end - scene.month, earned);
  scene.count("points", who, holder.balance());
  scene.count("points_earned", who, earned);
  scene.count("points_redeemed", who, holder.redeemed);
  scene.count("points_expired", who, expired);
  scene.count("points_forfeited", who, forfeited);
  scene.count("points_given_back", who, given_back);
  scene.count("points_reversed", who, reversed);
  scene.count("points_set_off", who, set_off);
  scene.count("points_owed_back", who, holder.debt);
  scene.count("points_overdrawn", who, overdrawn);
  scene.count("points_let_go", who, let_go);
  scene.count("member_sales", who, earns || was_member_before(enrolled) ? buyer.sales : 0);
  count_money(scene, who, holder, given_back, buyer.sales, earned, sold, buyer.rounding, bills);
}

/// What the horizon, and the last closed month, leave open.
inline void charge_open_points(const Scene& scene, const Customer& who, const Holder& holder, bool has_points,
                               float rounding) {
  if (scene.run_off() || !has_points) return;
  const sim::Horizon& horizon = scene.setting.study().horizon;
  const int after = scene.month + 1 - horizon.months;
  const std::int32_t cost = cost_of(scene, who, holder.balance(), true, rounding);
  if (scene.month == horizon.months - 1)
    scene.counts.add_beyond("points_of_horizon", after, who.tier, who.counted_in, cost, who.id);
  if (scene.month == horizon.months + horizon.beyond - 1)
    scene.counts.add_beyond("points_at_end", after, who.tier, who.counted_in, cost, who.id);
}

}  // namespace clientele::tests
