// The example's campaign, one customer: one chance a month, and the gifts that it costs.
#pragma once
#include "tests/reference/models/service.hpp"
#include "tests/support/campaign.hpp"

namespace clientele::tests {

inline void call(const Scene& scene, const Customer& who, const Buyer& buyer, Bills& bills) {
  if (!scene.setting.has_table("campaign") || !who.active || scene.run_off()) return;
  const auto& p = scene.setting.parameters<CampaignFields>("campaign", who.group);
  const float chance = p.chance(scene.setting.policy_setting("campaign", "reach", scene.month),
                                scene.driver("mood", who), scene.month - who.born,
                                static_cast<int>(buyer.orders.size()), scene.setting.calendar_month(scene.month));
  const std::uint32_t word = scene.luck.of_month(campaign_addresses.of("call"), who.id, scene.month);
  if (!p.calls_in(scene.month) || sim::uniform(word) >= chance) return;
  scene.count("called", who, 1);
  bills.push_back(sim::to_quanta(scene.setting.policy_setting("campaign", "gifts", scene.month), scene.per_quantum()));
  scene.count("gift_cost", who, bills.back());
}

}  // namespace clientele::tests
