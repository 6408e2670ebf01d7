// Points by the months since they were earned: the triangle that estimates of a program's liability rest on.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/behavior.hpp"
#include "sim/lots.hpp"

namespace clientele::models {

/// Counted by month and age where a study asks for it ([count] triangle):
///   points_held_by_age      what stands at the end of the month
///   points_redeemed_by_age  in the month
///   points_broken_by_age    expired or forfeited in the month
///   points_earned_by_validity, whose age is the months for which what is earned now is valid.
/// Lots stand by their month of end, and the age of one is read from it: what is valid now, less the months left. So it
/// is right where a customer's points are all valid for equally long. Points with more months left than are valid now,
/// and those without an end, are counted under no age: then less is held by age than `points` says, and whoever reads
/// the ages sees it (points_of_cell).
class PointsByAge {
 public:
  PointsByAge(sim::Wiring& wiring, bool is_used);
  bool is_used() const { return is_used_; }

  /// One arm in one month, lots and all; to be told when something has been done to them.
  class Month {
   public:
    /// `validity` of each customer's new points, sim::never where they do not end.
    Month(const PointsByAge& metrics, const sim::Arm& arm, const sim::LotsOfArm& lots,
          std::span<const std::int32_t> validity);
    void spent();
    void ended(std::span<const std::int32_t> expired);
    void before_forfeits();
    /// After forfeits, with all that was earned in the month.
    void close(std::span<const std::int32_t> earned);

   private:
    using ByAge = std::vector<std::int64_t>;
    void look();
    /// What has gone since the last look.
    void add_what_is_gone(ByAge& to) const;
    void add_by_validity(ByAge& to, std::span<const std::int32_t> amounts) const;

    const PointsByAge& metrics_;
    const sim::Arm& arm_;
    const sim::LotsOfArm& lots_;
    std::span<const std::int32_t> validity_;
    ByAge before_, now_, redeemed_, broken_;
  };

 private:
  bool is_used_ = false;
  sim::AgedMetric held_, redeemed_, broken_, earned_;
};

}  // namespace clientele::models
