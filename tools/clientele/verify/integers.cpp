// Cell by cell: a fingerprint is of all counts, and a KPI is a formula over those of its cell.
#include "tools/clientele/verify/integers.hpp"

#include <bit>
#include <set>
#include <string>

#include "output/cube/data_hash.hpp"
#include "output/cube/integers.hpp"

namespace clientele::tools {

namespace {

bool are_same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

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
    for (std::uint32_t policy = 0; policy < axes.policies; ++policy)
      for (const sim::CellOutcome& outcome : output::outcomes_of(cube, info, study, scenario, policy)) {
        hash.add(outcome);
        for (std::size_t k = 0; k < info.kpis.size(); ++k)
          if (!are_same(sim::evaluate(info.kpis[k], info, study.money_quantum, outcome),
                        told[k][axes.number(outcome.cell)]))
            other.insert(info.kpis[k].name);
      }
  findings.has_other_integers = hash.hex() != findings.data_hash;
  findings.other_kpis.assign(other.begin(), other.end());
}

}  // namespace clientele::tools
