// Nobody has to name a file that has the cube's name.
#include "tools/clientele/sensitivity/beside.hpp"

#include <cstdio>
#include <filesystem>

#include "sim/core/check.hpp"

namespace clientele::tools {

void with_sensitivity_of(const std::string& cube, const std::optional<std::string>& named,
                         const std::function<void(const std::string& file)>& use) {
  const std::string file = named.value_or(cube + ".sensitivity.json");
  if (!named && !std::filesystem::exists(file)) return;
  try {
    use(file);
  } catch (const sim::UserError& error) {
    if (named) throw;
    std::fprintf(stderr, "warning: not told: %s\n", error.what());
  }
}

}  // namespace clientele::tools
