// A segment: records one after the other in a file of one process. Damage costs the records that it hits, no other.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <vector>

#include "output/records/record.hpp"

namespace clientele::output {

/// `seg-`, 16 hex digits that stand for the model, and 16 random ones: no two processes on no two machines share a
/// file.
std::filesystem::path new_segment_in(const std::filesystem::path& directory, const std::string& model_version);
/// Whether this program's model made a segment; of earlier programs' segments nothing says so.
bool is_of_model(const std::filesystem::path& segment, const std::string& model_version);
bool is_segment(const std::filesystem::path& path);
/// All segments of a directory, by name. Throws UserError where it cannot be listed.
std::vector<std::filesystem::path> segments_in(const std::filesystem::path& directory);

/// What a scan had to leave out: a tail that a killed process tore, what a disk has changed, or what is too old.
struct Dropped {
  std::uint64_t records = 0;  ///< whose header holds and whose content does not
  std::uint64_t bytes = 0;    ///< from the first byte on that is no header
  std::uint64_t earlier = 0;  ///< segments of an earlier format, whose numbers are of a model that is gone
};

/// What a scan looks at: headers alone are read many times faster, and do not tell what a disk has changed.
enum class Check { all, headers };

/// Calls `visit` for every record from `from` on that is whole, with the place of its payload; `from` becomes the place
/// up to which all are. Throws UserError for a format that is newer than this program, for a disk that cannot be read,
/// and (stopped_early) where the token says so.
Dropped scan_segment(const std::filesystem::path& path, std::uint64_t& from, Check check, const std::stop_token& stop,
                     const std::function<void(const RecordHeader& header, std::uint64_t payload_at)>& visit);

/// A file that is read at places.
class SegmentReader {
 public:
  explicit SegmentReader(std::filesystem::path path);
  ~SegmentReader();
  SegmentReader(const SegmentReader&) = delete;
  SegmentReader& operator=(const SegmentReader&) = delete;

  /// `bytes` becomes as much of what is asked for as the file holds.
  void read(std::uint64_t at, std::uint64_t size, std::string& bytes) const;
  std::uint64_t size() const { return size_; }
  const std::filesystem::path& path() const { return path_; }

 private:
  [[noreturn]] void fail(int error) const;

  std::filesystem::path path_;
  std::uint64_t size_ = 0;
  int descriptor_ = -1;
};

}  // namespace clientele::output
