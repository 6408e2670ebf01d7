// What must change nothing, to the unit; and what must scale exactly when all money does.
#include <cmath>
#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {

namespace {

using sim::Cell;

/// Whether two cells agree in every metric and month, over tiers and groups.
void require_same_totals(const Outcome& a, const Cell& cell_a, const Outcome& b, const Cell& cell_b) {
  REQUIRE(a.months() == b.months());
  for (const sim::MetricInfo& metric : a.info().metrics)
    for (int month = 0; month < a.months(); ++month) {
      CAPTURE(metric.name, month);
      REQUIRE(a.count(metric.name, month, cell_a) == b.count(metric.name, month, cell_b));
    }
}

/// Doubles every field that is money (the first number of a law is its mean), groups and tiers included.
void double_money(sim::Study& study, const sim::Catalogue& catalogue) {
  const auto is_money = [&](sim::FieldRef at) { return catalogue.tables()[at.table].fields.fields()[at.field].money; };
  int fields = 0;
  for (std::uint32_t t = 0; t < study.values.size(); ++t)
    for (std::uint32_t f = 0; f < study.values[t].size(); ++f)
      if (is_money({t, f})) {
        const bool is_vector = !catalogue.tables()[t].fields.fields()[f].labels.empty();
        for (std::size_t n = 0; n < (is_vector ? study.values[t][f].numbers.size() : 1); ++n)
          study.values[t][f].numbers[n] *= 2;
        ++fields;
      }
  REQUIRE(fields >= 7);  // order value, three of logistics, three of service
  for (sim::Group& group : study.population.groups)
    for (auto& own : group.overrides)
      if (is_money(own.field)) own.value.numbers[0] *= 2;
  for (sim::Policy& policy : study.policies) {
    for (sim::PolicySetting& setting : policy.settings)
      if (is_money(setting.field)) setting.value *= 2;
    for (sim::Tier& tier : policy.tiers) {
      if (tier.from && catalogue.segmentations()[policy.segmentation].unit_of_from(policy.values) == "money")
        tier.from = 2 * *tier.from;
      for (auto& lever : tier.levers)
        if (is_money(lever.field)) lever.value *= 2;
    }
  }
}

sim::Study dear_study(const sim::Catalogue& catalogue) {
  sim::Study study = wide_study_with_costs(catalogue);
  study.population.groups[1].overrides.push_back(
      {field_ref(catalogue, "purchasing", "order_value"), {0, {3'100, 0.9, 0.4}}});
  return study;
}

}  // namespace

TEST_CASE("tiers whose levers stand at the fields' own values change nothing, under any segmentation") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study(catalogue);
  set(study, catalogue, "purchasing", "discount", {0.02});
  set(study, catalogue, "payment", "terms_days", {40});
  set(study, catalogue, "service", "care", {12});
  set(study, catalogue, "service", "expedite", {0.3});
  for (sim::Policy& policy : study.policies)
    for (sim::Tier& tier : policy.tiers) tier.levers = gets(catalogue, 0.02, 40, 12, 0.3);
  study.policies[0].tiers[0].levers.clear();
  const Outcome outcome(study, catalogue);
  for (const auto& [cell, unused] : outcome.cells()) {
    Cell today = cell;
    today.policy = 0;
    require_same_totals(outcome, today, outcome, cell);
  }
  for (const char* cost : {"discount_given", "care_cost", "expedite_cost"}) REQUIRE(outcome.total(cost) > 0);
}

TEST_CASE("a lever that a tier does not set is the field's value of the customer's own group") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study grouped = wide_study(catalogue), split = grouped;
  grouped.population.groups[1].overrides.push_back({field_ref(catalogue, "payment", "terms_days"), {0, {75}}});
  for (sim::Tier& tier : grouped.policies[1].tiers) tier.levers.clear();
  const Outcome outcome(grouped, catalogue), other(split, catalogue);
  require_same_totals(outcome, {0, 0, 0, 0}, outcome, {0, 1, 0, 0});
  REQUIRE(outcome.total("receivables") > other.total("receivables"));
}

namespace {

/// Of the policy's segmentation.
void set_value(sim::Policy& policy, const sim::Catalogue& catalogue, std::string_view key, double value) {
  const sim::FieldTable& fields = catalogue.segmentations()[policy.segmentation].fields;
  policy.values[fields.find(key).value()] = {0, {value}};
}

/// Gold, silver, base and none, of which customers see all but the last.
sim::Policy club(const sim::Catalogue& catalogue) {
  const auto lever = [&](const char* table, const char* key) { return field_ref(catalogue, table, key); };
  const auto tier = [&](const char* name, double from, double earn) {
    return sim::Tier{
        name,
        {},
        from,
        {{lever("points", "earn"), earn}, {lever("program", "status"), earn - 1}, {lever("moves", "visible"), 1}}};
  };
  sim::Policy made = policy_of(catalogue, "club", "earned",
                               {tier("gold", 40'000, 2),
                                tier("silver", 9'000, 1.5),
                                tier("base", 0, 1),
                                {"none", {}, {}, {{lever("membership", "join"), 0.4}}}});
  set_value(made, catalogue, "grandfathering", 3);
  set_value(made, catalogue, "year", 0);  // rolling
  set_value(made, catalogue, "kept", 2);  // months
  set_value(made, catalogue, "kept_months", 2);
  return made;
}

}  // namespace

TEST_CASE("the baseline under another name is the baseline, whatever it sorts by, and whatever moves cost") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study_with_program(catalogue, 300);
  study.scenarios.resize(1);
  study.replications = 1;
  set(study, catalogue, "purchasing", "cut_pressure", {0.4});
  set(study, catalogue, "moves", "demotion_points", {-8});
  set(study, catalogue, "moves", "visible", {1});
  study.policies.push_back(club(catalogue));
  study.policies.push_back(policy_of(catalogue, "points", "scorecard",
                                     {{"A", {}, 65, gets(catalogue, 0.03, 60, 50, 1)}, {"B", {}, {}, {}}}));
  study.policies.push_back(study.policies[1]);
  study.policies.back().name = "bands, valid";
  study.policies.back().validity = 7;
  set_value(study.policies.back(), catalogue, "hysteresis", 0.3);
  const auto copies = static_cast<std::uint32_t>(study.policies.size());
  study.policies.push_back({});
  for (std::uint32_t p = 0; p < copies; ++p) {
    study.baseline = p;
    study.policies.back() = study.policies[p];
    study.policies.back().name = "the same";
    INFO(study.policies[p].name);
    const Outcome outcome(study, catalogue);
    const sim::CellOutcome &one = outcome.cells().at({0, p, 0, 0}), &other = outcome.cells().at({0, copies, 0, 0});
    REQUIRE(one.counts == other.counts);
    REQUIRE(one.flows == other.flows);
    REQUIRE(one.beyond == other.beyond);
    REQUIRE(one.histograms == other.histograms);
    if (p == 0) continue;
    CHECK(outcome.total("promoted", {0, p, 0, 0}) > 0);
    CHECK(outcome.total("demoted", {0, p, 0, 0}) > 0);
  }
}

TEST_CASE("a tier's name has no effect") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = wide_study(catalogue);
  sim::Study renamed = study;
  for (sim::Policy& policy : renamed.policies)
    for (sim::Tier& tier : policy.tiers) tier.name = "z" + tier.name;
  renamed.policies[1].name = "something else";
  renamed.scenarios[1].name = "fair weather";
  renamed.population.groups[0].name = "abroad";
  const Outcome outcome(study, catalogue), other(renamed, catalogue);
  for (const auto& [cell, lived] : outcome.cells()) REQUIRE(other.cells().at(cell).counts == lived.counts);
}

TEST_CASE("a tier split in two of equal levers changes no total") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = wide_study(catalogue);
  sim::Study split = study;
  auto& bands = split.policies[1].tiers;
  bands.insert(bands.begin() + 1, bands[1]);
  bands[1].name = "upper silver", bands[1].from = 70'000;
  split.policies[1].entry = 3;
  auto& ranked = split.policies[2].tiers;
  ranked.insert(ranked.begin(), ranked[0]);
  ranked[0].name = "A+", ranked[0].share = 0.05, ranked[1].share = 0.15;
  split.policies[2].entry = 3;
  const Outcome whole(study, catalogue), parts(split, catalogue);
  for (const auto& [cell, unused] : whole.cells()) {
    require_same_totals(whole, cell, parts, cell);
    for (int month = 0; month < whole.months() && cell.policy > 0; ++month) {
      const std::size_t first = cell.policy == 1 ? 1 : 0;
      REQUIRE(whole.in_tier("revenue", month, first, cell) ==
              parts.in_tier("revenue", month, first, cell) + parts.in_tier("revenue", month, first + 1, cell));
    }
  }
}

TEST_CASE("a group is what customers are told apart by, not what they live by") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue);
  study.population.groups = {{"all", 1, {}}};
  for (sim::Scenario& scenario : study.scenarios)
    for (sim::Shock& shock : scenario.shocks) shock.group.reset();
  sim::CustomerFile file{"customers.csv", "digest", {}, std::vector<std::uint32_t>(900, 0), {}};
  for (std::uint64_t n = 0; n < 900; ++n) file.ids.push_back(n * 2654435761U % (1ULL << 48));
  study.population.file = file;
  sim::Study grouped = study;
  grouped.population.groups = {{"odd", 0.5, {}}, {"even", 0.5, {}}};
  for (std::uint32_t n = 0; n < 900; ++n) grouped.population.file->groups[n] = n % 2;
  const Outcome one(study, catalogue), two(grouped, catalogue);
  for (const auto& [cell, unused] : one.cells()) require_same_totals(one, cell, two, cell);
}

