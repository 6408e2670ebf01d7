// Adds up, tier by tier, what each lever was granted on; the mean level is a weighted one of numbers that are stated.
#include "sim/same_money.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "sim/core/check.hpp"
#include "sim/draws.hpp"
#include "sim/roll_out.hpp"
#include "sim/why.hpp"

namespace clientele::sim {

namespace {

constexpr std::size_t worlds_that_count = 10;
constexpr const char* behind_name = ", same for all";

double level_of(const Tier& tier, FieldRef lever, const Study& study) {
  const auto own = std::ranges::find(tier.levers, lever, &Tier::Setting::field);
  return own == tier.levers.end() ? study.values[lever.table][lever.field].numbers.front() : own->value;
}

/// Levers that some tier of a policy sets.
std::vector<FieldRef> levers_of(const Policy& policy) {
  std::vector<FieldRef> levers;
  for (const Tier& tier : own_tiers(policy))
    for (const Tier::Setting& setting : tier.levers)
      if (std::ranges::find(levers, setting.field) == levers.end()) levers.push_back(setting.field);
  std::ranges::sort(levers, {}, [](FieldRef field) { return std::pair(field.table, field.field); });
  return levers;
}

const FieldInfo& field_of(const Catalogue& catalogue, FieldRef lever) {
  return catalogue.tables()[lever.table].fields.fields()[lever.field];
}

/// Six digits read the same everywhere; money that is smaller is not missed.
double rounded(double level, bool whole) {
  if (whole) return std::round(level);
  if (level == 0) return 0;
  double unit = 1;
  while (std::fabs(level) >= 1e6 * unit) unit *= 10;
  double parts = 1;
  while (std::fabs(level) * parts < 1e5) parts *= 10;
  return parts > 1 ? std::round(level * parts) / parts : std::round(level / unit) * unit;
}

/// What was granted in a cell, by tier: a sum of metrics over the months of the horizon and all groups.
class Granted {
 public:
  explicit Granted(const OutcomeInfo& info) : info_(info), sums_(info.tiers * info.metrics.size()) {}

  void add(const CellOutcome& outcome) {
    const std::size_t metrics = info_.metrics.size(), horizon = info_.months - info_.run_off;
    for (std::size_t month = 0; month < horizon; ++month)
      for (std::size_t tier = 0; tier < info_.tiers; ++tier)
        for (std::size_t group = 0; group < info_.groups; ++group)
          for (std::size_t m = 0; m < metrics; ++m)
            sums_[tier * metrics + m] +=
                outcome.counts[((month * info_.tiers + tier) * info_.groups + group) * metrics + m];
  }

  double of(std::size_t tier, const std::vector<std::string_view>& names) const {
    double sum = 0;
    for (const std::string_view name : names) {
      const auto metric = std::ranges::find(info_.metrics, name, &MetricInfo::name);
      expects(metric != info_.metrics.end(), "a lever is granted on metrics that exist");
      const auto place = static_cast<std::size_t>(metric - info_.metrics.begin());
      sum += metric->scale * static_cast<double>(sums_[tier * info_.metrics.size() + place]);
    }
    return sum;
  }

