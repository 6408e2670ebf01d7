// Every arm is one more policy or scenario of one small study, so that all of them share their luck.
#include "tools/clientele/doctor/trial.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "sim/roll_out.hpp"
#include "sim/why.hpp"
#include "tools/clientele/fewer_customers.hpp"

namespace clientele::tools {
namespace {

using sim::FieldRef;
using sim::Policy;
using sim::Study;

/// The first scenario of a trial, in which nothing happens.
constexpr std::uint32_t calm = 0;

/// What fewer customers do not show, more futures do.
std::uint32_t times_as_many_futures(std::uint64_t customers) {
  constexpr std::uint64_t most = 16;
  return static_cast<std::uint32_t>(std::min(most, (customers_of_trial + customers - 1) / customers));
}

Study few_futures_of(const Study& study) {
  Study few = study;
  take_customers(few.population, customers_of_trial);
  few.horizon.warmup = std::min(few.horizon.warmup, warmup_of_trial);
  few.horizon.months = months_of_trial;
  few.horizon.run_off = few.horizon.beyond = 0;
  std::erase_if(few.uncertain, [](const sim::Uncertain& uncertain) { return uncertain.place.has_value(); });
  const bool draws = few.draws > 0 && !few.uncertain.empty();
  few.draws = draws ? draws_of_trial : 0;
  for (const sim::Uncertain& uncertain : few.uncertain)
    if (!uncertain.drawn.empty()) few.draws = std::min(few.draws, static_cast<std::uint32_t>(uncertain.drawn.size()));
  few.replications = (draws ? 2 : replications_of_trial) * times_as_many_futures(few.population.customers);
  few.same_money = false;
  few.headline.clear();
  few.count = {};
  few.output = {};
  few.scenarios = {{"calm", {}}};
  return few;
}

/// What a tier grants: its own level, or what the study states for whoever is granted most of it.
double level_of(const sim::Tier& tier, FieldRef lever, const Study& study) {
  const auto own = std::ranges::find(tier.levers, lever, &sim::Tier::Setting::field);
  if (own != tier.levers.end()) return own->value;
  double level = study.values[lever.table][lever.field].numbers.front();
  for (const sim::Group& group : study.population.groups)
    for (const auto& value : group.overrides)
      if (value.field == lever) level = std::max(level, value.value.numbers.front());
  return level;
}

double most_granted(FieldRef lever, const Study& study) {
  double most = 0;
  for (const Policy& policy : study.policies)
    for (const sim::Tier& tier : policy.tiers) most = std::max(most, level_of(tier, lever, study));
  return most;
}

/// The first policy that sets a lever itself; the baseline where the study does so for everybody.
std::optional<std::uint32_t> policy_that_uses(FieldRef lever, const sim::FieldInfo& field, const Study& study) {
  for (std::uint32_t p = 0; p < study.policies.size(); ++p)
    for (const sim::Tier& tier : sim::own_tiers(study.policies[p]))
      if (std::ranges::find(tier.levers, lever, &sim::Tier::Setting::field) != tier.levers.end()) return p;
  const auto differs = [&](const sim::FieldValue& value) { return !(value == field.standard); };
  bool in_use = differs(study.values[lever.table][lever.field]);
  for (const sim::Group& group : study.population.groups)
    for (const auto& value : group.overrides) in_use = in_use || (value.field == lever && differs(value.value));
  return in_use ? std::optional(study.baseline) : std::nullopt;
}

std::string free_name(const Study& study, std::string name) {
  while (std::ranges::find(study.policies, name, &Policy::name) != study.policies.end()) name += " again";
  return name;
}

std::uint32_t add(Study& study, Policy policy) {
  policy.name = free_name(study, policy.name);
  study.policies.push_back(std::move(policy));
  return static_cast<std::uint32_t>(study.policies.size() - 1);
}

/// The policy as it is when everybody has been reached.
Policy at_once(const Policy& policy) {
  Policy all = policy;
  all.tiers.resize(sim::own_tiers(policy).size());
  all.rollout.clear();
  all.before = 0;
  return all;
}

void set(sim::Tier& tier, FieldRef lever, double value) {
  const auto own = std::ranges::find(tier.levers, lever, &sim::Tier::Setting::field);
  if (own != tier.levers.end())
    own->value = value;
  else
    tier.levers.push_back({lever, value});
}

/// Moves a lever in every tier that has room, and says whether one had.
bool move(LeverTrial& trial, Policy& policy, const sim::FieldInfo& field, double most) {
  bool moves = false;
  for (std::size_t t = 0; t < policy.tiers.size(); ++t) {
    const auto to = trial.raised ? raised(trial.from[t], field, most) : lowered(trial.from[t], field);
    trial.to[t] = to.value_or(trial.from[t]);
    moves = moves || to;
  }
  for (std::size_t t = 0; t < policy.tiers.size() && moves; ++t) set(policy.tiers[t], trial.field, trial.to[t]);
  return moves;
}

class Builder {
 public:
  Builder(const Study& study, const sim::Catalogue& catalogue) : study_(study), catalogue_(catalogue) {
    trial_.study = few_futures_of(study);
    trial_.policies = static_cast<std::uint32_t>(study.policies.size());
    add_placebo();
    for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t)
      for (std::uint32_t f = 0; f < catalogue.tables()[t].fields.fields().size(); ++f) try_lever({t, f});
    for (std::uint32_t d = 0; d < catalogue.drivers().size(); ++d) try_driver(d);
  }

  Trial take() { return std::move(trial_); }

