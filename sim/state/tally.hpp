// What is counted, by arm: int64 [month][tier][group][metric] within the horizon and beyond it, moves between tiers,
// integers by age, and histograms. Integers, so that no order can matter.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "sim/state/histogram.hpp"

namespace clientele::sim {

struct TallyShape {
  std::size_t arms = 0, months = 0, months_beyond = 0, tiers = 0, groups = 0, metrics = 0;
  std::vector<std::size_t> named_months;    ///< of each histogram
  std::vector<std::size_t> metrics_beyond;  ///< places of the metrics that are kept of the months beyond
  std::size_t aged = 0, ages = 0;           ///< metrics that are counted by age, and their ages
  std::size_t cells_of_arm() const { return months * tiers * groups * metrics; }
  std::size_t cells_beyond_of_arm() const { return months_beyond * tiers * groups * metrics; }
  std::size_t flows_of_arm() const { return months * tiers * tiers * groups; }
  std::size_t by_age_of_arm() const { return (months + months_beyond) * aged * ages; }
};

/// The engine's own metrics stand first.
inline constexpr std::uint32_t metric_of_customers = 0, metric_of_arrivals = 1;

class Tally {
 public:
  Tally() = default;
  explicit Tally(TallyShape shape) : shape_(std::move(shape)) {
    cells_.resize(shape_.arms * shape_.cells_of_arm());
    beyond_.resize(shape_.arms * shape_.cells_beyond_of_arm());
    flows_.resize(shape_.arms * shape_.flows_of_arm());
    by_age_.resize(shape_.arms * shape_.by_age_of_arm());
    for (const std::size_t months : shape_.named_months) histograms_ += months;
    bins_.resize(shape_.arms * histograms_ * shape_.groups);
  }

  /// Metric 0 of tier 0; tiers are `tier_stride()` apart.
  std::int64_t* cells(std::size_t arm, std::size_t month, std::size_t group) {
    return &cells_[((arm * shape_.months + month) * shape_.tiers * shape_.groups + group) * shape_.metrics];
  }
  /// The same of a month beyond the horizon, the first of which is 0.
  std::int64_t* cells_beyond(std::size_t arm, std::size_t month, std::size_t group) {
    return &beyond_[((arm * shape_.months_beyond + month) * shape_.tiers * shape_.groups + group) * shape_.metrics];
  }
  std::size_t tier_stride() const { return shape_.groups * shape_.metrics; }

  /// Customers whom a review of this month found in a tier and put into another, or the same.
  std::int64_t& flow(std::size_t arm, std::size_t month, std::size_t tier, std::size_t tier_to, std::size_t group) {
    return flows_[(((arm * shape_.months + month) * shape_.tiers + tier) * shape_.tiers + tier_to) * shape_.groups +
                  group];
  }

  /// Age 0 of a metric; months beyond the horizon stand behind the others.
  std::int64_t* by_age(std::size_t arm, std::size_t month, std::size_t metric) {
    return &by_age_[((arm * (shape_.months + shape_.months_beyond) + month) * shape_.aged + metric) * shape_.ages];
  }

  BinnedCount& bins(std::size_t arm, std::size_t histogram, std::size_t named_month, std::size_t group) {
    std::size_t at = named_month;
    for (std::size_t h = 0; h < histogram; ++h) at += shape_.named_months[h];
    return bins_[(arm * histograms_ + at) * shape_.groups + group];
  }

  void clear() {
    std::fill(cells_.begin(), cells_.end(), 0);
    std::fill(beyond_.begin(), beyond_.end(), 0);
    std::fill(flows_.begin(), flows_.end(), 0);
    std::fill(by_age_.begin(), by_age_.end(), 0);
    for (BinnedCount& bins : bins_) bins.clear();
  }
  Tally& operator+=(const Tally& other) {
    for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i] += other.cells_[i];
    for (std::size_t i = 0; i < beyond_.size(); ++i) beyond_[i] += other.beyond_[i];
    for (std::size_t i = 0; i < flows_.size(); ++i) flows_[i] += other.flows_[i];
    for (std::size_t i = 0; i < by_age_.size(); ++i) by_age_[i] += other.by_age_[i];
    for (std::size_t i = 0; i < bins_.size(); ++i) bins_[i] += other.bins_[i];
    return *this;
  }

  /// What was counted elsewhere in one cell, into the arm that stands for it.
  void add(std::size_t arm, const CellOutcome& outcome) {
    for (std::size_t i = 0; i < outcome.counts.size(); ++i)
      cells_[arm * shape_.cells_of_arm() + i] += outcome.counts[i];
    const std::size_t kept = shape_.metrics_beyond.size();
    for (std::size_t i = 0; i < outcome.beyond.size(); ++i)
      beyond_[arm * shape_.cells_beyond_of_arm() + i / kept * shape_.metrics + shape_.metrics_beyond[i % kept]] +=
          outcome.beyond[i];
    for (std::size_t i = 0; i < outcome.flows.size(); ++i) flows_[arm * shape_.flows_of_arm() + i] += outcome.flows[i];
    for (std::size_t i = 0; i < outcome.by_age.size(); ++i)
      by_age_[arm * shape_.by_age_of_arm() + i] += outcome.by_age[i];
    for (std::size_t h = 0; h < outcome.histograms.size(); ++h)
      for (std::size_t place = 0; place < outcome.histograms[h].size(); ++place)
        for (const HistogramBin& bin : outcome.histograms[h][place])
          bins(arm, h, place / shape_.groups, place % shape_.groups).add(bin);
  }

  /// A metric over the first arms, and all months, those beyond among them, tiers and groups.
  std::int64_t total(std::size_t metric, std::size_t arms) const {
    std::int64_t sum = 0;
    for (std::size_t at = metric; at < arms * shape_.cells_of_arm(); at += shape_.metrics) sum += cells_[at];
    for (std::size_t at = metric; at < arms * shape_.cells_beyond_of_arm(); at += shape_.metrics) sum += beyond_[at];
    return sum;
  }
  std::span<const std::int64_t> of_arm(std::size_t arm) const {
    return std::span(cells_).subspan(arm * shape_.cells_of_arm(), shape_.cells_of_arm());
  }
  std::span<const std::int64_t> beyond_of_arm(std::size_t arm) const {
    return std::span(beyond_).subspan(arm * shape_.cells_beyond_of_arm(), shape_.cells_beyond_of_arm());
  }
  std::span<const std::int64_t> flows_of_arm(std::size_t arm) const {
    return std::span(flows_).subspan(arm * shape_.flows_of_arm(), shape_.flows_of_arm());
  }
  std::span<const std::int64_t> by_age_of_arm(std::size_t arm) const {
    return std::span(by_age_).subspan(arm * shape_.by_age_of_arm(), shape_.by_age_of_arm());
  }
  std::span<std::int64_t> all() { return cells_; }
  std::array<std::span<std::int64_t>, 4> numbers() { return {cells_, beyond_, flows_, by_age_}; }
  std::span<BinnedCount> all_bins() { return bins_; }
  const TallyShape& shape() const { return shape_; }

 private:
  TallyShape shape_;
  std::size_t histograms_ = 0;  ///< (histogram, named month) pairs
  std::vector<std::int64_t> cells_, beyond_, flows_, by_age_;
  std::vector<BinnedCount> bins_;
};

}  // namespace clientele::sim
