// What is the firm's and no customer's in a month: asked for once per arm and month, when a world has been simulated.
#pragma once
#include <cmath>
#include <cstdint>
#include <string>

#include "sim/core/api.hpp"
#include "sim/core/check.hpp"
#include "sim/signal.hpp"
#include "sim/state/columns.hpp"

namespace clientele::sim {

/// One month of one arm, of the horizon or closed. Amounts stand in the first group and the tier of entry, so that
/// sums over tiers and groups hold them once.
class CLIENTELE_API FirmMonth {
 public:
  FirmMonth(const Occasion& occasion, bool starts, double quantum, std::int64_t* metrics)
      : occasion_(occasion), starts_(starts), quantum_(quantum), metrics_(metrics) {}

  int month() const { return occasion_.month(); }
  /// Whether the policy starts: in month 0, and where it rolls out also in the month in which it reaches the first
  /// customers. Until then the baseline's settings stand, in month 0 too.
  bool policy_starts() const { return starts_; }
  float setting(Setting s) const { return occasion_.setting(s); }
  /// An amount of money in whole quanta.
  std::int64_t quanta(double money) const {
    const double quanta = money / quantum_;
    if (!(std::fabs(quanta) < 0x1p53))
      throw UserError("an amount of the firm itself in month " + std::to_string(month()) +
                      " reaches 2^53 quanta. Did you mean a larger money_quantum?");
    return std::llround(quanta);
  }
  void book(Metric metric, std::int64_t amount) const { metrics_[metric.index] += amount; }

 private:
  const Occasion& occasion_;
  bool starts_;
  double quantum_;
  std::int64_t* metrics_;
};

}  // namespace clientele::sim
