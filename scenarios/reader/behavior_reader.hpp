// Values of behaviors' fields, layer on layer: default, study, group, option.
#pragma once
#include <string>
#include <vector>

#include "scenarios/reader/reading.hpp"
#include "sim/schema.hpp"

namespace clientele::scenarios {

using TableValues = std::vector<std::vector<sim::FieldValue>>;  ///< [table][field]

/// The number of a behavior's table, or nothing.
std::optional<std::uint32_t> table_of(const sim::Catalogue& catalogue, std::string_view key);

/// Which fields a layer speaks of, and whether it may speak of fixed ones.
enum class Layer { study, group };

/// Writes the fields of a behavior's table over `values`; `label` is "purchasing.". Gives the fields that it wrote.
std::vector<std::uint32_t> read_fields(const Node& table, std::uint32_t number, const std::string& label, Layer layer,
                                       std::vector<sim::FieldValue>& values, Reading& reading);

/// Remembers a field that needs another one (FieldInfo::needs), where it is said to be more than 0.
void note_use(const Entry& entry, const std::string& what, sim::FieldRef field, const std::vector<double>& numbers,
              Reading& reading);

/// What one group changes: its own entries over the study's values, then what options say of everybody, then of it.
std::vector<sim::Group::Override> read_overrides(const Node& group, const Node& root, const std::string& label,
                                                 Reading& reading);

}  // namespace clientele::scenarios
