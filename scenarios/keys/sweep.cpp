// Many studies that differ in some numbers: [sweep] and its hypercube.
#include "scenarios/keys/families.hpp"

namespace clientele::scenarios {

std::vector<StudyKey> keys_of_sweep() {
  using sim::range;
  using enum KeyKind;
  return {
      {"sweep",
       "grid",
       table,
       "",
       {},
       "",
       "every value with every other: PATH = [15, 30, 45], or { low = 15, high = 45, step = 15 }, or count instead of "
       "step"},
      {"sweep", "zip", table, "", {}, "", "the first values of all numbers make the first point, and so on"},
      {"sweep",
       "list",
       tables,
       "",
       {},
       "",
       "a row is a point: { payment.terms_days = 15 }; all rows say the same numbers"},
      {"sweep",
       "hypercube",
       table,
       "",
       {},
       "",
       "points that are spread evenly: PATH = { low = 15, high = 60 }, and how many"},
      {"sweep", "file", text, "", {}, "", "a CSV of points: its first row names numbers by their paths"},
      {"sweep.hypercube", "points", whole, "points", range(1, 100'000), "", "how many points", "", {}, true},
      {"sweep.hypercube", "seed", whole, "", range(0, most_of_32_bits), "", "of how they are spread",
       "the study's seed"},
  };
}

}  // namespace clientele::scenarios
