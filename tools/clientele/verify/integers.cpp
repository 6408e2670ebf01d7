// Cell by cell: a fingerprint is of all counts, and a KPI is a formula over those of its cell, or of a part of it.
#include "tools/clientele/verify/integers.hpp"

#include <bit>
#include <set>
#include <string>

#include "output/cube/data_hash.hpp"
#include "output/cube/integers.hpp"

namespace clientele::tools {

namespace {

using output::ByAxis;

bool are_same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

/// KPIs of the tiers or of the groups of one arm, against those that follow from its counts.
class Parts {
 public:
  Parts(const output::CubeReader& cube, const sim::OutcomeInfo& info, double money_quantum, ByAxis axis)
      : cube_(cube), info_(info), money_quantum_(money_quantum), axis_(axis) {}

  void look_at(const std::vector<sim::CellOutcome>& arm, std::set<std::string>& other) const {
    for (const sim::KpiInfo& kpi : info_.kpis) {
      if (arm.empty() || !cube_.has_kpi_by(kpi.name, axis_)) continue;
      const std::vector<double> told =
          cube_.kpi_by(kpi.name, axis_, arm.front().cell.scenario, arm.front().cell.policy);
      for (const sim::CellOutcome& outcome : arm)
        if (!is_same(kpi, outcome, told)) other.insert(output::kpi_variable(kpi.name, axis_));
    }
  }

 private:
  bool is_same(const sim::KpiInfo& kpi, const sim::CellOutcome& outcome, const std::vector<double>& told) const {
    const std::size_t parts = axis_ == ByAxis::tier ? info_.tiers : info_.groups;
    const std::size_t world = outcome.cell.draw * cube_.axes().replications + outcome.cell.replication;
    for (std::size_t part = 0; part < parts; ++part) {
      if (axis_ == ByAxis::tier && cube_.tier_name(outcome.cell.policy, part).empty()) continue;
      const sim::CustomersOf of =
          axis_ == ByAxis::tier ? sim::CustomersOf{.tier = part} : sim::CustomersOf{.group = part};
      if (!are_same(sim::evaluate(kpi, info_, money_quantum_, outcome, of), told[world * parts + part])) return false;
    }
    return true;
  }

  const output::CubeReader& cube_;
  const sim::OutcomeInfo& info_;
  double money_quantum_;
  ByAxis axis_;
};

}  // namespace

void look_at_integers(const output::CubeReader& cube, const sim::OutcomeInfo& info, const sim::Study& study,
                      Findings& findings) {
  findings.integers_looked_at = output::holds_all_integers(cube, info);
  if (!findings.integers_looked_at) return;
  const sim::CellAxes axes = cube.axes().of_cells();
  std::vector<std::vector<double>> told;
  for (const sim::KpiInfo& kpi : info.kpis) told.push_back(cube.kpi(kpi.name));
  std::set<std::string> other;
  output::DataHash hash;
  for (std::uint32_t scenario = 0; scenario < axes.scenarios; ++scenario)
    for (std::uint32_t policy = 0; policy < axes.policies; ++policy) {
      const std::vector<sim::CellOutcome> arm = output::outcomes_of(cube, info, study, scenario, policy);
      for (const sim::CellOutcome& outcome : arm) {
        hash.add(outcome);
        for (std::size_t k = 0; k < info.kpis.size(); ++k)
          if (!are_same(sim::evaluate(info.kpis[k], info, study.money_quantum, outcome),
                        told[k][axes.number(outcome.cell)]))
            other.insert(info.kpis[k].name);
      }
      for (const ByAxis axis : {ByAxis::tier, ByAxis::group})
        Parts(cube, info, study.money_quantum, axis).look_at(arm, other);
    }
  findings.has_other_integers = hash.hex() != findings.data_hash;
  findings.other_kpis.assign(other.begin(), other.end());
}

}  // namespace clientele::tools
