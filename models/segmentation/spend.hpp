// Tiers by what a customer spent: a tier starts from an amount of net sales over the look-back.
#pragma once
#include "models/segmentation/by_value.hpp"

namespace clientele::models {

/// How far sales have come on the way from where it begins to where it ends.
inline float progress_between(double sales, double begins, double ends) {
  const bool is_on_the_way = (sales > begins) & (sales < ends);
  return is_on_the_way ? static_cast<float>((sales - begins) / (ends - begins)) : 0.F;
}

/// Amounts are those of a look-back [money]. Customers can see how far they are from the next one.
class Spend final : public ByValue {
 public:
  Spend(const sim::SegmentationSpec& spec, sim::Observed& observed)
      : ByValue(Number::sales, in_quanta_of_month(stated_least(*spec.policy), spec),
                in_quanta_of_month(stated_kept(spec), spec), spec, observed) {}
  bool tells_progress() const override { return true; }
  void tell_progress(sim::BlockMonth& month, const sim::Arm& arm, std::uint32_t known,
                     std::span<float> progress) const override;

 private:
  /// Monthly sales between which customers of a tier know themselves to be.
  struct Way {
    double begins = 0, ends = 0;
  };
  Way way_of(std::size_t tier, std::uint32_t known) const;
};

}  // namespace clientele::models
