// Gathers the keys of scenarios/keys/ and looks one up.
#include "scenarios/study_keys.hpp"

#include <algorithm>
#include <string>

#include "scenarios/keys/families.hpp"
#include "sim/core/check.hpp"

namespace clientele::scenarios {

const std::vector<StudyKey>& study_keys() {
  static const std::vector<StudyKey> all = [] {
    std::vector<StudyKey> keys;
    for (auto& some :
         {keys_of_time_and_money(), keys_of_population(), keys_of_uncertain(), keys_of_totals(), keys_of_books(),
          keys_of_policies(), keys_of_scenarios(), keys_of_experiment(), keys_of_output(), keys_of_sweep()})
      keys.insert(keys.end(), some.begin(), some.end());
    return keys;
  }();
  return all;
}

const StudyKey& study_key(std::string_view table, std::string_view key) {
  const auto found = std::ranges::find_if(
      study_keys(), [&](const StudyKey& known) { return known.table == table && known.key == key; });
  sim::expects(found != study_keys().end(), "a study has no key " + std::string(table) + "." + std::string(key));
  return *found;
}

}  // namespace clientele::scenarios
