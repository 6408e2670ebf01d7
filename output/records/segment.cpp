// A header that does not hold ends the reading of a segment: nothing behind it can be told apart from chance.
#include "output/records/segment.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/files/file_errors.hpp"
#include "output/files/hash.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

namespace fs = std::filesystem;
using sim::UserError;

namespace {

constexpr std::string_view start_of_name = "seg-";

void refuse_later_format(const fs::path& path, std::uint32_t format) {
  if (format <= record_format) return;
  throw UserError(sim::file_in_quotes(path) + " holds records of format " + std::to_string(format) +
                  " (this program knows " + std::to_string(record_format) + "). Is there a newer clientele?");
}

}  // namespace

fs::path new_segment_in(const fs::path& directory, const std::string& model_version) {
  std::array<std::uint64_t, 2> name{checksum_of(model_version), 0};
  sim::expects(::getrandom(&name[1], sizeof name[1], 0) == sizeof name[1], "the system gives random bytes");
  return directory / (std::string(start_of_name) + hex_of(name));
}

bool is_of_model(const fs::path& segment, const std::string& model_version) {
  const std::string start = std::string(start_of_name) + hex_of({checksum_of(model_version), 0}).substr(0, 16);
  return segment.filename().string().starts_with(start);
}

bool is_segment(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with(start_of_name) && name.size() == start_of_name.size() + 32 &&
         name.find_first_not_of("0123456789abcdef", start_of_name.size()) == std::string::npos;
}

std::vector<fs::path> segments_in(const fs::path& directory) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error))
    if (is_segment(at->path())) found.push_back(at->path());
  if (error)
    throw UserError("the records in " + sim::file_in_quotes(directory) + " cannot be listed (" + error.message() + ").",
                    status_of(error.value()));
  std::ranges::sort(found);
  return found;
}

SegmentReader::SegmentReader(fs::path path) : path_(std::move(path)) {
  descriptor_ = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  struct stat status {};
  if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0) {
    const int error = errno;
    if (descriptor_ >= 0) ::close(descriptor_);
    fail(error);
  }
  size_ = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
}

SegmentReader::~SegmentReader() { ::close(descriptor_); }

void SegmentReader::fail(int error) const {
  throw UserError("the records in " + sim::file_in_quotes(path_) + " cannot be read (" + std::strerror(error) +
                      "). Is the disk sound?",
                  status_of(error));
}

void SegmentReader::read(std::uint64_t at, std::uint64_t size, std::string& bytes) const {
  bytes.resize(at >= size_ ? 0 : std::min(size, size_ - at));
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(at + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(errno);
    if (got == 0) return bytes.resize(done);
    done += static_cast<std::size_t>(got);
  }
}

Dropped scan_segment(const fs::path& path, std::uint64_t& from, Check check, const std::stop_token& stop,
                     const std::function<void(const RecordHeader&, std::uint64_t)>& visit) {
  const SegmentReader segment(path);
  Dropped dropped;
  std::string bytes;
  for (std::uint64_t at = from; at < segment.size();) {
    if (stop.stop_requested()) throw UserError("stopped early.", sim::Exit::stopped_early);
    segment.read(at, record_header_size, bytes);
    const auto header = bytes.size() == record_header_size ? header_of(bytes) : std::nullopt;
    if (header) refuse_later_format(path, header->format);
    if (header && header->format < record_format) {
      ++dropped.earlier;
      return dropped;
    }
    const std::uint64_t payload_at = at + record_header_size;
    if (!header || header->payload_size > segment.size() - payload_at) {
      dropped.bytes += segment.size() - at;
      return dropped;
    }
    if (check == Check::all) segment.read(payload_at, header->payload_size, bytes);
    if (check == Check::headers ||
        (bytes.size() == header->payload_size && checksum_of(bytes) == header->payload_checksum))
      visit(*header, payload_at);
    else
      ++dropped.records;
    at = payload_at + header->payload_size;
    if (dropped.records == 0) from = at;
  }
  return dropped;
}

}  // namespace clientele::output
