// A sum over all customers, heard by each policy for itself.
#include "models/staff.hpp"

namespace clientele::models {

namespace {

constexpr int months_of_a_quarter = 3;

}  // namespace

Staff::Staff(sim::Wiring& wiring)
    : core_(wiring.core()),
      is_used_(wiring.is_used("managers", [](double managers) { return managers > 0; }) &&
               wiring.is_used("care", [](double care) { return care > 0; })),
      managers_(wiring.setting("managers")),
      hours_(wiring.setting("manager_hours")),
      care_per_hour_(wiring.setting("care_per_hour")),
      care_(wiring.lever("care")) {}

bool Staff::needed(const sim::Occasion& occasion) const {
  const bool is_due = occasion.is_first() || occasion.month() % months_of_a_quarter == 0;
  return is_used_ && is_due && occasion.setting(managers_) > 0.F;
}

void Staff::measure(sim::BlockMonth&, const sim::Arm& arm, int, const sim::Decision&, sim::Voice voice) const {
  const auto care = arm[care_];
  const auto on_books = arm[core_.on_books];
  const float care_per_hour = arm.setting(care_per_hour_);
  for (std::size_t i = 0; i < care.size(); ++i)
    if (on_books[i] != 0) voice.sums[0] += hours_of_care(care[i], care_per_hour);
}

bool Staff::decide(const sim::Occasion&, int, sim::Voice heard, sim::Decision& decision) const {
  decision.assign(heard.sums.begin(), heard.sums.end());
  return true;
}

float Staff::share(const sim::Arm& arm) const {
  const sim::Decision& asked = arm.decision();
  return asked.empty() ? 1.F : worked_share(asked.front(), arm.setting(managers_), arm.setting(hours_));
}

}  // namespace clientele::models
