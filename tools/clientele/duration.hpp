// How long something may take, as people and schedulers write it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace clientele::tools {

/// Seconds, at least one: "4:00:00", "1-12:00:00" (a day and a half), "45s", "90m", "36h", "2d". Nothing where the text
/// is none of these; a number without a unit is none, for schedulers take it for minutes and people for seconds.
std::optional<std::uint64_t> seconds_in(const std::string& text);

/// 14400 is "04:00:00", and 129600 is "1-12:00:00", as schedulers and `seconds_in` read it.
std::string in_places(std::uint64_t seconds);

}  // namespace clientele::tools
