// How often a customer orders against others of its group, whether laws or a file tell.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "models/loyalty/rate_score.hpp"
#include "models/purchasing.hpp"
#include "sim/behavior.hpp"

namespace clientele::models {

class OrderRateScores {
 public:
  explicit OrderRateScores(sim::Wiring& wiring)
      : purchasing_(wiring.parameters_of<PurchasingParameters>("purchasing")) {
    const auto told = wiring.known("purchasing.orders_per_month");
    if (told.empty()) return;
    const sim::Population& population = *wiring.population();
    for (std::uint32_t group = 0; group < population.groups.size(); ++group) {
      const auto rates = rates_of_group(told, population.file->groups, group);
      told_.push_back(rates ? std::make_shared<const RateScore>(rates) : nullptr);
    }
  }

  /// Of the block's group in its draw.
  const RateScore& of(const sim::BlockMonth& month) const {
    if (!told_.empty() && told_[month.group()]) return *told_[month.group()];
    const PurchasingParameters& p = month.parameters(purchasing_);
    return p.rate_score.get([&] { return RateScore(p.orders_per_month); });
  }

  /// A rate as laws and files tell it, of what a customer orders at: what moves everybody alike moves nobody against
  /// others.
  float told_rate(const sim::BlockMonth& month, float rate) const {
    return rate_without_level(rate, month.parameters(purchasing_).order_level);
  }

 private:
  sim::Parameters<PurchasingParameters> purchasing_;
  std::vector<std::shared_ptr<const RateScore>> told_;  ///< by a customer file, of each group that it has
};

}  // namespace clientele::models
