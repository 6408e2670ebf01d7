// `clientele clean FILE`: removes the records that a run has kept beside its cube, or those of other models only.
#include <cstdio>
#include <optional>

#include "models/catalogue.hpp"
#include "output/files/file_errors.hpp"
#include "output/records/run_directory.hpp"
#include "output/records/segment.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {

namespace fs = std::filesystem;

namespace {

/// "3 files, 1.2 MB".
std::string size_of(const std::vector<fs::path>& files) {
  std::uint64_t bytes = 0;
  for (const fs::path& file : files) {
    std::error_code none;
    const std::uint64_t size = fs::file_size(file, none);
    if (!none) bytes += size;
  }
  return with_commas(files.size()) + (files.size() == 1 ? " file, " : " files, ") + bytes_in_short(bytes);
}

struct Sorted {
  std::vector<fs::path> removed, kept;
};

/// What a model has made stays; where none is named, nothing does.
Sorted sorted(const fs::path& folder, const std::string& staying_model) {
  Sorted all;
  for (const fs::path& segment : output::segments_in(folder)) {
    const bool stays = !staying_model.empty() && output::is_of_model(segment, staying_model);
    (stays ? all.kept : all.removed).push_back(segment);
  }
  return all;
}

/// Of other models no run can use anything; what this program's model has made stays.
std::string told_of_stale(const fs::path& folder, const Sorted& all, const std::string& verb) {
  const std::string kept =
      size_of(all.kept) + " of this program's model " + std::string(models::model_version) + " stay";
  if (all.removed.empty()) return folder.string() + " has no records of other models; " + kept + ".";
  return verb + " the records of other models in " + folder.string() + ": " + size_of(all.removed) + "; " + kept + ".";
}

}  // namespace

sim::Exit clean(const Words& words) {
  const Arguments arguments(words, {{"stale", 0, Option::Takes::nothing}, {"dry-run", 0, Option::Takes::nothing}});
  const fs::path cube = arguments.only_word("FILE");
  const fs::path folder = output::run_directory_of(cube);
  const bool is_cube = fs::exists(fs::symlink_status(cube)), stale = arguments.has("stale");
  if (!fs::exists(fs::symlink_status(folder))) {
    if (!is_cube)
      throw sim::UserError("neither " + sim::file_in_quotes(cube) + " nor " + sim::file_in_quotes(folder) +
                               " is there. Is the name right?",
                           sim::Exit::input_output);
    std::printf("%s has no records.\n", cube.c_str());
    return sim::Exit::done;
  }
  std::optional<output::RunDirectory> directory;
  if (!arguments.has("dry-run")) directory.emplace(folder);
  const Sorted all = sorted(folder, stale ? std::string(models::model_version) : "");
  const std::string verb = directory ? "removed" : "would remove", size = size_of(all.removed);
  const std::string told = told_of_stale(folder, all, verb);
  const bool is_gone = !directory || directory->remove(all.removed);
  if (stale)
    std::printf("%s\n", told.c_str());
  else
    std::printf("%s the records in %s: %s%s%s\n", verb.c_str(), folder.c_str(), size.c_str(),
                is_gone ? "" : " (the folder holds other files and stays)",
                is_cube ? "" : " (the file that they are for was not made yet: all would have to be simulated anew)");
  return sim::Exit::done;
}

}  // namespace clientele::tools
