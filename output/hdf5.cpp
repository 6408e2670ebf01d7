// The only file that speaks to HDF5.
#include "output/hdf5.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>
#include <utility>

#include <hdf5.h>
#include <hdf5_hl.h>

#include "sim/core/check.hpp"

namespace clientele::output {

using sim::Exit;
using sim::UserError;

static_assert(sizeof(hid_t) == sizeof(std::int64_t) && sizeof(hsize_t) == sizeof(std::uint64_t));

namespace {

/// HDF5 neither prints by itself, nor cleans up at exit: after a full disk that would crash.
void prepare_library() {
  static const bool prepared = H5dont_atexit() >= 0 && H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) >= 0;
  sim::expects(prepared, "HDF5 can be told to be quiet");
}

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

[[noreturn]] void fail(const Hdf5Place& place, const std::string& problem) {
  const std::string message = deepest_message();
  const int error = system_error_in(message);
  const std::string start =
      "\"" + place.file + "\": " + problem + " (" + (error != 0 ? std::strerror(error) : "HDF5: " + message) + ").";
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

int close_attribute(std::int64_t id) { return H5Aclose(id); }
int close_dataset(std::int64_t id) { return H5Dclose(id); }
int close_file(std::int64_t id) { return H5Fclose(id); }
int close_object(std::int64_t id) { return H5Oclose(id); }
int close_properties(std::int64_t id) { return H5Pclose(id); }
int close_space(std::int64_t id) { return H5Sclose(id); }
int close_type(std::int64_t id) { return H5Tclose(id); }

Hdf5Id text_type(const Hdf5Place& place) {
  Hdf5Id type = checked(H5Tcopy(H5T_C_S1), close_type, place, "no type of text can be made");
  check(H5Tset_size(type.get(), H5T_VARIABLE), place, "no type of text can be made");
  check(H5Tset_cset(type.get(), H5T_CSET_UTF8), place, "no type of text can be made");
  return type;
}

/// Little-endian in the file, whatever the machine.
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

Hdf5Id space_of(const Extent& extent, const Hdf5Place& place) {
  const std::vector<hsize_t> sizes(extent.begin(), extent.end());
  return checked(
      sizes.empty() ? H5Screate(H5S_SCALAR) : H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr),
      close_space, place, "no shape can be made");
}

/// No times, so that equal cubes have equal bytes; attributes in the order of their making.
Hdf5Id dataset_properties(const Hdf5Place& place) {
  Hdf5Id list = checked(H5Pcreate(H5P_DATASET_CREATE), close_properties, place, "no properties can be made");
  check(H5Pset_obj_track_times(list.get(), 0), place, "times cannot be turned off");
  check(H5Pset_attr_creation_order(list.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), place,
        "no order can be kept");
  return list;
}

Hdf5Id file_properties(const Hdf5Place& place) {
  constexpr unsigned keep_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
  Hdf5Id list = checked(H5Pcreate(H5P_FILE_CREATE), close_properties, place, "no properties can be made");
  check(H5Pset_link_creation_order(list.get(), keep_order), place, "no order can be kept");
  check(H5Pset_attr_creation_order(list.get(), keep_order), place, "no order can be kept");
  check(H5Pset_obj_track_times(list.get(), 0), place, "times cannot be turned off");
  return list;
}

/// Nobody else knows a file under its temporary name, and a finished one never changes: locks would only fail, on
/// file systems that have none.
Hdf5Id access_properties(const Hdf5Place& place) {
  Hdf5Id list = checked(H5Pcreate(H5P_FILE_ACCESS), close_properties, place, "no properties can be made");
  check(H5Pset_libver_bounds(list.get(), H5F_LIBVER_V110, H5F_LIBVER_V110), place, "version 1.10 cannot be chosen");
  check(H5Pset_fclose_degree(list.get(), H5F_CLOSE_STRONG), place, "no way of closing can be chosen");
  check(H5Pset_file_locking(list.get(), 0, 1), place, "locks cannot be turned off");
  return list;
}

Hdf5Id create_file(const std::string& path, const Hdf5Place& place) {
  prepare_library();
  return checked(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, file_properties(place).get(), access_properties(place).get()),
                 close_file, place, "the file cannot be made");
}

