// How many customers hold a status, and which is the highest: what is rare counts, and who has less sees it.
#pragma once
#include <cstdint>

#include "sim/behavior.hpp"
#include "sim/signal.hpp"
#include "sim/state/wiring.hpp"

namespace clientele::models {

/// Status is counted in thousandths.
CLIENTELE_INLINE std::int32_t thousandths_of_status(float status) {
  return static_cast<std::int32_t>(std::rint(1000.F * status));
}

/// Once a quarter (months 0, 3, 6, ...) all customers on the books are counted.
class StatusHeld final : public sim::Signal {
 public:
  explicit StatusHeld(sim::Wiring& wiring);
  bool is_used() const override { return is_used_; }
  struct Seen {
    float share = 0;    ///< of customers on the books who hold some
    float highest = 0;  ///< that anybody holds
  };
  /// In the step that the meeting stands before.
  Seen seen(const sim::Arm& arm) const;

  bool needed(const sim::Occasion& occasion) const override;
  sim::VoiceSize size(const sim::Occasion&, int, const sim::Decision&) const override { return {2, 1}; }
  void measure(sim::BlockMonth& month, const sim::Arm& arm, int round, const sim::Decision& so_far,
               sim::Voice voice) const override;
  bool decide(const sim::Occasion& occasion, int round, sim::Voice heard, sim::Decision& decision) const override;

 private:
  sim::CoreColumns core_;
  bool is_used_;
  sim::Lever<float> status_;
};

}  // namespace clientele::models
