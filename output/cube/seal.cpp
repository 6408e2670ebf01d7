// HDF5 1.10 has no checksum on texts and hangs on some damaged files; so bytes are judged first.
#include "output/cube/seal.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string_view>

#include "output/files/file_errors.hpp"
#include "output/files/hash.hpp"
#include "output/files/held_files.hpp"
#include "output/records/asked.hpp"
#include "output/records/run_directory.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

namespace {

constexpr std::string_view start_of_seal = "\nclientele seal ";
constexpr std::size_t seal_size = start_of_seal.size() + 32 + 1;

[[noreturn]] void fail_to_open(const std::filesystem::path& path, const std::string& why,
                               sim::Exit status = sim::Exit::input_output) {
  throw sim::UserError(sim::file_in_quotes(path) + " cannot be opened: " + why, status);
}

/// A run has left its folder and no cube.
std::string why_unmade(const std::filesystem::path& run) {
  if (RunDirectory::is_in_use(run)) return "the run that makes it is not finished.";
  if (const auto asked = asked_in(run); asked && asked->shards > 0)
    return "it is not made yet of what its shards have left (clientele merge makes it, or says what is missing).";
  return "the run that was to make it was stopped, or found a mistake (the same `run` goes on, or says what is wrong).";
}

/// Looks before it opens: a pipe that nobody writes to would wait for ever.
std::ifstream open(const std::filesystem::path& path) {
  using Kind = std::filesystem::file_type;
  std::error_code why;
  const Kind kind = std::filesystem::status(path, why).type();
  if (kind == Kind::not_found && std::filesystem::is_directory(run_directory_of(path)))
    fail_to_open(path, why_unmade(run_directory_of(path)));
  if (kind == Kind::not_found) fail_to_open(path, "there is no such file. Is the name right?");
  if (kind == Kind::directory) fail_to_open(path, "it is a folder. Which file is meant?");
  if (kind == Kind::none) fail_to_open(path, why.message() + ".", status_of(why.value()));
  if (kind != Kind::regular) fail_to_open(path, "it is no plain file.");
  std::ifstream file(path, std::ios::binary);
  if (!file) fail_to_open(path, std::string(std::strerror(errno)) + ".", status_of(errno));
  return file;
}

/// The last line of a file, where that is the line of a seal; else something shorter or other.
std::string last_line_of(std::ifstream& file, std::uintmax_t size) {
  std::string seal(std::min<std::uintmax_t>(size, seal_size), ' ');
  file.seekg(-static_cast<std::streamoff>(seal.size()), std::ios::end);
  file.read(seal.data(), static_cast<std::streamsize>(seal.size()));
  return seal;
}

/// The seal of the next `size` bytes.
std::string seal_of_next(std::ifstream& file, std::uintmax_t size, const std::filesystem::path& path) {
  Hash hash;
  std::string piece;
  while (size > 0) {
    piece.resize(std::min<std::uintmax_t>(size, 1 << 20));
    if (!file.read(piece.data(), static_cast<std::streamsize>(piece.size())))
      throw sim::UserError(sim::file_in_quotes(path) + " cannot be read. Is the disk sound?", sim::Exit::input_output);
    hash.add_bytes(piece);
    size -= piece.size();
  }
  return std::string(start_of_seal) + hash.hex() + "\n";
}

}  // namespace

std::string seal_of(const std::filesystem::path& path) {
  std::ifstream file = open(path);
  return seal_of_next(file, std::filesystem::file_size(path), path);
}

bool has_seal(const std::filesystem::path& path) {
  std::ifstream file = open(path);
  return last_line_of(file, std::filesystem::file_size(path)).starts_with(start_of_seal);
}

void check_seal(const std::filesystem::path& path) {
  std::ifstream file = open(path);
  if (held_by_others(path) == Held::for_writing)
    throw sim::UserError(sim::file_in_quotes(path) +
                             " is open for writing in another program, so that it cannot be read as it was made. Close "
                             "it there (a notebook?), and open it with mode \"r\" next time?",
                         sim::Exit::does_not_fit);
  const std::uintmax_t size = std::filesystem::file_size(path);
  const std::string seal = last_line_of(file, size);
  if (!seal.starts_with(start_of_seal))
    throw sim::UserError(
        sim::file_in_quotes(path) +
        " is no whole cube of clientele (its last line, the seal, is missing). Is it another file, cut "
        "short, or rewritten by another program?");
  file.seekg(0);
  if (seal_of_next(file, size - seal_size, path) != seal)
    throw sim::UserError(sim::file_in_quotes(path) +
                         " is damaged or was changed (its bytes are not those that were sealed). Is there a copy, or "
                         "can the study be run again?");
}

}  // namespace clientele::output