/// Files of version 1.10 start like this and carry checksums on everything; what does not is not opened at all.
void check_signature(const std::string& path) {
  constexpr std::array<char, 8> signature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
  std::array<char, 9> start{};
  std::ifstream file(path, std::ios::binary);
  if (!file) throw UserError("\"" + path + "\" cannot be opened. Is the name right?", Exit::input_output);
  file.read(start.data(), start.size());
  if (!file || !std::equal(signature.begin(), signature.end(), start.begin()))
    throw UserError("\"" + path + "\" is no cube (it does not start as an HDF5 file does). Is it another file?");
  if (start[8] < 2)
    throw UserError("\"" + path + "\" is no cube of clientele (its HDF5 is of an old kind without checksums).");
}

Hdf5Id open_file(const std::string& path, const Hdf5Place& place) {
  prepare_library();
  check_signature(path);
  return checked(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access_properties(place).get()), close_file, place,
                 "the file cannot be opened");
}

Extent extent_of(const Hdf5Id& space, const Hdf5Place& place) {
  const int rank = H5Sget_simple_extent_ndims(space.get());
  if (rank < 0) fail(place, "a shape cannot be read");
  std::vector<hsize_t> sizes(static_cast<std::size_t>(rank));
  if (rank > 0) check(H5Sget_simple_extent_dims(space.get(), sizes.data(), nullptr), place, "a shape cannot be read");
  return {sizes.begin(), sizes.end()};
}

/// A damaged size must not ask for all memory.
std::size_t checked_elements(const Extent& extent, const Hdf5Place& place) {
  constexpr double most = 1 << 30;
  double elements = 1;
  for (const std::uint64_t size : extent) elements *= static_cast<double>(size);
  if (elements > most)
    throw UserError("\"" + place.file + "\": a variable claims " + std::to_string(elements_of(extent)) +
                    " values (more than can be read at once). Is the file damaged?");
  return static_cast<std::size_t>(elements);
}

void write_attribute(hid_t node, const Hdf5Place& place, const std::string& name, hid_t type, hid_t space,
                     hid_t memory_type, const void* value) {
  const std::string problem = "attribute \"" + name + "\" cannot be written";
  const Hdf5Id attribute =
      checked(H5Acreate2(node, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), close_attribute, place, problem);
  check(H5Awrite(attribute.get(), memory_type, value), place, problem);
}

bool is_variable_text(const Hdf5Id& type) {
  return H5Tget_class(type.get()) == H5T_STRING && H5Tis_variable_str(type.get()) > 0;
}

}  // namespace

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

void Hdf5Node::attribute(const std::string& name, std::string_view text) {
  const std::string terminated(text);
  const char* start = terminated.c_str();
  const Hdf5Id type = text_type(place_), space = space_of({}, place_);
  write_attribute(id_.get(), place_, name, type.get(), space.get(), type.get(), &start);
}

void Hdf5Node::attribute(const std::string& name, double value) {
  const Hdf5Id space = space_of({}, place_);
  write_attribute(id_.get(), place_, name, H5T_IEEE_F64LE, space.get(), H5T_NATIVE_DOUBLE, &value);
}

void Hdf5Node::attribute(const std::string& name, std::int32_t value) {
  const Hdf5Id space = space_of({}, place_);
  write_attribute(id_.get(), place_, name, H5T_STD_I32LE, space.get(), H5T_NATIVE_INT32, &value);
}

void Hdf5Node::attribute(const std::string& name, const std::vector<std::int8_t>& values) {
  const Hdf5Id space = space_of({values.size()}, place_);
  write_attribute(id_.get(), place_, name, H5T_STD_I8LE, space.get(), H5T_NATIVE_INT8, values.data());
}

