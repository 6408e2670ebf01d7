// How often a customer orders against others of its group, whether laws or a file tell.
#pragma once
#include "models/prospects.hpp"
#include "sim/behavior.hpp"

namespace clientele::models {

class OrderRateScores {
 public:
  explicit OrderRateScores(sim::Wiring& wiring)
      : purchasing_(wiring.parameters_of<PurchasingParameters>("purchasing")) {
    KnownWorth known;
    known[0] = wiring.known(fields_of_worth[0]);
    if (wiring.population() != nullptr) told_ = worth_of_base(*wiring.population(), known).logs[0];
  }

  /// Of the block's group in its draw.
  const RateScore& of(const sim::BlockMonth& month) const {
    const PurchasingParameters& p = month.parameters(purchasing_);
    return p.rate_score.get([&] {
      return told_.by_group.empty() ? RateScore(p.orders_per_month)
                                    : RateScore(told_.by_group[month.group()], told_.usual, least_worth);
    });
  }

 private:
  sim::Parameters<PurchasingParameters> purchasing_;
  WorthOfBase::Logs told_;  ///< by a customer file
};

}  // namespace clientele::models
