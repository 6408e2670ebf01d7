// What a firm knows of a customer's sales: the past months of a look-back, brought to its length where they are fewer.
#pragma once
#include <cstdint>
#include <span>

#include "sim/catalogue.hpp"
#include "sim/segmentation.hpp"

namespace clientele::models {

/// How often tiers are reviewed, and on how much of the past.
struct ReviewParameters {
  std::int32_t review_every = 3, look_back = 12;
};

/// Whether a review falls on this month; month 0 always has one.
inline bool review_due(int month, std::int32_t review_every) { return month % review_every == 0; }

/// What sales over `available` past months stand for over the whole look-back.
inline float at_length(float sales, std::int32_t available, std::int32_t look_back) {
  return sales * static_cast<float>(look_back) / static_cast<float>(available < look_back ? available : look_back);
}

/// Net sales of the last `look_back` months [money], the present one left out. A customer without a past has no score.
class SalesHistory {
 public:
  SalesHistory(const sim::SegmentationSpec& spec, sim::Observed& observed, std::int32_t look_back)
      : look_back_(look_back),
        first_month_(-spec.study->horizon.warmup),
        core_(observed.core()),
        net_sales_(observed.ring<float>("net_sales", static_cast<std::uint32_t>(look_back))),
        score_(observed.scratch<float>("sales of the look-back")) {}

  /// Whether there is a past to look back on at all.
  bool begins_before(int month) const { return month > first_month_; }
  void work_out(const sim::BlockMonth& month, const sim::Arm& arm) const;
  std::span<float> score(const sim::Arm& arm) const { return arm[score_]; }
  const sim::CoreColumns& core() const { return core_; }

 private:
  std::int32_t look_back_;
  int first_month_;
  sim::CoreColumns core_;
  sim::Ring<const float> net_sales_;
  sim::State<float> score_;
};

}  // namespace clientele::models
