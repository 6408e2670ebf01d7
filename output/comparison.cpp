// Reads KPIs, cuts out the lives of each arm, and states what differs.
#include "output/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "output/cube_words.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

using Across = Question::Across;

/// The cells of several files; a cell that two of them tell must be the same.
std::vector<double> joined(const std::vector<const CubeReader*>& cubes, const std::string& kpi) {
  std::vector<double> values = cubes.front()->kpi(kpi);
  for (std::size_t c = 1; c < cubes.size(); ++c) {
    const std::vector<double> more = cubes[c]->kpi(kpi);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::isnan(values[i])) values[i] = more[i];
      if (!std::isnan(more[i]) && more[i] != values[i])
        throw sim::UserError("the cubes tell different values of \"" + kpi +
                             "\" in one cell of one study. Was one of them made by another build of clientele?");
    }
  }
  return values;
}

/// Cuts the lives of an arm out of a KPI of all cells.
class Arms {
 public:
  Arms(const Comparison& comparison, std::vector<double> values)
      : comparison_(comparison), values_(std::move(values)) {}

  Lives lives(std::size_t scenario, std::size_t policy) const {
    const std::size_t size = comparison_.draws * comparison_.replications;
    const std::size_t start = (scenario * comparison_.policy_names.size() + policy) * size;
    const auto from = values_.begin() + static_cast<std::ptrdiff_t>(start);
    return {comparison_.draws,
            comparison_.replications,
            comparison_.people,
            {from, from + static_cast<std::ptrdiff_t>(size)}};
  }

 private:
  const Comparison& comparison_;
  std::vector<double> values_;
};

double mean_of_units(const Lives& lives) {
  const std::vector<double> units = unit_means(lives);
  if (units.empty()) return std::numeric_limits<double>::quiet_NaN();
  return std::accumulate(units.begin(), units.end(), 0.0) / static_cast<double>(units.size());
}

KpiWords words_of(const CubeReader& cube, const std::string& kpi) {
  return {kpi, cube.kpi_text(kpi, "long_name"), cube.kpi_text(kpi, "units"), cube.kpi_text(kpi, "formula"),
          direction_named(cube.kpi_text(kpi, "direction"))};
}

enum class State { means, differences };

ComparedKpi compared(const Comparison& comparison, const std::vector<const CubeReader*>& cubes, const std::string& kpi,
                     State state) {
  ComparedKpi result{words_of(*cubes.front(), kpi), {}};
  const Question& question = comparison.question;
  const Arms arms(comparison, joined(cubes, kpi));
  const auto add = [&](std::size_t scenario, std::size_t policy) {
    const Lives lives = arms.lives(scenario, policy);
    ComparedArm& arm = result.arms.emplace_back(ComparedArm{scenario, policy, mean_of_units(lives), {}});
    if (state == State::means || comparison.is_baseline(arm)) return;
    const Lives baseline = question.across == Across::policies ? arms.lives(scenario, question.baseline)
                                                               : arms.lives(question.baseline, policy);
    arm.against = statements_of(lives, baseline, result.words.direction, comparison.luck, comparison.certainty);
  };
  if (question.across == Across::policies)
    for (const std::size_t scenario : question.scenarios)
      for (const std::size_t policy : question.policies) add(scenario, policy);
  else
    for (const std::size_t policy : question.policies)
      for (const std::size_t scenario : question.scenarios) add(scenario, policy);
  return result;
}

/// Averages, chances of lives and, with several draws, chances of draws: each has an interval.
std::size_t intervals_of(const Question& question, std::size_t draws) {
  const bool policies = question.across == Across::policies;
  const auto& compared = policies ? question.policies : question.scenarios;
  const std::size_t tables = policies ? question.scenarios.size() : question.policies.size();
  std::size_t against = 0;
  for (const std::size_t place : compared) against += place == question.baseline ? 0 : 1;
  return std::max<std::size_t>(1, question.kpis.size() * tables * against * (draws > 1 ? 3 : 2));
}

