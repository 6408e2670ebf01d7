// Tiers by a value that each starts from: so much spent, so much earned with the customer, so long with us.
#pragma once
#include <cmath>
#include <vector>

#include "models/segmentation/observed_number.hpp"
#include "models/segmentation/review.hpp"
#include "sim/catalogue.hpp"
#include "sim/segmentation.hpp"

namespace clientele::models {

/// What keeps a customer in a tier that starts from a value, and in a better one: so much less.
inline double kept_from(double from, float hysteresis) {
  const double part = std::rint(static_cast<double>(hysteresis) * 1e6) / 1e6;  // as stated, without a float's last bits
  return from - part * std::fabs(from);
}

/// Tiers stand from the best to the last, each but the last with the least that it starts from: who has that much is
/// in, and who is in it or in a better one stays until it has less than what keeps it there. Where nothing is known of
/// anybody yet, all keep the tier of entry.
class ByValue : public sim::Segmentation {
 public:
  bool due(int month) const override { return review_due(month, review_every_); }
  void assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
              std::span<std::int32_t> tier) const override;
  void tell_standing(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision&, std::size_t customer,
                     std::vector<ScorePart>& parts) const override {
    if (number_.is_known(month.month())) parts.push_back(number_.told(month, arm, customer));
  }

 protected:
  /// `least`: of all tiers but the last, falling, in the number's unit; `kept`: what keeps a customer there, where a
  /// band is stated.
  ByValue(Number number, std::vector<double> least, std::vector<double> kept, const sim::SegmentationSpec& spec,
          sim::Observed& observed);

  const std::vector<double>& least() const { return least_; }
  const ObservedNumber& number() const { return number_; }

 private:
  void assign_with_band(int month, const sim::Arm& arm, std::size_t begin, std::span<const double> score,
                        std::span<std::int32_t> tier) const;

  std::int32_t review_every_;
  std::vector<double> least_, kept_;
  bool goes_on_;  ///< from the baseline's tiers
  std::int32_t entry_;
  ObservedNumber number_;
};

/// The fewest quanta that reach an amount, none of them beyond what a look-back can come to.
double reachable_quanta(double amount, double quantum);
/// What the tiers of a policy start from, as it is stated.
std::vector<double> stated_least(const sim::Policy& policy);
/// And what keeps customers there; empty without a band.
std::vector<double> stated_kept(const sim::SegmentationSpec& spec);
/// The same in quanta a month, where amounts of money are those of a whole look-back: reached to the quantum.
std::vector<double> in_quanta_of_month(std::vector<double> amounts, const sim::SegmentationSpec& spec);

}  // namespace clientele::models
