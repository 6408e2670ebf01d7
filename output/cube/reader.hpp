// Reads a cube back: labels, sizes, KPIs, and metrics one arm at a time.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "output/cube/kpi_texts.hpp"
#include "output/cube/points.hpp"
#include "output/cube/wording.hpp"
#include "sim/cells.hpp"
#include "sim/metrics.hpp"
#include "sim/study.hpp"

namespace clientele::output {

/// A policy that no study states: it keeps for good tiers of the size that its twin's first review gives, or is put
/// together of its twin and the baseline.
struct HeldTiers {
  std::size_t twin = 0;  ///< policy
  sim::Held how = sim::Held::as_reviewed;
  sim::Blend blend = sim::Blend::no;  ///< `how` is no where it is set
};

/// A study in words, as a cube keeps it. Texts are empty and numbers NaN where it was made before format 1.5.
struct CubeTexts {
  sim::StudyTexts study;
  std::vector<std::optional<std::size_t>> same_money_as;  ///< by policy: whose money it spends evenly
  std::vector<std::optional<HeldTiers>> held;             ///< by policy
  std::vector<std::string> warnings;
  double share_of_ten_largest = 0;  ///< of expected sales
};

/// An open cube. Throws UserError (bad_data), with what is wrong, for a file that is damaged or no cube of ours.
///
/// A cube with points is read at one of them, as if it were a cube of that point alone: cells, numbers, study_digest,
/// data_hash and what points change of assumptions are the point's then.
class CubeReader {
 public:
  explicit CubeReader(const std::filesystem::path& path);
  ~CubeReader();
  CubeReader(CubeReader&&) noexcept;
  CubeReader& operator=(CubeReader&&) noexcept;

  struct Axes {
    std::vector<std::string> scenarios, policies, groups;
    std::size_t draws = 0, replications = 0, months = 0, tiers = 0;
    std::vector<std::int32_t> month_starts;   ///< days since the start of month 0
    std::vector<std::int32_t> months_summed;  ///< into each place of the axis of months; 1 where each stands alone
    std::size_t closed = 0;                   ///< closed months after the horizon
    std::size_t beyond = 0;                   ///< all months after it
    std::size_t horizon = 0;                  ///< months of a series; 0 where there is none
    std::vector<bool> run_off;                ///< by place on the axis of months
    std::vector<std::string> each_group;      ///< of KPIs by group and of sums; empty before format 1.6
    std::vector<std::string> each_class;      ///< of customers; empty where the study does not count them apart

    sim::CellAxes of_cells() const {
      return {.scenarios = scenarios.size(), .policies = policies.size(), .draws = draws, .replications = replications};
    }
  };
  const Axes& axes() const;

  /// None in a cube without points.
  const CubePoints& points() const;
  void look_at(std::size_t point);
  std::optional<std::size_t> point() const;
  /// Cells of all points that were simulated, and that there are; their hash.
  std::size_t cells_done_at_all_points() const;
  std::size_t cells_of_all_points() const;
  std::string data_hash_of_all_points() const;
  /// [point][scenario][policy][draw][replication]; NaN is missing.
  std::vector<double> kpi_at_all_points(const std::string& name) const;

  /// Names, in the order of the file.
  const std::vector<std::string>& metrics() const;
  const std::vector<std::string>& kpis() const;
  const std::vector<std::string>& histograms() const;

  /// Empty where the policy has no such tier.
  const std::string& tier_name(std::size_t policy, std::size_t tier) const;
  bool done(const sim::Cell& cell) const;
  std::size_t cells_done() const;

