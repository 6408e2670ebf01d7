// What the study is, what money is counted in, and over which months: the top, [horizon] and [beyond].
#include "scenarios/keys/families.hpp"
#include "sim/study.hpp"

namespace clientele::scenarios {

std::vector<StudyKey> keys_of_time_and_money() {
  using sim::range;
  using enum KeyKind;
  return {
      {"", "title", text, "", {}, "\"\"", "the study's name, above every answer"},
      {"", "question", text, "", {}, "\"\"", "what it asks, in a sentence"},
      {"", "seed", whole, "", range(0, most_of_32_bits), "1",
       "all luck follows from it: equal seeds give equal numbers"},
      {"", "currency", text, "", {}, "\"EUR\"", "what money is counted in; a name, nothing is converted"},
      {"", "money_quantum", number, "the smallest amount that is counted, in the study's currency",
       range(1e-6, 1e9, 1e-6, 1000), "0.01", "money is counted in steps of this"},
      {"horizon", "start", date, "", {}, "2027-01-01", "the first day of month 0: seasons follow the calendar"},
      {"horizon", "months", whole, "months", range(1, longest_horizon), "36", "how long policies are compared"},
      {"horizon", "warmup", whole, "months", range(0, longest_horizon, 0, 120), "0",
       "months before month 0 under the baseline policy, until satisfaction, invoices and tiers have settled",
       "12 with a file of customers"},
      {"horizon", "run_off", whole, "months", range(0, sim::months_to_settle), "0",
       "months after the horizon in which nobody buys and only what is open is settled"},
      {"beyond", "months", whole, "months", range(0, 120), "60",
       "months after the horizon that count as value beyond it: who is there goes on, nobody joins"},
      {"beyond",
       "drivers",
       choice,
       "",
       {},
       "\"as planned\"",
       "what drivers are then: as the scenario goes on, as in its last month, or as without any shock",
       "",
       {"as planned", "as in the last month", "none"}},
  };
}

}  // namespace clientele::scenarios
