// The last line of a cube vouches for every byte before it: damage is found before HDF5 can stumble over it.
#pragma once
#include <filesystem>
#include <string>

namespace clientele::output {

/// The line that is put behind the bytes that a file holds now. HDF5 ignores what follows its own end.
std::string seal_of(const std::filesystem::path& path);

/// Whether a file ends in the line of a seal, sound or not: it is, or was, a whole cube.
bool has_seal(const std::filesystem::path& path);

/// Throws UserError where a file cannot be read (input_output), has no seal, or is not as it was sealed (bad_data).
void check_seal(const std::filesystem::path& path);

}  // namespace clientele::output
