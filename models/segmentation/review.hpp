// How often tiers are reviewed, and on how much of the past.
#pragma once
#include <cstdint>

#include "sim/catalogue.hpp"

namespace clientele::models {

struct ReviewParameters {
  std::int32_t review_every = 3, look_back = 12;
  float hysteresis = 0;  ///< of tiers by a value alone
};

/// Whether a review falls on this month; month 0 always has one.
inline bool review_due(int month, std::int32_t review_every) { return month % review_every == 0; }

template <class P>
sim::FieldInfo review_every_field(std::int32_t P::*member) {
  return sim::field(member, "review_every", "months", sim::range(1, 24), 3, sim::Kind::fixed,
                    "months from one review to the next; month 0 has one", sim::guess("quarterly reviews"));
}

template <class P>
sim::FieldInfo look_back_field(std::int32_t P::*member) {
  return sim::field(member, "look_back", "months", sim::range(1, 24), 12, sim::Kind::fixed,
                    "past months that count; where fewer are there, they are brought to this length",
                    sim::guess("a year"));
}

inline sim::FieldTable review_fields() {
  using P = ReviewParameters;
  return sim::fields<P>({review_every_field(&P::review_every), look_back_field(&P::look_back)});
}

/// Of segmentations whose tiers start from a value that rises and falls.
inline sim::FieldTable fields_of_reviews_by_value() {
  using P = ReviewParameters;
  return sim::fields<P>(
      {review_every_field(&P::review_every), look_back_field(&P::look_back),
       sim::field(&P::hysteresis, "hysteresis", "share of from", sim::range(0, 1, 0, 0.5), 0, sim::Kind::fixed,
                  "a customer leaves a better tier only when it falls short of its from by more than this part of it",
                  sim::guess("a bound counts as stated, upwards and downwards"))});
}

/// Of segmentations that do not look back.
inline sim::FieldTable fields_of_reviews_alone() {
  return sim::fields<ReviewParameters>({review_every_field(&ReviewParameters::review_every)});
}

}  // namespace clientele::models
