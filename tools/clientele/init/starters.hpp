// Studies to begin with, as text.
#pragma once
#include <string_view>
#include <vector>

namespace clientele::tools {

struct Starter {
  std::string_view name, about, text;
};

/// The first is the one that somebody gets who names none.
const std::vector<Starter>& starters();

}  // namespace clientele::tools