TEST_CASE("twice the money at twice the quantum gives the same integers") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = dear_study(catalogue);
  sim::Study twice = study;
  double_money(twice, catalogue);
  twice.money_quantum = 2 * study.money_quantum;
  const Outcome outcome(study, catalogue), other(twice, catalogue);
  for (const auto& [cell, lived] : outcome.cells()) {
    REQUIRE(other.cells().at(cell).counts == lived.counts);
    CHECK(other.kpi("npv", cell) == 2 * outcome.kpi("npv", cell));
    CHECK(other.kpi("dso", cell) == outcome.kpi("dso", cell));
  }
}

TEST_CASE("twice the money at the same quantum doubles every amount but for its rounding") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = dear_study(catalogue);
  study.horizon.warmup = 12;  // the year before a first review
  study.count.reviews = true;
  study.policies.erase(study.policies.begin() + 1, study.policies.end());  // a tier may hang on a quantum
  study.policies[0].tiers[0].levers =
      charged_and_offered(catalogue, with_rebate(catalogue, gets(catalogue, 0.03, 45, 60, 0.4, 120, 0.5)));
  set(study, catalogue, "payment", "days_late", {60, 0.8});  // so that much is overdue for long
  set(study, catalogue, "administration", "per_month", {20'000});
  sim::Study twice = study;
  double_money(twice, catalogue);
  const Outcome outcome(study, catalogue), other(twice, catalogue);
  for (const auto& [cell, unused] : outcome.cells())
    for (const sim::MetricInfo& metric : outcome.info().metrics) {
      if (metric.months == sim::MonthsOf::beyond || metric.name == "receivables_brought" || metric.is_zero) continue;
      if (metric.unit != sim::MetricUnit::money) {
        REQUIRE(other.total(metric.name, cell) == outcome.total(metric.name, cell));
        continue;
      }
      // Sales: an order is rounded by 1/2 quantum at most and its discount by 1, here twice that and there once: 9/2.
      // Receivables, and those that are overdue for more than 90 days, are those sums over months open; margin and
      // three kinds of cost are rounded by 1 more per customer-month.
      const auto orders = static_cast<double>(outcome.total("orders", cell));
      const auto customer_months = static_cast<double>(outcome.total("customers", cell));
      const bool for_months = metric.name == "receivables" || metric.name == "overdue_over_90" ||
                              metric.name == "claims" || metric.name == "rebates_owed";
      const double months_counted = for_months ? outcome.months() : 1;
      const double allowed = 4.5 * orders * months_counted + 12 * customer_months;
      CAPTURE(metric.name, allowed);
      const auto two = static_cast<double>(other.total(metric.name, cell));
      REQUIRE(std::abs(two - 2 * static_cast<double>(outcome.total(metric.name, cell))) <= allowed);
      REQUIRE(std::abs(two) > 20 * allowed / months_counted);  // it is the amounts that are seen, not the rounding
    }
}

TEST_CASE("twice the opening ageing is twice of what is brought, but for its rounding") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = dear_study(catalogue);
  study.horizon.warmup = 0;
  study.population.arrivals = sim::Arrivals::none;
  set(study, catalogue, "payment", "opening", {4e6, 9e5, 4e5, 1e5, 6e4});
  sim::Study twice = study;
  double_money(twice, catalogue);
  const auto once = Outcome(study, catalogue).total("receivables_brought");
  const auto doubled = Outcome(twice, catalogue).total("receivables_brought");
  CHECK(once > 500'000'000);
  CHECK(std::abs(doubled - 2 * once) <= 900 * 5 * 2);
}

TEST_CASE("a finer or coarser quantum moves sales by at most half of it per order") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study(catalogue);
  study.policies.erase(study.policies.begin() + 1, study.policies.end());
  const Outcome usual(study, catalogue);
  for (const double quantum : {0.005, 0.02, 1.0}) {
    study.money_quantum = quantum;
    const Outcome other(study, catalogue);
    for (const auto& [cell, unused] : usual.cells()) {
      REQUIRE(other.total("orders", cell) == usual.total("orders", cell));
      const double allowed = 0.5 * (quantum + 0.01) * static_cast<double>(usual.total("orders", cell));
      REQUIRE(std::abs(other.kpi("revenue", cell) - usual.kpi("revenue", cell)) <= allowed);
    }
  }
}

}  // namespace clientele::tests
