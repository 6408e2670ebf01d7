// The catalogue's order is the order of a month. A review stands at a month's start: that of month t + 1 in SPEC terms.
#include "tools/bench/ref1/ref1.hpp"

#include <string>

#include "tools/bench/ref1/churn.hpp"
#include "tools/bench/ref1/payment.hpp"
#include "tools/bench/ref1/purchasing.hpp"
#include "tools/bench/ref1/review.hpp"
#include "tools/bench/ref1/service.hpp"

namespace clientele::bench {

using sim::Catalogue;
using sim::FieldRef;
using sim::Policy;
using sim::Study;
using sim::TierRule;

namespace {

constexpr FieldRef discount{0, 0}, uplift{1, 0};

Policy make_policy(std::string name, double scale) {
  Policy policy;
  policy.name = std::move(name);
  policy.tiers.push_back({"gold", {}, 6000, {{discount, 0.06 * scale}, {uplift, 0.05 * scale}}});
  policy.tiers.push_back({"silver", {}, 2500, {{discount, 0.03 * scale}, {uplift, 0.02 * scale}}});
  policy.tiers.push_back({"basic", {}, {}, {{discount, 0}, {uplift, 0}}});
  policy.entry = 2;
  return policy;
}

}  // namespace

Catalogue ref1_catalogue() {
  Catalogue catalogue;
  const auto purchasing = catalogue.behavior<Purchasing>("purchasing", Purchasing::fields());
  const auto service = catalogue.behavior<Service>("service", Service::fields());
  const auto payment = catalogue.behavior<Payment>("payment", {});
  const auto churn = catalogue.behavior<Churn>("churn", {});
  catalogue.review();
  catalogue.step("buy", purchasing, &Purchasing::advance);
  catalogue.step("serve", service, &Service::advance);
  catalogue.step("pay", payment, &Payment::advance);
  catalogue.step("leave", churn, &Churn::advance);
  catalogue.exits();
  catalogue.segmentation<Review>("review", {}, TierRule::from, "money");
  return catalogue;
}

Study ref1_study(const Workload& workload) {
  Study study;
  study.title = "REF-1";
  study.seed = workload.seed;
  study.money_quantum = 1.0 / 64;
  study.horizon.months = workload.months;
  study.population.customers = workload.customers;
  study.population.groups.emplace_back().name = "all";
  const Catalogue catalogue = ref1_catalogue();
  for (const Catalogue::Table& table : catalogue.tables()) study.values.push_back(table.fields.standards());
  study.scenarios.push_back({"as is", {}});
  for (std::uint32_t p = 0; p < workload.policies; ++p) {
    const double scale = p < 2 ? p : 2.0 * p / workload.policies;
    study.policies.push_back(make_policy(p == 0 ? "flat" : p == 1 ? "tiered" : "tiered " + std::to_string(p), scale));
  }
  study.replications = workload.replications;
  return study;
}

}  // namespace clientele::bench
