// Tiers by rank: the best so many per cent of customers by a number of the study's choice.
#pragma once
#include "models/segmentation/by_share.hpp"

namespace clientele::models {

struct RankParameters {
  std::int32_t review_every = 3, look_back = 12;
  Number by = Number::sales;
};

inline sim::FieldTable rank_fields() {
  using P = RankParameters;
  return sim::fields<P>({
      review_every_field(&P::review_every),
      look_back_field(&P::look_back),
      sim::field(&P::by, "by", words_for_numbers(), Number::sales, "what customers are ranked by; more is better",
                 sim::guess("the list of largest accounts")),
  });
}

class Rank final : public ByShare {
 public:
  Rank(const sim::SegmentationSpec& spec, sim::Observed& observed) : Rank(of(spec), spec, observed) {}

 private:
  static const RankParameters& of(const sim::SegmentationSpec& spec) { return spec.parameters.as<RankParameters>(); }
  Rank(const RankParameters& p, const sim::SegmentationSpec& spec, sim::Observed& observed)
      : ByShare(p.review_every, ObservedNumber(p.by, p.look_back, spec, observed), spec, observed) {}
};

}  // namespace clientele::models
