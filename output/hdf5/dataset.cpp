// Values, whole, by boxes or by chunks as they are stored.
#include <algorithm>

#include <hdf5_hl.h>

#include "output/hdf5/calls.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

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

}  // namespace clientele::output
