// A name that is none is told with those that are.
#include "tools/clientele/place_named.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"

namespace clientele::tools {

std::uint32_t place_named(const std::vector<std::string>& names, const std::string& name, const std::string& option) {
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return static_cast<std::uint32_t>(found - names.begin());
  std::string all;
  for (const std::string& one : names) all += (all.empty() ? "" : ", ") + sim::printable(one);
  const std::string guess = sim::nearest(name, names);
  throw sim::UserError("--" + option + " " + sim::in_quotes(name) + " is not in the study (there are: " + all + ")." +
                           (guess.empty() ? "" : " Did you mean " + sim::in_quotes(guess) + "?"),
                       sim::Exit::usage);
}

}  // namespace clientele::tools
