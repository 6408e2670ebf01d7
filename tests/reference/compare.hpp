// Sets a study's engine runs beside its scalar runs, and names the first integer that differs.
#pragma once
#include <optional>
#include <string>

#include "sim/class_names.hpp"
#include "sim/plan.hpp"
#include "tests/reference/blend.hpp"
#include "tests/support/altered.hpp"

namespace clientele::tests {

/// A group, and the class in it where classes are counted.
inline std::string name_of_place(const sim::Study& study, const sim::OutcomeInfo& info, std::size_t place) {
  const std::string& group = study.population.groups[place / info.classes].name;
  return info.classes == 1 ? group : group + " (" + sim::names_of_classes(study)[place] + ")";
}

/// Every count, bin, move and age of a cell; nothing when all are equal.
inline std::optional<std::string> first_difference(const sim::Study& study, const sim::OutcomeInfo& info,
                                                   const sim::CellOutcome& engine, const sim::CellOutcome& scalar) {
  const sim::Cell& cell = scalar.cell;
  const std::string where = "scenario " + study.scenarios[cell.scenario].name + ", policy " +
                            study.policies[cell.policy].name + ", draw " + std::to_string(cell.draw) +
                            ", replication " + std::to_string(cell.replication);
  if (engine.counts.size() != scalar.counts.size()) return where + ": another number of counts";
  for (std::size_t at = 0; at < scalar.counts.size(); ++at) {
    if (engine.counts[at] == scalar.counts[at]) continue;
    const std::size_t metric = at % info.metrics.size(), place = at / info.metrics.size();
    const std::size_t group = place % info.groups, tier = place / info.groups % info.tiers;
    return where + ", month " + std::to_string(place / info.groups / info.tiers) + ", tier " + std::to_string(tier) +
           ", group " + name_of_place(study, info, group) + ", " + info.metrics[metric].name + ": engine " +
           std::to_string(engine.counts[at]) + ", reference " + std::to_string(scalar.counts[at]);
  }
  if (engine.beyond.size() != scalar.beyond.size()) return where + ": another number of counts beyond the horizon";
  for (std::size_t at = 0; at < scalar.beyond.size(); ++at) {
    if (engine.beyond[at] == scalar.beyond[at]) continue;
    const std::vector<std::size_t> kept = info.metrics_beyond();
    const std::size_t place = at / kept.size();
    return where + ", month " + std::to_string(place / info.groups / info.tiers) + " beyond the horizon, tier " +
           std::to_string(place / info.groups % info.tiers) + ", " + info.metrics[kept[at % kept.size()]].name +
           ": engine " + std::to_string(engine.beyond[at]) + ", reference " + std::to_string(scalar.beyond[at]);
  }
  if (engine.histograms.size() != scalar.histograms.size()) return where + ": another number of histograms";
  for (std::size_t h = 0; h < scalar.histograms.size(); ++h)
    for (std::size_t place = 0; place < scalar.histograms[h].size(); ++place)
      if (engine.histograms[h].at(place) != scalar.histograms[h][place])
        return where + ", histogram " + info.histograms[h].name + ", named month " +
               std::to_string(place / info.groups) + ", group " + name_of_place(study, info, place % info.groups);
  if (engine.flows.size() != scalar.flows.size()) return where + ": another number of moves between tiers";
  for (std::size_t at = 0; at < scalar.flows.size(); ++at) {
    if (engine.flows[at] == scalar.flows[at]) continue;
    const std::size_t pair = at / info.groups, tier_to = pair % info.tiers, tier = pair / info.tiers % info.tiers;
    return where + ", month " + std::to_string(pair / info.tiers / info.tiers) + ", moves from tier " +
           std::to_string(tier) + " to " + std::to_string(tier_to) + ", group " +
           name_of_place(study, info, at % info.groups) + ": engine " + std::to_string(engine.flows[at]) +
           ", reference " + std::to_string(scalar.flows[at]);
  }
  if (engine.by_age.size() != scalar.by_age.size()) return where + ": another number of counts by age";
  for (std::size_t at = 0; at < scalar.by_age.size(); ++at)
    if (engine.by_age[at] != scalar.by_age[at])
      return where + ", month " + std::to_string(at / info.ages / info.aged.size()) + ", " +
             info.aged[at / info.ages % info.aged.size()].name + " of age " + std::to_string(at % info.ages) +
             ": engine " + std::to_string(engine.by_age[at]) + ", reference " + std::to_string(scalar.by_age[at]);
  return std::nullopt;
}

/// Lives all cells of a study both ways. CellTwin: a Cell<...> of the catalogue.
template <class CellTwin>
std::optional<std::string> first_difference(const sim::Study& study, const sim::Catalogue& catalogue,
                                            const sim::RunOptions& options) {
  const sim::Plan plan(study, catalogue);
  const sim::OutcomeInfo& info = plan.info();
  sim::MemorySink engine;
  run_altered(plan, sim::all_cells(study), engine, options);
  for (const sim::Cell& cell : sim::all_cells(study)) {
    const auto found =
        first_difference(study, info, engine.outcomes().at(cell), lived_alone<CellTwin>(study, catalogue, info, cell));
    if (found) return found;
  }
  return std::nullopt;
}

}  // namespace clientele::tests
