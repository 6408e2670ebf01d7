// Failures, types and shapes of HDF5.
#include "output/hdf5/calls.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "output/files/file_errors.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

using sim::Exit;
using sim::UserError;

static_assert(sizeof(hid_t) == sizeof(std::int64_t) && sizeof(hsize_t) == sizeof(std::uint64_t));

namespace {

/// The deepest entry of HDF5's stack of errors says what happened; the others say who asked.
std::string deepest_message() {
  std::string message;
  const auto take_first = [](unsigned, const H5E_error2_t* error, void* text) -> herr_t {
    auto& into = *static_cast<std::string*>(text);
    if (into.empty() && error->desc) into = error->desc;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, take_first, &message);
  H5Eclear2(H5E_DEFAULT);
  return message.empty() ? "no reason given" : message;
}

/// The system's own number of a failure, which HDF5 hides in its text; 0 where there is none.
int system_error_in(const std::string& message) {
  const std::string key = "errno = ";
  const auto at = message.find(key);
  return at == std::string::npos ? 0 : std::atoi(message.c_str() + at + key.size());
}

/// Whether the system refuses, and not what a file says of itself: damage can ask for a place that no file has.
bool is_of_disk(int error) { return error != 0 && error != EINVAL; }

}  // namespace

void fail(const Hdf5Place& place, const std::string& problem) {
  const std::string message = deepest_message();
  const int error = system_error_in(message);
  if (message.find("unable to lock file") != std::string::npos)
    throw UserError(sim::file_in_quotes(place.file) + ": " + problem +
                        " (another program has it open and has locked it). Close it there, and try again?",
                    Exit::does_not_fit);
  const std::string start = sim::file_in_quotes(place.file) + ": " + problem + " (" +
                            (error != 0 ? std::strerror(error) : "HDF5: " + message) + ").";
  if (place.use == Hdf5Place::Use::reading && is_of_disk(error))
    throw UserError(start + " Is the disk sound?", status_of(error));
  if (place.use == Hdf5Place::Use::reading) throw UserError(start + " Is the file damaged, or no cube of clientele?");
  const bool full = error == ENOSPC || error == EDQUOT;
  throw UserError(start + (full ? " Free some space or choose another place with -o?" : ""), Exit::input_output);
}

Hdf5Id checked(hid_t id, Hdf5Id::Close close, const Hdf5Place& place, const std::string& problem) {
  if (id < 0) fail(place, problem);
  return Hdf5Id(id, close);
}

void check(herr_t status, const Hdf5Place& place, const std::string& problem) {
  if (status < 0) fail(place, problem);
}

Hdf5Id text_type(const Hdf5Place& place) {
  Hdf5Id type = checked(H5Tcopy(H5T_C_S1), close_type, place, "no type of text can be made");
  check(H5Tset_size(type.get(), H5T_VARIABLE), place, "no type of text can be made");
  check(H5Tset_cset(type.get(), H5T_CSET_UTF8), place, "no type of text can be made");
  return type;
}

Hdf5Id stored_type(Element element, const Hdf5Place& place) {
  switch (element) {
    case Element::int8:
      return checked(H5Tcopy(H5T_STD_I8LE), close_type, place, "no type can be made");
    case Element::int32:
      return checked(H5Tcopy(H5T_STD_I32LE), close_type, place, "no type can be made");
    case Element::float64:
      return checked(H5Tcopy(H5T_IEEE_F64LE), close_type, place, "no type can be made");
    case Element::text:
      break;
  }
  return text_type(place);
}

bool is_variable_text(const Hdf5Id& type) {
  return H5Tget_class(type.get()) == H5T_STRING && H5Tis_variable_str(type.get()) > 0;
}

Hdf5Id space_of(const Extent& extent, const Hdf5Place& place) {
  const std::vector<hsize_t> sizes(extent.begin(), extent.end());
  return checked(
      sizes.empty() ? H5Screate(H5S_SCALAR) : H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr),
      close_space, place, "no shape can be made");
}

Extent extent_of(const Hdf5Id& space, const Hdf5Place& place) {
  const int rank = H5Sget_simple_extent_ndims(space.get());
  if (rank < 0) fail(place, "a shape cannot be read");
  std::vector<hsize_t> sizes(static_cast<std::size_t>(rank));
  if (rank > 0) check(H5Sget_simple_extent_dims(space.get(), sizes.data(), nullptr), place, "a shape cannot be read");
  return {sizes.begin(), sizes.end()};
}

std::size_t checked_elements(const Extent& extent, const Hdf5Place& place) {
  constexpr double most = 1 << 30;
  double elements = 1;
  for (const std::uint64_t size : extent) elements *= static_cast<double>(size);
  if (elements > most)
    throw UserError(sim::file_in_quotes(place.file) + ": a variable claims " + std::to_string(elements_of(extent)) +
                    " values (more than can be read at once). Is the file damaged?");
  return static_cast<std::size_t>(elements);
}

std::uint64_t elements_of(const Extent& extent) {
  std::uint64_t elements = 1;
  for (const std::uint64_t size : extent) elements *= size;
  return elements;
}

Hdf5Id::Hdf5Id(Hdf5Id&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}

Hdf5Id& Hdf5Id::operator=(Hdf5Id&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(close_, other.close_);
  return *this;
}

Hdf5Id::~Hdf5Id() { close(); }

bool Hdf5Id::close() {
  const std::int64_t id = std::exchange(id_, -1);
  return id < 0 || close_(id) >= 0;
}

}  // namespace clientele::output
