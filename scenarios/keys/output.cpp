// What is counted and what of it is kept: [count] and [output].
#include "scenarios/keys/families.hpp"

namespace clientele::scenarios {

std::vector<StudyKey> keys_of_output() {
  using sim::range;
  using enum KeyKind;
  return {
      {"count", "histograms", other, a_month, range(0, last_month), "",
       "months in which customers are put into bins: a list such as [0, 11, 23]", "the last month"},
      {"count",
       "classes",
       truth,
       "",
       {},
       "false",
       "whether all is counted by class of customers as they stand when the policies part: the baseline's tier, and "
       "the tenth of all customers by sales of the year before (`compare --by class`)"},
      {"count",
       "reviews",
       truth,
       "",
       {},
       "false",
       "whether moves of every review are counted, seen by customers or not (moved_up, moved_down), and what those "
       "bought "
       "whom the first review put into the best tier, in the year after it and before it (top_tier_year_on), beside "
       "all "
       "whom it put into a tier (reviewed_year_on)"},
      {"count",
       "triangle",
       truth,
       "",
       {},
       "false",
       "whether points are counted by the months since they were earned, held, redeemed and come to nothing: what "
       "estimates of a program's liability rest on (points.estimate)"},
      {"output",
       "by",
       other,
       "",
       {},
       "[\"group\"]",
       "what the cube keeps apart: [\"group\"], or [] for sums over groups"},
      {"output",
       "metrics",
       other,
       "",
       {},
       "\"all\"",
       "the metrics that the cube holds: \"all\", or a list of their names"},
      {"output",
       "months",
       choice,
       "",
       {},
       "\"all\"",
       "how its months lie: each, summed over years, or over the horizon",
       "\"total\" where a sweep is asked for",
       {"all", "year", "total"}},
      {"output", "histograms", truth, "", {}, "true", "whether the cube holds them"},
      {"output",
       "kpis",
       other,
       "",
       {},
       "",
       "the KPIs that answers show beside the headline: a list of their names, or \"crm\" for satisfaction, "
       "repeat_share, retention, acquisition_cost, cost_to_serve and contribution",
       "the first three that there are"},
  };
}

}  // namespace clientele::scenarios