 private:
  void add_placebo() {
    const std::uint32_t copy = add(trial_.study, study_.policies[study_.baseline]);
    trial_.placebo.push_back({calm, study_.baseline, calm, copy});
    for (const sim::Scenario& scenario : study_.scenarios) {
      const auto number = static_cast<std::uint32_t>(trial_.study.scenarios.size());
      trial_.study.scenarios.push_back(scenario);
      trial_.placebo.push_back({number, study_.baseline, number, copy});
    }
  }

  void try_lever(FieldRef lever) {
    const sim::FieldInfo& field = catalogue_.tables()[lever.table].fields.fields()[lever.field];
    if (!field.lever) return;
    const auto of = policy_that_uses(lever, field, study_);
    if (!of) return;
    const Policy as_it_is = at_once(study_.policies[*of]);
    LeverTrial trial{lever, as_it_is.name, {}, {}, true, {}};
    for (const sim::Tier& tier : as_it_is.tiers) trial.from.push_back(level_of(tier, lever, study_));
    trial.to = trial.from;
    Policy moved = as_it_is;
    bool moves = move(trial, moved, field, most_granted(lever, study_));
    if (!moves) {
      trial.raised = false;
      moves = move(trial, moved, field, 0);
    }
    if (moves) trial.arms = Pair{calm, arm_of(*of, as_it_is), calm, add(trial_.study, moved)};
    trial_.levers.push_back(std::move(trial));
  }

  /// The policy itself, if it reaches everybody at once anyway.
  std::uint32_t arm_of(std::uint32_t policy, const Policy& reaches_all) {
    if (!sim::rolls_out(study_.policies[policy])) return policy;
    for (const auto& [of, arm] : at_once_)
      if (of == policy) return arm;
    at_once_.emplace_back(policy, add(trial_.study, reaches_all));
    return at_once_.back().second;
  }

  void try_driver(std::uint32_t driver) {
    const bool is_factor = catalogue_.drivers()[driver].kind == sim::DriverKind::factor;
    const double neutral = is_factor ? 1 : 0;
    for (const sim::Scenario& scenario : study_.scenarios)
      for (const sim::Shock& shock : scenario.shocks) {
        if (shock.driver != driver || shock.size == neutral) continue;
        sim::Shock lasting = shock;
        lasting.from = lasting.ramp = 0;
        lasting.months.reset();
        const auto number = static_cast<std::uint32_t>(trial_.study.scenarios.size());
        trial_.study.scenarios.push_back({catalogue_.drivers()[driver].name, {lasting}});
        DriverTrial trial{driver, scenario.name, shock.size, {{calm, study_.baseline, number, study_.baseline}}};
        for (std::uint32_t p = 0; p < trial_.policies; ++p)
          if (p != study_.baseline) trial.arms.push_back({calm, p, number, p});
        trial_.drivers.push_back(std::move(trial));
        return;
      }
    trial_.idle_drivers.push_back(driver);
  }

  const Study& study_;
  const sim::Catalogue& catalogue_;
  Trial trial_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> at_once_;
};

std::vector<sim::Cell> in_every_future(const Study& study, std::vector<std::pair<std::uint32_t, std::uint32_t>> arms) {
  std::ranges::sort(arms);
  const auto repeated = std::ranges::unique(arms);
  arms.erase(repeated.begin(), repeated.end());
  std::vector<sim::Cell> cells;
  const sim::CellAxes axes = sim::cell_axes_of(study);
  for (std::uint32_t replication = 0; replication < axes.replications; ++replication)
    for (std::uint32_t draw = 0; draw < axes.draws; ++draw)
      for (const auto& [scenario, policy] : arms) cells.push_back({scenario, policy, draw, replication});
  return cells;
}

/// Six digits.
double rounded(double level) {
  if (level == 0) return 0;
  const double unit = std::pow(10.0, 5 - std::floor(std::log10(std::fabs(level))));
  return std::round(level * unit) / unit;
}

}  // namespace

std::optional<double> raised(double level, const sim::FieldInfo& field, double most) {
  const bool has_end = !field.money && std::isfinite(field.range.plausible_high);
  double to = has_end ? level + (field.range.plausible_high - level) / 2 : std::min(level + most, field.range.high);
  to = field.whole ? std::ceil(to) : rounded(to);
  return to > level ? std::optional(to) : std::nullopt;
}

std::optional<double> lowered(double level, const sim::FieldInfo& field) {
  const double end = std::isfinite(field.range.plausible_low) ? field.range.plausible_low : std::min(0.0, level);
  double to = level + (end - level) / 2;
  to = field.whole ? std::floor(to) : rounded(to);
  return to < level ? std::optional(to) : std::nullopt;
}

std::vector<sim::Cell> Trial::cells() const {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> arms;
  const auto take = [&](const Pair& pair) {
    arms.emplace_back(pair.scenario, pair.policy);
    arms.emplace_back(pair.other_scenario, pair.other_policy);
  };
  for (std::uint32_t policy = 0; policy < policies; ++policy) arms.emplace_back(calm, policy);
  for (const Pair& pair : placebo) take(pair);
  for (const LeverTrial& lever : levers)
    if (lever.arms) take(*lever.arms);
  for (const DriverTrial& driver : drivers)
    for (const Pair& pair : driver.arms) take(pair);
  return in_every_future(study, std::move(arms));
}

std::vector<sim::Cell> Trial::reviewed() const {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> arms;
  for (std::uint32_t policy = 0; policy < policies; ++policy)
    if (study.policies[policy].tiers.size() > 1) arms.emplace_back(calm, policy);
  return in_every_future(study, std::move(arms));
}

Trial trial_of(const sim::Study& study, const sim::Catalogue& catalogue) {
  return Builder(sim::without_why(study), catalogue).take();
}

}  // namespace clientele::tools
