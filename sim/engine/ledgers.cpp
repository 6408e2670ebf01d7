// A balance is held against the one of the month before, group by group, tiers taken together.
#include "sim/engine/ledgers.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "sim/run.hpp"

namespace clientele::sim {

namespace {

/// Metrics of an arm in a group, summed over tiers.
class Summed {
 public:
  Summed(const TallyShape& shape, std::span<const std::int64_t> counts, std::size_t group)
      : shape_(shape), counts_(counts), group_(group) {}
  std::int64_t of(std::size_t month, const std::vector<std::size_t>& metrics) const {
    std::int64_t sum = 0;
    for (const std::size_t metric : metrics)
      for (std::size_t tier = 0; tier < shape_.tiers; ++tier)
        sum += counts_[((month * shape_.tiers + tier) * shape_.groups + group_) * shape_.metrics + metric];
    return sum;
  }

 private:
  const TallyShape& shape_;
  std::span<const std::int64_t> counts_;
  std::size_t group_;
};

/// A ledger's metrics by their places.
struct Places {
  std::vector<std::size_t> balance, adds, takes, goes, returns, opening;
  bool reaches_beyond = true, adds_reach_beyond = true;

  Places(const LedgerInfo& ledger, const std::vector<MetricInfo>& metrics) {
    const auto add = [&](std::vector<std::size_t>& places, const std::string& name, bool must_reach) {
      const auto found = std::ranges::find(metrics, name, &MetricInfo::name);
      places.push_back(static_cast<std::size_t>(found - metrics.begin()));
      if (must_reach && found->months != MonthsOf::also_beyond) reaches_beyond = false;
    };
    add(balance, ledger.balance, true);
    for (const std::string& name : ledger.adds) {
      add(adds, name, false);
      const bool adds_there = adds.back() != metric_of_arrivals;  // nobody joins closed months
      if (adds_there && metrics[adds.back()].months != MonthsOf::also_beyond) adds_reach_beyond = false;
    }
    for (const std::string& name : ledger.takes) add(takes, name, true);
    for (const std::string& name : ledger.goes) add(goes, name, true);
    for (const std::string& name : ledger.returns) add(returns, name, true);
    if (!ledger.opening.empty()) add(opening, ledger.opening, false);
  }
};

[[noreturn]] void breaks(const std::string& ledger, const Cell& cell, std::size_t month, std::size_t group) {
  throw UnbalancedLedger("internal fault: the ledger of " + ledger + " does not balance in scenario " +
                         std::to_string(cell.scenario) + ", policy " + std::to_string(cell.policy) + ", draw " +
                         std::to_string(cell.draw) + ", replication " + std::to_string(cell.replication) + ", month " +
                         std::to_string(month) + ", group " + std::to_string(group));
}

}  // namespace

void check_zeros(const Program& program, const Tally& tally, std::size_t arm) {
  const TallyShape& shape = tally.shape();
  for (std::size_t m = 0; m < shape.metrics; ++m) {
    const MetricInfo& metric = program.layout().metrics[m];
    if (!metric.is_zero) continue;
    std::int64_t counted = 0;
    for (const auto counts : {tally.of_arm(arm), tally.beyond_of_arm(arm)})
      for (std::size_t at = m; at < counts.size(); at += shape.metrics) counted |= counts[at];
    expects(counted == 0, "metric '" + metric.name + "' counts nothing in this study");
  }
}

void check_ledgers(const Program& program, const Cell& cell, const Tally& tally, std::size_t arm, Beyond counted) {
  const TallyShape& shape = tally.shape();
  const auto horizon = static_cast<std::size_t>(program.study().horizon.months);
  const auto closed = static_cast<std::size_t>(program.study().horizon.beyond);
  for (const Layout::Ledger& ledger : program.layout().ledgers) {
    const Places of(ledger.info, program.layout().metrics);
    for (std::size_t group = 0; group < shape.groups; ++group) {
      const Summed counts(shape, tally.of_arm(arm), group), beyond(shape, tally.beyond_of_arm(arm), group);
      const auto left_by = [&](const Summed& months, std::size_t month) {
        return months.of(month, of.balance) - months.of(month, of.goes) + months.of(month, of.returns);
      };
      const auto moved = [&](const Summed& months, std::size_t month) {
        return months.of(month, of.adds) - months.of(month, of.takes);
      };
      for (std::size_t month = of.opening.empty() ? 1 : 0; month < shape.months; ++month) {
        const std::int64_t before = month == 0 ? counts.of(0, of.opening) : left_by(counts, month - 1);
        if (before + moved(counts, month) != counts.of(month, of.balance))
          breaks(ledger.info.balance, cell, month, group);
      }
      const bool is_known = of.reaches_beyond && (counted == Beyond::all || of.adds_reach_beyond);
      for (std::size_t month = 0; month < closed && is_known; ++month) {
        const std::int64_t before = month == 0 ? left_by(counts, horizon - 1) : left_by(beyond, month - 1);
        if (before + moved(beyond, month) != beyond.of(month, of.balance))
          breaks(ledger.info.balance, cell, horizon + month, group);
      }
    }
  }
}

}  // namespace clientele::sim
