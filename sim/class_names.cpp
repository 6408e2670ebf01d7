// "workshop / today's A / tenth 1", where 1 is the tenth that bought most.
#include "sim/class_names.hpp"

#include "sim/roll_out.hpp"

namespace clientele::sim {

std::size_t number_of_classes(const Study& study) {
  return study.count.classes ? own_tiers(study.policies.at(study.baseline)).size() * tenths + 3 : 1;
}

std::vector<std::string> names_of_classes(const Study& study) {
  const Policy& baseline = study.policies.at(study.baseline);
  std::vector<std::string> names;
  for (const Group& group : study.population.groups) {
    const std::string of_group = study.population.groups.size() > 1 ? group.name + " / " : "";
    for (const Tier& tier : own_tiers(baseline))
      for (std::size_t tenth = 1; tenth <= tenths; ++tenth)
        names.push_back(of_group + baseline.name + "'s " + tier.name + " / tenth " + std::to_string(tenth));
    for (const char* other : {class_of_leavers, class_of_newcomers, class_of_firm}) names.push_back(of_group + other);
  }
  return names;
}

}  // namespace clientele::sim
