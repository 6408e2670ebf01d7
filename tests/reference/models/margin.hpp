// The margin of one customer's basket.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "models/accounting.hpp"
#include "models/addresses.hpp"
#include "tests/reference/cell.hpp"

namespace clientele::tests {

struct Earner {
  float gross_margin = 0;
  std::vector<std::int32_t> contributions;  ///< by month since birth [quanta]
};

inline void be_born(const Scene& scene, const Customer& who, Earner& earner) {
  const auto& p = scene.setting.parameters<models::AccountingParameters>("accounting", who.group);
  const float margin =
      scene.trait("accounting", "gross_margin", p.gross_margin, models::addresses.of("gross margin"), who);
  earner.gross_margin = std::clamp(margin, -1.F, 1.F);
}

}  // namespace clientele::tests
