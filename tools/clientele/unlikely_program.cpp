// Holds what a program gives against what sales bring.
#include "tools/clientele/unlikely_program.hpp"

#include <algorithm>
#include <cmath>

#include "models/loyalty/points.hpp"
#include "sim/core/printable.hpp"
#include "sim/dated.hpp"
#include "sim/roll_out.hpp"
#include "tools/clientele/stated.hpp"

namespace clientele::tools {
namespace {

/// One policy's program as a group sees it.
class Program {
 public:
  Program(const sim::Study& study, const sim::Catalogue& catalogue, const sim::Policy& policy, const sim::Group& group)
      : catalogue_(catalogue), policy_(policy), stated_(study, catalogue, group) {}

  double lever(const sim::Tier& tier, std::string_view table, std::string_view key) const {
    return stated_.lever(tier, table, key);
  }
  double number(std::string_view table, std::string_view key) const { return stated_.number(table, key); }
  /// The most that the policy ever sets.
  double setting(std::string_view table, std::string_view key) const {
    const sim::FieldRef field = catalogue_.field_at(std::string(table) + "." + std::string(key));
    double most = stated_.number(table, key);
    bool is_set = false;
    for (const sim::PolicySetting& setting : policy_.settings)
      if (setting.field == field) {
        most = is_set || setting.from ? std::max(most, setting.value) : setting.value;
        is_set = true;
      }
    return most;
  }

