// A behavior of its own counts what the models need not: who follows on whom, and a year's sales of each customer.
#include "tools/clientele/totals/year_before.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string_view>

#include "sim/behavior.hpp"
#include "sim/cells.hpp"
#include "sim/plan.hpp"
#include "sim/roll_out.hpp"
#include "sim/sink.hpp"
#include "sim/state/histogram.hpp"
#include "tools/clientele/fewer_customers.hpp"

namespace clientele::tools {

namespace {

constexpr int months_summed_up = 12;
constexpr const char* sales_of_year = "sales of the year";

struct NoParameters {};

/// In months of the horizon, as the engine does in a warm-up: somebody new of the same group follows a month later.
/// In the last one customers are put into bins by what they bought in the year.
class Year final : public sim::Behavior {
 public:
  explicit Year(sim::Wiring& wiring)
      : replaces_(wiring.population() != nullptr && wiring.population()->replacement == sim::Replacement::same_group),
        leaves_(wiring.collect("left request")),
        fails_(wiring.collect("defaulted request")),
        follows_(wiring.own_passing<std::int32_t>("followed by somebody new")),
        sum_(wiring.own_common<std::int32_t>("bought in the year")),
        sales_(wiring.read_ring<std::int32_t>("net_sales", months_summed_up)),
        histogram_(wiring.histogram(sales_of_year, sim::MetricUnit::money, "customers by what they bought in a year")) {
  }

  void advance(sim::BlockMonth& month) const {
    if (month.month() < 0) return;
    for (const sim::Arm& arm : month.arms()) {
      if (replaces_) follow(month, arm);
      if (month.last_of_horizon()) add_up(month, arm);
    }
  }

 private:
  void follow(sim::BlockMonth& month, const sim::Arm& arm) const {
    const auto leaves = arm[leaves_], fails = arm[fails_], follows = arm[follows_];
    for (std::size_t i = 0; i < follows.size(); ++i)
      follows[i] = static_cast<std::int32_t>((leaves[i] > 0) | (fails[i] > 0));
    month.refer(arm.index(), follows);
  }

  /// In steps of 16 quanta: twelve months of less than 2^30 each have room.
  void add_up(sim::BlockMonth& month, const sim::Arm& arm) const {
    constexpr std::int64_t step = 16;
    const auto sum = month[sum_];
    for (std::size_t i = 0; i < sum.size(); ++i) {
      std::int64_t sales = 0;
      for (int before = 0; before < months_summed_up; ++before) sales += arm.at(sales_, month.month() - before)[i];
      sum[i] = static_cast<std::int32_t>((sales + step / 2) / step);
    }
    arm.bin(histogram_, sum);
  }

  bool replaces_;
  sim::Collected leaves_, fails_;
  sim::Passing<std::int32_t> follows_;
  sim::Common<std::int32_t> sum_;
  sim::Ring<const std::int32_t> sales_;
  sim::Histogram histogram_;
};

sim::Catalogue with_a_year(const sim::Catalogue& catalogue) {
  sim::Catalogue all = catalogue;
  const auto table = all.behavior<Year>("year before", sim::fields<NoParameters>({}));
  all.step_before("exits", "year before", table, &Year::advance);
  return all;
}

/// The baseline alone, in calm: month 0 is eleven months before the end of the warm-up.
sim::Study lived_as_a_horizon(const sim::Study& study, std::uint32_t populations, std::uint64_t at_most) {
  sim::Study lived = study;
  take_customers(lived.population, std::min(lived.population.customers, at_most));
  lived.horizon.warmup -= months_summed_up;
  lived.horizon.months = months_summed_up;
  lived.horizon.run_off = lived.horizon.beyond = 0;
  lived.population.arrivals = sim::Arrivals::none;
  lived.population.people = sim::People::redrawn;
  sim::Policy baseline = study.policies[study.baseline];
  std::erase_if(baseline.settings, [](const sim::PolicySetting& setting) { return setting.from.has_value(); });
  lived.policies = {baseline};
  lived.baseline = 0;
  lived.scenarios = {{"calm", {}}};
  lived.draws = 0;
  lived.uncertain.clear();
  lived.replications = populations;
  lived.same_money = lived.why = false;
  lived.constraints.clear();
  lived.count = {};
  lived.output = {};
  lived.values.emplace_back();  // of the behavior that counts the year
  return lived;
}

/// One population's counts.
class Counts {
 public:
  Counts(const sim::OutcomeInfo& info, const sim::CellOutcome& outcome) : info_(info), outcome_(outcome) {}

