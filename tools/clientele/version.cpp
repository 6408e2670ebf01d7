// `clientele version`: what this is; the model version changes when equal studies give other numbers.
#include <cstdio>
#include <filesystem>
#include <sstream>
#include <string_view>

#include <link.h>
#include <nlohmann/json.hpp>

#include "models/catalogue.hpp"
#include "output/cube/wording.hpp"
#include "output/records/record.hpp"
#include "sim/parallel/processors.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/built_with.hpp"
#include "tools/clientele/processes.hpp"
#include "tools/clientele/report/script.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> words_in(const char* text) {
  std::istringstream words(text);
  std::vector<std::string> list;
  for (std::string word; words >> word;) list.push_back(word);
  return list;
}

/// The file of a library that the loader took for this program; empty where there is none of that name.
std::string loaded_file(std::string_view library) {
  struct Search {
    std::string_view library;
    std::string file;
  } search{library, ""};
  dl_iterate_phdr(
      [](dl_phdr_info* loaded, std::size_t, void* data) {
        auto& wanted = *static_cast<Search*>(data);
        const std::string_view file = loaded->dlpi_name;
        if (file.find(wanted.library) != std::string_view::npos) wanted.file = file;
        return 0;
      },
      &search);
  return search.file;
}

/// Of several that were built the loader takes the best that this CPU runs, and its folder tells which.
std::string level_in_use(const std::vector<std::string>& built) {
  const std::filesystem::path folder = std::filesystem::path(loaded_file("libclientele_sim")).parent_path();
  return folder.parent_path().filename() == "glibc-hwcaps" ? folder.filename().string() : built.front();
}

Json facts() {
  const std::vector<std::string> levels = words_in(built_with.levels);
  return {{"schema_version", 1},
          {"version", CLIENTELE_VERSION},
          {"model_version", models::model_version},
          {"cube_format", output::cube_format},
          {"record_format", output::record_format},
          {"build_type", built_with.build_type},
          {"compiler", built_with.compiler},
          {"flags", words_in(built_with.flags)},
          {"arithmetic", words_in(built_with.arithmetic)},
          {"cpu_levels", levels},
          {"cpu_level", level_in_use(levels)},
          {"hdf5", built_with.hdf5},
          {"tbb", *built_with.tbb == '\0' ? Json() : Json(built_with.tbb)},
          {"openmp", "simd"},
          {"mpi", joined_by().empty() ? Json() : Json(joined_by())},
          {"workbooks", built_with.has_workbooks},
          {"pictures", !report_script().empty()},
          {"processors", sim::usable_processors()}};
}

}  // namespace

sim::Exit version(const Words& words) {
  const Arguments arguments(words, {{"json", 0, Option::Takes::nothing}});
  expect_nothing(arguments.words(), "version");
  if (arguments.has("json"))
    std::printf("%s\n", facts().dump(2).c_str());
  else
    std::printf("clientele %s, model %.*s\n", CLIENTELE_VERSION, static_cast<int>(models::model_version.size()),
                models::model_version.data());
  return sim::Exit::done;
}

}  // namespace clientele::tools
