// What is told where files of a study are not those that were backtested; it stays with cubes among their warnings.
#pragma once
#include <string_view>

namespace clientele::scenarios {

inline constexpr std::string_view files_changed_since_backtest =
    "the customers or the draws of this study are not those that were backtested (their files have another digest). "
    "Backtest again, or fit again with clientele init --from?";

}  // namespace clientele::scenarios