  /// [scenario][policy][draw][replication]; NaN is missing.
  std::vector<double> kpi(const std::string& name) const;
  /// [draw][replication][tier or each group] of one arm. None before format 1.6, and of some KPIs none by tier.
  bool has_kpi_by(const std::string& name, ByAxis axis) const;
  std::vector<double> kpi_by(const std::string& name, ByAxis axis, std::size_t scenario, std::size_t policy) const;
  /// Sums over the months of the horizon of what the cube tells them of, whatever is summed of metrics: [draw]
  /// [replication][tier][each group] of one arm. Of a zero metric too. None before format 1.6.
  bool has_sum(const std::string& metric) const;
  std::vector<double> sum(const std::string& metric, std::size_t scenario, std::size_t policy) const;
  /// The same by class, whatever the tier: [draw][replication][each class].
  bool has_sum_by_class(const std::string& metric) const;
  std::vector<double> sum_by_class(const std::string& metric, std::size_t scenario, std::size_t policy) const;
  /// The same of moves, without month 0: [draw][replication][tier held][tier given][each group].
  bool has_flow_sum() const;
  std::vector<double> flow_sum(std::size_t scenario, std::size_t policy) const;
  /// What KPIs look at month by month: names, and [draw][replication][month of the horizon] of one arm; NaN is missing.
  /// None before format 1.5.
  const std::vector<std::string>& series_names() const;
  std::vector<double> series(const std::string& name, std::size_t scenario, std::size_t policy) const;
  /// Metrics that the study makes no use of: the file says so, and holds no numbers of them.
  const std::vector<std::string>& zero_metrics() const;
  /// [draw][replication][month][tier][group] of one arm; NaN is missing. Of a zero metric too.
  std::vector<double> metric(const std::string& name, std::size_t scenario, std::size_t policy) const;

  /// [draw][replication][month after the horizon][tier][group] of one arm, of a metric that is kept there.
  bool has_beyond(const std::string& name) const;
  std::vector<double> metric_beyond(const std::string& name, std::size_t scenario, std::size_t policy) const;

  /// Customers under review, [draw][replication][month][tier held][tier given][group] of one arm; NaN is missing. Not
  /// in cubes of formats before 1.2.
  std::vector<double> tier_flow(std::size_t scenario, std::size_t policy) const;

  /// [draw][replication][month, those beyond the horizon too][age] of one arm; NaN is missing. Names are those that the
  /// study counts by age ([count] triangle).
  const std::vector<std::string>& metrics_by_age() const;
  std::size_t ages() const;
  std::vector<double> metric_by_age(const std::string& name, std::size_t scenario, std::size_t policy) const;

  struct Histogram {
    std::vector<std::int32_t> months;  ///< first days, since the start of month 0
    std::vector<std::int32_t> bins;
    std::vector<double> lowest, highest;  ///< value of a bin, in the unit of the value
    std::vector<double> customers, sum;   ///< [draw][replication][named month][group][bin] of one arm
  };
  Histogram histogram(const std::string& name, std::size_t scenario, std::size_t policy) const;

  /// A text that belongs to the whole file (FORMAT.md lists them), or to one metric or KPI by its name.
  std::string text(const std::string& attribute) const;
  /// The same, for texts that may be empty and are left out of the file then.
  std::string text_or_empty(const std::string& attribute) const;
  double number(const std::string& attribute) const;
  std::string metric_text(const std::string& name, const std::string& attribute) const;
  std::string kpi_text(const std::string& name, const std::string& attribute) const;
  std::string series_text(const std::string& name, const std::string& attribute) const;
  KpiTexts kpi_texts(const std::string& name) const;
  /// The study as it was read when the cube was made.
  const std::string& study_text() const;
  /// [parameter][draw], and the paths of the parameters; both empty where nothing is uncertain.
  const std::vector<std::string>& parameters() const;
  std::vector<double> parameter_values() const;
  /// What the numbers rest on; empty in cubes of format 1.0, and where a catalogue has no fields or levers.
  std::vector<sim::Assumption> assumptions() const;
  std::vector<sim::LeverUse> levers() const;
  /// The study in words, warnings, whose money a policy spends; empty before format 1.5.
  const CubeTexts& texts() const;
  /// First day of month 0, as 2027-01-01.
  std::string start_date() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace clientele::output
