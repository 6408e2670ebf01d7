// Tiers of the pilot policies are classes, so that a cell's KPIs by tier are those of classes.
#include "sim/pilots.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "sim/core/check.hpp"
#include "sim/plan.hpp"
#include "sim/roll_out.hpp"

namespace clientele::sim {

namespace {

constexpr std::uint32_t policies_of_a_pilot = 2;

/// A bijection, so that studies with seeds of their own have pilots of their own.
std::uint32_t seed_of_pilots(std::uint32_t seed) { return seed * 2654435761U + 0x9E3779B9U; }

/// Policies of which pilots are simulated: twins that keep the tiers of another grant what that grants.
std::vector<std::uint32_t> piloted(const Study& study, const Catalogue& catalogue) {
  std::vector<std::uint32_t> policies;
  for (std::uint32_t p = 0; p < study.policies.size(); ++p)
    if (lacks_gains(study.policies[p], catalogue) && !study.policies[p].twin) policies.push_back(p);
  return policies;
}

/// Class k starts from as many points as there are classes from it on (models/segmentation/best_response.hpp).
Policy pilot_of(const Policy& policy, const Tier& granted, const std::string& name) {
  Policy pilot;
  pilot.name = name;
  pilot.segmentation = policy.segmentation;
  pilot.values = policy.values;
  pilot.settings = policy.settings;
  pilot.held = Held::as_reviewed;
  for (std::size_t of = 0; of < classes_of_gain; ++of)
    pilot.tiers.push_back(
        {"class " + std::to_string(of), {}, static_cast<double>(classes_of_gain - of), granted.levers, {}});
  pilot.tiers.push_back({"later", {}, {}, granted.levers, {}});
  pilot.entry = classes_of_gain;
  return pilot;
}

/// Of one pilot policy in one world, by class.
struct Lived {
  std::vector<double> money;
  std::vector<std::int64_t> customers;  ///< when the policies parted
};

class GainsSink final : public Sink {
 public:
  GainsSink(const Plan& plan, const KpiInfo& kpi) : plan_(plan), kpi_(kpi) {}

  void accept(CellOutcome&& outcome) override {
    const OutcomeInfo& info = plan_.info();
    Lived& lived = lived_[outcome.cell];
    for (std::size_t of = 0; of < classes_of_gain; ++of) {
      lived.money.push_back(evaluate(kpi_, info, plan_.study().money_quantum, outcome, {.tier = of}));
      std::int64_t customers = 0;
      for (std::size_t held = 0; held < info.tiers; ++held)
        for (std::size_t group = 0; group < info.groups; ++group)
          customers += outcome.flows[(held * info.tiers + of) * info.groups + group];
      lived.customers.push_back(customers);
    }
  }
  const Lived& of(std::uint32_t policy, std::uint32_t world) const { return lived_.at({0, policy, 0, world}); }