bool Hdf5Node::has_attribute(const std::string& name) const { return H5Aexists(id_.get(), name.c_str()) > 0; }

std::string Hdf5Node::text_attribute(const std::string& name) const {
  const std::string problem = "attribute \"" + name + "\" cannot be read";
  const Hdf5Id attribute = checked(H5Aopen(id_.get(), name.c_str(), H5P_DEFAULT), close_attribute, place_, problem);
  const Hdf5Id stored = checked(H5Aget_type(attribute.get()), close_type, place_, problem);
  const Hdf5Id space = checked(H5Aget_space(attribute.get()), close_space, place_, problem);
  if (!is_variable_text(stored) || H5Sget_simple_extent_npoints(space.get()) != 1) fail(place_, problem);
  const Hdf5Id type = text_type(place_);
  char* start = nullptr;
  check(H5Aread(attribute.get(), type.get(), &start), place_, problem);
  std::string text = start ? start : "";
  H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, &start);
  return text;
}

std::vector<std::string> Hdf5Node::attributes() const {
  std::vector<std::string> names;
  const auto note = [](hid_t, const char* name, const H5A_info_t*, void* list) -> herr_t {
    static_cast<std::vector<std::string>*>(list)->emplace_back(name);
    return 0;
  };
  hsize_t from = 0;
  check(H5Aiterate2(id_.get(), H5_INDEX_CRT_ORDER, H5_ITER_INC, &from, note, &names), place_,
        "the list of attributes cannot be read");
  return names;
}

double Hdf5Node::number_attribute(const std::string& name) const {
  const std::string problem = "attribute \"" + name + "\" cannot be read";
  const Hdf5Id attribute = checked(H5Aopen(id_.get(), name.c_str(), H5P_DEFAULT), close_attribute, place_, problem);
  const Hdf5Id space = checked(H5Aget_space(attribute.get()), close_space, place_, problem);
  if (H5Sget_simple_extent_npoints(space.get()) != 1) fail(place_, problem);
  double value = 0;
  check(H5Aread(attribute.get(), H5T_NATIVE_DOUBLE, &value), place_, problem);
  return value;
}

bool Hdf5Node::is_text_attribute(const std::string& name) const {
  const std::string problem = "attribute \"" + name + "\" cannot be read";
  const Hdf5Id attribute = checked(H5Aopen(id_.get(), name.c_str(), H5P_DEFAULT), close_attribute, place_, problem);
  return is_variable_text(checked(H5Aget_type(attribute.get()), close_type, place_, problem));
}

Hdf5Dataset::~Hdf5Dataset() {
  if (!id_.close()) *place_.closed_well = false;
}

void Hdf5Dataset::become_dimension(const std::string& name) {
  check(H5DSset_scale(id_.get(), name.c_str()), place_, "\"" + name + "\" cannot become a dimension");
}

void Hdf5Dataset::attach(unsigned axis, const Hdf5Dataset& dimension) {
  check(H5DSattach_scale(id_.get(), dimension.id_.get(), axis), place_, "a dimension cannot be attached");
}

void Hdf5Dataset::write_all(std::int64_t memory_type, const void* values, std::size_t elements) {
  sim::expects(elements_of(extent()) == elements, "a dataset is written whole");
  check(H5Dwrite(id_.get(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), place_, "values cannot be written");
}

void Hdf5Dataset::write(std::span<const double> values) { write_all(H5T_NATIVE_DOUBLE, values.data(), values.size()); }

void Hdf5Dataset::write(std::span<const std::int32_t> values) {
  write_all(H5T_NATIVE_INT32, values.data(), values.size());
}

void Hdf5Dataset::write(std::span<const std::int8_t> values) {
  write_all(H5T_NATIVE_INT8, values.data(), values.size());
}

void Hdf5Dataset::write(const std::vector<std::string>& texts) {
  std::vector<const char*> starts;
  for (const std::string& text : texts) starts.push_back(text.c_str());
  write_all(text_type(place_).get(), starts.data(), starts.size());
}

void Hdf5Dataset::write_box(const Extent& start, const Extent& count, std::span<const double> values) {
  sim::expects(elements_of(count) == values.size(), "a box is written whole");
  const Hdf5Id space = checked(H5Dget_space(id_.get()), close_space, place_, "a shape cannot be read");
  const std::vector<hsize_t> from(start.begin(), start.end()), sizes(count.begin(), count.end());
  check(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, from.data(), nullptr, sizes.data(), nullptr), place_,
        "a box cannot be chosen");
  check(H5Dwrite(id_.get(), H5T_NATIVE_DOUBLE, space_of(count, place_).get(), space.get(), H5P_DEFAULT, values.data()),
        place_, "values cannot be written");
}

