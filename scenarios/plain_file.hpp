// Opens what is a file, and never waits for what only looks like one: a pipe, a device, a folder.
#pragma once
#include <filesystem>
#include <fstream>
#include <string>

#include "sim/core/check.hpp"

namespace clientele::scenarios {

/// A file open for reading, or why it cannot be read.
struct PlainFile {
  std::ifstream stream;
  std::string problem;  ///< empty where there is none
  sim::Exit status = sim::Exit::input_output;
};

PlainFile open_plain_file(const std::filesystem::path& path);

}  // namespace clientele::scenarios