 private:
  const OutcomeInfo& info_;
  std::vector<std::int64_t> sums_;
};

/// What was granted, by the draw whose levels it was granted at.
using GrantedByDraw = std::map<std::uint32_t, Granted>;

/// The level of a tier in a draw.
double level_in(std::uint32_t draw, std::uint32_t policy, std::size_t tier, FieldRef lever, const Study& study) {
  const Tier& of = study.policies[policy].tiers[tier];
  const auto own = std::ranges::find(of.levers, lever, &Tier::Setting::field);
  if (own == of.levers.end() || !draws_move_levers(study)) return level_of(of, lever, study);
  return level_in_draw(study, drawn_values(study, draw), policy, tier, *own);
}

/// Where nothing was granted on, the last tier's level stands. Of levels that draws vary it is the mean over these too,
/// so that the same money is spent in all of them together.
double mean_level(std::uint32_t policy, FieldRef lever, const Study& study, const FieldInfo& field,
                  const GrantedByDraw& granted) {
  const std::span<const Tier> tiers = own_tiers(study.policies[policy]);
  double levels = 0, weights = 0;
  for (const auto& [draw, in_draw] : granted)
    for (std::size_t tier = 0; tier < tiers.size(); ++tier) {
      const double weight = in_draw.of(tier, field.lever->granted_on);
      levels += weight * level_in(draw, policy, tier, lever, study);
      weights += weight;
    }
  return weights > 0 ? levels / weights : level_of(tiers.back(), lever, study);
}

std::uint32_t everyone_in(const Catalogue& catalogue) {
  for (std::uint32_t s = 0; s < catalogue.segmentations().size(); ++s)
    if (catalogue.segmentations()[s].rule == TierRule::one) return s;
  throw UserError("same_money needs a segmentation with one tier, and there is none.");
}

Policy evenly(const Study& study, std::uint32_t policy, const Catalogue& catalogue,
              const std::function<double(FieldRef)>& level) {
  const Policy& of = study.policies[policy];
  Policy even{of.name + behind_name, everyone_in(catalogue), {}, {{"all", {}, {}, {}}}, 0, policy};
  even.values = catalogue.segmentations()[even.segmentation].fields.standards();
  for (const FieldRef lever : levers_of(of)) even.tiers.front().levers.push_back({lever, level(lever)});
  even.settings = of.settings;
  even.rollout = of.rollout;
  even.grandfathering = of.grandfathering;
  even.before = of.before;
  even.tiers.insert(even.tiers.end(), of.tiers.end() - static_cast<std::ptrdiff_t>(of.before), of.tiers.end());
  for (const Policy& other : study.policies)
    if (other.name == even.name)
      throw UserError("policy \"" + even.name + "\" has the name of the one that spends the money of \"" + of.name +
                      "\" evenly (experiment.same_money). Did you mean another name?");
  return even;
}

template <class LevelsOf>
Study joined(const Study& study, const Catalogue& catalogue, const LevelsOf& levels_of_policy) {
  Study all = study;
  for (std::uint32_t p = 0; p < study.policies.size(); ++p)
    if (is_spread_evenly(study, p)) all.policies.push_back(evenly(study, p, catalogue, levels_of_policy(p)));
  return all;
}

}  // namespace

bool is_spread_evenly(const Study& study, std::uint32_t policy) {
  const Policy& of = study.policies[policy];
  if (!study.same_money || policy == study.baseline || !is_stated(of)) return false;
  const auto is_drawn_in_a_tier = [&](FieldRef lever) {
    return draws_move_levers(study) && own_tiers(of).size() > 1 &&
           std::ranges::any_of(study.uncertain, [&](const Uncertain& uncertain) {
             return uncertain.place && uncertain.place->of == Uncertain::Place::Of::tier &&
                    uncertain.place->owner == policy && uncertain.field == lever;
           });
  };
  return std::ranges::any_of(levers_of(of), [&](FieldRef lever) {
    return is_drawn_in_a_tier(lever) || std::ranges::any_of(own_tiers(of), [&](const Tier& tier) {
             return level_of(tier, lever, study) != level_of(of.tiers.front(), lever, study);
           });
  });
}

bool has_same_money(const Study& study) {
  for (std::uint32_t policy = 0; policy < study.policies.size(); ++policy)
    if (is_spread_evenly(study, policy)) return true;
  return false;
}

std::vector<Cell> cells_of_same_money(const Study& study) {
  const CellAxes axes = cell_axes_of(study);
  std::vector<Cell> cells;
  for (std::size_t world = 0; world < std::min(axes.worlds(), worlds_that_count); ++world)
    for (std::uint32_t scenario = 0; scenario < axes.scenarios; ++scenario)
      for (std::uint32_t policy = 0; policy < axes.policies; ++policy)
        cells.push_back({scenario, policy, static_cast<std::uint32_t>(world % axes.draws),
                         static_cast<std::uint32_t>(world / axes.draws)});
  return cells;
}

Study with_same_money(const Study& study, const Catalogue& catalogue, const OutcomeInfo& info,
                      const std::function<CellOutcome(const Cell&)>& outcome) {
  const std::vector<Cell> cells = cells_of_same_money(study);
  return joined(study, catalogue, [&](std::uint32_t policy) {
    GrantedByDraw granted;
    for (const Cell& cell : cells)
      if (cell.policy == policy && cell.scenario == 0)
        granted.try_emplace(draws_move_levers(study) ? cell.draw : 0, info).first->second.add(outcome(cell));
    return std::function<double(FieldRef)>([&study, &catalogue, policy, granted](FieldRef lever) {
      const FieldInfo& field = field_of(catalogue, lever);
      return rounded(mean_level(policy, lever, study, field, granted), field.whole);
    });
  });
}

Study with_room_for_same_money(const Study& study, const Catalogue& catalogue) {
  return joined(study, catalogue, [&](std::uint32_t policy) {
    return std::function<double(FieldRef)>(
        [&study, policy](FieldRef lever) { return level_of(own_tiers(study.policies[policy]).back(), lever, study); });
  });
}

}  // namespace clientele::sim
