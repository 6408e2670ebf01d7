// What the system says when a file cannot be had, in words that help, and the exit status that goes with it.
#pragma once
#include <filesystem>
#include <string>

#include "sim/core/check.hpp"

namespace clientele::output {

/// permission or input_output.
sim::Exit status_of(int error);

/// What a reader of the message can do about it: empty, or a question that begins with a space.
std::string advice(int error);

/// The folder that a file is in; "." where its path names none.
std::filesystem::path directory_of(const std::filesystem::path& file);

/// Makes names in a directory survive a power cut. 0, or the error; file systems that cannot do it count as done.
int sync_directory(const std::filesystem::path& directory);

}  // namespace clientele::output
