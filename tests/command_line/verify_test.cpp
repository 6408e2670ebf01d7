// A number of a cube that is another one than it was is found by its ledger, and by simulating its cell again.
#include <algorithm>

#include "models/catalogue.hpp"
#include "output/cube/integers.hpp"
#include "output/cube/same_cells.hpp"
#include "output/cube/writer.hpp"
#include "tests/output/folder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/wide_study.hpp"
#include "tools/clientele/verify/integers.hpp"
#include "tools/clientele/verify/ledgers.hpp"
#include "tools/clientele/verify/parts.hpp"
#include "tools/clientele/verify/sample.hpp"

namespace clientele::tests {
namespace {

using tools::Findings;

const sim::Catalogue& catalogue() {
  static const sim::Catalogue all = models::catalogue();
  return all;
}

sim::Study small_study() {
  sim::Study study = default_study(catalogue(), 150, 6);
  study.replications = 5;
  return study;
}

/// A cube of so many cells of the study, after something was done to its outcomes.
template <class Change>
void write(const std::filesystem::path& path, const sim::Study& study, const std::vector<sim::Cell>& cells,
           const Change& change) {
  const sim::Plan plan(study, catalogue());
  sim::MemorySink memory;
  plan.run(cells, memory, {.threads = 1});
  output::Outcomes outcomes = memory.outcomes();
  change(plan.info(), outcomes);
  output::write_cube(path, output::Existing::refuse, study, plan.info(), outcomes, {.model_version = "model"});
}
void as_it_is(const sim::OutcomeInfo&, output::Outcomes&) {}

Findings ledgers_in(const std::filesystem::path& path, const sim::Study& study) {
  Findings findings;
  const sim::Plan plan(study, catalogue());
  tools::look_at_ledgers(output::CubeReader(path), plan.info(), study.money_quantum, findings);
  return findings;
}

constexpr sim::Cell changed{0, 0, 0, 3};

/// One unit more of what is owed in month 4 of one cell.
void owe_more(const sim::OutcomeInfo& info, output::Outcomes& outcomes) {
  const auto metric = std::ranges::find(info.metrics, "receivables", &sim::MetricInfo::name) - info.metrics.begin();
  ++outcomes.at(changed).counts[4 * info.tiers * info.groups * info.metrics.size() + static_cast<std::size_t>(metric)];
}

TEST_CASE("what nobody has changed rolls forward, and is the same when it is simulated again") {
  const Folder folder;
  const sim::Study study = small_study();
  write(folder / "cube.nc", study, sim::all_cells(study), as_it_is);
  const Findings findings = ledgers_in(folder / "cube.nc", study);
  CHECK(findings.ledgers.size() == sim::Plan(study, catalogue()).info().ledgers.size());
  CHECK(findings.broken_ledgers.empty());
  CHECK(findings.unseen_ledgers.empty());
  const std::vector<sim::Cell> cells = tools::sampled_cells(sim::cell_axes_of(study), "fingerprint", 2);
  write(folder / "sample.nc", study, cells, as_it_is);
  const output::SameCells compared = output::compare_cells(folder / "cube.nc", folder / "sample.nc", cells);
  CHECK(compared.differing.empty());
  CHECK(compared.variables > 60);
}

TEST_CASE("one unit more in one month of one cell breaks its ledger there, and is other bits when simulated again") {
  const Folder folder;
  const sim::Study study = small_study();
  write(folder / "cube.nc", study, sim::all_cells(study), owe_more);
  const Findings findings = ledgers_in(folder / "cube.nc", study);
  REQUIRE(findings.broken_ledgers.size() == 1);
  CHECK_THAT(findings.broken_ledgers.front(),
             Catch::Matchers::StartsWith("the ledger of receivables does not roll forward in scenario "));
  CHECK_THAT(findings.broken_ledgers.front(), Catch::Matchers::Contains("replication 3, month 4"));
  CHECK(faults_of(findings).size() == 1);
  write(folder / "sample.nc", study, {changed}, as_it_is);
  const output::SameCells compared = output::compare_cells(folder / "cube.nc", folder / "sample.nc", {changed});
  CHECK(std::ranges::count(compared.differing, "receivables") == 1);
  CHECK(std::ranges::count(compared.differing, "orders") == 0);
  const sim::Cell other{0, 0, 0, 2};
  write(folder / "other.nc", study, {other}, as_it_is);
  CHECK(output::compare_cells(folder / "cube.nc", folder / "other.nc", {other}).differing.empty());
}

TEST_CASE("a cube's numbers are counted back to the very integers that it was made of") {
  const Folder folder;
  const sim::Study study = wide_study_with_program(catalogue(), 120);
  const sim::Plan plan(study, catalogue());
  sim::MemorySink memory;
  plan.run(sim::all_cells(study), memory, {.threads = 1});
  output::write_cube(folder / "cube.nc", output::Existing::refuse, study, plan.info(), memory.outcomes(),
                     {.model_version = "model"});
  const output::CubeReader cube(folder / "cube.nc");
  REQUIRE(output::holds_all_integers(cube, plan.info()));
  for (const auto& [cell, outcome] : memory.outcomes()) {
    const auto back = output::outcomes_of(cube, plan.info(), study, cell.scenario, cell.policy);
    const auto same = std::ranges::find(back, cell, &sim::CellOutcome::cell);
    REQUIRE(same != back.end());
    CHECK(same->counts == outcome.counts);
    CHECK(same->beyond == outcome.beyond);
    CHECK(same->flows == outcome.flows);
    CHECK(same->histograms == outcome.histograms);
  }
  Findings findings{.data_hash = cube.text("data_hash")};
  tools::look_at_integers(cube, plan.info(), study, findings);
  CHECK(findings.integers_looked_at);
  CHECK(faults_of(findings).empty());
  findings.data_hash = "another";
  tools::look_at_integers(cube, plan.info(), study, findings);
  CHECK(faults_of(findings).size() == 1);
}

/// Faults of the parts of a cube, where its KPIs and metrics are taken to be those of `info`.
std::vector<std::string> other_parts(const output::CubeReader& cube, const sim::OutcomeInfo& info) {
  Findings findings;
  tools::look_at_parts(cube, info, findings);
  CHECK(findings.parts.size() > 70);
  CHECK(faults_of(findings).empty() == findings.other_parts.empty());
  return findings.other_parts;
}

TEST_CASE("parts add up, and one that does not is named, whatever a cube sums of metrics") {
  const Folder folder;
  sim::Study study = wide_study_with_program(catalogue(), 120);
  const sim::Plan plan(study, catalogue());
  sim::MemorySink memory;
  plan.run(sim::all_cells(study), memory, {.threads = 1});
  sim::OutcomeInfo pretends = plan.info();
  sim::KpiInfo& churn = *std::ranges::find(pretends.kpis, "churn", &sim::KpiInfo::name);
  churn.denominator.clear();
  churn.rule = sim::KpiRule::total;  // and would add up then
  for (const sim::MonthsKept months : {sim::MonthsKept::all, sim::MonthsKept::total}) {
    study.output.months = months;
    const auto path = folder / (months == sim::MonthsKept::all ? "all.nc" : "total.nc");
    output::write_cube(path, output::Existing::refuse, study, plan.info(), memory.outcomes(),
                       {.model_version = "model", .summed = {"customers", "contribution"}});
    const output::CubeReader cube(path);
    CHECK(other_parts(cube, plan.info()).empty());
    CHECK(other_parts(cube, pretends) == std::vector<std::string>{"kpi_churn_by_tier", "kpi_churn_by_group"});
  }
}

TEST_CASE("a KPI of a tier that does not follow from the tier's counts is named") {
  const Folder folder;
  const sim::Study study = wide_study_with_program(catalogue(), 120);
  const sim::Plan plan(study, catalogue());
  sim::MemorySink memory;
  plan.run(sim::all_cells(study), memory, {.threads = 1});
  output::write_cube(folder / "cube.nc", output::Existing::refuse, study, plan.info(), memory.outcomes(),
                     {.model_version = "model"});
  sim::OutcomeInfo other = plan.info();
  std::ranges::find(other.kpis, "churn", &sim::KpiInfo::name)->factor = 2;
  Findings findings;
  tools::look_at_integers(output::CubeReader(folder / "cube.nc"), other, study, findings);
  CHECK(findings.other_kpis == std::vector<std::string>{"churn", "kpi_churn_by_group", "kpi_churn_by_tier"});
}

TEST_CASE("a ledger whose metrics a cube leaves out is not looked at, and named") {
  const Folder folder;
  sim::Study study = small_study();
  study.output.metrics = {"customers", "left", "defaulted", "arrivals"};
  write(folder / "cube.nc", study, sim::all_cells(study), as_it_is);
  const Findings findings = ledgers_in(folder / "cube.nc", study);
  CHECK(findings.ledgers == std::vector<std::string>{"customers"});
  CHECK(std::ranges::count(findings.unseen_ledgers, "receivables") == 1);
}

TEST_CASE("a share of the futures is rounded up, and the same ones are taken by whoever asks") {
  CHECK(tools::futures_in("1%", 250) == 3);
  CHECK(tools::futures_in("100 %", 250) == 250);
  CHECK(tools::futures_in("7", 250) == 7);
  CHECK(tools::futures_in("700", 250) == 250);
  CHECK(tools::futures_in("0.001%", 250) == 1);
  for (const char* wrong : {"", "0", "-1", "x", "1.5", "101%", "1%%", "1 per cent"})
    CHECK_THROWS_AS(tools::futures_in(wrong, 250), sim::UserError);
  const sim::CellAxes axes{.scenarios = 2, .policies = 3, .draws = 10, .replications = 4};
  const auto cells = tools::sampled_cells(axes, "fingerprint", 5);
  CHECK(cells.size() == 30);
  CHECK(tools::sampled_cells(axes, "fingerprint", 5) == cells);
  CHECK(tools::sampled_cells(axes, "another", 5) != cells);
  CHECK(tools::sampled_cells(axes, "fingerprint", 40).size() == axes.cells());
}

}  // namespace
}  // namespace clientele::tests
