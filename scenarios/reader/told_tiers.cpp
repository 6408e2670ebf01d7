// Names of tiers in a customer file, once policies are read.
#include <algorithm>

#include "scenarios/customers/columns.hpp"
#include "scenarios/customers/file.hpp"
#include "scenarios/reader/reading.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "sim/roll_out.hpp"

namespace clientele::scenarios {

using sim::in_quotes;

void read_told_tiers(Reading& reading) {
  if (!reading.told_tiers || !reading.study.population.file) return;
  if (reading.study.policies.size() <= reading.study.baseline) return;
  const ToldTiers& told = *reading.told_tiers;
  const sim::Policy& baseline = reading.study.policies[reading.study.baseline];
  std::vector<std::string> known;
  for (const sim::Tier& tier : sim::own_tiers(baseline)) known.push_back(tier.name);
  std::vector<std::string> mistakes;
  std::vector<std::int32_t> tier_of_name;
  for (std::size_t n = 0; n < told.names.size(); ++n) {
    const auto found = std::ranges::find(known, told.names[n]);
    tier_of_name.push_back(static_cast<std::int32_t>(found - known.begin()));
    if (found != known.end()) continue;
    const std::string guess = sim::nearest(told.names[n], known);
    std::string names;
    for (const std::string& name : known) names += (names.empty() ? "" : ", ") + name;
    mistakes.push_back(told.places[n] + "column " + in_quotes(tier_today, max_shown) + " = " +
                       in_quotes(told.names[n], max_shown) + " is no tier of the baseline, policy " +
                       in_quotes(baseline.name, max_shown) + " (there are: " + sim::printable(names, 100) +
                       "; nothing where a customer has none)." +
                       (guess.empty() ? "" : " Did you mean " + in_quotes(guess, max_shown) + "?"));
  }
  const std::size_t count = mistakes.size();
  reading.mistakes.add_elsewhere(std::move(mistakes), count);
  if (count > 0) return;
  std::vector<std::int32_t>& tiers = reading.study.population.file->tiers;
  for (const std::int32_t name : told.by_row)
    tiers.push_back(name < 0 ? -1 : tier_of_name[static_cast<std::size_t>(name)]);
}

}  // namespace clientele::scenarios
