// What an annual report says: [totals], as scenarios/totals.cpp lists them.
#include "scenarios/totals.hpp"

#include "scenarios/keys/families.hpp"

namespace clientele::scenarios {

std::vector<StudyKey> keys_of_totals() {
  using enum KeyKind;
  std::vector<StudyKey> keys;
  for (const TotalInfo& total : total_infos())
    keys.push_back({"totals", total.key, total.total == Total::customers ? whole : number, total.unit, total.range, "",
                    total.meaning, "it is not compared"});
  return keys;
}

}  // namespace clientele::scenarios
