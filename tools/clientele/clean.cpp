// `clientele clean FILE`: removes the records that a run has kept beside its cube.
#include <cstdio>

#include "output/file_errors.hpp"
#include "output/records/run_directory.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {

namespace fs = std::filesystem;

sim::Exit clean(const Words& words) {
  const fs::path cube = Arguments(words, {}).only_word("FILE");
  const fs::path folder = output::run_directory_of(cube);
  const bool is_cube = fs::exists(fs::symlink_status(cube));
  if (!fs::exists(fs::symlink_status(folder))) {
    if (!is_cube)
      throw sim::UserError(
          "neither " + output::quoted(cube) + " nor " + output::quoted(folder) + " is there. Is the name right?",
          sim::Exit::input_output);
    std::printf("%s has no records.\n", cube.c_str());
    return sim::Exit::done;
  }
  const auto removed = output::RunDirectory(folder).remove();
  std::printf("removed the records in %s: %s file%s, %s%s%s\n", folder.c_str(), with_commas(removed.files).c_str(),
              removed.files == 1 ? "" : "s", bytes_in_short(removed.bytes).c_str(),
              removed.folder ? "" : " (the folder holds other files and stays)",
              is_cube ? "" : " (their cube was not made yet: it would have to be lived anew)");
  return sim::Exit::done;
}

}  // namespace clientele::tools