  /// Over all months, tiers and groups.
  double total(std::string_view metric) const {
    const std::size_t at = place_of(metric), metrics = info_.metrics.size();
    std::int64_t sum = 0;
    for (std::size_t n = at; n < outcome_.counts.size(); n += metrics) sum += outcome_.counts[n];
    return static_cast<double>(sum);
  }
  double at_the_end(std::string_view metric) const {
    const std::size_t at = place_of(metric), metrics = info_.metrics.size();
    const std::size_t last = outcome_.counts.size() - outcome_.counts.size() / info_.months;
    std::int64_t sum = 0;
    for (std::size_t n = last + at; n < outcome_.counts.size(); n += metrics) sum += outcome_.counts[n];
    return static_cast<double>(sum);
  }

  /// Of what customers bought in the year, the part of the tenth of them who bought most; of the bin that the cut
  /// falls into, evenly.
  double of_the_largest_tenth() const {
    const sim::BinnedCount all = binned();
    const std::vector<sim::HistogramBin> bins = all.bins();
    double customers = 0, sales = 0;
    for (const sim::HistogramBin& bin : bins) customers += static_cast<double>(bin.customers), sales += amount(bin);
    double wanted = customers / 10, bought = 0;
    for (auto bin = bins.rbegin(); bin != bins.rend() && wanted > 0; ++bin) {
      const double part = std::min(1.0, wanted / static_cast<double>(bin->customers));
      bought += part * amount(*bin);
      wanted -= part * static_cast<double>(bin->customers);
    }
    return sales > 0 ? bought / sales : std::numeric_limits<double>::quiet_NaN();
  }

 private:
  static double amount(const sim::HistogramBin& bin) { return static_cast<double>(bin.sum); }
  sim::BinnedCount binned() const {
    const auto found = std::ranges::find(info_.histograms, sales_of_year, &sim::HistogramInfo::name);
    sim::BinnedCount all;
    for (const auto& bins : outcome_.histograms.at(static_cast<std::size_t>(found - info_.histograms.begin())))
      for (const sim::HistogramBin& bin : bins) all.add(bin);
    return all;
  }
  std::size_t place_of(std::string_view metric) const {
    const auto found = std::ranges::find(info_.metrics, metric, &sim::MetricInfo::name);
    sim::expects(found != info_.metrics.end(), "the catalogue has this metric");
    return static_cast<std::size_t>(found - info_.metrics.begin());
  }

  const sim::OutcomeInfo& info_;
  const sim::CellOutcome& outcome_;
};

/// In the order of scenarios::total_infos(); `scale`: customers of the base over those simulated.
std::vector<double> totals_of(const Counts& counts, double quantum, double scale) {
  constexpr double days_of_month = 30;
  const double revenue = counts.total("revenue"), settled = counts.total("invoices_settled");
  const double average = counts.total("customers") / months_summed_up;
  return {scale * counts.at_the_end("customers"),
          scale * counts.total("orders"),
          scale * quantum * revenue,
          counts.of_the_largest_tenth(),
          counts.total("left") / average,
          days_of_month * counts.total("receivables") / revenue,
          counts.total("invoices_late") / settled,
          counts.total("written_off") / revenue};
}

Simulated over(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  Simulated all;
  for (const double value : values) all.mean += value / n;
  for (const double value : values) all.sd += (value - all.mean) * (value - all.mean) / std::max(1.0, n - 1);
  all.sd = std::sqrt(all.sd);
  return all;
}

}  // namespace

YearBefore year_before(const sim::Study& study, const sim::Catalogue& catalogue, std::uint32_t populations,
                       std::uint64_t at_most) {
  const sim::Catalogue all = with_a_year(catalogue);
  const sim::Study lived = lived_as_a_horizon(study, populations, at_most);
  const sim::Plan plan(lived, all);
  sim::MemorySink sink;
  plan.run(sim::all_cells(lived), sink);
  const double scale =
      static_cast<double>(study.population.customers) / static_cast<double>(lived.population.customers);
  std::vector<std::vector<double>> by_total(scenarios::total_infos().size());
  for (const auto& [cell, outcome] : sink.outcomes()) {
    const std::vector<double> totals = totals_of({plan.info(), outcome}, study.money_quantum, scale);
    for (std::size_t t = 0; t < totals.size(); ++t) by_total[t].push_back(totals[t]);
  }
  YearBefore found{{}, lived.population.customers, populations};
  for (const std::vector<double>& values : by_total) found.totals.push_back(over(values));
  return found;
}

}  // namespace clientele::tools
