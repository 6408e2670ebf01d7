// Holds what the models imply against what firms are like.
#include "tools/clientele/unlikely.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "models/credit.hpp"
#include "sim/core/printable.hpp"
#include "sim/roll_out.hpp"
#include "sim/why.hpp"
#include "tools/clientele/beginning.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/small_base.hpp"
#include "tools/clientele/stated.hpp"
#include "tools/clientele/unlikely_numbers.hpp"
#include "tools/clientele/unlikely_program.hpp"

namespace clientele::tools {
namespace {

/// What the median order brings and what it costs to deliver.
struct MedianOrder {
  double value = 0, margin = 0, cost = 0;
  bool loses(double discount) const { return value * (margin - discount) < cost; }
};

MedianOrder median_order(const Stated& stated) {
  const sim::FieldValue law = stated.value("purchasing", "order_value");
  const std::vector<double>& value = law.numbers;
  double variance = 0;
  for (std::size_t n = 1; n < value.size(); ++n) variance += value[n] * value[n];
  const double middle = law.sample
                            ? static_cast<double>(law.sample->quantile(0.5)) * law.sample->factor_to(value.front())
                            : value.front();
  return {middle * std::exp(-variance / 2), stated.number("accounting", "gross_margin"),
          stated.number("logistics", "shipping") + stated.number("logistics", "handling") +
              stated.number("logistics", "per_km") * stated.number("logistics", "distance")};
}

std::string of_group(const sim::Study& study, const sim::Group& group) {
  return study.population.groups.size() > 1 ? " of group " + sim::printable(group.name) : "";
}

void add_losses(const sim::Study& study, const sim::Catalogue& catalogue, const sim::Group& group,
                std::vector<std::string>& warnings) {
  const Stated stated(study, catalogue, group);
  const MedianOrder order = median_order(stated);
  const std::string of = of_group(study, group);
  if (order.loses(0))
    return warnings.push_back("most orders" + of + " lose money before any discount: the median one is worth " +
                              in_short(order.value) + " and costs " + in_short(order.cost) +
                              " to deliver, at a margin of " + in_short(order.margin));
  for (const sim::Policy& policy : study.policies)
    for (const sim::Tier& tier : sim::own_tiers(policy))
      if (const double discount = stated.lever(tier, "purchasing", "discount"); order.loses(discount))
        warnings.push_back("most orders" + of + " lose money in tier " + sim::printable(tier.name) + " of policy " +
                           sim::printable(policy.name) + ": a discount of " + in_short(discount) + " of a margin of " +
                           in_short(order.margin) + ", and " + in_short(order.cost) + " to deliver a median order of " +
                           in_short(order.value));
}

/// Whether a policy holds deliveries for somebody.
bool holds(const sim::Study& study, const sim::Catalogue& catalogue, const sim::Policy& policy) {
  return std::ranges::any_of(study.population.groups, [&](const sim::Group& group) {
    const Stated stated(study, catalogue, group);
    return std::ranges::any_of(sim::own_tiers(policy), [&](const sim::Tier& tier) {
      return models::is_a_hold(stated.lever(tier, "credit", "hold_after_days"));
    });
  });
}

/// A hold is for a few: in a small base, how many it stops in an average month of a year.
void add_holds(const sim::Study& study, const sim::Catalogue& catalogue, std::vector<std::string>& warnings) {
  constexpr std::uint64_t customers = 1'000;
  constexpr int months = 12;
  constexpr double most = 0.5;
  for (std::uint32_t policy = 0; policy < study.policies.size(); ++policy) {
    if (!holds(study, catalogue, study.policies[policy])) continue;
    sim::Study alone = study;
    alone.policies = {study.policies[policy]};
    alone.policies.front().rollout.clear();
    alone.policies.front().before = 0;
    alone.policies.front().tiers.assign(sim::own_tiers(study.policies[policy]).begin(),
                                        sim::own_tiers(study.policies[policy]).end());
    alone.baseline = 0;
    const SmallBase few(alone, catalogue, customers, months, 0);
    const double held =
        static_cast<double>(few.total("held")) / std::max(1.0, static_cast<double>(few.total("customers")));
    if (held > most)
      warnings.push_back("policy " + sim::printable(study.policies[policy].name) + " holds the deliveries of " +
                         in_short(100 * held) +
                         " % of customers in an average month (credit.hold_after_days): a hold "
                         "is meant for a few");
  }
}

/// No managers are as many as it takes: who writes 0 may mean that there are none.
void add_staff(const sim::Study& study, const sim::Catalogue& catalogue, std::vector<std::string>& warnings) {
  const sim::FieldRef managers = catalogue.field_at("service.managers");
  for (const sim::Policy& policy : study.policies) {
    const bool says_none = std::ranges::any_of(policy.settings, [&](const sim::PolicySetting& setting) {
      return setting.field == managers && setting.value == 0;
    });
    if (!says_none) continue;
    for (const sim::Tier& tier : sim::own_tiers(policy))
      if (std::ranges::any_of(study.population.groups, [&](const sim::Group& group) {
            return Stated(study, catalogue, group).lever(tier, "service", "care") > 0;
          })) {
        warnings.push_back("policy " + sim::printable(policy.name) +
                           " states service.managers = 0 and gives care in tier " + sim::printable(tier.name) +
                           ": 0 stands for as many managers as it takes, not for none (care = 0 where nobody has the "
                           "time, or a number of managers)");
        break;
      }
  }
}

/// What customers owe by the file, where it tells that.
std::optional<double> open_items_told(const sim::Study& study) {
  if (!study.population.file) return std::nullopt;
  std::optional<double> sum;
  for (const sim::CustomerFile::KnownPast& past : study.population.file->past)
    if (past.key.starts_with("open_"))
      sum = sum.value_or(0) + std::accumulate(past.exact.begin(), past.exact.end(), 0.0);
  return sum;
}

/// With a warm-up the ageing of a study's books is not used, and should be what the warm-up leaves.
void add_opening(const sim::Study& study, const sim::Catalogue& catalogue, std::vector<std::string>& warnings) {
  constexpr std::uint64_t customers = 20'000;
  constexpr double far = 0.10, least_gap = 0.001;
  const Stated stated(study, catalogue, study.population.groups.front());
  const std::vector<double> opening = stated.numbers("payment", "opening");
  const double total = std::accumulate(opening.begin(), opening.end(), 0.0);
  if (total == 0 || study.horizon.warmup == 0) return;
  if (const auto told = open_items_told(study)) {
    if (std::abs(*told / total - 1) > least_gap)
      warnings.push_back("open items of the customer file come to " + in_short(*told) +
                         ", and payment.opening states " + in_short(total) +
                         ": it is only compared (the study starts from the items)");
    return;
  }
  const SmallBase few(study, catalogue, customers, 1, study.baseline);
  const double simulated = study.money_quantum * static_cast<double>(few.total("receivables_opening")) *
                           static_cast<double>(study.population.customers) / static_cast<double>(few.customers());
  if (std::abs(simulated / total - 1) <= far) return;
  warnings.push_back("the warm-up leaves " + in_short(simulated) +
                     " of receivables at month 0, and payment.opening "
                     "states " +
                     in_short(total) +
                     ": it is only compared where there is a warm-up (warmup = 0 starts "
                     "from it)");
}

/// In a firm's own base what costs nothing is more often not known than nothing.
void add_costless(const sim::Study& study, const sim::Catalogue& catalogue, std::vector<std::string>& warnings) {
  if (!study.population.file) return;
  const auto is_zero = [&](const char* table, const char* key) {
    return std::ranges::all_of(study.population.groups, [&](const sim::Group& group) {
      return Stated(study, catalogue, group).number(table, key) == 0;
    });
  };
  std::string fields;
  const auto add = [&](const char* what, const char* said) {
    fields += (fields.empty() ? "" : " and ") + std::string(what) + " (" + said + ")";
  };
  if (is_zero("logistics", "shipping") && is_zero("logistics", "handling") && is_zero("logistics", "per_km"))
    add("to deliver an order", "logistics.shipping, handling and per_km");
  const bool some_arrive = study.population.arrivals != sim::Arrivals::none || !is_zero("acquisition", "arrivals");
  if (some_arrive && is_zero("acquisition", "cost_per_customer"))
    add("to acquire a customer", "acquisition.cost_per_customer");
  if (!is_zero("payment", "terms_days") && is_zero("credit", "default_chance"))
    add("to give credit that is never paid back", "credit.default_chance");
  if (!fields.empty())
    warnings.push_back("it costs nothing " + fields + ": profit is before these costs until the study states them");
}

/// Values of a file differ from the law that stands beside them.
bool values_are_drawn(const sim::Study& study, const sim::Catalogue& catalogue) {
  if (!study.population.file) return true;
  for (const sim::CustomerFile::KnownTrait& trait : study.population.file->traits)
    if (trait.field == catalogue.field_at("purchasing.order_value")) return false;
  return true;
}

}  // namespace

std::vector<std::string> unlikely_in(const sim::Study& asked, const sim::Catalogue& catalogue) {
  const sim::Study study = sim::without_why(asked);  // who keeps the tiers of another is as likely as that one
  std::vector<std::string> warnings;
  if (const std::string melting = melting_in_words(study, catalogue); !melting.empty()) warnings.push_back(melting);
  if (values_are_drawn(study, catalogue))
    for (const sim::Group& group : study.population.groups) add_losses(study, catalogue, group, warnings);
  add_holds(study, catalogue, warnings);
  add_staff(study, catalogue, warnings);
  add_opening(study, catalogue, warnings);
  add_costless(study, catalogue, warnings);
  for (const auto& found : {yearly_rates_in(study, catalogue), costly_grants_in(study, catalogue),
                            ties_at_cuts_in(study, catalogue), unlikely_programs_in(study, catalogue)})
    warnings.insert(warnings.end(), found.begin(), found.end());
  return warnings;
}

}  // namespace clientele::tools
