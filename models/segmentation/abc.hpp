// Tiers by parts of all sales: those who together buy the first four fifths, the next, the rest.
#pragma once
#include "models/segmentation/by_share.hpp"

namespace clientele::models {

inline sim::FieldTable abc_fields() {
  using P = ReviewParameters;
  return sim::fields<P>({
      review_every_field(&P::review_every),
      sim::field(&P::look_back, "look_back", "months", sim::range(1, 24), 12, sim::Kind::fixed,
                 "past months whose sales count; those of newcomers are not brought to this length",
                 sim::guess("a year")),
  });
}

/// A tier's share is a part of the sales of a look-back, of all under review together. Customers stand by falling
/// sales, ties by a hash of the id; a tier takes all of whom the better ones, taken together, have bought less than
/// what it and the tiers before it are to have: so that the customer on whom a cut falls belongs to the better tier.
/// Sales are those within the look-back; a newcomer's are not brought to its length. Who bought nothing is in the last
/// tier, and so is who has sent back more than it bought.
class Abc final : public ByShare {
 public:
  Abc(const sim::SegmentationSpec& spec, sim::Observed& observed)
      : ByShare(spec.parameters.as<ReviewParameters>().review_every,
                ObservedNumber(Number::sales, spec.parameters.as<ReviewParameters>().look_back, spec, observed,
                               ObservedNumber::Of::look_back),
                spec, observed, sim::SharesOf::values) {}
};

}  // namespace clientele::models
