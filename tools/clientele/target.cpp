// Looks at devices and inodes, since one file can have many names.
#include "tools/clientele/target.hpp"

#include "output/cube/seal.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::tools {

namespace fs = std::filesystem;

namespace {

void refuse(const fs::path& file, const std::string& why) {
  throw sim::UserError(sim::file_in_quotes(file) + " is not replaced: " + why + ". Choose another name?",
                       sim::Exit::output_exists);
}

void check_input(const fs::path& file, const fs::path& input, const std::string& what) {
  std::error_code not_there;
  if (fs::equivalent(file, input, not_there)) refuse(file, "it is " + what + " that this run reads");
}

}  // namespace

void check_output(const fs::path& file, output::Existing existing, const fs::path& study_file,
                  const sim::Study& study) {
  check_input(file, study_file, "the study");
  if (study.population.file)  // its path is relative to the study, or where an option names it, to where we are
    for (const fs::path& folder : {study_file.parent_path(), fs::path()})
      check_input(file, folder / study.population.file->name, "the table of customers");
  output::check_target(file, output::Existing::replace);
  if (existing == output::Existing::replace && fs::exists(file) && !is_replaceable(file))
    refuse(file,
           "--force replaces cubes, and this is no whole cube of clientele (its last line, the seal, is missing)");
}

bool is_replaceable(const fs::path& file) { return fs::is_empty(file) || output::has_seal(file); }

}  // namespace clientele::tools
