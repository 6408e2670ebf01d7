// The same money spent evenly: levels that a hand can follow, that more worlds leave as they are, and that cost what
// the policy costs.
#include "sim/same_money.hpp"

#include <algorithm>
#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {

namespace {

/// Bands by sales: discount and care for the largest. What levers buy is switched off, so that nobody reacts.
sim::Study study_of_bands(const sim::Catalogue& catalogue, std::uint32_t replications) {
  sim::Study study = default_study(catalogue, 400, 12);
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "elasticity", {0});
  set(study, catalogue, "service", "care_hazard", {0});
  set(study, catalogue, "service", "care_points", {0});
  study.same_money = true;
  study.replications = replications;
  sim::Policy bands{"bands", 1, catalogue.segmentations()[1].fields.standards(), {}, 1};
  bands.tiers = {
      {"large",
       {},
       60000.0,
       {{field_ref(catalogue, "purchasing", "discount"), 0.04}, {field_ref(catalogue, "service", "care"), 90}}},
      {"others", {}, {}, {{field_ref(catalogue, "service", "care"), 10}}}};
  study.policies.push_back(bands);
  return study;
}

/// All outcomes of a study's first worlds, or of all.
std::map<sim::Cell, sim::CellOutcome> simulated(const sim::Study& study, const sim::Catalogue& catalogue,
                                                const std::vector<sim::Cell>& cells) {
  sim::MemorySink sink;
  sim::Plan(study, catalogue).run(cells, sink);
  return sink.outcomes();
}

sim::Study whole_of(const sim::Study& study, const sim::Catalogue& catalogue) {
  const sim::OutcomeInfo info = sim::Plan(study, catalogue).info();
  const auto outcomes = simulated(study, catalogue, sim::cells_of_same_money(study));
  return sim::with_same_money(study, catalogue, info, [&](const sim::Cell& cell) { return outcomes.at(cell); });
}

double level(const sim::Policy& policy, sim::FieldRef lever) {
  for (const sim::Tier::Setting& setting : policy.tiers.front().levers)
    if (setting.field == lever) return setting.value;
  throw sim::InternalFault("no such lever");
}

/// A metric of a policy by tier, over the months of the horizon in the first scenario of the first ten worlds.
double sum_of(const std::map<sim::Cell, sim::CellOutcome>& outcomes, const sim::OutcomeInfo& info,
              const std::string& name, std::uint32_t policy, std::size_t tier) {
  std::size_t metric = 0;
  while (info.metrics.at(metric).name != name) ++metric;
  double sum = 0;
  for (const auto& [cell, outcome] : outcomes)
    for (std::size_t at = 0; cell.policy == policy && at < outcome.counts.size(); ++at)
      if (at % info.metrics.size() == metric && at / info.metrics.size() / info.groups % info.tiers == tier)
        sum += static_cast<double>(outcome.counts[at]);
  return sum;
}

}  // namespace

TEST_CASE("each lever has the mean of what was granted, over what it was granted on") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = study_of_bands(catalogue, 3);
  const sim::Study whole = whole_of(study, catalogue);
  REQUIRE(whole.policies.size() == 3);
  const sim::Policy& even = whole.policies[2];
  CHECK(even.name == "bands, same for all");
  CHECK(even.same_money_as == 1U);
  CHECK(even.tiers.size() == 1);
  const sim::OutcomeInfo info = sim::Plan(study, catalogue).info();
  const auto outcomes = simulated(study, catalogue, sim::all_cells(study));
  const auto sum = [&](const std::string& name, std::size_t tier) { return sum_of(outcomes, info, name, 1, tier); };
  const double customers = sum("customers", 0) + sum("customers", 1);
  CHECK(level(even, field_ref(catalogue, "service", "care")) ==
        Approx((90 * sum("customers", 0) + 10 * sum("customers", 1)) / customers).epsilon(1e-5));
  const double large = sum("revenue", 0) + sum("discount_given", 0);
  const double all = large + sum("revenue", 1) + sum("discount_given", 1);
  CHECK(level(even, field_ref(catalogue, "purchasing", "discount")) == Approx(0.04 * large / all).epsilon(1e-5));
}

TEST_CASE("where nobody reacts to levers, the same money is the same money") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study whole = whole_of(study_of_bands(catalogue, 10), catalogue);
  const sim::OutcomeInfo info = sim::Plan(whole, catalogue).info();
  const auto outcomes = simulated(whole, catalogue, sim::all_cells(whole));
  std::size_t levers = 0;
  while (info.kpis.at(levers).name != "levers") ++levers;
  double spent = 0, evenly = 0;
  for (const auto& [cell, outcome] : outcomes) {
    const double value = sim::evaluate(info.kpis[levers], info, whole.money_quantum, outcome);
    if (cell.policy == 1) spent += value;
    if (cell.policy == 2) evenly += value;
  }
  for (const char* name : {"care_cost", "discount_given"})
    CHECK(sum_of(outcomes, info, name, 2, 0) ==
          Approx(sum_of(outcomes, info, name, 1, 0) + sum_of(outcomes, info, name, 1, 1)).epsilon(1e-4));
  // Not to the day: tiers are earned in the first months, what is the same for all is granted from the first on.
  CHECK(evenly == Approx(spent).epsilon(0.02));
}

