// What a firm knows of a customer's sales: a month's mean over the past months of a look-back, exactly.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
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

/// Past months that count: all there are, or the look-back's.
inline std::int32_t months_known(std::int32_t available, std::int32_t look_back) {
  return available < look_back ? available : look_back;
}

/// Mean net sales of a month [quanta]. Sales are whole, and months at most 24: two such fractions that differ do so by
/// more than 1/600. Below 2^43 a double tells them apart, and rounds equal ones alike. So a short past compares with a
/// bound of a whole look-back as sales x look_back and bound x months do, without an error.
inline double monthly_sales(double sales, std::int32_t months) { return sales / static_cast<double>(months); }

/// Net sales of the last `look_back` months, the present one left out. A customer without a past has no score.
class SalesHistory {
 public:
  SalesHistory(const sim::SegmentationSpec& spec, sim::Observed& observed, std::int32_t look_back)
      : look_back_(look_back),
        first_month_(-spec.study->horizon.warmup),
        core_(observed.core()),
        net_sales_(observed.ring<std::int32_t>("net_sales", static_cast<std::uint32_t>(look_back))) {}

  /// Whether there is a past to look back on at all.
  bool begins_before(int month) const { return month > first_month_; }
  /// Monthly sales of a block's customers from `begin` on, as many as there is room for.
  void work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, std::span<double> score) const;
  const sim::ObservedColumns& core() const { return core_; }

 private:
  std::int32_t look_back_;
  int first_month_;
  sim::ObservedColumns core_;
  sim::Ring<const std::int32_t> net_sales_;
};

/// Scores in doubles do not fit into columns: a few customers at a time, `visit(begin, scores)`.
template <class Visit>
void for_each_score(const SalesHistory& history, const sim::BlockMonth& month, const sim::Arm& arm, std::size_t count,
                    const Visit& visit) {
  std::array<double, 64> room;
  for (std::size_t begin = 0; begin < count; begin += room.size()) {
    const std::span<double> score = std::span(room).first(std::min(room.size(), count - begin));
    history.work_out(month, arm, begin, score);
    visit(begin, std::span<const double>(score));
  }
}

}  // namespace clientele::models
