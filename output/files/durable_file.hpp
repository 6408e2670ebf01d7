// The only door through which output reaches the disk: a file is there whole, or it is not there.
#pragma once
#include <filesystem>
#include <string_view>

#include "sim/core/check.hpp"

namespace clientele::output {

/// What to do with a file that is there already.
enum class Existing { refuse, replace };

/// Throws UserError where a file could not be put at `target`; call it before a simulation starts. Leaves no trace.
/// Statuses: output_exists (a file that may not be replaced, or no plain file: directory, pipe, device, link),
/// input_output (no such directory), permission.
void check_target(const std::filesystem::path& target, Existing existing);

/// Removes what killed runs of this machine left beside `target`: temporary files whose process is no more. Call it
/// only while no other run writes to the same target.
void remove_left_overs(const std::filesystem::path& target);

/// A new file beside its target, under a name of its own until commit().
///
/// The temporary name is `.NAME.tmp.<host>.<pid>`, so that a rename stays within one file system, two runs never share
/// it, and a left-over of a killed run tells whose it was. Every failure removes it; so does a missing commit().
class DurableFile {
 public:
  DurableFile(std::filesystem::path target, Existing existing);
  ~DurableFile();
  DurableFile(const DurableFile&) = delete;
  DurableFile& operator=(const DurableFile&) = delete;

  /// Appends bytes. A writer that opens files by name itself (HDF5) writes to temporary() instead, or before.
  void write(std::string_view bytes);
  const std::filesystem::path& temporary() const { return temporary_; }

  /// Brings content, then name, to the disk: fsync, close, rename, fsync of the directory.
  void commit();

 private:
  void open_temporary();
  void put_in_place();
  [[noreturn]] void fail(std::string_view doing, int error) const;

  std::filesystem::path target_, temporary_;
  Existing existing_;
  int descriptor_ = -1;
};

}  // namespace clientele::output
