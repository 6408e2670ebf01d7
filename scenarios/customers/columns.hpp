// What a column of a customer file may be: the id, the group, the tenure, an attribute, a trait of some behavior, or
// ignored.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::scenarios {

/// Traits by their key and by table.key; a key that two tables have needs its table.
std::map<std::string, sim::FieldRef> traits_of(const sim::Catalogue& catalogue);

/// What the column "tenure" holds.
const sim::FieldInfo& tenure_column();

/// What a column says of the past, if its name is that of one: sales_3 is of the third last month before month 0.
struct PlaceInPast {
  const sim::PastInfo* info = nullptr;
  std::uint32_t month = 0;  ///< 0 where there is one column
};
std::optional<PlaceInPast> place_in_past(std::string_view word, const sim::Catalogue& catalogue);

/// How its numbers are read.
sim::FieldInfo past_field(const sim::PastInfo& info, double money_quantum = 0.01);

/// The column that names the tier which a customer holds today.
inline constexpr std::string_view tier_today = "tier_today";

/// The meaning of a column that nobody reads, though a study knows it.
inline constexpr std::string_view ignored = "ignored";

/// Whether a word can be a column's meaning, and if not, the nearest that can. `attributes` are those of the study.
bool is_column_meaning(std::string_view meaning, const sim::Catalogue& catalogue,
                       const std::vector<std::string>& attributes);
std::string nearest_column_meaning(std::string_view meaning, const sim::Catalogue& catalogue,
                                   const std::vector<std::string>& attributes);

}  // namespace clientele::scenarios
