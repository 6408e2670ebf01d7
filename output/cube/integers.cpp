// Arm by arm: a variable is read once, and its numbers are laid into the cells that they belong to.
#include "output/cube/integers.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace clientele::output {

double unit_of(const sim::MetricInfo& metric, double money_quantum) {
  return metric.scale * (metric.unit == sim::MetricUnit::money ? money_quantum : 1);
}

std::int64_t counted(double number, double unit) { return std::isnan(number) ? 0 : std::llround(number / unit); }

namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

/// Cells of an arm while variable after variable is laid into them.
class Laying {
 public:
  Laying(const CubeReader& cube, const sim::OutcomeInfo& info, const sim::Study& study, std::uint32_t scenario,
         std::uint32_t policy)
      : cube_(cube), info_(info), study_(study), scenario_(scenario), policy_(policy) {
    const std::size_t worlds = cube.axes().of_cells().worlds(), replications = cube.axes().replications;
    for (std::size_t world = 0; world < worlds; ++world) {
      sim::CellOutcome& cell = cells_.emplace_back();
      cell.cell = {scenario, policy, static_cast<std::uint32_t>(world / replications),
                   static_cast<std::uint32_t>(world % replications)};
      cell.counts.resize(info.counts());
      cell.beyond.resize(info.months_beyond * info.tiers * info.groups * info.metrics_beyond().size());
      cell.flows.resize(info.flows());
      cell.by_age.resize(info.by_age());
    }
  }

  std::vector<sim::CellOutcome> done() {
    lay_metrics();
    lay_beyond();
    lay_flows();
    lay_ages();
    for (std::size_t h = 0; h < info_.histograms.size(); ++h) lay_histogram(h);
    std::erase_if(cells_, [&](const sim::CellOutcome& cell) { return !cube_.done(cell.cell); });
    return std::move(cells_);
  }

 private:
  /// Numbers of all cells behind each other; `step` integers lie between two of a metric.
  void lay(const std::vector<double>& numbers, double unit, std::vector<std::int64_t> sim::CellOutcome::*where,
           std::size_t first, std::size_t step) {
    const std::size_t of_cell = numbers.size() / cells_.size();
    for (std::size_t n = 0; n < numbers.size(); ++n)
      (cells_[n / of_cell].*where)[n % of_cell * step + first] = counted(numbers[n], unit);
  }
  void lay_metrics() {
    for (std::size_t m = 0; m < info_.metrics.size(); ++m)
      if (has(cube_.metrics(), info_.metrics[m].name))
        lay(cube_.metric(info_.metrics[m].name, scenario_, policy_), unit_of(info_.metrics[m], study_.money_quantum),
            &sim::CellOutcome::counts, m, info_.metrics.size());
  }
  void lay_beyond() {
    const std::vector<std::size_t> kept = info_.metrics_beyond();
    for (std::size_t k = 0; k < kept.size() && info_.months_beyond > 0; ++k)
      if (const sim::MetricInfo& metric = info_.metrics[kept[k]]; cube_.has_beyond(metric.name))
        lay(cube_.metric_beyond(metric.name, scenario_, policy_), unit_of(metric, study_.money_quantum),
            &sim::CellOutcome::beyond, k, kept.size());
  }
  void lay_flows() { lay(cube_.tier_flow(scenario_, policy_), 1, &sim::CellOutcome::flows, 0, 1); }

  void lay_ages() {
    if (info_.by_age() == 0) return;
    const std::size_t metrics = info_.aged.size();
    for (std::size_t m = 0; m < metrics; ++m) {
      const std::vector<double> numbers = cube_.metric_by_age(info_.aged[m].name, scenario_, policy_);
      const std::size_t of_cell = numbers.size() / cells_.size();
      const double unit = unit_of(info_.aged[m], study_.money_quantum);
      for (std::size_t n = 0; n < numbers.size(); ++n) {
        const std::size_t month = n % of_cell / info_.ages, age = n % info_.ages;
        cells_[n / of_cell].by_age[(month * metrics + m) * info_.ages + age] = counted(numbers[n], unit);
      }
    }
  }

  /// Bins in which somebody is, of each month that the histogram names.
  void lay_histogram(std::size_t h) {
    const sim::HistogramInfo& info = info_.histograms[h];
    const CubeReader::Histogram all = cube_.histogram(info.name, scenario_, policy_);
    const double unit = info.unit == sim::MetricUnit::money ? study_.money_quantum : 1;
    for (std::size_t world = 0; world < cells_.size(); ++world) {
      auto& of_cell = cells_[world].histograms.emplace_back();
      for (const int named : info.months) {
        const int month = named < 0 ? study_.horizon.months + named : named;
        const std::int32_t day = cube_.axes().month_starts[static_cast<std::size_t>(month)];
        const auto place = static_cast<std::size_t>(std::ranges::find(all.months, day) - all.months.begin());
        for (std::size_t group = 0; group < info_.groups; ++group)
          of_cell.push_back(bins_at(all, ((world * all.months.size() + place) * info_.groups + group), unit));
      }
    }
  }
  static std::vector<sim::HistogramBin> bins_at(const CubeReader::Histogram& all, std::size_t row, double unit) {
    std::vector<sim::HistogramBin> bins;
    for (std::size_t b = 0; b < all.bins.size(); ++b)
      if (const std::int64_t customers = counted(all.customers[row * all.bins.size() + b], 1); customers > 0)
        bins.push_back({all.bins[b], customers, counted(all.sum[row * all.bins.size() + b], unit)});
    return bins;
  }

  const CubeReader& cube_;
  const sim::OutcomeInfo& info_;
  const sim::Study& study_;
  std::uint32_t scenario_, policy_;
  std::vector<sim::CellOutcome> cells_;
};

}  // namespace

bool holds_all_integers(const CubeReader& cube, const sim::OutcomeInfo& info) {
  const auto is_held = [&](const sim::MetricInfo& metric) {
    if (metric.is_zero) return true;
    const bool beyond =
        metric.months == sim::MonthsOf::horizon || info.months_beyond == 0 || cube.has_beyond(metric.name);
    return beyond && (metric.months == sim::MonthsOf::beyond || has(cube.metrics(), metric.name));
  };
  return info.classes == 1 && cube.axes().groups.size() == info.groups &&
         std::ranges::all_of(cube.axes().months_summed, [](std::int32_t n) { return n == 1; }) &&
         std::ranges::all_of(info.metrics, is_held) && cube.histograms().size() == info.histograms.size();
}

std::vector<sim::CellOutcome> outcomes_of(const CubeReader& cube, const sim::OutcomeInfo& info, const sim::Study& study,
                                          std::uint32_t scenario, std::uint32_t policy) {
  return Laying(cube, info, study, scenario, policy).done();
}

}  // namespace clientele::output
