// The first leaves an empty file, which goes away when all have seen it.
#include "tools/clientele/shared_folder.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <thread>

#include "models/catalogue.hpp"
#include "output/files/append_file.hpp"
#include "output/records/segment.hpp"
#include "sim/core/printable.hpp"

namespace clientele::tools {
namespace {

/// A network file system may show late what another machine has made.
bool is_seen_soon(const std::filesystem::path& file) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::seconds longest{10};
  std::error_code none;
  for (const auto end = Clock::now() + longest; Clock::now() < end;) {
    if (std::filesystem::exists(file, none)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

}  // namespace

void expect_shared(const std::filesystem::path& folder, const Together& together) {
  if (together.count() == 1) return;
  std::optional<output::AppendFile> token;
  const std::string name = together.by_first([&] {
    token.emplace(output::new_segment_in(folder, std::string(models::model_version)));
    return token->path().filename().string();
  });
  together.agree([&] {
    if (!is_seen_soon(folder / name))
      throw sim::UserError(sim::file_in_quotes(folder) +
                               " is not the folder that the first rank sees under this name. Is it on a file system "
                               "that all machines share?",
                           sim::Exit::input_output);
  });
}

}  // namespace clientele::tools
