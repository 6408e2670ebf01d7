// One line per axis: what it is called, and what a study has there.
#include "scenarios/reader/axes.hpp"

#include <vector>

#include "sim/class_names.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

namespace {

template <class List, class Name>
std::string names_of(const List& list, const Name& name) {
  std::string text;
  for (const auto& item : list) text += (text.empty() ? "" : ", ") + name(item);
  return text.empty() ? "none" : text;
}

std::string tiers_of(const sim::Study& study) {
  return names_of(study.policies, [](const sim::Policy& policy) {
    return policy.name + ": " + names_of(policy.tiers, [](const sim::Tier& tier) { return tier.name; });
  });
}

/// Points share their draws.
std::string law_of(const sim::Uncertain& uncertain) {
  return uncertain.path + " " + sim::shortest_text(uncertain.law.values[0]) + " " +
         sim::shortest_text(uncertain.law.values[1]);
}

/// In the order in which a mistake is told.
std::vector<AxisThatDiffers> axes_of(const sim::Study& study) {
  const auto called = [](const auto& item) { return item.name; };
  const auto month = [](int number) { return std::to_string(number); };
  return {{"the months", std::to_string(study.horizon.months), {}},
          {"the months of the run-off", std::to_string(study.horizon.run_off), {}},
          {"the months beyond the horizon", std::to_string(study.horizon.beyond), {}},
          {"the draws", std::to_string(study.draws), {}},
          {"the replications", std::to_string(study.replications), {}},
          {"the seed, and with it the luck", std::to_string(study.seed), {}},
          {"the quantum of money", sim::number_text(study.money_quantum), {}},
          {"the scenarios", names_of(study.scenarios, called), {}},
          {"the policies", names_of(study.policies, called), {}},
          {"the tiers", tiers_of(study), {}},
          {"the groups", names_of(study.population.groups, called), {}},
          {"the classes of customers", std::to_string(sim::number_of_classes(study)), {}},
          {"the draws of what is uncertain", names_of(study.uncertain, law_of), {}},
          {"the months of histograms", names_of(study.count.histogram_months, month), {}},
          {"whether reviews are counted", study.count.reviews ? "true" : "false", {}},
          {"whether points are counted by age", study.count.triangle ? "true" : "false", {}}};
}

}  // namespace

std::optional<AxisThatDiffers> axis_that_differs(const sim::Study& stated, const sim::Study& point) {
  const std::vector<AxisThatDiffers> axes = axes_of(stated), others = axes_of(point);
  for (std::size_t a = 0; a < axes.size(); ++a)
    if (axes[a].stated != others[a].stated) return AxisThatDiffers{axes[a].name, axes[a].stated, others[a].stated};
  return std::nullopt;
}

}  // namespace clientele::scenarios
