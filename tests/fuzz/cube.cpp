// A cube whose attributes and variables somebody has changed, and sealed again, is read or refused in words.
//
// What is fuzzed is a list of changes made through HDF5, whose own checksums no chance would meet: to which cube, to
// which of its objects or their attributes, and what becomes of it.
#include <algorithm>
#include <fstream>
#include <vector>

#include <hdf5.h>

#include "output/comparison/input.hpp"
#include "output/cube/reader.hpp"
#include "output/cube/seal.hpp"
#include "sim/core/check.hpp"
#include "tests/fuzz/file_of_bytes.hpp"
#include "tests/output/folder.hpp"
#include "tests/output/invented_points.hpp"

namespace clientele::tests {
namespace {

/// The bytes of the fuzzer, one decision after the other; 0 when they are over.
class Changes {
 public:
  explicit Changes(std::string_view bytes) : left_(bytes) {}
  bool over() const { return left_.empty(); }
  std::size_t number() { return static_cast<unsigned char>(bytes(1).front()); }
  std::string bytes(std::size_t size) {
    std::string taken(left_.substr(0, size));
    left_.remove_prefix(taken.size());
    taken.resize(size);
    return taken;
  }

 private:
  std::string_view left_;
};

std::string name_of_link(hid_t file, std::size_t number) {
  H5G_info_t group{};
  H5Gget_info(file, &group);
  char name[256] = {};
  H5Lget_name_by_idx(file, ".", H5_INDEX_NAME, H5_ITER_INC, number % (group.nlinks + 1), name, sizeof name,
                     H5P_DEFAULT);
  return name[0] == 0 ? "." : name;
}

std::string name_of_attribute(hid_t object, std::size_t number) {
  H5O_info_t info{};
  H5Oget_info2(object, &info, H5O_INFO_NUM_ATTRS);
  char name[256] = {};
  if (info.num_attrs > 0)
    H5Aget_name_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, number % info.num_attrs, name, sizeof name,
                       H5P_DEFAULT);
  return name;
}

/// An attribute of other numbers or another text, of whatever size.
void replace_attribute(hid_t object, const std::string& name, Changes& changes) {
  const bool words = changes.number() % 2 == 0;
  const std::string content = changes.bytes(changes.number());
  const char* text = content.c_str();
  std::vector<double> numbers(1 + content.size() / sizeof(double));
  std::copy_n(text, content.size() / sizeof(double) * sizeof(double), reinterpret_cast<char*>(numbers.data()));
  const hsize_t size = numbers.size();
  const hid_t type = H5Tcopy(words ? H5T_C_S1 : H5T_IEEE_F64LE);
  if (words) H5Tset_size(type, H5T_VARIABLE);
  const hid_t space = words ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &size, nullptr);
  H5Adelete(object, name.c_str());
  const hid_t attribute = H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT);
  H5Awrite(attribute, type, words ? static_cast<const void*>(&text) : numbers.data());
  H5Aclose(attribute);
  H5Sclose(space);
  H5Tclose(type);
}

/// A variable of another type or shape in the place of the one that is there.
void replace_variable(hid_t file, const std::string& name, Changes& changes) {
  const hid_t types[] = {H5T_STD_I8LE, H5T_STD_I32LE, H5T_IEEE_F64LE, H5T_STD_U64LE};
  const hid_t type = types[changes.number() % 4];
  std::vector<hsize_t> sizes(changes.number() % 8);
  for (hsize_t& size : sizes) size = changes.number() % 5;
  const hid_t space =
      sizes.empty() ? H5Screate(H5S_SCALAR) : H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr);
  H5Ldelete(file, name.c_str(), H5P_DEFAULT);
  H5Dclose(H5Dcreate2(file, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  H5Sclose(space);
}

/// One number, or one text, of a variable.
void write_element(hid_t object, Changes& changes) {
  const hid_t space = H5Dget_space(object), type = H5Dget_type(object);
  const hssize_t count = H5Sget_simple_extent_npoints(space);
  const std::size_t at = changes.number();
  if (count > 0 && count < 10'000 && H5Tget_class(type) != H5T_STRING) {
    std::vector<double> numbers(static_cast<std::size_t>(count));
    H5Dread(object, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data());
    const std::string bytes = changes.bytes(sizeof(double));
    bytes.copy(reinterpret_cast<char*>(&numbers[at % numbers.size()]), sizeof(double));
    H5Dwrite(object, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data());
  } else if (count > 0 && count < 10'000 && H5Tis_variable_str(type) > 0) {
    std::vector<char*> texts(static_cast<std::size_t>(count));
    H5Dread(object, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data());
    std::vector<const char*> changed(texts.begin(), texts.end());
    const std::string text = changes.bytes(changes.number());
    changed[at % changed.size()] = text.c_str();
    H5Dwrite(object, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, changed.data());
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts.data());
  }
  H5Tclose(type);
  H5Sclose(space);
}

