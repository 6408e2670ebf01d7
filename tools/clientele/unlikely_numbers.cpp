// What the means of laws imply, by arithmetic: nothing is simulated.
#include "tools/clientele/unlikely_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "models/theory/nbd.hpp"
#include "sim/core/printable.hpp"
#include "sim/roll_out.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/stated.hpp"

namespace clientele::tools {
namespace {

constexpr double months_of_year = 12;

std::string of_group(const sim::Study& study, const sim::Group& group) {
  return study.population.groups.size() > 1 ? " of group " + sim::printable(group.name) : "";
}

std::string in_per_cent(double share) { return std::to_string(std::lround(100 * share)) + " %"; }

/// What looks like a year's: as a month's it is rare, as a year's usual.
struct YearlyRate {
  const char *table, *key;
  double from;
  bool compounds;  ///< a rate of interest, not a chance
};
constexpr YearlyRate yearly_rates[] = {{"churn", "base_hazard", 0.1, false},
                                       {"credit", "default_chance", 0.02, false},
                                       {"accounting", "discount_rate", 0.03, true}};

std::string if_yearly(const YearlyRate& rate, double value) {
  const double year =
      rate.compounds ? std::pow(1 + value, months_of_year) - 1 : 1 - std::pow(1 - value, months_of_year);
  const double month =
      rate.compounds ? std::pow(1 + value, 1 / months_of_year) - 1 : 1 - std::pow(1 - value, 1 / months_of_year);
  return " a month is " + in_per_cent(year) + " in a year: it is of a month (of a year it would be " + in_short(month) +
         ")";
}

/// Of the mean customer of a group, by the means of its laws.
struct MeanAccount {
  double orders = 0, value = 0, margin = 0, cost = 0;  ///< a month; cost of an order
  double contribution() const { return orders * (value * margin - cost); }
};

MeanAccount mean_account(const Stated& stated) {
  return {stated.number("purchasing", "orders_per_month"), stated.number("purchasing", "order_value"),
          stated.number("accounting", "gross_margin"),
          stated.number("logistics", "shipping") + stated.number("logistics", "handling") +
              stated.number("logistics", "per_km") * stated.number("logistics", "distance")};
}

/// Calls `look` with each tier that a policy states, in each group.
void in_each_tier(const sim::Study& study, const sim::Catalogue& catalogue,
                  const std::function<void(const Stated&, const sim::Group&, const sim::Policy&, const sim::Tier&,
                                           const std::string& where)>& look) {
  for (const sim::Group& group : study.population.groups) {
    const Stated stated(study, catalogue, group);
    for (const sim::Policy& policy : study.policies)
      for (const sim::Tier& tier : sim::own_tiers(policy))
        look(stated, group, policy, tier,
             " in tier " + sim::printable(tier.name) + " of policy " + sim::printable(policy.name) +
                 of_group(study, group));
  }
}

bool is_last(const sim::Policy& policy, const sim::Tier& tier) { return &tier == &sim::own_tiers(policy).back(); }

/// Of a tier for everybody, or of the last one: better tiers have larger accounts.
std::string too_much_care(const Stated& stated, const sim::Policy& policy, const sim::Tier& tier,
                          const std::string& where) {
  const double care = stated.lever(tier, "service", "care"), brings = mean_account(stated).contribution();
  if (care <= 0 || !is_last(policy, tier) || care <= brings) return "";
  return "care of " + in_short(care) + " a month" + where + " is more than the average customer brings (" +
         in_short(std::max(0.0, brings)) + " a month, margin less the cost of orders)";
}

/// What an order costs while it is owed: rate x months x its value.
std::string too_long_terms(const Stated& stated, const sim::Tier& tier, const std::string& where) {
  constexpr double days_of_month = 30;
  const double terms = stated.lever(tier, "payment", "terms_days"), rate = stated.number("accounting", "discount_rate");
  const double discount = stated.lever(tier, "purchasing", "discount");
  const MeanAccount account = mean_account(stated);
  const double capital = rate * terms / days_of_month, left = account.margin - account.cost / account.value - discount;
  if (account.value <= 0 || left <= 0 || capital <= left) return "";  // what loses without terms is told elsewhere
  return "terms of " + sim::number_text(terms) + " days" + where + " cost " + in_per_cent(capital) +
         " of an order at a rate of " + in_short(rate) + " a month, and it brings " + in_per_cent(left);
}

/// The numbers of a field of a policy's segmentation; nothing where it has none of that name.
std::optional<double> field_of(const sim::Policy& policy, const sim::Catalogue& catalogue, std::string_view key) {
  const auto field = catalogue.segmentations()[policy.segmentation].fields.find(key);
  return field ? std::optional(policy.values[*field].numbers.front()) : std::nullopt;
}

std::string word_of(const sim::Policy& policy, const sim::Catalogue& catalogue, std::string_view key) {
  const auto& fields = catalogue.segmentations()[policy.segmentation].fields;
  const auto field = fields.find(key);
  if (!field || fields.fields()[*field].choices.empty()) return "";
  return std::string(fields.fields()[*field].choices[static_cast<std::size_t>(policy.values[*field].numbers.front())]);
}

/// Chance of exactly so many orders in the look-back, over all groups, by the means of their laws.
double chance_of_orders(const sim::Study& study, const sim::Catalogue& catalogue, double months, int orders) {
  double chance = 0;
  for (const sim::Group& group : study.population.groups) {
    const std::vector<double> rate = Stated(study, catalogue, group).numbers("purchasing", "orders_per_month");
    constexpr double alike = 1e6;
    const double shape = rate.size() > 1 && rate[1] > 0 ? rate[1] : alike;
    chance += group.share * models::NegativeBinomial{shape, std::max(1e-9, rate.front()), months}.chance_of(orders);
  }
  return chance;
}

/// Whether rates follow a gamma law (or a constant) in all groups, and nobody's are known by a file.
bool orders_have_a_form(const sim::Study& study, const sim::Catalogue& catalogue) {
  const sim::FieldRef at = catalogue.field_at("purchasing.orders_per_month");
  const auto& families = catalogue.tables()[at.table].fields.fields()[at.field].families;
  const auto fits = [&](const sim::FieldValue& value) {
    return families[value.family].family != sim::Family::lognormal && !value.sample;
  };
  bool all = !study.population.file && fits(study.values[at.table][at.field]);
  for (const sim::Group& group : study.population.groups)
    for (const sim::Group::Override& own : group.overrides) all = all && (!(own.field == at) || fits(own.value));
  return all;
}

/// Customers with so many orders stand from `above` to `above` + `chance` of all.
std::string tie_at(double cut, const sim::Study& study, const sim::Catalogue& catalogue, double months,
                   bool by_orders) {
  constexpr double share_of_ties = 0.1;
  const double none = chance_of_orders(study, catalogue, months, 0);
  const auto told = [&](const std::string& who, double chance) {
    return "its cut at " + in_per_cent(cut) + " falls among customers " + who + " in " +
           std::to_string(std::lround(months)) + " months, about " + in_per_cent(chance) +
           " of all: chance decides who of them is in which tier";
  };
  if (cut > 1 - none && cut < 1) return told("who order nothing", none);
  if (!by_orders) return "";
  double above = 1;
  for (int orders = 0; orders < 200 && above > 0; ++orders) {
    const double chance = chance_of_orders(study, catalogue, months, orders);
    if (cut <= above && cut > above - chance && chance > share_of_ties)
      return told("with " + std::to_string(orders) + (orders == 1 ? " order" : " orders"), chance);
    above -= chance;
  }
  return "";
}

}  // namespace

std::vector<std::string> yearly_rates_in(const sim::Study& study, const sim::Catalogue& catalogue) {
  std::vector<std::string> warnings;
  for (const YearlyRate& rate : yearly_rates) {
    std::vector<double> values;
    for (const sim::Group& group : study.population.groups)
      values.push_back(Stated(study, catalogue, group).number(rate.table, rate.key));
    const bool are_equal = std::ranges::count(values, values.front()) == std::ssize(values);
    for (std::size_t g = 0; g < (are_equal ? 1 : values.size()); ++g)
      if (values[g] >= rate.from)
        warnings.push_back(std::string(rate.table) + "." + rate.key +
                           (are_equal ? "" : of_group(study, study.population.groups[g])) + " = " +
                           sim::number_text(values[g]) + if_yearly(rate, values[g]));
  }
  return warnings;
}

std::vector<std::string> costly_grants_in(const sim::Study& study, const sim::Catalogue& catalogue) {
  std::vector<std::string> warnings;
  in_each_tier(
      study, catalogue,
      [&](const Stated& stated, const sim::Group&, const sim::Policy& policy, const sim::Tier& tier,
          const std::string& where) {
        for (std::string text : {too_much_care(stated, policy, tier, where), too_long_terms(stated, tier, where)})
          if (!text.empty()) warnings.push_back(std::move(text));
      });
  return warnings;
}

std::vector<std::string> ties_at_cuts_in(const sim::Study& study, const sim::Catalogue& catalogue) {
  std::vector<std::string> warnings;
  if (!orders_have_a_form(study, catalogue)) return warnings;
  for (const sim::Policy& policy : study.policies) {
    const std::string by = word_of(policy, catalogue, "by");
    const auto look_back = field_of(policy, catalogue, "look_back");
    if (!look_back || (by != "sales" && by != "orders")) continue;
    double cut = 0;
    for (const sim::Tier& tier : sim::own_tiers(policy)) {
      if (!tier.share || is_last(policy, tier)) break;
      cut += *tier.share;
      if (const std::string tie = tie_at(cut, study, catalogue, *look_back, by == "orders"); !tie.empty())
        warnings.push_back("policy " + sim::printable(policy.name) + ", tier " + sim::printable(tier.name) + ": " +
                           tie);
    }
  }
  return warnings;
}

}  // namespace clientele::tools