TEST_CASE("worlds after the tenth leave the levels as they are") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study ten = whole_of(study_of_bands(catalogue, 10), catalogue);
  const sim::Study more = whole_of(study_of_bands(catalogue, 14), catalogue);
  for (std::size_t l = 0; l < 2; ++l)
    CHECK(ten.policies[2].tiers[0].levers[l].value == more.policies[2].tiers[0].levers[l].value);
  CHECK(sim::cells_of_same_money(study_of_bands(catalogue, 14)).size() == 20);
}

TEST_CASE("the cells of the same money are the first that are simulated, however many there are") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_of_bands(catalogue, 3);
  study.draws = 4;
  auto first = sim::all_cells(study);
  first.resize(20);
  CHECK(sim::cells_of_same_money(study) == first);
  study.draws = 1'000'000;
  study.replications = 4'000'000;  // a list of all of their cells would fit nowhere
  CHECK(sim::cells_of_same_money(study).size() == 20);
}

TEST_CASE("the baseline, and a policy that treats all alike, are joined by nothing; a name that is taken is refused") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_of_bands(catalogue, 1);
  CHECK_FALSE(sim::is_spread_evenly(study, 0));
  CHECK(sim::is_spread_evenly(study, 1));
  sim::Study alike = study;
  alike.policies[1].tiers[0].levers = alike.policies[1].tiers[1].levers;
  CHECK_FALSE(sim::is_spread_evenly(alike, 1));
  CHECK(sim::with_room_for_same_money(alike, catalogue).policies.size() == 2);
  study.policies.push_back(study.policies[0]);
  study.policies[2].name = "bands, same for all";
  CHECK_THROWS_WITH(sim::with_room_for_same_money(study, catalogue), contains("Did you mean another name?"));
  study.same_money = false;
  CHECK(sim::with_room_for_same_money(study, catalogue).policies.size() == 3);
}

TEST_CASE("what is spent on levers is care, discounts, expediting and the charge on what is owed, as npv counts them") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_of_bands(catalogue, 1);
  study.policies[1].tiers[0].levers.push_back({field_ref(catalogue, "service", "expedite"), 0.5});
  const sim::OutcomeInfo info = sim::Plan(study, catalogue).info();
  const auto outcomes = simulated(study, catalogue, sim::all_cells(study));
  const sim::CellOutcome& outcome = outcomes.at({0, 1, 0, 0});
  const double r = study
                       .values[field_ref(catalogue, "accounting", "discount_rate").table]
                              [field_ref(catalogue, "accounting", "discount_rate").field]
                       .numbers[0];
  const auto place_of = [&](const std::string& name) {
    std::size_t metric = 0;
    while (info.metrics.at(metric).name != name) ++metric;
    return metric;
  };
  const auto sum = [&](const std::vector<std::int64_t>& counts, std::size_t month, std::size_t metrics,
                       std::size_t at) {
    double total = 0;
    for (std::size_t i = 0; i < info.tiers * info.groups; ++i)
      total += 0.01 * static_cast<double>(counts[(month * info.tiers * info.groups + i) * metrics + at]);
    return total;
  };
  double by_hand = 0;
  for (std::size_t t = 0; t < 12; ++t) {
    const auto month = [&](const char* name) { return sum(outcome.counts, t, info.metrics.size(), place_of(name)); };
    by_hand +=
        (month("care_cost") + month("discount_given") + month("expedite_cost") + r / (1 + r) * month("receivables")) /
        std::pow(1 + r, t);
  }
  const std::vector<std::size_t> kept = info.metrics_beyond();
  const auto open =
      static_cast<std::size_t>(std::ranges::find(kept, place_of("receivables_of_horizon")) - kept.begin());
  for (std::size_t t = 0; t < info.months_beyond; ++t)
    by_hand += r / (1 + r) * sum(outcome.beyond, t, kept.size(), open) / std::pow(1 + r, 12 + t);
  std::size_t levers = 0;
  while (info.kpis.at(levers).name != "levers") ++levers;
  CHECK(sim::evaluate(info.kpis[levers], info, study.money_quantum, outcome) == Approx(by_hand).epsilon(1e-9));
  CHECK(by_hand > 0);
}

}  // namespace clientele::tests
