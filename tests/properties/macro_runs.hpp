// The whole way from a study to an interval, again and again under other seeds, beside the truth in closed form.
#pragma once
#include <algorithm>
#include <cmath>
#include <vector>

#include <nlohmann/json.hpp>

#include "output/comparison.hpp"
#include "output/cube_writer.hpp"
#include "sim/engine/resolve.hpp"
#include "tests/output/folder.hpp"
#include "tests/support/studies.hpp"
#include "tools/clientele/compare/shown.hpp"

namespace clientele::tests {

/// A discount of 10 % whose effect on demand is not known: elasticity ~ normal(-2.6, 0.5), 12 draws. 50 customers over
/// 6 months, in two populations of two futures; nobody leaves.
inline sim::Study study_of_a_discount(const sim::Catalogue& catalogue) {
  sim::Study study = default_study(catalogue, 50, 6);
  study.digest = "00000000000000000000000000000001";
  set(study, catalogue, "churn", "base_hazard", {0});
  const sim::FieldRef discount = field_ref(catalogue, "purchasing", "discount");
  study.policies.push_back(study.policies[0]);
  study.policies[1].name = "cheaper";
  study.policies[1].tiers[0].levers = {{discount, 0.1}};
  const sim::FieldRef elasticity = field_ref(catalogue, "purchasing", "elasticity");
  study.uncertain = {{elasticity, 0, "purchasing.elasticity", {sim::Family::normal, {-2.6F, 0.5F, 0}}}};
  study.draws = 12;
  study.replications = 4;
  study.population.people = sim::People::paired;
  study.headline = "orders_per_month";
  return study;
}

/// More orders per customer and month: mean rate x (E (1 - d)^elasticity - 1), the mean of a lognormal.
inline double true_difference() {
  const double log_price = std::log(0.9);
  return 2.0 * (std::exp(-2.6 * log_price + 0.5 * 0.25 * log_price * log_price) - 1);
}

/// How often intervals of 95 % held the truth.
struct Coverage {
  int runs = 0, covered = 0, covered_if_futures_were_independent = 0;
  double share_of_parameters = 0;  ///< of the variance of one future, on average
};

/// Cells -> cube on disk -> what `compare --json` prints, `runs` times.
inline Coverage coverage_of(int runs, std::uint32_t first_seed) {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_of_a_discount(catalogue);
  const sim::OutcomeInfo info = sim::outcome_info(study, catalogue);
  const double truth = true_difference();
  const Folder folder;
  Coverage coverage;
  for (; coverage.runs < runs; ++coverage.runs) {
    study.seed = first_seed + static_cast<std::uint32_t>(coverage.runs);
    sim::MemorySink sink;
    sim::RunOptions options;
    options.threads = 1;
    sim::run(study, catalogue, sim::all_cells(study), sink, options);
    output::CubeDetails details{"coverage", {}};
    for (std::uint32_t d = 0; d < study.draws; ++d) details.parameter_values.push_back(sim::drawn_values(study, d));
    output::write_cube(folder / "a.nc", output::Existing::replace, study, info, sink.outcomes(), details);
    const output::CubeReader cube(folder / "a.nc");
    const output::Question question{output::Question::Across::policies, {0}, {0, 1}, 0, {study.headline}, {}, 0.95};
    const auto json = nlohmann::json::parse(tools::json_of(output::compare(output::input_of({&cube}), question)));
    const auto& against = json.at("kpis").at(0).at("arms").at(1).at("against");
    const double mean = against.at("average").at("mean"), half_width = against.at("average").at("half_width");
    coverage.covered += std::fabs(mean - truth) <= half_width ? 1 : 0;

    const std::vector<double> values = cube.kpi(study.headline);
    std::vector<double> futures;
    for (std::size_t i = 0; i < values.size() / 2; ++i) futures.push_back(values[values.size() / 2 + i] - values[i]);
    const output::Interval naive = output::interval_of(futures);
    coverage.covered_if_futures_were_independent += naive.low() <= truth && truth <= naive.high() ? 1 : 0;
    coverage.share_of_parameters += against.at("variance").at("parts").at(0).at("share").get<double>() / runs;
  }
  return coverage;
}

}  // namespace clientele::tests
