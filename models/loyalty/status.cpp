// Sums over all customers, heard by each policy for itself.
#include "models/loyalty/status.hpp"

#include <algorithm>

#include "models/switches_on.hpp"

namespace clientele::models {

StatusHeld::StatusHeld(sim::Wiring& wiring)
    : core_(wiring.core()), is_used_(wiring.is_used("status", is_positive)), status_(wiring.lever("status")) {}

bool StatusHeld::needed(const sim::Occasion& occasion) const {
  constexpr int months_of_a_quarter = 3;
  return is_used_ && (occasion.is_first() || occasion.month() % months_of_a_quarter == 0);
}

void StatusHeld::measure(sim::BlockMonth&, const sim::Arm& arm, int, const sim::Decision&, sim::Voice voice) const {
  const auto status = arm[status_];
  const auto on_books = arm[core_.on_books];
  for (std::size_t i = 0; i < status.size(); ++i) {
    if (on_books[i] == 0) continue;
    voice.sums[0] += 1;
    voice.sums[1] += static_cast<std::int64_t>(status[i] > 0.F);
    voice.maxima[0] = std::max(voice.maxima[0], static_cast<std::int64_t>(thousandths_of_status(status[i])));
  }
}

bool StatusHeld::decide(const sim::Occasion&, int, sim::Voice heard, sim::Decision& decision) const {
  decision = {heard.sums[0], heard.sums[1], std::max<std::int64_t>(heard.maxima[0], 0)};
  return true;
}

StatusHeld::Seen StatusHeld::seen(const sim::Arm& arm) const {
  const sim::Decision& held = arm.decision();
  if (held.empty() || held[0] == 0) return {};
  return {static_cast<float>(held[1]) / static_cast<float>(held[0]), static_cast<float>(held[2]) / 1000.F};
}

}  // namespace clientele::models
