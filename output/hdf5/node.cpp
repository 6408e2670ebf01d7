// Attributes.
#include <array>

#include "output/hdf5/calls.hpp"

namespace clientele::output {

namespace {

void write_attribute(hid_t node, const Hdf5Place& place, const std::string& name, hid_t type, hid_t space,
                     hid_t memory_type, const void* value) {
  const std::string problem = "attribute \"" + name + "\" cannot be written";
  const Hdf5Id attribute =
      checked(H5Acreate2(node, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), close_attribute, place, problem);
  check(H5Awrite(attribute.get(), memory_type, value), place, problem);
}

}  // namespace

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

}  // namespace clientele::output
