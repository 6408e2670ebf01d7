// mkdtemp makes it with mode 0700.
#include "tools/clientele/backtest/private_folder.hpp"

#include <cstdlib>
#include <string>
#include <system_error>

#include "sim/core/check.hpp"

namespace clientele::tools {

PrivateFolder::PrivateFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "clientele-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr)
    throw sim::UserError("no folder can be made in " + std::filesystem::temp_directory_path().string() +
                             " (is it full, or not yours? TMPDIR names another).",
                         sim::Exit::input_output);
  path_ = name;
}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace clientele::tools
