// The real catalogue at its widest: every segmentation, two scenarios, two groups, warm-up, newcomers, run-off.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/behavior.hpp"
#include "sim/core/math.hpp"
#include "sim/random/address_book.hpp"
#include "tests/support/program_study.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {

/// Tags far from the product's own and from those of the toys.
inline constexpr sim::AddressBook<2> added_addresses{{{{"complaint", sim::Per::month, {"complaint", "", "", ""}},
                                                       {"temper", sim::Per::birth, {"temper", "+", "+", "+"}}}},
                                                     220000};

/// Brings newcomers every month, while the real catalogue has nothing that does.
class Joining final : public sim::Behavior {
 public:
  struct Fields {
    float join = 0;
  };
  explicit Joining(sim::Wiring& wiring) : parameters_(wiring.parameters<Fields>()) {}
  double mean_arrivals(const sim::Outlook& outlook) const override {
    return static_cast<double>(outlook.parameters(parameters_).join);
  }

 private:
  sim::Parameters<Fields> parameters_;
};

/// A behavior more, with a trait, a metric and luck of its own, which no other behavior looks at.
class Complaining final : public sim::Behavior {
 public:
  struct Fields {
    sim::Law temper;
  };
  explicit Complaining(sim::Wiring& wiring)
      : core_(wiring.core()),
        parameters_(wiring.parameters<Fields>()),
        temper_(wiring.own_trait_of_field("temper", "temper", sim::Sight::latent)),
        told_(wiring.own_passing<std::int32_t>("complaints told")),
        temper_luck_(wiring.birth_luck(added_addresses.of("temper"), 4)),
        luck_(wiring.month_luck(added_addresses.of("complaint"))),
        complaints_(wiring.metric("complaints", sim::MetricUnit::count, "complaints told")) {}

  void draw_traits(sim::BlockMonth& month) const override {
    month.draw(temper_, month.parameters(parameters_).temper, temper_luck_);
  }
  void complain(sim::BlockMonth& month) const {
    const auto temper = month[temper_];
    const auto words = month.variates().words(luck_);
    for (const sim::Arm& arm : month.arms()) {
      const auto told = arm[told_];
      const auto standing = arm[core_.standing], orders = arm[core_.orders];
      for (std::size_t i = 0; i < told.size(); ++i)
        told[i] = sim::when((standing[i] >= 0) & (orders[i] > 0) & (sim::uniform(words[i]) < temper[i]), 1);
      arm.count(complaints_, told);
    }
  }

 private:
  sim::CoreColumns core_;
  sim::Parameters<Fields> parameters_;
  sim::Trait<float> temper_;
  sim::Passing<std::int32_t> told_;
  sim::BirthLuck temper_luck_;
  sim::MonthLuck luck_;
  sim::Metric complaints_;
};

/// The real catalogue, with newcomers.
inline sim::Catalogue wide_catalogue() {
  using F = Joining::Fields;
  sim::Catalogue all = models::catalogue();
  all.behavior<Joining>(
      "joining", sim::fields<F>({sim::field(&F::join, "join", "customers/month", sim::range(0, 1e6), 4,
                                            sim::Kind::by_group, "newcomers of a month, on average", sim::guess())}));
  return all;
}

/// The same, and a behavior more behind all others.
inline sim::Catalogue wide_catalogue_and_complaints() {
  using F = Complaining::Fields;
  sim::Catalogue all = wide_catalogue();
  const auto complaining = all.behavior<Complaining>(
      "complaining", sim::fields<F>({sim::field(&F::temper, "temper", "share", {sim::beta_law(0.2, 2)},
                                                sim::Kind::trait, "chance to complain of an order", sim::guess())}));
  all.step("complain", complaining, &Complaining::complain);
  return all;
}

inline sim::Policy policy_of(const sim::Catalogue& catalogue, std::string name, std::string_view segmentation,
                             std::vector<sim::Tier> tiers) {
  const std::uint32_t number = segmentation_number(catalogue, segmentation);
  const auto entry = static_cast<std::uint32_t>(tiers.size() - 1);
  return {std::move(name), number, catalogue.segmentations()[number].fields.standards(), std::move(tiers), entry};
}

/// What a tier gets: a discount, days of terms, money for care per month, the share of late deliveries avoided, and
/// days after which deliveries are held and the share that is insured.
inline std::vector<sim::Tier::Setting> gets(const sim::Catalogue& catalogue, double discount, double terms_days,
                                            double care = 0, double expedite = 0, double hold = 120,
                                            double insured = 0) {
  return {{field_ref(catalogue, "purchasing", "discount"), discount},
          {field_ref(catalogue, "payment", "terms_days"), terms_days},
          {field_ref(catalogue, "service", "care"), care},
          {field_ref(catalogue, "service", "expedite"), expedite},
          {field_ref(catalogue, "credit", "hold_after_days"), hold},
          {field_ref(catalogue, "credit", "insured_share"), insured}};
}

/// And a surcharge per kilometer, and offers of a further category.
inline std::vector<sim::Tier::Setting> charged_and_offered(const sim::Catalogue& catalogue,
                                                           std::vector<sim::Tier::Setting> levers) {
  levers.push_back({field_ref(catalogue, "surcharge", "surcharge"), 0.4});
  levers.push_back({field_ref(catalogue, "cross_selling", "offers"), 0.3});
  return levers;
}