std::size_t cells_done(const std::vector<const CubeReader*>& cubes, const CubeReader::Axes& axes) {
  std::size_t done = 0;
  for (std::uint32_t s = 0; s < axes.scenarios.size(); ++s)
    for (std::uint32_t p = 0; p < axes.policies.size(); ++p)
      for (std::uint32_t d = 0; d < axes.draws; ++d)
        for (std::uint32_t r = 0; r < axes.replications; ++r)
          done += std::any_of(cubes.begin(), cubes.end(), [&](const CubeReader* c) { return c->done({s, p, d, r}); });
  return done;
}

void add_provenance(const CubeReader& cube, Comparison& comparison) {
  const std::vector<sim::Assumption> fields = cube.assumptions();
  comparison.provenance_known = !fields.empty();
  for (const sim::Assumption& field : fields) {
    if (sim::counts_as_guess(field)) comparison.guesses.push_back(field);
    if (field.mark == "stated") comparison.stated.push_back(field);
  }
  for (sim::LeverUse& lever : cube.levers())
    if (sim::is_one_sided(lever)) comparison.one_sided.push_back(std::move(lever));
}

}  // namespace

bool are_of_one_study(const CubeReader& one, const CubeReader& other) {
  const auto same = [&](const std::string& text) { return one.text(text) == other.text(text); };
  return same("study_digest") && same("model_version") && one.axes().scenarios == other.axes().scenarios &&
         one.axes().policies == other.axes().policies && one.axes().draws == other.axes().draws &&
         one.axes().replications == other.axes().replications;
}

Comparison compare(const std::vector<const CubeReader*>& cubes, const Question& question) {
  sim::expects(!cubes.empty(), "a comparison is of a cube");
  for (const CubeReader* cube : cubes)
    sim::expects(are_of_one_study(*cubes.front(), *cube), "a comparison is within one study");
  const CubeReader& cube = *cubes.front();
  const CubeReader::Axes& axes = cube.axes();
  Comparison all;
  all.title = cube.text_or_empty("title");
  all.currency = cube.text_or_empty("currency");
  all.study_digest = cube.text("study_digest");
  all.data_hash = cubes.size() == 1 ? cube.text("data_hash") : "";
  all.customer_file = cube.text_or_empty("customer_file");
  all.scenario_names = axes.scenarios;
  all.policy_names = axes.policies;
  all.question = question;
  all.draws = axes.draws;
  all.replications = axes.replications;
  all.cells = axes.scenarios.size() * axes.policies.size() * axes.draws * axes.replications;
  all.cells_done = cells_done(cubes, axes);
  all.people = people_named(cube.text("people"));
  all.luck = luck_named(cube.text("luck"));
  all.parameters_vary = !cube.parameters().empty();
  all.certainty = {question.confidence, intervals_of(question, axes.draws)};
  for (const std::string& kpi : question.kpis) all.kpis.push_back(compared(all, cubes, kpi, State::differences));
  for (const std::string& kpi : question.beside) all.beside.push_back(compared(all, cubes, kpi, State::means));
  add_provenance(cube, all);
  return all;
}

const ComparedArm* headline_arm(const Comparison& comparison) {
  if (comparison.kpis.empty()) return nullptr;
  const ComparedKpi& kpi = comparison.kpis.front();
  const bool policies = comparison.question.across == Across::policies;
  const ComparedArm* best = nullptr;
  for (const ComparedArm& arm : kpi.arms) {
    const ComparedArm& first = kpi.arms.front();
    if (policies ? arm.scenario != first.scenario : arm.policy != first.policy) break;
    if (!arm.against || std::isnan(arm.against->average.mean)) continue;
    const double sign = kpi.words.direction == sim::Direction::lower_is_better ? -1 : 1;
    const bool better = best == nullptr || (kpi.words.direction != sim::Direction::neither &&
                                            sign * arm.against->average.mean > sign * best->against->average.mean);
    if (better) best = &arm;
  }
  return best;
}

}  // namespace clientele::output
