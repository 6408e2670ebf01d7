// How many hours a month a firm's managers have, and how thin care is spread where it asks for more.
#pragma once
#include <cmath>
#include <cstdint>

#include "sim/behavior.hpp"
#include "sim/core/math.hpp"
#include "sim/signal.hpp"

namespace clientele::models {

/// Hours of a month that care asks for [1/1024 hour]; a month has 730.
inline std::int64_t hours_of_care(float care, float care_per_hour) {
  constexpr float parts = 1024.F, most = 730.F * parts;
  const float asked = care / care_per_hour * parts;
  return static_cast<std::int64_t>(asked < most ? asked + 0.5F : most);
}

/// The part of it that so many managers have the time for: all of it where there is no limit.
inline float worked_share(std::int64_t asked, float managers, float hours_of_manager) {
  const float hours = managers * hours_of_manager * 1024.F;
  const auto wanted = static_cast<float>(asked);
  return managers > 0.F && wanted > hours ? hours / wanted : 1.F;
}

/// Managers serve all customers of their policy's world, those too whom a roll-out has not reached: they compete for
/// the same hours, and so do not live quite as under the baseline. Once a quarter, before orders, all customers on the
/// books say what hours their care asks for. Until the next time what was asked then is held against the staff of the
/// month, so that a policy that starts within a quarter is staffed freely until the next one. Asking every month would
/// bring all customers together twelve times a year for a sum that moves by a few percent.
class Staff final : public sim::Signal {
 public:
  explicit Staff(sim::Wiring& wiring);
  /// Whether a policy has a limit.
  bool is_used() const override { return is_used_; }
  /// In the step that the meeting stands before.
  float share(const sim::Arm& arm) const;

  bool needed(const sim::Occasion& occasion) const override;
  sim::VoiceSize size(const sim::Occasion&, int, const sim::Decision&) const override { return {1, 0}; }
  void measure(sim::BlockMonth& month, const sim::Arm& arm, int round, const sim::Decision& so_far,
               sim::Voice voice) const override;
  bool decide(const sim::Occasion& occasion, int round, sim::Voice heard, sim::Decision& decision) const override;

 private:
  sim::CoreColumns core_;
  bool is_used_;
  sim::Setting managers_, hours_, care_per_hour_;
  sim::Lever<float> care_;
};

}  // namespace clientele::models
