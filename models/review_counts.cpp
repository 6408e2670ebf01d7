// Two loops: the month of a review, and the months after it.
#include "models/review_counts.hpp"

namespace clientele::models {

ReviewCounts::ReviewCounts(sim::Wiring& wiring)
    : is_used_(wiring.counts_reviews()),
      core_(wiring.core()),
      reviewed_metric_(wiring.metric("reviewed", sim::MetricUnit::count,
                                     "customers on the books whom a review puts into a tier of the policy")),
      up_metric_(wiring.metric("moved_up", sim::MetricUnit::count,
                               "those of them whom it moves to a better tier, whether they see it or not")),
      down_metric_(wiring.metric("moved_down", sim::MetricUnit::count,
                                 "those of them whom it moves to a worse tier, whether they see it or not")),
      before_metric_(wiring.metric("reviewed_sales_before", sim::MetricUnit::money,
                                   "what customers bought a year ago, in the year after their first review")),
      after_metric_(wiring.metric("reviewed_sales_after", sim::MetricUnit::money,
                                  "what customers buy in the year after their first review")),
      best_before_metric_(wiring.metric("top_tier_sales_before", sim::MetricUnit::money,
                                        "the part of reviewed_sales_before of those whom that review put into the best "
                                        "tier")),
      best_after_metric_(wiring.metric("top_tier_sales_after", sim::MetricUnit::money,
                                       "the part of reviewed_sales_after of those whom that review put into the best "
                                       "tier")) {
  if (!is_used_) {
    for (const sim::Metric metric : {reviewed_metric_, up_metric_, down_metric_, before_metric_, after_metric_,
                                     best_before_metric_, best_after_metric_})
      wiring.counts_nothing(metric);
    return;
  }
  sim::StageWiring notice = wiring.step("moves"), follow = wiring.step("year on");
  reviewed_ = notice.read_reviewed();
  moved_ = notice.read_moves();
  up_ = notice.own_passing<std::int32_t>("moved up");
  down_ = notice.own_passing<std::int32_t>("moved down");
  followed_ = wiring.own_state<std::int32_t>("followed since the first review", sim::Sight::latent);
  was_followed_ = wiring.own_state<std::int32_t>("had a first review", sim::Sight::latent);
  wiring.keep_while(followed_);
  before_ = follow.own_passing<std::int32_t>("sales a year before, reviewed");
  after_ = follow.own_passing<std::int32_t>("sales of the year after, reviewed");
  best_before_ = follow.own_passing<std::int32_t>("sales a year before, best tier");
  best_after_ = follow.own_passing<std::int32_t>("sales of the year after, best tier");
  sales_ = wiring.read_ring<std::int32_t>("net_sales", months_of_a_year_on + 1);
}

void ReviewCounts::notice(sim::BlockMonth& month) const {
  if (!is_used_) return;
  const auto born = month[core_.born];
  const std::int32_t first = month.month() - months_of_a_year_on;
  const bool is_past_fork = month.month() >= 0;
  for (const sim::Arm& arm : month.arms()) {
    const auto reviewed = arm[reviewed_], moved = arm[moved_], tier = arm[core_.tier];
    const auto up = arm[up_], down = arm[down_], followed = arm[followed_], was = arm[was_followed_];
#pragma omp simd
    for (std::size_t i = 0; i < reviewed.size(); ++i) {
      const bool is_reviewed = reviewed[i] != 0;
      up[i] = sim::when(is_reviewed & (moved[i] > 0), 1);
      down[i] = sim::when(is_reviewed & (moved[i] < 0), 1);
      const bool begins = is_past_fork & is_reviewed & (was[i] == 0);
      was[i] = begins ? 1 : was[i];
      followed[i] = (begins & (born[i] <= first)) ? followed_from_now(tier[i] == 0) : followed[i];
    }
    arm.count({{reviewed_metric_, reviewed}, {up_metric_, up}, {down_metric_, down}});
  }
}

void ReviewCounts::follow(sim::BlockMonth& month) const {
  if (!is_used_ || month.run_off() || month.month() < 0) return;
  for (const sim::Arm& arm : month.arms()) {
    const auto now = arm.at(sales_, month.month()), ago = arm.at(sales_, month.month() - months_of_a_year_on);
    const auto followed = arm[followed_];
    const auto before = arm[before_], after = arm[after_], best_before = arm[best_before_],
               best_after = arm[best_after_];
#pragma omp simd
    for (std::size_t i = 0; i < followed.size(); ++i) {
      const bool counts = is_followed(followed[i]), best = counts & began_best(followed[i]);
      before[i] = sim::when(counts, ago[i]);
      after[i] = sim::when(counts, now[i]);
      best_before[i] = sim::when(best, ago[i]);
      best_after[i] = sim::when(best, now[i]);
      followed[i] = a_month_later(followed[i]);
    }
    arm.book_all({{before_metric_, before},
                  {after_metric_, after},
                  {best_before_metric_, best_before},
                  {best_after_metric_, best_after}});
  }
}

}  // namespace clientele::models
