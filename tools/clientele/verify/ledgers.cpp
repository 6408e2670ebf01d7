// Numbers of a cube are whole counts times a unit: they are counted back, and added up without an error.
#include "tools/clientele/verify/ledgers.hpp"

#include <algorithm>
#include <optional>

#include "output/cube/integers.hpp"
#include "sim/core/printable.hpp"

namespace clientele::tools {

namespace {

/// Counts of a metric in one arm, tiers taken together: [draw][replication][month][group]; nothing where a cell was not
/// simulated.
class Counts {
 public:
  Counts(const output::CubeReader& cube, const std::string& metric, double unit, std::size_t scenario,
         std::size_t policy)
      : axes_(cube.axes()) {
    const std::vector<double> numbers = cube.metric(metric, scenario, policy);
    const std::size_t groups = axes_.groups.size();
    counts_.assign(numbers.size() / axes_.tiers, 0);
    for (std::size_t n = 0; n < numbers.size(); ++n) {
      const std::size_t place = n / (axes_.tiers * groups) * groups + n % groups;
      counts_[place] += output::counted(numbers[n], unit);
    }
  }
  std::int64_t of(std::size_t world, std::size_t month, std::size_t group) const {
    return counts_[(world * axes_.months + month) * axes_.groups.size() + group];
  }

 private:
  const output::CubeReader::Axes& axes_;
  std::vector<std::int64_t> counts_;
};

/// A ledger in one arm.
class Arm {
 public:
  Arm(const output::CubeReader& cube, const sim::OutcomeInfo& info, double money_quantum, const sim::LedgerInfo& ledger,
      std::size_t scenario, std::size_t policy) {
    const auto counts_of = [&](const std::string& name) {
      const auto metric = std::ranges::find(info.metrics, name, &sim::MetricInfo::name);
      return Counts(cube, name, output::unit_of(*metric, money_quantum), scenario, policy);
    };
    balance_.emplace(counts_of(ledger.balance));
    for (const std::string& name : ledger.adds) adds_.push_back(counts_of(name));
    for (const std::string& name : ledger.takes) takes_.push_back(counts_of(name));
    for (const std::string& name : ledger.goes) goes_.push_back(counts_of(name));
    for (const std::string& name : ledger.returns) returns_.push_back(counts_of(name));
    if (!ledger.opening.empty()) opening_.emplace(counts_of(ledger.opening));
  }

  bool balances(std::size_t world, std::size_t month, std::size_t group) const {
    if (month == 0 && !opening_) return true;
    std::int64_t expected = month > 0 ? balance_->of(world, month - 1, group) : opening_->of(world, 0, group);
    for (const Counts& counts : adds_) expected += counts.of(world, month, group);
    for (const Counts& counts : takes_) expected -= counts.of(world, month, group);
    for (const Counts& counts : goes_) expected -= month > 0 ? counts.of(world, month - 1, group) : 0;
    for (const Counts& counts : returns_) expected += month > 0 ? counts.of(world, month - 1, group) : 0;
    return expected == balance_->of(world, month, group);
  }

 private:
  std::optional<Counts> balance_, opening_;
  std::vector<Counts> adds_, takes_, goes_, returns_;
};

bool is_in(const output::CubeReader& cube, const sim::LedgerInfo& ledger) {
  const auto has = [&](const std::string& name) {
    const auto& zero = cube.zero_metrics();
    return std::ranges::find(cube.metrics(), name) != cube.metrics().end() ||
           std::ranges::find(zero, name) != zero.end();
  };
  const auto has_all = [&](const std::vector<std::string>& names) { return std::ranges::all_of(names, has); };
  return has(ledger.balance) && has_all(ledger.adds) && has_all(ledger.takes) && has_all(ledger.goes) &&
         has_all(ledger.returns) && (ledger.opening.empty() || has(ledger.opening));
}

/// Whether its cells are put together of two policies', so that no balance rolls forward.
bool is_blend(const output::CubeReader& cube, std::size_t policy) {
  const auto& of = cube.texts().held[policy];
  return of && of->blend != sim::Blend::no;
}

/// Where a ledger first breaks; nothing where it never does.
std::optional<std::string> first_break(const output::CubeReader& cube, const sim::OutcomeInfo& info,
                                       double money_quantum, const sim::LedgerInfo& ledger) {
  const output::CubeReader::Axes& axes = cube.axes();
  for (std::uint32_t scenario = 0; scenario < axes.scenarios.size(); ++scenario)
    for (std::uint32_t policy = 0; policy < axes.policies.size(); ++policy) {
      if (is_blend(cube, policy)) continue;
      const Arm arm(cube, info, money_quantum, ledger, scenario, policy);
      for (std::uint32_t world = 0; world < axes.draws * axes.replications; ++world) {
        const auto replications = static_cast<std::uint32_t>(axes.replications);
        const sim::Cell cell{scenario, policy, world / replications, world % replications};
        if (!cube.done(cell)) continue;
        for (std::size_t month = 0; month < axes.months; ++month)
          for (std::size_t group = 0; group < axes.groups.size(); ++group)
            if (!arm.balances(world, month, group))
              return "the ledger of " + ledger.balance + " does not roll forward in scenario " +
                     sim::in_quotes(axes.scenarios[scenario]) + ", policy " + sim::in_quotes(axes.policies[policy]) +
                     ", draw " + std::to_string(cell.draw) + ", replication " + std::to_string(cell.replication) +
                     ", month " + std::to_string(month) + ", group " + sim::in_quotes(axes.groups[group]);
      }
    }
  return std::nullopt;
}

}  // namespace

void look_at_ledgers(const output::CubeReader& cube, const sim::OutcomeInfo& info, double money_quantum,
                     Findings& findings) {
  const bool has_months = std::ranges::all_of(cube.axes().months_summed, [](std::int32_t n) { return n == 1; });
  for (const sim::LedgerInfo& ledger : info.ledgers) {
    if (!has_months || !is_in(cube, ledger)) {
      findings.unseen_ledgers.push_back(ledger.balance);
      continue;
    }
    if (auto broken = first_break(cube, info, money_quantum, ledger))
      findings.broken_ledgers.push_back(*broken);
    else
      findings.ledgers.push_back(ledger.balance);
  }
}

}  // namespace clientele::tools
