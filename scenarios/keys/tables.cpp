// The tables of a study, in the order in which it is mostly written.
#include "scenarios/study_keys.hpp"

namespace clientele::scenarios {

const std::vector<StudyTable>& study_tables() {
  static const std::vector<StudyTable> all{
      {"", "(at the top)", "what the study is"},
      {"horizon", "[horizon]", "when it plays, and for how long"},
      {"beyond", "[beyond]", "what comes after the horizon, and counts as value beyond it"},
      {"population", "[population]", "who the customers are"},
      {"population.group", "[[population.group]]", "a kind of customer that no policy changes",
       "the tables of behaviors, for what a group may have of its own"},
      {"population.attribute", "[[population.attribute]]",
       "what a firm knows of customers from the first day; it changes nothing of what they do"},
      {"population.correlation", "[[population.correlation]]", "two attributes that go together"},
      {"totals", "[totals]",
       "what an annual report says of the year before month 0: `check` tells the baseline's simulated year beside it"},
      {"books", "[books]",
       "the firm's exports that a study was fitted to: `backtest`, `track` and `classify` read them again"},
      {"books.file", "[[books.file]]", "an export"},
      {"books.column", "[[books.column]]", "a column that was named by hand"},
      {"books.backtest", "[books.backtest]",
       "how this way of fitting met months that are known; it changes nothing of what is simulated"},
      {"uncertain", "[uncertain]", "what is not known: laws from which every draw takes a value of its own",
       "numbers by their paths, each with a law or \"2 to 5\": of behaviors, of groups, of tiers "
       "(policy.NAME.tier.NAME.care), of a policy's settings (policy.NAME.settings.administration.per_month), of "
       "shocks "
       "(scenario.NAME.demand)"},
      {"scenario", "[[scenario]]",
       "outside conditions that the firm does not choose; the first is the one of a warm-up"},
      {"scenario.shock", "[[scenario.shock]]", "a driver that moves for some time"},
      {"policy", "[[policy]]", "what the firm does", "levers: what each of its tiers gets that does not say otherwise"},
      {"policy.segmentation", "segmentation = { ... }", "who is in which tier",
       "the fields of the rule (segmentation.NAME)"},
      {"policy.tier", "[[policy.tier]]",
       "a tier of a policy; the best first, or, where they say from or top, the last first",
       "levers: what the tier gets"},
      {"policy.rollout", "[[policy.rollout]]", "a step of a policy's roll-out"},
      {"policy.settings", "settings = { ... }", "a setting of a policy that changes in time",
       "settings of behaviors by their paths"},
      {"experiment", "[experiment]", "how many futures are simulated, and what the answer is about"},
      {"constraint", "[[constraint]]",
       "a bound of a KPI that the firm must keep: `compare` says in how many futures it is broken"},
      {"count", "[count]", "what is counted beside the metrics"},
      {"output", "[output]", "what of all that is counted the cube holds"},
      {"sweep", "[sweep]", "many studies that differ in some numbers; one of these"},
      {"sweep.hypercube", "[sweep.hypercube]", "points that are spread evenly over ranges",
       "numbers of the study by their paths, each with a range"}};
  return all;
}

}  // namespace clientele::scenarios