void Hdf5Dataset::write_chunk(const Extent& start, const FilteredChunk& chunk) {
  const std::vector<hsize_t> from(start.begin(), start.end());
  check(H5Dwrite_chunk(id_.get(), H5P_DEFAULT, chunk.skipped, from.data(), chunk.bytes.size(), chunk.bytes.data()),
        place_, "values cannot be written");
}

FilteredChunk Hdf5Dataset::read_chunk(const Extent& start) const {
  const std::vector<hsize_t> from(start.begin(), start.end());
  hsize_t size = 0;
  check(H5Dget_chunk_storage_size(id_.get(), from.data(), &size), place_, "values cannot be read");
  FilteredChunk chunk{std::string(size, '\0'), 0};
  check(H5Dread_chunk(id_.get(), H5P_DEFAULT, from.data(), &chunk.skipped, chunk.bytes.data()), place_,
        "values cannot be read");
  return chunk;
}

Extent Hdf5Dataset::extent() const {
  return extent_of(checked(H5Dget_space(id_.get()), close_space, place_, "a shape cannot be read"), place_);
}

bool Hdf5Dataset::holds(Element element) const {
  const Hdf5Id type = checked(H5Dget_type(id_.get()), close_type, place_, "a type cannot be read");
  if (element == Element::text) return is_variable_text(type);
  return H5Tequal(type.get(), stored_type(element, place_).get()) > 0;
}

void Hdf5Dataset::read_all(std::int64_t memory_type, void* values) const {
  check(H5Dread(id_.get(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), place_, "values cannot be read");
}

std::vector<double> Hdf5Dataset::read() const {
  std::vector<double> values(checked_elements(extent(), place_));
  read_all(H5T_NATIVE_DOUBLE, values.data());
  return values;
}

std::vector<double> Hdf5Dataset::read_box(const Extent& start, const Extent& count) const {
  std::vector<double> values(checked_elements(count, place_));
  const Hdf5Id space = checked(H5Dget_space(id_.get()), close_space, place_, "a shape cannot be read");
  const std::vector<hsize_t> from(start.begin(), start.end()), sizes(count.begin(), count.end());
  check(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, from.data(), nullptr, sizes.data(), nullptr), place_,
        "a box cannot be chosen");
  check(H5Dread(id_.get(), H5T_NATIVE_DOUBLE, space_of(count, place_).get(), space.get(), H5P_DEFAULT, values.data()),
        place_, "values cannot be read");
  return values;
}

std::vector<std::int32_t> Hdf5Dataset::read_integers() const {
  std::vector<std::int32_t> values(checked_elements(extent(), place_));
  read_all(H5T_NATIVE_INT32, values.data());
  return values;
}

std::vector<std::string> Hdf5Dataset::read_texts() const {
  if (!holds(Element::text)) fail(place_, "a variable that should hold texts does not");
  std::vector<char*> starts(checked_elements(extent(), place_));
  const Hdf5Id type = text_type(place_);
  read_all(type.get(), starts.data());
  std::vector<std::string> texts;
  for (const char* start : starts) texts.emplace_back(start ? start : "");
  H5Dvlen_reclaim(type.get(), space_of(extent(), place_).get(), H5P_DEFAULT, starts.data());
  return texts;
}

