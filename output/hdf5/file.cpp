// Files in the form that FORMAT.md demands, and what is in them.
#include <algorithm>
#include <array>
#include <fstream>
#include <limits>

#include "output/hdf5/calls.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

using sim::Exit;
using sim::UserError;

namespace {

/// HDF5 neither prints by itself, nor cleans up at exit: after a full disk that would crash.
void prepare_library() {
  static const bool prepared = H5dont_atexit() >= 0 && H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) >= 0;
  sim::expects(prepared, "HDF5 can be told to be quiet");
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
  if (!file) throw UserError(sim::file_in_quotes(path) + " cannot be opened. Is the name right?", Exit::input_output);
  file.read(start.data(), start.size());
  if (!file || !std::equal(signature.begin(), signature.end(), start.begin()))
    throw UserError(sim::file_in_quotes(path) +
                    " is no cube (it does not start as an HDF5 file does). Is it another file?");
  if (start[8] < 2)
    throw UserError(sim::file_in_quotes(path) +
                    " is no cube of clientele (its HDF5 is of an old kind without checksums).");
}

Hdf5Id open_file(const std::string& path, const Hdf5Place& place) {
  prepare_library();
  check_signature(path);
  return checked(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access_properties(place).get()), close_file, place,
                 "the file cannot be opened");
}

}  // namespace

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
