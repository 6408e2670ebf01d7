// Data and tables that only developers' machines have: where they are looked for.
#pragma once
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace clientele::tests {

/// The file `name` of the folder that `variable` names, else of ../shared/`folder` beside the checkout. Where it is
/// absent this says so, in the words that ctest takes for a skipped test.
inline std::optional<std::filesystem::path> shared_file(const char* variable, const std::string& folder,
                                                        const std::string& name) {
  const char* given = std::getenv(variable);
  const std::filesystem::path home =
      given ? std::filesystem::path(given)
            : std::filesystem::path(CLIENTELE_SOURCE_DIR).parent_path() / "shared" / folder;
  if (std::filesystem::is_regular_file(home / name)) return home / name;
  std::printf("skipped: no %s (%s names its folder)\n", (home / name).c_str(), variable);
  return {};
}

}  // namespace clientele::tests