 private:
  const Plan& plan_;
  const KpiInfo& kpi_;
  std::map<Cell, Lived> lived_;
};

/// What classes gained together, and how many customers there were.
struct Sum {
  double gained = 0;
  std::int64_t customers = 0;
  double mean() const { return customers > 0 ? gained / static_cast<double>(customers) : 0; }
};

Sum operator+(const Sum& one, const Sum& other) { return {one.gained + other.gained, one.customers + other.customers}; }

std::vector<double> gains_of(const GainsSink& lived, std::uint32_t first_pilot, double sign) {
  std::vector<Sum> sums(classes_of_gain);
  for (std::uint32_t world = 0; world < pilot_worlds; ++world) {
    const Lived &best = lived.of(first_pilot, world), &last = lived.of(first_pilot + 1, world);
    for (std::size_t of = 0; of < classes_of_gain; ++of)
      sums[of] = sums[of] + Sum{sign * (best.money[of] - last.money[of]), best.customers[of]};
  }
  const Sum all = std::accumulate(sums.begin(), sums.end(), Sum{});
  std::vector<double> gains;
  for (std::size_t of = 0; of < classes_of_gain; ++of) {
    const auto first = sums.begin() + static_cast<std::ptrdiff_t>(of - of % classes_side_by_side);
    const Sum beside = std::accumulate(first, first + classes_side_by_side, Sum{});
    const auto is_enough = [](const Sum& sum) { return sum.customers >= fewest_of_a_class; };
    gains.push_back((is_enough(sums[of]) ? sums[of] : is_enough(beside) ? beside : all).mean());
  }
  return gains;
}

std::vector<Cell> cells_of(std::size_t piloted) {
  std::vector<Cell> cells;
  for (std::uint32_t world = 0; world < pilot_worlds; ++world)
    for (std::uint32_t policy = 1; policy <= policies_of_a_pilot * piloted; ++policy)
      cells.push_back({0, policy, 0, world});
  return cells;
}

/// As the study itself is simulated, but all of it here.
RunOptions options_of_pilots(const RunOptions& options) {
  RunOptions own;
  own.engine = options.engine;
  own.threads = options.threads;
  own.block_size = options.block_size;
  own.scratch = options.scratch;
  return own;
}

}  // namespace

Study without_pilots(const Study& study, const Catalogue& catalogue) {
  Study all = study;
  for (Policy& policy : all.policies)
    if (lacks_gains(policy, catalogue)) {
      policy.gains.resize(classes_of_gain);
      std::iota(policy.gains.begin(), policy.gains.end(), 0);
    }
  return all;
}

std::size_t cells_of_pilots(const Study& study, const Catalogue& catalogue, const std::vector<Cell>& cells) {
  const bool is_looked_at = has_yardstick(study, catalogue);  // whose tiers others are held against
  const bool any = std::ranges::any_of(
      cells, [&](const Cell& cell) { return lacks_gains(study.policies[cell.policy], catalogue) || is_looked_at; });
  return any ? cells_of(piloted(study, catalogue).size()).size() : 0;
}

std::vector<Cell> a_cell_of_each_policy(const Study& study) {
  std::vector<Cell> cells;
  for (std::uint32_t policy = 0; policy < study.policies.size(); ++policy) cells.push_back({.policy = policy});
  return cells;
}

Study study_of_pilots(const Study& study, const Catalogue& catalogue) {
  Study pilots = study;
  pilots.seed = seed_of_pilots(study.seed);
  pilots.population.people = People::redrawn;
  pilots.scenarios.resize(1);
  pilots.uncertain.clear();
  pilots.draws = 0;
  pilots.replications = pilot_worlds;
  pilots.same_money = pilots.why = false;
  pilots.constraints.clear();
  pilots.count = {};
  pilots.output = {};
  pilots.policies = {study.policies.at(study.baseline)};
  pilots.baseline = 0;
  expects(!lacks_gains(pilots.policies.front(), catalogue), "no warm-up is lived by gains that it has to show");
  for (const std::uint32_t p : piloted(study, catalogue)) {
    const Policy& policy = study.policies[p];
    pilots.policies.push_back(pilot_of(policy, own_tiers(policy).front(), policy.name + ", all in the first tier"));
    pilots.policies.push_back(pilot_of(policy, own_tiers(policy).back(), policy.name + ", all in the last tier"));
  }
  return pilots;
}

std::optional<Study> with_gains(const Study& study, const Catalogue& catalogue, const RunOptions& options,
                                std::stop_token stop) {
  const std::vector<std::uint32_t> policies = piloted(study, catalogue);
  const Study pilots = study_of_pilots(study, catalogue);
  const Plan plan(pilots, catalogue);
  const auto kpi = std::ranges::find(plan.info().kpis, kpi_of_gains(study, catalogue).name, &KpiInfo::name);
  GainsSink lived(plan, *kpi);
  if (plan.run(cells_of(policies.size()), lived, options_of_pilots(options), std::move(stop)).status ==
      RunStatus::stopped)
    return std::nullopt;
  Study all = study;
  const double sign = kpi->direction == Direction::lower_is_better ? -1 : 1;
  for (std::uint32_t n = 0; n < policies.size(); ++n)
    all.policies[policies[n]].gains = gains_of(lived, 1 + policies_of_a_pilot * n, sign);
  for (Policy& policy : all.policies)
    if (lacks_gains(policy, catalogue)) policy.gains = all.policies.at(*policy.twin).gains;
  return all;
}

}  // namespace clientele::sim
