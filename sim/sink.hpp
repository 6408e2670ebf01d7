// Where outcomes go: to a file, to memory, to running statistics. The engine does not care.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "sim/cells.hpp"
#include "sim/core/api.hpp"
#include "sim/metrics.hpp"

namespace clientele::sim {

/// One histogram of one cell: bins that hold customers, in ascending order of the value.
struct HistogramBin {
  std::int32_t bin = 0;  ///< sim/state/histogram.hpp gives its edges
  std::int64_t customers = 0, sum = 0;
  bool operator==(const HistogramBin&) const = default;
};

/// All that was counted in one cell. Integers, so that no order of adding can matter.
struct CellOutcome {
  Cell cell;
  std::vector<std::int64_t> counts;  ///< [month][tier][group][metric], sizes in OutcomeInfo
  std::vector<std::vector<std::vector<HistogramBin>>>
      histograms;  ///< [histogram][named month x groups + group] -> bins
  /// Customers under review, [month][tier held][tier given][group]; nobody in months without a review.
  std::vector<std::int64_t> flows;
  /// As counts, [month][tier][group][metric], of months_beyond and of metrics_beyond().
  std::vector<std::int64_t> beyond;
  /// [month, those beyond the horizon behind the others][aged metric][age]; nothing where no study asks for it, and 0
  /// in cells that are put together of others.
  std::vector<std::int64_t> by_age = {};
};

/// Those of a huge world who live apart from the rest of it: customers of the first base by number, group after group;
/// or those who join by themselves in some months. What its portions count adds up to what the world does.
struct Portion {
  enum class Of : std::uint32_t { base, arrivals };
  Of of = Of::base;
  std::int64_t begin = 0, end = 0;  ///< numbers of customers, or months; the end is not included
  auto operator<=>(const Portion&) const = default;
};

/// Receives finished cells: one call at a time, in no promised order.
class CLIENTELE_API Sink {
 public:
  virtual ~Sink() = default;
  virtual void accept(CellOutcome&& outcome) = 0;
  /// A portion of a cell that is not finished yet. What is kept of it need not be simulated again:
  /// RunOptions::kept_portion.
  virtual void accept_portion(const Portion&, CellOutcome&&) {}
};

/// Keeps every cell.
class CLIENTELE_API MemorySink final : public Sink {
 public:
  void accept(CellOutcome&& outcome) override {
    const Cell cell = outcome.cell;
    outcomes_.insert_or_assign(cell, std::move(outcome));
  }
  const std::map<Cell, CellOutcome>& outcomes() const { return outcomes_; }

 private:
  std::map<Cell, CellOutcome> outcomes_;
};

/// Of whom a KPI is: all customers, those that are counted under a tier, those of a group, or of both; or those of one
/// class of one group, by its number among all that are counted apart (OutcomeInfo::groups).
struct CustomersOf {
  std::optional<std::size_t> tier = {}, group = {}, one_class = {};
};

/// The KPI of a cell from its counts, in the study's currency where it is money. Sums in a fixed order: same bits.
CLIENTELE_API double evaluate(const KpiInfo& kpi, const OutcomeInfo& info, double money_quantum,
                              const CellOutcome& outcome, const CustomersOf& of = {});

/// What the rules of single months look at: the value of each month of the horizon, by the KPI's monthly rule or by its
/// numerator and denominator.
CLIENTELE_API Series evaluate_by_month(const KpiInfo& kpi, const OutcomeInfo& info, double money_quantum,
                                       const CellOutcome& outcome, const CustomersOf& of = {});

/// Keeps no cell: number, mean and variance of every KPI over the cells of each (scenario, policy, draw).
class CLIENTELE_API StatisticsSink final : public Sink {
 public:
  StatisticsSink(OutcomeInfo info, double money_quantum) : info_(std::move(info)), money_quantum_(money_quantum) {}

  struct Summary {
    std::int64_t cells = 0;
    double mean = 0, variance = 0;  ///< over replications; the variance has n - 1 below
  };
  void accept(CellOutcome&& outcome) override;

  /// Computed from all values sorted by replication, so that the order of arrival does not show.
  Summary summary(std::size_t kpi, std::uint32_t scenario, std::uint32_t policy, std::uint32_t draw) const;
  const OutcomeInfo& info() const { return info_; }
  /// Every KPI of every cell seen, [kpi].
  const std::map<Cell, std::vector<double>>& values() const { return values_; }

 private:
  OutcomeInfo info_;
  double money_quantum_;
  std::map<Cell, std::vector<double>> values_;
};

}  // namespace clientele::sim
