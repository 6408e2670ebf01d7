// The example's stamps, one customer: a plain list of lots, each with the month at whose end it ends.
#pragma once
#include <algorithm>
#include <numeric>
#include <vector>

#include "tests/reference/models/service.hpp"
#include "tests/support/stamps_in_an_hour.hpp"

namespace clientele::tests {

struct Member {
  struct Lot {
    int end = 0;  ///< month
    std::int32_t stamps = 0;
  };
  std::vector<Lot> lots;
  float stay = 0;  ///< what holding stamps does to the log-hazard, of this month

  std::int32_t balance() const {
    return std::accumulate(lots.begin(), lots.end(), 0,
                           [](std::int32_t sum, const Lot& lot) { return sum + lot.stamps; });
  }
};

/// Whether the catalogue has the program at all.
inline bool has_stamps(const Scene& scene) { return scene.setting.has_table("stamps"); }

inline void open_ledger(const Scene& scene, const Customer& who, const Member& member) {
  if (has_stamps(scene) && scene.month == 0) scene.count("stamps_opening", who, member.balance());
}

/// Who holds enough orders more, and leaves less.
inline void pull(const Scene& scene, const Customer& who, Member& member, Buyer& buyer) {
  member.stay = 0;
  if (!has_stamps(scene)) return;
  const auto& p = scene.setting.parameters<StampsParameters>("stamps", who.group);
  if (static_cast<float>(member.balance()) < std::floor(p.enough)) return;
  buyer.effects *= 1.F + p.pull;
  member.stay = p.stay;
}

/// Takes what ends first, one stamp after the other as the lots stand by their ends.
inline std::int32_t spend(std::vector<Member::Lot>& lots, std::int32_t wanted) {
  std::int32_t spent = 0;
  std::ranges::stable_sort(lots, {}, &Member::Lot::end);
  for (Member::Lot& lot : lots) {
    const std::int32_t taken = std::min(lot.stamps, wanted - spent);
    lot.stamps -= taken;
    spent += taken;
  }
  return spent;
}

/// A sale earns, what was held before is spent in part, and what is valid no longer ends, also of who has left.
inline void earn_and_spend(const Scene& scene, const Customer& who, Member& member, const Buyer& buyer, Bills& bills) {
  if (!has_stamps(scene)) return;
  const auto& p = scene.setting.parameters<StampsParameters>("stamps", who.group);
  const auto held = static_cast<float>(member.balance());
  const std::int32_t earned = who.active ? stamps_for(buyer.sales, p.earn, scene.per_quantum()) : 0;
  const auto validity = static_cast<int>(scene.lever("stamps", "validity", who));
  if (earned > 0) member.lots.push_back({scene.month + validity, earned});
  const bool spends = who.active && !scene.run_off();
  const std::int32_t spent = spends ? spend(member.lots, static_cast<std::int32_t>(held * p.spend)) : 0;
  std::int32_t ended = 0;
  for (const Member::Lot& lot : member.lots) ended += lot.end == scene.month ? lot.stamps : 0;
  std::erase_if(member.lots, [&](const Member::Lot& lot) { return lot.end == scene.month || lot.stamps == 0; });
  bills.push_back(sim::to_quanta(static_cast<float>(spent) * p.value, scene.per_quantum()));
  scene.count("stamps", who, member.balance());
  scene.count("stamps_earned", who, earned);
  scene.count("stamps_spent", who, spent);
  scene.count("stamps_ended", who, ended);
  scene.count("stamps_cost", who, bills.back());
}

}  // namespace clientele::tests