void change(hid_t file, Changes& changes) {
  const std::size_t kind = changes.number() % 5;
  const std::string name = name_of_link(file, changes.number());
  const hid_t object = H5Oopen(file, name.c_str(), H5P_DEFAULT);
  const std::string attribute = name_of_attribute(object, changes.number());
  if (kind == 0 && !attribute.empty()) H5Adelete(object, attribute.c_str());
  if (kind == 1 && !attribute.empty()) replace_attribute(object, attribute, changes);
  if (kind == 2 && H5Iget_type(object) == H5I_DATASET) write_element(object, changes);
  H5Oclose(object);
  if (kind == 3 && name != ".") H5Ldelete(file, name.c_str(), H5P_DEFAULT);
  if (kind == 4 && name != ".") replace_variable(file, name, changes);
}

/// One of today's format, one with points, and those of earlier formats.
std::vector<std::string> whole_cubes() {
  const Folder folder;
  write(invented(), folder / "plain.nc");
  invented_points(2).write(folder / "points.nc");
  std::vector<std::string> cubes{bytes_of(folder / "plain.nc"), bytes_of(folder / "points.nc")};
  const std::filesystem::path fixtures = std::filesystem::path(CLIENTELE_SOURCE_DIR) / "tests/output/fixtures";
  for (const char* format : {"1_3", "1_4", "1_5"})
    cubes.push_back(bytes_of(fixtures / ("format_" + std::string(format) + ".nc")));
  return cubes;
}

void read_arm(const output::CubeReader& cube, std::size_t scenario, std::size_t policy) {
  for (const std::string& name : cube.metrics()) {
    cube.metric(name, scenario, policy);
    if (cube.has_beyond(name)) cube.metric_beyond(name, scenario, policy);
    if (cube.has_sum(name)) cube.sum(name, scenario, policy);
  }
  for (const std::string& name : cube.kpis())
    for (const auto axis : {output::ByAxis::tier, output::ByAxis::group})
      if (cube.has_kpi_by(name, axis)) cube.kpi_by(name, axis, scenario, policy);
  for (const std::string& name : cube.series_names()) cube.series(name, scenario, policy);
  for (const std::string& name : cube.histograms()) cube.histogram(name, scenario, policy);
  if (cube.has_flow_sum()) cube.flow_sum(scenario, policy);
  cube.tier_flow(scenario, policy);
}

void read_whole(const output::CubeReader& cube) {
  const output::ComparisonInput input = output::input_of({&cube});
  for (const output::KpiTexts& kpi : input.kpis) input.values(kpi.name);
  const std::size_t last_scenario = cube.axes().scenarios.size() - 1, last_policy = cube.axes().policies.size() - 1;
  for (const std::string& name : cube.metrics()) input.by_month(name, last_scenario, last_policy);
  read_arm(cube, 0, 0);
  read_arm(cube, last_scenario, last_policy);
}

void read(const std::filesystem::path& path) {
  output::CubeReader cube(path);
  if (cube.points().any()) {
    for (const std::string& name : cube.kpis()) cube.kpi_at_all_points(name);
    cube.look_at(cube.points().places() - 1);
  }
  read_whole(cube);
}

void fuzz(Changes changes) {
  static const std::vector<std::string> cubes = whole_cubes();  // which also tells HDF5 to be quiet, from the first
  static const Folder folder;                                   // HDF5 wants a file that has a name
  const std::filesystem::path copy = folder / "changed.nc";
  std::ofstream(copy, std::ios::binary) << cubes[changes.number() % cubes.size()];
  const hid_t file = H5Fopen(copy.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  if (file < 0) std::abort();
  for (int most = 8; most > 0 && !changes.over(); --most) change(file, changes);
  H5Fclose(file);
  const std::string seal = output::seal_of(copy);
  std::ofstream(copy, std::ios::app | std::ios::binary) << seal;
  read(copy);
}

}  // namespace
}  // namespace clientele::tests

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    clientele::tests::fuzz(clientele::tests::Changes(clientele::tests::text_of(data, size)));
  } catch (const clientele::sim::UserError&) {
  }
  return 0;
}