/// And 3 % of a year's sales.
inline std::vector<sim::Tier::Setting> with_rebate(const sim::Catalogue& catalogue,
                                                   std::vector<sim::Tier::Setting> levers) {
  levers.push_back({field_ref(catalogue, "rebate", "rebate"), 0.03});
  return levers;
}

/// The same where customers know of their tier.
inline std::vector<sim::Tier::Setting> seen(const sim::Catalogue& catalogue, std::vector<sim::Tier::Setting> levers) {
  levers.push_back({field_ref(catalogue, "moves", "visible"), 1});
  return levers;
}

/// Two scenarios that part in month 5, three policies that part in month 0, and a group
/// whose exits nobody sees.
inline sim::Study wide_study(const sim::Catalogue& catalogue, std::uint64_t customers = 900) {
  sim::Study study = default_study(catalogue, customers, 14);
  study.horizon = {2027, 3, 14, 6, 3, 5};
  study.population.oldest = 120;
  study.population.arrivals = sim::Arrivals::as_before;
  const auto rate = field_ref(catalogue, "purchasing", "orders_per_month");
  study.population.groups = {{"home", 0.7, {}},
                             {"export",
                              0.3,
                              {{rate, {0, {4, 1.5}}},
                               {field_ref(catalogue, "churn", "notice"), {0, {1}}},  // silent
                               {field_ref(catalogue, "churn", "inactive_after"), {0, {2}}}}}};
  set(study, catalogue, "purchasing", "season",
      {0.95, 0.80, 1.08, 1.02, 1.03, 1.05, 0.98, 0.85, 1.06, 1.10, 1.08, 1.00});
  set(study, catalogue, "purchasing", "elasticity", {-2.6});
  set(study, catalogue, "purchasing", "competitor_matches", {0.5});
  set(study, catalogue, "purchasing", "matched_after", {4});
  set(study, catalogue, "rebate", "rebate_from", {20'000});
  set(study, catalogue, "surcharge", "surcharge_from", {100});
  set(study, catalogue, "cross_selling", "margin", {0.3});
  set(study, catalogue, "cross_selling", "held_share", {0.2});
  set(study, catalogue, "credit", "default_chance", {0.01, 1});
  set(study, catalogue, "credit", "recovery_months", {4});
  set(study, catalogue, "credit", "default_by_terms", {0.2});
  set(study, catalogue, "payment", "credited_share", {0.2});
  set(study, catalogue, "payment", "newcomers_by_terms", {0.3});
  set(study, catalogue, "returns", "chance", {0.12});
  set(study, catalogue, "returns", "resold_share", {0.7});
  study.scenarios.push_back({"recession",
                             {{driver_number(catalogue, "demand"), 0.8, 5, 6, 3, {}},
                              {driver_number(catalogue, "days_late"), 2.5, 5, {}, 0, 1},
                              {driver_number(catalogue, "late_odds"), 1.6, 6, {}, 1, {}},
                              {driver_number(catalogue, "disputes"), 2, 7, 3, 0, {}},
                              {driver_number(catalogue, "late_deliveries"), 2, 5, 5, 2, {}},
                              {driver_number(catalogue, "defects"), 3, 6, {}, 0, 0},
                              {driver_number(catalogue, "default_chance"), 3, 5, 6, 2, {}},
                              {driver_number(catalogue, "insured_share"), 0.5, 6, {}, 0, {}},
                              {driver_number(catalogue, "churn_hazard"), 1.5, 6, 4, 2, {}}}});
  study.policies.push_back(
      policy_of(catalogue, "bands", "spend",
                {{"gold", {}, 150'000.0, seen(catalogue, gets(catalogue, 0.03, 45, 80, 0.6, 60))},
                 {"silver", {}, 40'000.0, charged_and_offered(catalogue, gets(catalogue, 0.01, 30, 0, 0, 30, 0.8))},
                 {"standard", {}, {}, {}}}));
  study.policies.push_back(
      policy_of(catalogue, "ranked", "rank",
                {{"A", 0.2, {}, gets(catalogue, 0.03, 60, 50, 1)},
                 {"B", 0.3, {}, with_rebate(catalogue, gets(catalogue, 0.01, 30, 15, 0, 120, 0.5))},
                 {"C", {}, {}, {}}}));
  study.replications = 2;
  return study;
}

/// The same where policies cost something themselves, and one has too few managers for its care.
inline sim::Study wide_study_with_costs(const sim::Catalogue& catalogue, std::uint64_t customers = 900) {
  sim::Study study = wide_study(catalogue, customers);
  const auto costs = [&](const char* key) { return field_ref(catalogue, "administration", key); };
  set(study, catalogue, "administration", "per_month", {25});
  const auto also = [](sim::Policy& policy, const std::vector<sim::PolicySetting>& settings) {
    policy.settings.insert(policy.settings.end(), settings.begin(), settings.end());
  };
  also(study.policies[1], {{costs("once"), 5'000}, {costs("per_month"), 80, 4}, {costs("per_move"), 12.5}});
  also(study.policies[2],
       {{field_ref(catalogue, "service", "managers"), 1}, {costs("per_manager"), 400}, {costs("per_move"), 3}});
  return study;
}

/// And two policies with a program. Status and settings reach all customers of a policy, also whom it has not reached.
inline sim::Study wide_study_with_program(const sim::Catalogue& catalogue, std::uint64_t customers = 900) {
  sim::Study study = wide_study_with_costs(catalogue, customers);
  add_program(catalogue, study);
  return study;
}

}  // namespace clientele::tests
