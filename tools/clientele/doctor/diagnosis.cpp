// All arms are simulated at once; what differs between two of them is judged by paired differences.
#include "tools/clientele/doctor/diagnosis.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "tools/clientele/doctor/trial.hpp"

namespace clientele::tools {
namespace {

using sim::Cell;
using sim::CellOutcome;
using Outcomes = std::map<Cell, CellOutcome>;

bool are_equal(const CellOutcome& one, const CellOutcome& other) {
  return one.counts == other.counts && one.flows == other.flows && one.by_age == other.by_age &&
         one.histograms == other.histograms && one.beyond == other.beyond;
}

/// What came of the arms, and of each metric's total in a cell.
class Futures {
 public:
  Futures(const sim::Study& study, const sim::OutcomeInfo& info, const Outcomes& outcomes)
      : axes_(sim::cell_axes_of(study)), info_(info), outcomes_(outcomes) {
    for (const auto& [cell, outcome] : outcomes) totals_.emplace(cell, totals_of(outcome));
  }

  bool differ(const Pair& pair) const {
    bool differ = false;
    for_each(pair, [&](const Cell& one, const Cell& other) {
      differ = differ || !are_equal(outcomes_.at(one), outcomes_.at(other));
    });
    return differ;
  }

  /// What differs from draw to draw is the effect itself: only luck within a draw makes its mean unsure.
  Movement movement(std::size_t metric, const Pair& pair) const {
    std::vector<std::vector<double>> differences(axes_.draws);
    double before = 0, sum = 0, squares = 0;
    for_each(pair, [&](const Cell& one, const Cell& other) {
      before += totals_.at(one)[metric];
      differences[one.draw].push_back(totals_.at(other)[metric] - totals_.at(one)[metric]);
    });
    for (const std::vector<double>& of_draw : differences) {
      const double total = std::accumulate(of_draw.begin(), of_draw.end(), 0.0);
      const double mean = total / static_cast<double>(of_draw.size());
      for (const double difference : of_draw) squares += (difference - mean) * (difference - mean);
      sum += total;
    }
    if (sum == 0) return {info_.metrics[metric].name, 0, 0};
    const auto futures = static_cast<double>(axes_.worlds()), draws = static_cast<double>(axes_.draws);
    return {info_.metrics[metric].name, sum / before, sum / std::sqrt(futures * squares / (futures - draws))};
  }
  Movement movement(std::string_view metric, const Pair& pair) const {
    const auto found = std::ranges::find(info_.metrics, metric, &sim::MetricInfo::name);
    return movement(static_cast<std::size_t>(found - info_.metrics.begin()), pair);
  }
  std::size_t metrics() const { return info_.metrics.size(); }

 private:
  template <class Visit>
  void for_each(const Pair& pair, const Visit& visit) const {
    for (std::uint32_t draw = 0; draw < axes_.draws; ++draw)
      for (std::uint32_t replication = 0; replication < axes_.replications; ++replication)
        visit(Cell{pair.scenario, pair.policy, draw, replication},
              Cell{pair.other_scenario, pair.other_policy, draw, replication});
  }

  std::vector<double> totals_of(const CellOutcome& outcome) const {
    std::vector<std::int64_t> sums(info_.metrics.size());
    for (std::size_t at = 0; at < outcome.counts.size(); ++at) sums[at % sums.size()] += outcome.counts[at];
    return {sums.begin(), sums.end()};
  }

