// What a study says of the year before month 0: nothing is simulated by it, and `check` holds the baseline to it.
#include "scenarios/reader/section.hpp"
#include "scenarios/totals.hpp"

namespace clientele::scenarios {

void read_totals(const Node& root, Reading& reading) {
  const Entry* entry = root.find("totals");
  if (entry == nullptr) return;
  Section section(entry->node, "totals.", reading);
  for (const TotalInfo& total : total_infos())
    reading.totals[total.total] = section.number(study_key("totals", total.key));
  section.close();
  for (const Contradiction& one : contradictions_in(reading.totals)) {
    const std::string_view key = total_infos()[static_cast<std::size_t>(one.between.first)].key;
    reading.mistakes.add(entry->node.find(key)->node.place, "totals: " + one.text);
  }
}

}  // namespace clientele::scenarios
