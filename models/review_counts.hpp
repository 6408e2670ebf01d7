// What reviews do to a base: whom they move, and what those bought whom the first one put into the best tier.
//
// Who stands best on last year's sales owes a part of it to luck, and buys less the year after, whatever the policy
// does: regression to the mean. So the year after the first review of its best tier is told beside that of all whom the
// review put into a tier: growth and seasons are in both, and what the ratio of the two lacks to 1 is luck that was
// taken for merit (and what the policy does). Of a negative binomial base it has a closed form:
// models/theory/regression.hpp.
#pragma once
#include <cstdint>

#include "models/kpis.hpp"
#include "sim/behavior.hpp"

namespace clientele::models {

/// Months on both sides of a review that are compared.
inline constexpr std::int32_t months_of_a_year_on = 12;

/// Who is followed has so many months to go, and stands in the best tier or not: 2 x months + whether; 0: nobody.
inline constexpr std::int32_t followed_from_now(bool is_best) { return 2 * months_of_a_year_on + (is_best ? 1 : 0); }
inline constexpr bool is_followed(std::int32_t followed) { return followed >= 2; }
inline constexpr bool began_best(std::int32_t followed) { return (followed & 1) != 0; }
inline constexpr std::int32_t a_month_later(std::int32_t followed) { return followed >= 4 ? followed - 2 : 0; }

/// None of them is better or worse by itself: they say what reviews do.
inline Kpis review_kpis() {
  constexpr auto neither = sim::Direction::neither;
  return {ratio_kpi("moved_up", "moves to a better tier, of customers whom a review puts into a tier", "1", neither,
                    {{"moved_up"}}, "reviewed"),
          ratio_kpi("moved_down", "moves to a worse tier, of customers whom a review puts into a tier", "1", neither,
                    {{"moved_down"}}, "reviewed"),
          ratio_kpi("top_tier_year_on",
                    "sales in the twelve months after the first review of those whom it put into the best tier, over "
                    "those of the twelve months before",
                    "1", neither, {{"top_tier_sales_after"}}, "top_tier_sales_before"),
          ratio_kpi("reviewed_year_on",
                    "the same of all whom it put into a tier: what is growth and season of the best tier's", "1",
                    neither, {{"reviewed_sales_after"}}, "reviewed_sales_before")};
}

/// Nothing, no column and no time, unless a study counts reviews ([count] reviews = true). A customer is followed from
/// the first review on, from month 0 on, that puts it into a tier of the policy, if it was there for twelve months by
/// then; also where it has left since. Each month's sales stand beside those of a year before: where the horizon ends
/// sooner, both end together.
class ReviewCounts {
 public:
  explicit ReviewCounts(sim::Wiring& wiring);
  /// After the review: who was moved, and who is followed from now on.
  void notice(sim::BlockMonth& month) const;
  /// After orders: what they bought, and a year before.
  void follow(sim::BlockMonth& month) const;

 private:
  bool is_used_;
  sim::CoreColumns core_;
  sim::Metric reviewed_metric_, up_metric_, down_metric_;
  sim::Metric before_metric_, after_metric_, best_before_metric_, best_after_metric_;
  sim::Passing<const std::int32_t> reviewed_, moved_;
  sim::Passing<std::int32_t> up_, down_, before_, after_, best_before_, best_after_;
  sim::State<std::int32_t> followed_, was_followed_;
  sim::Ring<const std::int32_t> sales_;
};

}  // namespace clientele::models
