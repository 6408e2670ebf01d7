// What happens outside the firm: [[scenario]] and its shocks.
#include "scenarios/keys/families.hpp"

namespace clientele::scenarios {

std::vector<StudyKey> keys_of_scenarios() {
  using sim::range;
  using enum KeyKind;
  return {
      {"scenario", "name", text, "", {}, "", "what the scenario is called", "", {}, true},
      {"scenario", "shock", tables, "", {}, "", "what moves, by how much, from when to when", "nothing happens"},
      {"scenario.shock", "driver", text, "", {}, "", "what moves: the name of a driver", "", {}, true},
      {"scenario.shock", "times", number, "factor", range(0, 1000, 0.05, 20), "",
       "what a factor is multiplied by: 0.9 is ten per cent less", "a factor needs it"},
      {"scenario.shock", "plus", number, "in the driver's unit", range(-1e6, 1e6), "", "what is added to a shift",
       "a shift needs it"},
      {"scenario.shock", "from", whole, a_month, range(0, last_month), "0", "its first month"},
      {"scenario.shock", "months", whole, "months", range(1, last_month), "", "how long it lasts", "to the end"},
      {"scenario.shock", "ramp", whole, months_to_full, range(0, last_month), "0",
       "how many months it takes to grow: 3 makes 1/3, 2/3, 1, 1, ... of it"},
      {"scenario.shock", "group", text, "", {}, "", "the one group that it meets", "every group"},
  };
}

}  // namespace clientele::scenarios
