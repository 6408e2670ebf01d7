// Points of a program that exists, all customers: each stated month is cut up by what they hold, the largest fractions
// are rounded up.
#pragma once
#include <algorithm>
#include <map>
#include <numeric>
#include <vector>

#include "sim/exact_cuts.hpp"
#include "tests/reference/models/points.hpp"

namespace clientele::tests {

/// As the terms of today say it; before the month where it has ended.
inline int end_of_issue(const Scene& scene, const Customer& who, int issued) {
  const auto& p = scene.setting.parameters<models::PointsParameters>("points", who.group);
  const int months = validity(scene, who, at_most(scene));
  if (months >= 240) return no_end;
  int end = issued + months;
  if (p.end == models::PointsEnd::calendar_year)
    while (scene.setting.calendar_month(end) != 11) ++end;
  return end;
}

/// One who may hold some of the points.
struct Heir {
  const Customer* who = nullptr;
  Holder* holder = nullptr;
  std::map<int, std::int32_t> lots = {};  ///< that the stated points give
};

/// Of one month.
inline void spread_amount(const Scene& scene, int issued, std::int64_t amount, std::vector<Heir>& heirs) {
  struct Share {
    Heir* heir = nullptr;
    std::int64_t in_lot = 0, in_all = 0, points = 0;
    std::uint64_t fraction = 0, tie = 0;
    int end = 0;
  };
  std::vector<Share> shares;
  std::int64_t in_lots = 0, in_all = 0;
  for (Heir& heir : heirs) {
    Share share{&heir};
    share.end = end_of_issue(scene, *heir.who, issued);
    if (share.end <= scene.month) continue;
    const auto lot = heir.holder->lots.find(share.end);
    share.in_lot = lot == heir.holder->lots.end() ? 0 : lot->second;
    share.in_all = heir.holder->balance();
    share.tie = sim::tie_of(static_cast<std::uint32_t>(heir.who->id), static_cast<std::uint32_t>(heir.who->id >> 32));
    in_lots += share.in_lot;
    in_all += share.in_all;
    shares.push_back(share);
  }
  const std::int64_t all = in_lots > 0 ? in_lots : in_all;
  std::int64_t left = amount;
  std::vector<Share*> cut;
  for (Share& share : shares) {
    const auto product =
        static_cast<unsigned __int128>(amount) * static_cast<std::uint64_t>(in_lots > 0 ? share.in_lot : share.in_all);
    const auto of = static_cast<std::uint64_t>(all);
    share.points = static_cast<std::int64_t>(product / of);
    share.fraction = static_cast<std::uint64_t>(((product % of) << 32) / of);
    left -= share.points;
    if (product % of != 0) cut.push_back(&share);
  }
  std::ranges::sort(cut, [](const Share* a, const Share* b) {
    return std::pair(a->fraction, a->tie) > std::pair(b->fraction, b->tie);
  });
  for (std::int64_t n = 0; n < left; ++n) ++cut.at(static_cast<std::size_t>(n))->points;
  for (const Share& share : shares)
    if (share.points > 0) share.heir->lots[share.end] += static_cast<std::int32_t>(share.points);
}

/// What is stated of several months: to each by what is held with its end, or the same to all in which points can end.
inline void spread_together(const Scene& scene, const sim::DatedAmount& stated, std::vector<Heir>& heirs) {
  std::vector<std::int64_t> in_lots, reached;
  for (int issued = stated.month; issued < stated.month + stated.months; ++issued) {
    in_lots.push_back(0);
    reached.push_back(0);
    for (const Heir& heir : heirs) {
      const int end = end_of_issue(scene, *heir.who, issued);
      if (end <= scene.month) continue;
      const auto lot = heir.holder->lots.find(end);
      in_lots.back() += lot == heir.holder->lots.end() ? 0 : lot->second;
      if (heir.holder->balance() > 0) reached.back() = 1;
    }
  }
  const std::int64_t held = std::accumulate(in_lots.begin(), in_lots.end(), std::int64_t{0});
  const std::vector<std::int64_t>& weights = held > 0 ? in_lots : reached;
  const std::int64_t all = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  std::int64_t weight = 0, given = 0;
  for (std::size_t n = 0; n < weights.size(); ++n) {
    weight += weights[n];
    const auto upto = static_cast<std::int64_t>(static_cast<unsigned __int128>(stated.amount) *
                                                static_cast<std::uint64_t>(weight) / static_cast<std::uint64_t>(all));
    if (upto > given) spread_amount(scene, stated.month + static_cast<int>(n), upto - given, heirs);
    given = upto;
  }
}

inline void look_for_ends(const Scene& scene, const Customer& who, Holder& holder) {
  const auto& redemption = scene.setting.parameters<models::RedemptionParameters>("redemption", who.group);
  holder.ends_soon = 0;
  for (const auto& [end, points] : holder.lots)
    if (end != no_end && end - scene.month <= redemption.burn_months) holder.ends_soon += points;
}

/// As the warm-up ends: by the months in which they end, the first being month 0.
inline void take_points_from_books(const Scene& scene, const Customer& who, Holder& holder) {
  const std::vector<double> by_end = told_under(scene, who, "points");
  const auto endless = told_once(scene, who, "points_without_end");
  if (!books_take_over(scene) || (by_end.empty() && !endless)) return;
  holder.lots.clear();
  for (std::size_t month = 0; month < by_end.size(); ++month)
    holder.lots[static_cast<int>(month)] = static_cast<std::int32_t>(by_end[month]);
  holder.lots[no_end] = static_cast<std::int32_t>(endless.value_or(0));
  look_for_ends(scene, who, holder);
}

/// When the warm-up ends, of all customers; `Real` has a holder.
template <class Real>
void open_points(const Scene& scene, std::vector<Real>& customers) {
  const auto& opening = scene.setting.parameters<models::PointsParameters>("points", 0).opening;
  if (scene.month != -1 || opening.empty()) return;
  std::vector<Heir> heirs;
  for (Real& who : customers) {
    const bool is_silent =
        scene.setting.parameters<models::ChurnParameters>("churn", who.group).notice == models::Notice::silent;
    if (who.active || is_silent) heirs.push_back({&who, &who.holder});
    if (!who.active && !is_silent) who.holder.lots.clear();
  }
  for (const sim::DatedAmount& stated : opening) spread_together(scene, stated, heirs);
  for (Heir& heir : heirs) {
    Holder& holder = *heir.holder;
    holder.lots = heir.lots;
    look_for_ends(scene, *heir.who, holder);
  }
}

}  // namespace clientele::tests