 private:
  const sim::Catalogue& catalogue_;
  const sim::Policy& policy_;
  Stated stated_;
};

/// To a tenth.
std::string rounded_text(double number) { return sim::number_text(std::round(10 * number) / 10); }

void judge_tier(const Program& program, const sim::Tier& tier, const std::string& where,
                std::vector<std::string>& warnings) {
  const double earn = program.lever(tier, "points", "earn");
  if (earn <= 0) return;
  const double back = earn * program.setting("points", "value") * program.setting("points", "reward_cost");
  const double margin = program.number("accounting", "gross_margin") - program.lever(tier, "purchasing", "discount");
  if (back >= margin)
    warnings.push_back(where + " gives back " + rounded_text(100 * back) +
                       " % of sales (points.earn x points.value x points.reward_cost), and earns " +
                       rounded_text(100 * margin) + " % with them: whoever redeems costs more than it brings");
  const double bought = program.number("purchasing", "orders_per_month") * program.number("purchasing", "order_value");
  const double least = std::max(program.setting("redemption", "block"), program.setting("redemption", "minimum"));
  const double months = least / std::max(1e-9, earn * bought);
  const double valid = program.lever(tier, "points", "points_valid");
  constexpr double too_long = 120;
  if (months > (valid < models::endless_from ? valid : too_long))
    warnings.push_back(where + ": an average customer needs " + rounded_text(months) + " months for a reward of " +
                       rounded_text(least) + " points" +
                       (valid < models::endless_from ? ", which end after " + rounded_text(valid) + " months" : "") +
                       " (redemption.block, redemption.minimum)");
}

/// Why the month in which a policy's points were earned does not follow from the one in which they end.
std::string why_without_triangle(const sim::Study& study, const sim::Catalogue& catalogue, const sim::Policy& policy) {
  const sim::FieldRef at_most = catalogue.field_at("points.valid_at_most");
  bool is_cut = false;
  for (const sim::PolicySetting& setting : policy.settings) is_cut |= setting.field == at_most && setting.from > 0;
  double validity = 0;
  for (const sim::Group& group : study.population.groups) {
    const Program program(study, catalogue, policy, group);
    for (const sim::Tier& tier : policy.tiers) {  // and those of the baseline, where it rolls out
      if (program.lever(tier, "points", "earn") <= 0) continue;
      const double valid =
          std::min(program.lever(tier, "points", "points_valid"), program.setting("points", "valid_at_most"));
      if (valid >= models::endless_from) return "its points do not end (points_valid = 240)";
      if (validity > 0 && valid != validity)
        return "its tiers grant points of different validity (points_valid " + rounded_text(validity) + " and " +
               rounded_text(valid) + ")";
      validity = valid;
      if (program.number("points", "end") > 0) return "its points end with the calendar year (points.end)";
      if (is_cut && program.number("points", "held") == 0)
        return "a cut of validity keeps the end of what is held (points.held = \"keep their end\")";
    }
  }
  return "";
}

/// Points that are stated are held against what all customers together can have earned in their months.
void judge_opening(const sim::Study& study, const sim::Catalogue& catalogue, std::vector<std::string>& warnings) {
  const sim::FieldRef at = catalogue.field_at("points.opening");
  const sim::DatedAmounts opening = sim::unpacked_amounts(study.values[at.table][at.field].numbers);
  if (opening.empty() || study.population.file) return;
  double stated = 0, a_month = 0;
  for (const sim::DatedAmount& one : opening) stated += static_cast<double>(one.amount);
  const sim::Policy& today = study.policies[study.baseline];
  for (const sim::Group& group : study.population.groups) {
    const Program program(study, catalogue, today, group);
    double earn = 0;
    for (const sim::Tier& tier : sim::own_tiers(today)) earn = std::max(earn, program.lever(tier, "points", "earn"));
    a_month += group.share * static_cast<double>(study.population.customers) * earn *
               program.number("purchasing", "orders_per_month") * program.number("purchasing", "order_value");
  }
  const int months = -opening.front().month;
  if (stated <= a_month * months) return;
  warnings.push_back("points.opening states " + sim::number_text(stated) + " points, and all customers of the study, " +
                     "were they all members, would have earned about " +
                     sim::number_text(std::round(a_month * months)) + " in the " + std::to_string(months) +
                     " months of them: it may be the table of more customers");
}

/// Whether some tier of a policy in some group has a chance of joining that a rule takes; one that draws vary may have
/// any.
template <class Rule>
bool has_join(const sim::Study& study, const sim::Catalogue& catalogue, const sim::Policy& policy, const Rule& rule) {
  const sim::FieldRef join = catalogue.field_at("membership.join");
  if (std::ranges::any_of(study.uncertain, [&](const sim::Uncertain& one) { return one.field == join; })) return true;
  return std::ranges::any_of(study.population.groups, [&](const sim::Group& group) {
    const Program program(study, catalogue, policy, group);
    return std::ranges::any_of(sim::own_tiers(policy), [&](const sim::Tier& tier) {
      return rule(program.lever(tier, "membership", "join"), program.lever(tier, "points", "earn"));
    });
  });
}

/// Points that a policy grants, of a program that nobody joins under it or has joined under the baseline before.
bool is_of_nobody(const sim::Study& study, const sim::Catalogue& catalogue, const sim::Policy& policy) {
  const sim::Policy& baseline = study.policies[study.baseline];
  const auto earns = [](double, double earn) { return earn > 0; };
  const auto is_in = [](double join, double) { return join > 0; };
  const auto may_join = [](double join, double) { return join > 0 && join < 1; };
  return has_join(study, catalogue, policy, earns) && !has_join(study, catalogue, policy, is_in) &&
         (study.horizon.warmup == 0 || !has_join(study, catalogue, baseline, may_join));
}

}  // namespace

std::vector<std::string> unlikely_programs_in(const sim::Study& study, const sim::Catalogue& catalogue) {
  std::vector<std::string> warnings;
  judge_opening(study, catalogue, warnings);
  const sim::FieldRef value = catalogue.field_at("points.value"), at_most = catalogue.field_at("points.valid_at_most");
  for (const sim::Policy& policy : study.policies) {
    const std::string of = "policy " + sim::printable(policy.name);
    for (const sim::Group& group : study.population.groups) {
      const Program program(study, catalogue, policy, group);
      for (const sim::Tier& tier : sim::own_tiers(policy)) {
        const std::string in = study.population.groups.size() > 1 ? ", group " + sim::printable(group.name) : "";
        judge_tier(program, tier, of + ", tier " + sim::printable(tier.name) + in, warnings);
      }
    }
    if (is_of_nobody(study, catalogue, policy))
      warnings.push_back(of + " grants points, and nobody joins its program: join is 0 in all of its tiers " +
                         "(membership.join; 1: nobody has to)");
    const bool changes = std::ranges::any_of(policy.settings, [&](const sim::PolicySetting& setting) {
      return setting.from && (setting.field == value || setting.field == at_most);
    });
    const double notice =
        Program(study, catalogue, policy, study.population.groups.front()).setting("program", "announced");
    if (changes && notice >= study.horizon.months)
      warnings.push_back(of + " announces " + rounded_text(notice) + " months before what takes from points " +
                         "(program.announced), and the horizon has " + std::to_string(study.horizon.months));
  }
  return warnings;
}

std::vector<std::string> programs_without_triangle(const sim::Study& study, const sim::Catalogue& catalogue) {
  std::vector<std::string> all;
  if (!study.count.triangle) return all;
  for (const sim::Policy& policy : study.policies)
    if (const std::string why = why_without_triangle(study, catalogue, policy); !why.empty())
      all.push_back("policy " + sim::printable(policy.name) +
                    " has no estimates of what its points will come to: " + why);
  return all;
}

}  // namespace clientele::tools