Hdf5Writer::Hdf5Writer(const std::filesystem::path& path, const std::string& shown_as)
    : Hdf5File(create_file(path.string(), {shown_as}), {shown_as}) {}

Hdf5Dataset Hdf5Writer::create(const std::string& name, Element element, const Extent& extent,
                               const Hdf5Id& properties) {
  const Hdf5Id type = stored_type(element, place_), space = space_of(extent, place_);
  return {
      checked(H5Dcreate2(id_.get(), name.c_str(), type.get(), space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
              close_dataset, place_, "variable \"" + name + "\" cannot be made"),
      place_};
}

Hdf5Dataset Hdf5Writer::make(const std::string& name, Element element, const Extent& extent) {
  const Hdf5Id properties = dataset_properties(place_);
  if (element != Element::text && !extent.empty()) {  // a checksum needs a chunk; netCDF knows no filtered texts
    const std::vector<hsize_t> chunk(extent.begin(), extent.end());
    check(H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data()), place_, "no chunk can be set");
    check(H5Pset_fletcher32(properties.get()), place_, "no checksum can be set");
  }
  return create(name, element, extent, properties);
}

Hdf5Dataset Hdf5Writer::make_chunked(const std::string& name, const Extent& extent, const Extent& chunk) {
  const Hdf5Id properties = dataset_properties(place_);
  const std::vector<hsize_t> sizes(chunk.begin(), chunk.end());
  const double missing = std::numeric_limits<double>::quiet_NaN();
  check(H5Pset_chunk(properties.get(), static_cast<int>(sizes.size()), sizes.data()), place_, "no chunk can be set");
  check(H5Pset_shuffle(properties.get()), place_, "no shuffling can be set");
  check(H5Pset_deflate(properties.get(), 1), place_, "no compression can be set");
  check(H5Pset_fletcher32(properties.get()), place_, "no checksum can be set");
  check(H5Pset_fill_value(properties.get(), H5T_NATIVE_DOUBLE, &missing), place_, "no fill value can be set");
  Hdf5Dataset dataset = create(name, Element::float64, extent, properties);
  dataset.attribute("_FillValue", missing);
  return dataset;
}

void Hdf5Writer::close() {
  check(H5Fflush(id_.get(), H5F_SCOPE_GLOBAL), place_, "the file cannot be finished");
  if (!id_.close() || !*place_.closed_well) fail(place_, "the file cannot be finished");
}

Hdf5Reader::Hdf5Reader(const std::filesystem::path& path)
    : Hdf5Reader(path, Hdf5Place{path.string(), Hdf5Place::Use::reading}) {}

Hdf5Reader::Hdf5Reader(const std::filesystem::path& path, const Hdf5Place& place)
    : Hdf5File(open_file(path.string(), place), place) {}

std::vector<std::string> Hdf5File::datasets() const {
  std::vector<std::string> names;
  H5G_info_t group{};
  check(H5Gget_info(id_.get(), &group), place_, "the list of variables cannot be read");
  for (hsize_t i = 0; i < group.nlinks; ++i) {
    std::array<char, 1024> name{};
    if (H5Lget_name_by_idx(id_.get(), ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, name.data(), name.size(), H5P_DEFAULT) <
        0)
      fail(place_, "the list of variables cannot be read");
    const Hdf5Id object = checked(H5Oopen(id_.get(), name.data(), H5P_DEFAULT), close_object, place_,
                                  "variable \"" + std::string(name.data()) + "\" cannot be opened");
    if (H5Iget_type(object.get()) == H5I_DATASET) names.emplace_back(name.data());
  }
  return names;
}

bool Hdf5File::has(const std::string& name) const { return H5Lexists(id_.get(), name.c_str(), H5P_DEFAULT) > 0; }

Hdf5Dataset Hdf5File::dataset(const std::string& name) const {
  return {checked(H5Dopen2(id_.get(), name.c_str(), H5P_DEFAULT), close_dataset, place_,
                  "variable \"" + name + "\" is not there"),
          place_};
}

}  // namespace clientele::output
