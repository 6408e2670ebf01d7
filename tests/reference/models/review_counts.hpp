// What reviews do, one customer: moved or not, and the year after the first review beside the year before.
#pragma once
#include "tests/reference/models/purchasing.hpp"

namespace clientele::tests {

struct Followed {
  bool had_review = false, is_best = false;
  std::optional<int> until;  ///< month in which it ends
};

inline void count_review(const Scene& scene, const Customer& who, Followed& followed) {
  if (!scene.setting.study().count.reviews || !who.reviewed) return;
  scene.count("reviewed", who, 1);
  if (who.moved != 0) scene.count(who.moved > 0 ? "moved_up" : "moved_down", who, 1);
  if (scene.month < 0 || followed.had_review) return;
  followed.had_review = true;
  if (who.born > scene.month - 12) return;
  followed.until = scene.month + 12;
  followed.is_best = who.tier == 0;
}

inline void follow_on(const Scene& scene, const Customer& who, const Followed& followed, const Buyer& buyer) {
  if (scene.run_off() || !followed.until || scene.month >= *followed.until) return;
  const auto now = static_cast<std::size_t>(scene.month - who.born);
  scene.count("reviewed_sales_after", who, buyer.net_sales[now]);
  scene.count("reviewed_sales_before", who, buyer.net_sales[now - 12]);
  if (!followed.is_best) return;
  scene.count("top_tier_sales_after", who, buyer.net_sales[now]);
  scene.count("top_tier_sales_before", who, buyer.net_sales[now - 12]);
}

}  // namespace clientele::tests
