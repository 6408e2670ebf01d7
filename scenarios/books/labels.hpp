// How lines of totals are called.
#pragma once
#include <string_view>

namespace clientele::scenarios {

bool is_total_label(std::string_view text);
/// One that sums up the lines since the one before it.
bool is_subtotal_label(std::string_view text);

}  // namespace clientele::scenarios
