// Tiers by a value that each starts from: so much spent, so much earned with the customer, so long with us.
#pragma once
#include <vector>

#include "models/segmentation/observed_number.hpp"
#include "models/segmentation/review.hpp"
#include "sim/catalogue.hpp"
#include "sim/segmentation.hpp"

namespace clientele::models {

/// Tiers stand from the best to the last, each but the last with the least that it starts from: who has that much is
/// in. Where nothing is known of anybody yet, all keep the tier of entry.
class ByValue : public sim::Segmentation {
 public:
  bool due(int month) const override { return review_due(month, review_every_); }
  void assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
              std::span<std::int32_t> tier) const override;

 protected:
  /// `least`: of all tiers but the last, falling, in the number's unit.
  ByValue(Number number, std::vector<double> least, const sim::SegmentationSpec& spec, sim::Observed& observed);

  const std::vector<double>& least() const { return least_; }
  const ObservedNumber& number() const { return number_; }

 private:
  std::int32_t review_every_;
  std::vector<double> least_;
  ObservedNumber number_;
};

/// The fewest quanta that reach an amount, none of them beyond what a look-back can come to.
double reachable_quanta(double amount, double quantum);
/// What the tiers of a policy start from, as it is stated.
std::vector<double> stated_least(const sim::Policy& policy);
/// The same in quanta a month, where amounts of money are those of a whole look-back: reached to the quantum.
std::vector<double> least_of_month(const sim::SegmentationSpec& spec);

}  // namespace clientele::models
