// Whether another program has a file open: HDF5 locks what it opens, and keeps the lock for as long.
#pragma once
#include <filesystem>

namespace clientele::output {

enum class Held { by_nobody, for_reading, for_writing };

/// What the lock of another program says. Programs that take no lock, and file systems that have none, say nothing.
Held held_by_others(const std::filesystem::path& path);

}  // namespace clientele::output
