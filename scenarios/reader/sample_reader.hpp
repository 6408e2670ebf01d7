// The law of a field as a column of a file: { file = "orders.csv", column = "value" }.
#pragma once
#include <string>

#include "scenarios/reader/reading.hpp"

namespace clientele::scenarios {

/// Writes the sample that the node names over that of `law`, and its mean over the law's; where the node names none,
/// the one that is there holds. False where there is none, or one of its values cannot be the field's: that is noted,
/// with the file's line.
bool read_sample_of(const Node& node, const sim::FieldInfo& field, const std::string& what, sim::FieldValue& law,
                    Reading& reading);

/// Where a number of a value may lie, its ends as people read them: those of a sample's mean in four digits.
sim::Range readable_range(const sim::FieldInfo& field, const sim::FieldValue& value, std::uint32_t number);

/// Why a mean has such a range: "; beyond, values of orders.csv leave [0, 1]". Empty where there is no sample.
std::string reason_of_range(const sim::FieldInfo& field, const sim::FieldValue& value, std::uint32_t number);

}  // namespace clientele::scenarios
