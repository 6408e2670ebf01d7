// What an option names of a study, a scenario or a policy: its place among them.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace clientele::tools {

/// The first of that name. Throws UserError (usage) with all names and the nearest one where there is none; `option` is
/// "policy" of --policy.
std::uint32_t place_named(const std::vector<std::string>& names, const std::string& name, const std::string& option);

/// Of what has a name.
template <class Named>
std::uint32_t place_named(const std::vector<Named>& list, const std::string& name, const std::string& option) {
  std::vector<std::string> names;
  for (const Named& one : list) names.push_back(one.name);
  return place_named(names, name, option);
}

}  // namespace clientele::tools
