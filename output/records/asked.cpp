// Fields with their lengths, so that no text can be taken for another field, and a checksum at the end.
#include "output/records/asked.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include "output/files/append_file.hpp"
#include "output/files/file_errors.hpp"
#include "output/files/hash.hpp"
#include "output/records/segment.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view file_name = "asked", first_line = "clientele asked 1\n";
constexpr std::uint64_t max_bytes_of_question = 16 << 20;

std::string field(std::string_view name, const std::string& value) {
  return std::string(name) + " " + std::to_string(value.size()) + "\n" + value + "\n";
}

std::string bytes_of(const Asked& asked) {
  std::string bytes = std::string(first_line) + field("program", asked.program) + field("model", asked.model) +
                      field("digest", asked.digest) + field("title", asked.title) +
                      field("shards", std::to_string(asked.shards)) + field("folder", asked.folder.string()) +
                      field("here", asked.here.string());
  for (const std::string& option : asked.options) bytes += field("option", option);
  bytes += field("text", asked.text);
  return bytes + field("checksum", hex_of({checksum_of(bytes), 0}).substr(0, 16));
}

/// The next field, taken off the front; nothing where there is no whole one.
std::optional<std::pair<std::string, std::string>> take_field(std::string_view& rest) {
  const std::size_t end = rest.find('\n'), space = rest.find(' ');
  if (end == std::string_view::npos || space == std::string_view::npos || space > end) return std::nullopt;
  std::uint64_t size = 0;
  const auto [stop, error] = std::from_chars(rest.data() + space + 1, rest.data() + end, size);
  if (error != std::errc() || stop != rest.data() + end || size >= rest.size() - end - 1) return std::nullopt;
  std::pair<std::string, std::string> field(rest.substr(0, space), rest.substr(end + 1, size));
  if (rest[end + 1 + size] != '\n') return std::nullopt;
  rest.remove_prefix(end + 1 + size + 1);
  return field;
}

/// A name that nothing in the program has is of a later one, and left out.
bool put_into(Asked& asked, const std::string& name, std::string&& value) {
  if (name == "shards") {
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), asked.shards);
    return error == std::errc() && end == value.data() + value.size();
  }
  for (const auto& [known, text] :
       {std::pair{"program", &asked.program}, std::pair{"model", &asked.model}, std::pair{"digest", &asked.digest},
        std::pair{"title", &asked.title}, std::pair{"text", &asked.text}})
    if (name == known) *text = std::move(value);
  if (name == "folder") asked.folder = value;
  if (name == "here") asked.here = value;
  if (name == "option") asked.options.push_back(std::move(value));
  return true;
}

std::optional<Asked> asked_of(std::string_view bytes) {
  if (!bytes.starts_with(first_line)) return std::nullopt;
  Asked asked;
  std::string_view rest = bytes.substr(first_line.size());
  while (!rest.empty()) {
    const std::size_t at = bytes.size() - rest.size();
    auto field = take_field(rest);
    if (!field) return std::nullopt;
    if (field->first == "checksum") {
      const bool holds = field->second == hex_of({checksum_of(bytes.substr(0, at)), 0}).substr(0, 16);
      return holds && rest.empty() ? std::optional(asked) : std::nullopt;
    }
    if (!put_into(asked, field->first, std::move(field->second))) return std::nullopt;
  }
  return std::nullopt;
}

/// On the disk under a name of its own.
fs::path temporary_in(const fs::path& directory, const Asked& asked) {
  std::array<std::uint64_t, 2> name{};
  sim::expects(::getrandom(name.data(), sizeof name[0], 0) == sizeof name[0], "the system gives random bytes");
  const fs::path path = directory / (std::string(file_name) + "-" + hex_of(name).substr(0, 16));
  AppendFile file(path);
  try {
    file.append(bytes_of(asked));
    file.sync();
  } catch (...) {
    ::unlink(path.c_str());
    throw;
  }
  return path;
}

void put_in_place(const fs::path& temporary, const fs::path& place) {
  if (::rename(temporary.c_str(), place.c_str()) == 0) return;
  const int error = errno;
  ::unlink(temporary.c_str());
  throw sim::UserError(
      sim::file_in_quotes(place) + " could not be written (" + std::strerror(error) + ")." + advice(error),
      status_of(error));
}

/// What may not be looked at may well be there.
bool is_there(const fs::path& path) {
  if (::access(path.c_str(), R_OK) == 0) return true;
  const int error = errno;
  if (error == ENOENT || error == ENOTDIR) return false;
  throw sim::UserError(
      sim::file_in_quotes(path) + " cannot be read (" + std::strerror(error) + ")." +
          (status_of(error) == sim::Exit::permission ? " Does it belong to another user?" : " Is the disk sound?"),
      status_of(error));
}

}  // namespace

std::optional<Asked> asked_in(const fs::path& directory) {
  const fs::path path = directory / file_name;
  if (!is_there(path)) return std::nullopt;
  const SegmentReader file(path);
  std::string bytes;
  file.read(0, std::min(file.size(), max_bytes_of_question), bytes);
  return asked_of(bytes);
}

bool is_asked_damaged(const fs::path& directory) { return is_there(directory / file_name) && !asked_in(directory); }

Asked put_asked(const fs::path& directory, const Asked& asked) {
  if (auto there = asked_in(directory)) return *there;
  const fs::path place = directory / file_name, temporary = temporary_in(directory, asked);
  // A link never replaces what somebody else has put there meanwhile; a rename is for file systems without links.
  const bool linked = ::link(temporary.c_str(), place.c_str()) == 0;
  if (linked || errno == EEXIST) {
    ::unlink(temporary.c_str());
    if (linked) sync_directory(directory);
    if (auto there = asked_in(directory)) return *there;
    replace_asked(directory, asked);  // what is there is damaged
    return asked;
  }
  put_in_place(temporary, place);
  sync_directory(directory);
  return asked_in(directory).value_or(asked);
}

void replace_asked(const fs::path& directory, const Asked& asked) {
  put_in_place(temporary_in(directory, asked), directory / file_name);
  sync_directory(directory);
}

bool is_asked(const fs::path& path) {
  const std::string name = path.filename().string();
  return name == file_name || (name.starts_with(std::string(file_name) + "-") && name.size() == file_name.size() + 17 &&
                               name.find_first_not_of("0123456789abcdef", file_name.size() + 1) == std::string::npos);
}

}  // namespace clientele::output
