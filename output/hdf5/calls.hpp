// What all calls of HDF5 need: ids that close themselves, failures with a reason, types and shapes.
#pragma once
#include <string>

#include <hdf5.h>

#include "output/hdf5/hdf5.hpp"

namespace clientele::output {

/// Throws UserError with what HDF5 or the system says.
[[noreturn]] void fail(const Hdf5Place& place, const std::string& problem);
Hdf5Id checked(hid_t id, Hdf5Id::Close close, const Hdf5Place& place, const std::string& problem);
void check(herr_t status, const Hdf5Place& place, const std::string& problem);

inline int close_attribute(std::int64_t id) { return H5Aclose(id); }
inline int close_dataset(std::int64_t id) { return H5Dclose(id); }
inline int close_file(std::int64_t id) { return H5Fclose(id); }
inline int close_object(std::int64_t id) { return H5Oclose(id); }
inline int close_properties(std::int64_t id) { return H5Pclose(id); }
inline int close_space(std::int64_t id) { return H5Sclose(id); }
inline int close_type(std::int64_t id) { return H5Tclose(id); }

Hdf5Id text_type(const Hdf5Place& place);
/// Little-endian in the file, whatever the machine.
Hdf5Id stored_type(Element element, const Hdf5Place& place);
bool is_variable_text(const Hdf5Id& type);
Hdf5Id space_of(const Extent& extent, const Hdf5Place& place);
Extent extent_of(const Hdf5Id& space, const Hdf5Place& place);
/// A damaged size must not ask for all memory.
std::size_t checked_elements(const Extent& extent, const Hdf5Place& place);

}  // namespace clientele::output
