// Tiers by what a customer spent: a tier starts from an amount of net sales over the look-back.
#pragma once
#include <vector>

#include "models/segmentation/history.hpp"
#include "sim/catalogue.hpp"
#include "sim/segmentation.hpp"

namespace clientele::models {

inline sim::FieldTable review_fields() {
  using P = ReviewParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      sim::field(&P::review_every, "review_every", "months", range(1, 24), 3, Kind::fixed,
                 "months from one review to the next; month 0 has one", sim::guess("quarterly reviews")),
      sim::field(&P::look_back, "look_back", "months", range(1, 24), 12, Kind::fixed,
                 "past months that count; where fewer are there, they are brought to this length",
                 sim::guess("a year")),
  });
}

/// How far sales have come on the way from where it begins to where it ends.
inline float progress_between(double sales, double begins, double ends) {
  const bool is_on_the_way = (sales > begins) & (sales < ends);
  return is_on_the_way ? static_cast<float>((sales - begins) / (ends - begins)) : 0.F;
}

/// Tiers stand from the best to the last, each but the last with its least spend [money per look-back]: who spent that
/// much, to the quantum, is in. Who has no past keeps the tier of entry.
class Spend final : public sim::Segmentation {
 public:
  Spend(const sim::SegmentationSpec& spec, sim::Observed& observed);
  bool due(int month) const override { return review_due(month, review_every_); }
  void assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
              std::span<std::int32_t> tier) const override;
  bool tells_progress() const override { return true; }
  void tell_progress(sim::BlockMonth& month, const sim::Arm& arm, std::uint32_t known,
                     std::span<float> progress) const override;

 private:
  /// Monthly sales between which customers of a tier know themselves to be.
  struct Way {
    double begins = 0, ends = 0;
  };
  Way way_of(std::size_t tier, std::uint32_t known) const;

  std::int32_t review_every_;
  std::vector<double> least_;  ///< monthly sales [quanta] of all tiers but the last, falling
  SalesHistory history_;
};

}  // namespace clientele::models
