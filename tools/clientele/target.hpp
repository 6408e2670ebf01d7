// What a run may write to: nothing that it reads itself, and with --force only what is a cube.
#pragma once
#include <filesystem>

#include "output/files/durable_file.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

/// Throws UserError (output_exists) where `file` is the study or its table of customers under whatever name, or where
/// it would be replaced and holds something else than a cube; and all that output::check_target throws.
void check_output(const std::filesystem::path& file, output::Existing existing, const std::filesystem::path& study_file,
                  const sim::Study& study);

/// Whether --force replaces a file that is there: a cube, whole or damaged, or an empty file.
bool is_replaceable(const std::filesystem::path& file);

}  // namespace clientele::tools
