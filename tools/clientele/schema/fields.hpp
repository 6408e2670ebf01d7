// Fields of behaviors and keys of a study's own tables as parts of a schema.
#pragma once
#include <nlohmann/json.hpp>

#include "scenarios/study_keys.hpp"
#include "sim/schema.hpp"

namespace clientele::tools {

using Json = nlohmann::ordered_json;

/// A table of keys that has these and no other.
Json closed_table(Json properties, Json required = Json::array());

/// A number in a range.
Json number_in(const sim::Range& range, bool whole = false);

/// What a table of a behavior may say of a field; a group's law may go on with a family that the study chose.
enum class Home { study, group };
Json field_schema(const sim::FieldInfo& field, Home home);

/// The number or word of a key; what is a table or of several kinds is the caller's to say.
Json key_schema(const scenarios::StudyKey& key);

/// The laws of an uncertain number with this range.
Json uncertain_schema(const sim::Range& range);

}  // namespace clientele::tools
