// How many futures are simulated and what the answer is held to: [experiment] and [[constraint]].
#include "scenarios/keys/families.hpp"

namespace clientele::scenarios {

std::vector<StudyKey> keys_of_experiment() {
  using sim::range;
  using enum KeyKind;
  return {
      {"experiment",
       "baseline",
       text,
       "",
       {},
       "",
       "the policy that the others are compared with, and that a warm-up "
       "lives under",
       "the first policy"},
      {"experiment", "headline", text, "", {}, "\"npv\"", "the KPI that answers begin with"},
      {"experiment", "draws", whole, "sets of assumptions, or 0 for the stated values", range(0, 1'000'000), "",
       "how often all uncertain numbers are drawn", "100 where something is uncertain, else 0"},
      {"experiment", "replications", whole, "replications of every draw", range(1, 4'000'000), "",
       "how often luck is drawn, for every draw", "1 with draws, else 100"},
      {"experiment",
       "luck",
       choice,
       "",
       {},
       "\"fresh\"",
       "whether each draw has luck of its own, or all have the same, so that they differ by their assumptions alone",
       "",
       {"fresh", "common"}},
      {"experiment",
       "same_money",
       truth,
       "",
       {},
       "false",
       "whether each policy stands beside one that gives every customer the mean of what it grants"},
      {"experiment",
       "why",
       truth,
       "",
       {},
       "false",
       "whether each policy stands beside two that keep its tiers for good, one with those of its first review and one "
       "with tiers by chance, which split its difference to the baseline by cause, and two that are put together of it "
       "and the baseline, which split it by whose customers it comes from"},
      {"experiment",
       "people",
       choice,
       "",
       {},
       "",
       "the same as population.people",
       "population.people",
       {"redrawn", "paired", "fixed"}},
      {"constraint", "kpi", text, "", {}, "", "the KPI that has a bound", "", {}, true},
      {"constraint",
       "at_most",
       number,
       "in the KPI's unit",
       {},
       "",
       "the most that it may be in any future",
       "no upper bound"},
      {"constraint",
       "at_least",
       number,
       "in the KPI's unit",
       {},
       "",
       "the least that it may be in any future",
       "no lower bound"},
      {"constraint", "policy", text, "", {}, "", "the one policy that must keep it", "every policy"},
  };
}

}  // namespace clientele::scenarios