  sim::CellAxes axes_;
  const sim::OutcomeInfo& info_;
  const Outcomes& outcomes_;
  std::map<Cell, std::vector<double>> totals_;
};

std::vector<Declared> declared_by(const sim::LeverSides& sides, bool raised, const Pair& arms, const Futures& futures) {
  std::vector<Declared> all;
  for (const std::string_view metric : sides.paid_in) all.push_back({futures.movement(metric, arms), true, raised});
  for (const sim::MovedMetric& moved : sides.hurts)
    all.push_back({futures.movement(moved.metric, arms), true, moved.falls != raised});
  for (const sim::MovedMetric& moved : sides.helps)
    all.push_back({futures.movement(moved.metric, arms), false, moved.falls != raised});
  return all;
}

/// Sides that say nothing show nothing.
Verdict verdict_of(const std::vector<Declared>& declared) {
  const auto shows_side = [&](bool cost) {
    return std::ranges::any_of(declared, [&](const Declared& one) { return one.is_cost == cost && one.shows(); });
  };
  if (std::ranges::any_of(declared, &Declared::is_reversed)) return Verdict::wrong_signed;
  if (!shows_side(true) || !shows_side(false)) return Verdict::one_sided;
  return std::ranges::all_of(declared, &Declared::shows) ? Verdict::works : Verdict::in_part;
}

LeverFinding judge(const LeverTrial& trial, const sim::Catalogue& catalogue, const Futures& futures) {
  const sim::Catalogue::Table& table = catalogue.tables()[trial.field.table];
  const sim::FieldInfo& field = table.fields.fields()[trial.field.field];
  LeverFinding finding{
      table.key + "." + std::string(field.key), trial.policy, trial.from, trial.to, Verdict::untried, {}};
  if (!trial.arms) return finding;
  finding.declared = declared_by(*field.lever, trial.raised, *trial.arms, futures);
  finding.verdict = futures.differ(*trial.arms) ? verdict_of(finding.declared) : Verdict::dead;
  return finding;
}

/// By the policy under which it shows most, for a driver may act on what only some of them use.
DriverFinding judge(const DriverTrial& trial, const sim::Catalogue& catalogue, const sim::Study& study,
                    const Futures& futures) {
  const sim::DriverInfo& driver = catalogue.drivers()[trial.driver];
  DriverFinding finding{driver.name, trial.scenario, trial.size, driver.kind == sim::DriverKind::factor, "", {}};
  for (const Pair& arms : trial.arms) {
    if (finding.largest || !futures.differ(arms)) continue;
    finding.policy = study.policies[arms.policy].name;
    finding.largest = futures.movement(std::size_t{0}, arms);
    for (std::size_t metric = 1; metric < futures.metrics(); ++metric)
      if (Movement one = futures.movement(metric, arms); std::abs(one.z) > std::abs(finding.largest->z))
        finding.largest = std::move(one);
  }
  return finding;
}

/// Names of the metrics in which two outcomes differ; of their tiers where it is no metric.
void note_differences(const CellOutcome& one, const CellOutcome& other, const sim::OutcomeInfo& info,
                      std::set<std::string>& names) {
  for (std::size_t at = 0; at < one.counts.size(); ++at)
    if (one.counts[at] != other.counts[at]) names.insert(info.metrics[at % info.metrics.size()].name);
  if (one.counts == other.counts && !are_equal(one, other)) names.insert("moves between tiers");
}

void examine_placebo(const Trial& trial, const sim::OutcomeInfo& info, const Outcomes& outcomes, Diagnosis& diagnosis) {
  std::set<std::string> names;
  for (const auto& [cell, outcome] : outcomes)
    for (const Pair& pair : trial.placebo) {
      if (cell.scenario != pair.scenario || cell.policy != pair.policy) continue;
      const Cell copy{pair.other_scenario, pair.other_policy, cell.draw, cell.replication};
      ++diagnosis.placebo_cells;
      note_differences(outcome, outcomes.at(copy), info, names);
    }
  diagnosis.placebo_metrics.assign(names.begin(), names.end());
}

void examine_reviews(const Trial& trial, const Outcomes& own, const Outcomes& exchanged, Diagnosis& diagnosis) {
  std::set<std::uint32_t> reviewed, leaking;
  for (const auto& [cell, outcome] : exchanged) {
    reviewed.insert(cell.policy);
    if (!are_equal(outcome, own.at(cell))) leaking.insert(cell.policy);
  }
  for (const std::uint32_t policy : reviewed) diagnosis.reviewed.push_back(trial.study.policies[policy].name);
  for (const std::uint32_t policy : leaking) diagnosis.leaking.push_back(trial.study.policies[policy].name);
}

Diagnosis begun(const sim::Study& study, const sim::Catalogue& catalogue, const Trial& trial) {
  Diagnosis diagnosis;
  diagnosis.title = study.title;
  diagnosis.digest = study.digest;
  diagnosis.customers = trial.study.population.customers;
  diagnosis.of_customers = study.population.customers;
  diagnosis.futures = static_cast<std::uint32_t>(sim::cell_axes_of(trial.study).worlds());
  diagnosis.draws = trial.study.draws;
  diagnosis.months = trial.study.horizon.months;
  diagnosis.warmup = trial.study.horizon.warmup;
  diagnosis.baseline = study.policies[study.baseline].name;
  for (const std::uint32_t driver : trial.idle_drivers)
    diagnosis.idle_drivers.push_back(catalogue.drivers()[driver].name);
  return diagnosis;
}

}  // namespace

Diagnosis diagnose(const sim::Study& study, const sim::Catalogue& catalogue, const Simulate& simulate) {
  const Trial trial = trial_of(study, catalogue);
  const sim::Plan plan(trial.study, catalogue);
  Diagnosis diagnosis = begun(study, catalogue, trial);
  for (const sim::LedgerInfo& ledger : plan.info().ledgers) diagnosis.ledgers.push_back(ledger.balance);
  sim::MemorySink own, exchanged;
  try {
    simulate(plan, trial.cells(), own, sim::LatentInReviews::own);
    if (const std::vector<Cell> cells = trial.reviewed(); !cells.empty())
      simulate(plan, cells, exchanged, sim::LatentInReviews::exchanged);
  } catch (const sim::UnbalancedLedger& breach) {
    diagnosis.unbalanced = breach.what();
    return diagnosis;
  }
  const Futures futures(trial.study, plan.info(), own.outcomes());
  for (const LeverTrial& lever : trial.levers) diagnosis.levers.push_back(judge(lever, catalogue, futures));
  for (const DriverTrial& driver : trial.drivers)
    diagnosis.drivers.push_back(judge(driver, catalogue, trial.study, futures));
  examine_placebo(trial, plan.info(), own.outcomes(), diagnosis);
  examine_reviews(trial, own.outcomes(), exchanged.outcomes(), diagnosis);
  return diagnosis;
}

}  // namespace clientele::tools
