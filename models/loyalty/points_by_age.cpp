// What stands under each age is added up before and after: the difference is what has gone.
#include "models/loyalty/points_by_age.hpp"

namespace clientele::models {

PointsByAge::PointsByAge(sim::Wiring& wiring, bool is_used) : is_used_(is_used && wiring.counts_ages()) {
  if (!is_used_) return;
  const auto metric = [&](const char* name, const char* meaning) {
    return wiring.metric_by_age(name, sim::MetricUnit::count, meaning);
  };
  held_ = metric("points_held_by_age", "points held at the end of a month, by the months since they were earned");
  redeemed_ = metric("points_redeemed_by_age", "points redeemed in a month, by the months since they were earned");
  broken_ =
      metric("points_broken_by_age", "points expired or forfeited in a month, by the months since they were earned");
  earned_ = metric("points_earned_by_validity", "points earned in a month, by the months for which they are valid");
}

PointsByAge::Month::Month(const PointsByAge& metrics, const sim::Arm& arm, const sim::LotsOfArm& lots,
                          std::span<const std::int32_t> validity)
    : metrics_(metrics),
      arm_(arm),
      lots_(lots),
      validity_(validity),
      before_(lots.depth()),
      now_(lots.depth()),
      redeemed_(lots.depth()),
      broken_(lots.depth()) {
  look();
}

void PointsByAge::Month::look() {
  before_.swap(now_);
  lots_.sum_by_age(validity_, now_);
}

void PointsByAge::Month::add_what_is_gone(ByAge& to) const {
  for (std::size_t age = 0; age < to.size(); ++age) to[age] += before_[age] - now_[age];
}

void PointsByAge::Month::add_by_validity(ByAge& to, std::span<const std::int32_t> amounts) const {
  for (std::size_t i = 0; i < amounts.size(); ++i)
    if (validity_[i] != sim::never) to[static_cast<std::size_t>(validity_[i])] += amounts[i];
}

void PointsByAge::Month::spent() {
  look();
  add_what_is_gone(redeemed_);
}

void PointsByAge::Month::ended(std::span<const std::int32_t> expired) { add_by_validity(broken_, expired); }

void PointsByAge::Month::before_forfeits() { look(); }

void PointsByAge::Month::close(std::span<const std::int32_t> earned) {
  look();
  add_what_is_gone(broken_);
  ByAge issued(now_.size());
  add_by_validity(issued, earned);
  arm_.count_by_age(metrics_.held_, now_);
  arm_.count_by_age(metrics_.redeemed_, redeemed_);
  arm_.count_by_age(metrics_.broken_, broken_);
  arm_.count_by_age(metrics_.earned_, issued);
}

}  // namespace clientele::models
