// Whole runs of the product's catalogue equal the scalar simulator's, integer by integer.
#include "sim/curve.hpp"
#include "sim/draws.hpp"
#include "sim/pilots.hpp"
#include "sim/roll_out.hpp"
#include "sim/why.hpp"
#include "tests/reference/compare.hpp"
#include "tests/reference/models/real_cell.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

sim::RunOptions options(std::size_t block_size, unsigned threads, std::size_t arms_together, bool in_step) {
  sim::RunOptions chosen;
  chosen.block_size = block_size;
  chosen.threads = threads;
  chosen.arms_together = arms_together;
  chosen.in_step = in_step;
  return chosen;
}

std::string difference(const sim::Study& study, const sim::RunOptions& chosen) {
  return first_difference<RealCell>(study, models::catalogue(), chosen).value_or("none");
}

sim::Policy policy(const sim::Catalogue& catalogue, std::string name, std::string_view segmentation,
                   std::vector<double> review, std::vector<sim::Tier> tiers) {
  sim::Policy made{std::move(name), segmentation_number(catalogue, segmentation), {}, std::move(tiers), 0};
  for (const double number : review) made.values.push_back({0, {number}});
  made.entry = static_cast<std::uint32_t>(made.tiers.size() - 1);
  return made;
}

/// Terms in days, discount as a share, money for care per month, share of late deliveries avoided.
std::vector<sim::Tier::Setting> gets(const sim::Catalogue& catalogue, double terms, double discount, double care = 0,
                                     double expedite = 0) {
  return {{field_ref(catalogue, "payment", "terms_days"), terms},
          {field_ref(catalogue, "purchasing", "discount"), discount},
          {field_ref(catalogue, "service", "care"), care},
          {field_ref(catalogue, "service", "expedite"), expedite}};
}

/// Two groups, four scenarios, three policies with quarterly and yearly reviews, a warm-up year and a run-off.
sim::Study wide_study(const sim::Catalogue& catalogue, std::uint64_t customers) {
  sim::Study study = default_study(catalogue, customers, 18);
  study.horizon = {2027, 5, 18, 12, 6, 11};
  study.population.oldest = 90;
  study.population.arrivals = sim::Arrivals::as_before;
  study.population.groups = {{"workshop", 0.63, {}},
                             {"chain",
                              0.37,
                              {{field_ref(catalogue, "purchasing", "orders_per_month"), {1, {1.4, 0.9}}},
                               {field_ref(catalogue, "churn", "base_hazard"), {0, {0.04}}},
                               {field_ref(catalogue, "churn", "notice"), {0, {1}}},  // silent
                               {field_ref(catalogue, "churn", "inactive_after"), {0, {3}}},
                               {field_ref(catalogue, "payment", "terms_days"), {0, {45}}},
                               {field_ref(catalogue, "payment", "dispute_chance"), {0, {0.4}}},
                               {field_ref(catalogue, "service", "late_chance"), {0, {0.25}}},
                               {field_ref(catalogue, "service", "care"), {0, {7.5}}},
                               {field_ref(catalogue, "satisfaction", "reference"), {0, {68}}},
                               {field_ref(catalogue, "logistics", "per_km"), {0, {0.35}}}}}};
  set(study, catalogue, "purchasing", "season", {1.2, 0.8, 1, 1, 1.1, 0.9, 1, 0.6, 1, 1.3, 1, 1.1});
  set(study, catalogue, "returns", "chance", {0.15});
  set(study, catalogue, "returns", "handling", {12.34});
  set(study, catalogue, "returns", "resold_share", {0.8});
  const std::uint32_t demand = driver_number(catalogue, "demand"), days = driver_number(catalogue, "days_late");
  const std::uint32_t hazard = driver_number(catalogue, "churn_hazard"), odds = driver_number(catalogue, "late_odds");
  const std::uint32_t disputes = driver_number(catalogue, "disputes"), defects = driver_number(catalogue, "defects");
  const std::uint32_t late = driver_number(catalogue, "late_deliveries");
  study.scenarios.push_back(
      {"slump",
       {{demand, 0.6, 2, 9, 3, {}}, {days, 1.8, 4, {}, 2, 1}, {demand, 0.9, 5, 2, 0, 0}, {odds, 2.5, 1, {}, 4, {}}}});
  study.scenarios.push_back({"rival", {{hazard, 2.5, 1, 6, 1, {}}, {demand, 1.3, 0, {}, 0, 1}}});
  study.scenarios.push_back(
      {"bad goods", {{late, 4, 2, 7, 1, {}}, {defects, 6, 3, {}, 0, 0}, {disputes, 1.9, 3, 8, 2, {}}}});
  study.policies.push_back(policy(catalogue, "spend", "spend", {3, 12, 0.15},
                                  {{"gold", {}, 60'000, gets(catalogue, 60, 0.08, 90, 0.7)},
                                   {"silver", {}, 20'000, gets(catalogue, 45, 0.03, 20)},
                                   {"rest", {}, {}, {}}}));
  study.policies.push_back(policy(catalogue, "rank", "rank", {12, 6, 0},
                                  {{"A", 0.2, {}, gets(catalogue, 60, 0.1, 50, 1)},
                                   {"B", 0.3, {}, gets(catalogue, 30, 0.02, 0, 0.25)},
                                   {"C", {}, {}, gets(catalogue, 14, 0)}}));
  const auto visible = field_ref(catalogue, "moves", "visible");
  for (const std::size_t p : {1U, 2U}) study.policies[p].tiers.front().levers.push_back({visible, 1});
  const auto costs = [&](const char* key) { return field_ref(catalogue, "administration", key); };
  set(study, catalogue, "administration", "per_month", {40});
  study.policies[1].settings = {{costs("once"), 900}, {costs("per_month"), 70, 4, 3}, {costs("per_move"), 2.5}};
  study.policies[2].settings = {{field_ref(catalogue, "service", "managers"), 1},
                                {field_ref(catalogue, "service", "manager_hours"), 30, 8},
                                {costs("per_manager"), 55}};
  return study;
}

}  // namespace

TEST_CASE("every behavior and segmentation of the catalogue has a scalar twin") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const auto& table : catalogue.tables()) {
    INFO("behavior '" << table.key << "': tests/reference/README.md says how it gets one");
    CHECK(std::ranges::count(twinned_tables, table.key) == 1);
  }
  for (const auto& segmentation : catalogue.segmentations()) {
    INFO("segmentation '" << segmentation.key << "': tests/reference/README.md says how it gets one");
    CHECK(std::ranges::count(twinned_segmentations, segmentation.key) == 1);
  }
}

TEST_CASE("policies that roll out from a baseline of one tier, of amounts and of quotas are the scalar simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const std::uint32_t baseline : {0U, 1U, 2U}) {
    sim::Study study = wide_study(catalogue, 500);
    study.scenarios.resize(2);
    study.baseline = baseline;
    // Managers serve everybody, so that who is not reached lives another life than under the baseline.
    std::erase_if(study.policies[2].settings, [&](const sim::PolicySetting& setting) {
      return setting.field == field_ref(catalogue, "service", "managers");
    });
    for (std::uint32_t p = 0; p < 3; ++p)
      if (p != baseline) study.policies[p].rollout = {{p == 0 ? 2 : 0, 0.3}, {4, 1, 1}, {7, 0.8}};
    sim::add_tiers_before(study);
    CHECK(difference(study, options(64, 2, 16, false)) == "none");
  }
}

TEST_CASE(
    "tiers that are valid for some time, and a policy that newcomers alone live under at first, are the scalar "
    "simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const std::uint32_t baseline : {0U, 1U}) {
    sim::Study study = wide_study(catalogue, 300);
    study.scenarios.resize(2);
    study.baseline = baseline;
    study.policies[1].validity = 7;
    study.policies.push_back(study.policies[1]);
    study.policies[3].name = "spend, longer";
    study.policies[3].validity = 12;
    study.policies.push_back(study.policies[1]);
    study.policies[4].name = "spend, again";
    study.policies[4].tiers[0].levers = gets(catalogue, 60, 0.05, 40);
    study.policies[2].rollout = {{0, 0}, {6, 1}};
    study.policies[2].grandfathering = 6;
    study.population.arrivals = sim::Arrivals::by_number;
    study.population.groups[0].arrivals = 9;
    std::erase_if(study.policies[2].settings, [&](const sim::PolicySetting& setting) {
      return setting.field == field_ref(catalogue, "service", "managers");
    });
    sim::add_tiers_before(study);
    CHECK(difference(study, options(64, 2, 16, false)) == "none");
  }
}

namespace {

/// By the fields of the segmentation in their order; gold, silver, base and none, of which customers see two.
sim::Policy earned(const sim::Catalogue& catalogue, std::string name, const std::vector<double>& terms, double gold,
                   std::vector<double> counts = {1, 0, 0}) {
  const auto visible = field_ref(catalogue, "moves", "visible"), join = field_ref(catalogue, "membership", "join");
  sim::Policy made = policy(catalogue, std::move(name), "earned", terms,
                            {{"gold", {}, gold, gets(catalogue, 60, 0.08, 30)},
                             {"silver", {}, gold / 4, gets(catalogue, 45, 0.03)},
                             {"base", {}, 0, {}},
                             {"none", {}, {}, {{join, 0.35}}}});
  made.values.push_back({0, std::move(counts)});
  made.tiers[0].levers.push_back({visible, 1});
  made.tiers[1].levers.push_back({visible, 1});
  return made;
}

}  // namespace

// Terms: by, year, year_begins, review_every, up, kept, kept_months, down, grandfathering.
TEST_CASE(
    "tiers that members earn, from the first month on, after another policy and in a roll-out, are the scalar's") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const std::uint32_t baseline : {0U, 1U, 3U}) {
    sim::Study study = wide_study(catalogue, 250);
    study.scenarios.resize(2);
    study.baseline = baseline;
    set(study, catalogue, "purchasing", "cut_pressure", {0.4});
    set(study, catalogue, "membership", "readiness", {0.8});
    study.population.groups[1].overrides.push_back({field_ref(catalogue, "membership", "join"), {0, {0.1}}});
    study.policies.resize(1);
    study.policies.push_back(earned(catalogue, "calendar", {0, 1, 8, 3, 0, 0, 12, 0, 0}, 30'000));
    study.policies.push_back(earned(catalogue, "rolling", {1, 0, 1, 2, 1, 1, 12, 1, 0}, 16));
    study.policies.push_back(earned(catalogue, "of membership", {0, 2, 1, 3, 0, 2, 5, 1, 9}, 24'000));
    study.policies.push_back(earned(catalogue, "step by step", {0, 1, 3, 3, 1, 0, 12, 1, 4}, 30'000));
    study.policies.push_back(earned(catalogue, "at its end", {1, 2, 1, 3, 1, 1, 12, 0, 0}, 14));
    study.policies.push_back(earned(catalogue, "of two", {0, 1, 8, 3, 0, 2, 30, 1, 0}, 20'000));
    study.policies[6].tiers.erase(study.policies[6].tiers.begin());
    study.policies[6].entry = 2;
    study.policies.push_back(earned(catalogue, "credits", {2, 1, 5, 3, 0, 1, 12, 0, 0}, 700, {0.017, 12.5, 3}));
    if (baseline == 0) study.policies[7].rollout = {{3, 0.5}, {8, 1}};
    if (baseline != 1) study.policies[1].rollout = {{2, 0.3}, {5, 1, 1}, {7, 0.8}};
    study.policies[4].rollout = {{0, 0}, {6, 1}};
    study.policies[4].grandfathering = 6;
    study.population.arrivals = sim::Arrivals::by_number;
    study.population.groups[0].arrivals = 6;
    sim::add_tiers_before(study);
    CHECK(difference(study, options(64, 2, 16, baseline == 1)) == "none");
  }
}

TEST_CASE("who is followed from the first review on buys what the scalar simulator's customers buy") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const int warmup : {15, 11}) {
    sim::Study study = wide_study(catalogue, 400);
    study.horizon.warmup = warmup;
    study.horizon.months = 16;
    study.count.reviews = true;
    study.scenarios.resize(2);
    study.policies[1].validity = 4;
    study.policies[2].rollout = {{0, 0.3}, {2, 0.6}, {7, 1}};
    study.population.arrivals = sim::Arrivals::by_number;
    study.population.groups[0].arrivals = 9;
    std::erase_if(study.policies[2].settings, [&](const sim::PolicySetting& setting) {
      return setting.field == field_ref(catalogue, "service", "managers");
    });
    sim::add_tiers_before(study);
    CHECK(difference(study, options(64, 2, 16, false)) == "none");
  }
}

TEST_CASE("policies that keep their tiers for good, of amounts and of quotas, are the scalar simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const int warmup : {12, 0}) {
    sim::Study study = wide_study(catalogue, 200);
    study.horizon.warmup = warmup;
    study.scenarios.resize(2);
    for (sim::Tier& tier : study.policies[2].tiers)  // granted by the head
      tier.levers = {{field_ref(catalogue, "service", "care"), 10.0 * static_cast<double>(tier.name.size())}};
    study.policies[2].tiers[0].levers.front().value = 60;
    study.why = true;
    study = sim::with_why(study);
    REQUIRE(study.policies.size() == 11);
    CHECK(sim::is_granted_on_sales(study.policies[1], catalogue));
    CHECK_FALSE(sim::is_granted_on_sales(study.policies[2], catalogue));
    CHECK(difference(study, options(64, 2, 16, false)) == "none");
  }
}

TEST_CASE("every rule and every number to sort by is the scalar simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 150);
  study.count.reviews = true;
  study.scenarios.resize(1);
  study.policies.resize(1);
  const std::vector<sim::Tier> shares{{"A", 0.2, {}, gets(catalogue, 60, 0.1, 50, 1)},
                                      {"B", 0.3, {}, gets(catalogue, 30, 0.02, 0, 0.25)},
                                      {"C", {}, {}, gets(catalogue, 14, 0)}};
  for (std::size_t by = 0; by < models::words_for_numbers().size(); ++by)
    study.policies.push_back(policy(catalogue, "by " + std::string(models::words_for_numbers()[by]), "rank",
                                    {2, 7, static_cast<double>(by)}, shares));
  study.policies.push_back(policy(catalogue, "chance", "random", {3}, shares));
  study.policies.push_back(policy(catalogue, "profit", "profit", {1, 4, 0.25},
                                  {{"gold", {}, 1'500, gets(catalogue, 60, 0.08, 90, 0.7)},
                                   {"bronze", {}, -20, gets(catalogue, 45, 0.03, 20)},
                                   {"who costs more than it brings", {}, {}, {}}}));
  study.policies.push_back(policy(catalogue, "tenure", "tenure", {3},
                                  {{"old", {}, 36, gets(catalogue, 60, 0.08, 90, 0.7)}, {"young", {}, {}, {}}}));
  study.policies.push_back(policy(catalogue, "on time", "punctuality", {2, 5, 0.1},
                                  {{"always", {}, 1.0, gets(catalogue, 60, 0.08, 90, 0.7)},
                                   {"mostly", {}, 0.6, gets(catalogue, 45, 0.03, 20)},
                                   {"rarely", {}, {}, {}}}));
  study.policies.push_back(policy(catalogue, "of value", "abc", {2, 5},
                                  {{"A", 0.5, {}, gets(catalogue, 60, 0.1, 50, 1)},
                                   {"B", 0.3, {}, gets(catalogue, 30, 0.02, 0, 0.25)},
                                   {"C", {}, {}, gets(catalogue, 14, 0)}}));
  const std::vector<sim::Tier> points{{"A", {}, 62, gets(catalogue, 60, 0.1, 50, 1)},
                                      {"B", {}, 45.5, gets(catalogue, 30, 0.02, 0, 0.25)},
                                      {"C", {}, {}, gets(catalogue, 14, 0)}};
  for (const auto& [name, tiers] : {std::pair("points", points), std::pair("shares of points", shares)}) {
    const std::uint32_t scorecard = segmentation_number(catalogue, "scorecard");
    study.policies.push_back(policy(catalogue, name, "scorecard", {}, tiers));
    study.policies.back().values = catalogue.segmentations()[scorecard].fields.standards();
  }
  const sim::FieldTable& of_points = catalogue.segmentations()[segmentation_number(catalogue, "scorecard")].fields;
  study.policies.push_back(study.policies[study.policies.size() - 2]);
  study.policies.back().name = "points by curves";
  study.policies.back().values[*of_points.find("weights")].numbers = {0.3,  0.2,  0.2,  0.1, 0.05, 0.04, 0.03,
                                                                      0.06, 0.05, 0.04, 0.1, 0.08, 0.07, 0.09};
  study.policies.back().values[*of_points.find("curves")].numbers =
      sim::packed({{0, {10, 60, 95}, {20, 80, 100}},
                   {1, {1'000, 20'000.5, 60'000}, {0, 90, 40}},
                   {2, {}, {}},
                   {5, {1, 9}, {0, 100}},
                   {8, {1, 4}, {100, 0}},
                   {9, {-0.5, 0.7}, {0, 100}},
                   {11, {0, 0.4}, {100, 10}},
                   {13, {30, 60, 90}, {0, 70, 100}}});
  study.policies.push_back(study.policies[study.policies.size() - 2]);
  study.policies.back().name = "shares of points by ranks";
  study.policies.back().values[*of_points.find("weights")].numbers = {0.3, 0,   0.1, 0,   0.2, 0,   0.1,
                                                                      0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
  study.policies.back().values[*of_points.find("curves")].numbers = sim::packed({{0, {}, {}}});
  const std::vector<sim::Tier> many{{"A", {}, 12, gets(catalogue, 60, 0.1, 50, 1)},
                                    {"B", {}, 7.5, gets(catalogue, 30, 0.02, 0, 0.25)},
                                    {"C", {}, {}, gets(catalogue, 14, 0)}};
  const std::uint32_t rfm = segmentation_number(catalogue, "rfm");
  for (const auto& [name, tiers] :
       {std::pair("rfm", many), std::pair("shares of rfm", shares), std::pair("rfm by cuts", many)}) {
    study.policies.push_back(policy(catalogue, name, "rfm", {}, tiers));
    study.policies.back().values = catalogue.segmentations()[rfm].fields.standards();
  }
  const sim::FieldTable& fields = catalogue.segmentations()[rfm].fields;
  auto& by_cuts = study.policies.back().values;
  by_cuts[*fields.find("recency_cuts")].numbers = {6, 3, 2, 1};
  by_cuts[*fields.find("frequency_cuts")].numbers = {2, 5.5, 12, 24};
  by_cuts[*fields.find("monetary_cuts")].numbers = {5'000, 20'000, 60'000.55, 200'000};
  by_cuts[*fields.find("hysteresis")].numbers = {2};
  study.policies.push_back(policy(catalogue, "expected", "clv", {2, 6, 9}, shares));
  study.policies.push_back(policy(catalogue, "amounts expected", "clv", {3, 12, 12},
                                  {{"A", {}, 40'000, gets(catalogue, 60, 0.1, 50, 1)},
                                   {"B", {}, 4'000.05, gets(catalogue, 30, 0.02, 0, 0.25)},
                                   {"C", {}, {}, gets(catalogue, 14, 0)}}));
  study.policies.push_back(policy(catalogue, "truly worth", "true_value", {2, 9}, shares));
  study.policies.push_back(policy(catalogue, "gains", "best_response", {2}, shares));
  for (std::size_t of = 0; of < sim::classes_of_gain; ++of)  // some gain the same
    study.policies.back().gains.push_back(static_cast<double>(of * of % 31) - 10);
  study.population.attributes = {{"region", {"north", "east", "south"}, {0.2, 0.3, 0.5}},
                                 {"size", {"small", "large"}, {0.7, 0.3}, -0.4}};
  study.population.attribute_pairs = {{1, 0, 0.6}};
  std::vector<sim::Tier> places{{"far", {}, {}, gets(catalogue, 60, 0.08, 90, 0.7)}, {"near", {}, {}, {}}};
  places[0].when = sim::Condition{.of = sim::Condition::Of::groups, .groups = {0, 2}, .attribute = 0};
  study.policies.push_back(policy(catalogue, "region", "attribute", {3}, places));
  using models::Number;
  const auto bound = [](Number number, double at_least) {
    return sim::Condition{
        .of = sim::Condition::Of::number, .number = static_cast<std::uint32_t>(number), .at_least = at_least};
  };
  places[0].when = sim::Condition{.of = sim::Condition::Of::any,
                                  .parts = {{.of = sim::Condition::Of::groups, .groups = {1}, .attribute = 1},
                                            bound(Number::growth, 1.5),
                                            bound(Number::satisfaction, 80),
                                            bound(Number::order_stability, 0.7),
                                            bound(Number::late_otherwise, 0.5),
                                            bound(Number::late_by_administration, 0.3)}};
  study.policies.push_back(policy(catalogue, "many numbers", "rules", {2, 6}, places));
  study.why = true;
  sim::Study keeping = sim::with_why(study);
  keeping.horizon.months = 5;
  CHECK(difference(keeping, options(64, 2, 16, false)) == "none");
  for (const std::size_t p : {14U, 13U}) study.policies[p].rollout = {{2, 0.5}, {5, 0.9}};
  sim::add_tiers_before(study);
  CHECK(difference(study, options(64, 2, 16, false)) == "none");
}

TEST_CASE("the pilot worlds of a policy by gains are the scalar simulator's, with a warm-up and without") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const int warmup : {4, 0}) {
    sim::Study study = wide_study(catalogue, 150);
    study.horizon.warmup = warmup;
    study.horizon.months = 5;
    study.headline = "npv";
    study.baseline = 1;
    study.policies.push_back(policy(catalogue, "gains", "best_response", {2},
                                    {{"A", 0.2, {}, gets(catalogue, 60, 0.1, 50, 1)}, {"B", {}, {}, {}}}));
    CHECK(difference(sim::study_of_pilots(study, catalogue), options(64, 2, 16, false)) == "none");
  }
}

TEST_CASE("a baseline by points with a band, from which another policy rolls out, is the scalar simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 400);
  set(study, catalogue, "returns", "chance", {0});
  study.scenarios.resize(2);
  study.policies.resize(2);
  const std::uint32_t scorecard = segmentation_number(catalogue, "scorecard");
  const sim::FieldTable& fields = catalogue.segmentations()[scorecard].fields;
  for (const double weight : {0.25, 0.0}) {
    sim::Policy& points = study.policies[0];
    points = policy(catalogue, "points", "scorecard", {},
                    {{"A", {}, 65, gets(catalogue, 60, 0.1, 50, 1)},
                     {"B", {}, 50, gets(catalogue, 30, 0.02, 0, 0.25)},
                     {"C", {}, {}, gets(catalogue, 14, 0)}});
    points.values = fields.standards();
    points.values[*fields.find("look_back")] = {0, {4}};
    points.values[*fields.find("weights")].numbers[1] = weight;
    points.values[*fields.find("weights")].numbers[2] = weight / 2;
    points.values[*fields.find("weights")].numbers[3] = weight;
    study.policies.resize(2);
    study.policies[1].rollout = {{1, 0.4}, {6, 0.9}};
    study.policies[1].before = 0;
    study.policies[1].tiers.resize(3);
    sim::add_tiers_before(study);
    CHECK(difference(study, options(64, 2, 16, weight > 0)) == "none");
  }
}

namespace {

sim::Law around(double value) {
  const auto low = static_cast<float>(0.9 * value), high = static_cast<float>(1.1 * value);
  return {sim::Family::uniform, {std::min(low, high), std::max(low, high)}};
}

/// Every lever with fractions of every tier, every setting and every shock has another value in every draw.
void draw_decisions_and_shocks(const sim::Catalogue& catalogue, sim::Study& study) {
  using Of = sim::Uncertain::Place::Of;
  const auto draw = [&](sim::FieldRef field, double value, sim::Uncertain::Place place) {
    const std::string path = "number " + std::to_string(study.uncertain.size());
    if (field != sim::no_field && catalogue.tables()[field.table].fields.fields()[field.field].whole) return;
    study.uncertain.push_back({field, 0, path, around(value), {}, place});
  };
  for (std::uint32_t p = 0; p < study.policies.size(); ++p) {
    const sim::Policy& policy = study.policies[p];
    for (std::uint32_t t = 0; t < policy.tiers.size(); ++t)
      for (const auto& lever : policy.tiers[t].levers) draw(lever.field, lever.value, {Of::tier, p, t});
    for (std::uint32_t s = 0; s < policy.settings.size(); ++s)
      draw(policy.settings[s].field, policy.settings[s].value, {Of::setting, p, s});
  }
  for (std::uint32_t s = 0; s < study.scenarios.size(); ++s)
    for (std::uint32_t n = 0; n < study.scenarios[s].shocks.size(); ++n)
      draw(sim::no_field, study.scenarios[s].shocks[n].size, {Of::shock, s, n});
}

}  // namespace

TEST_CASE("uncertain draws, groups, shocks and three policies: every count is the scalar simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 400);
  study.draws = 2;
  study.replications = 2;
  study.population.people = sim::People::paired;
  study.uncertain = {
      {field_ref(catalogue, "churn", "base_hazard"), 0, "churn.base_hazard", {sim::Family::beta, {0.02F, 3}}},
      {field_ref(catalogue, "purchasing", "elasticity"), 0, "purchasing.elasticity", {sim::Family::normal, {-3, 0.5F}}},
      {field_ref(catalogue, "payment", "days_late"), 0, "payment.days_late.mean", {sim::Family::lognormal, {9, 0.4F}}}};
  draw_decisions_and_shocks(catalogue, study);
  CHECK(difference(study, options(64, 2, 16, false)) == "none");
}

// Chains have a law of another family without a shape, a hazard of their own, care where others have none, and late
// deliveries that are uncertain on their own.
TEST_CASE("draws move groups that have values of their own, by ratio, by difference or by a law of their own") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 250);
  study.draws = 2;
  study.replications = 1;
  const sim::FieldRef orders = field_ref(catalogue, "purchasing", "orders_per_month");
  const sim::FieldRef late = field_ref(catalogue, "service", "late_chance");
  study.uncertain = {
      {orders, 0, "purchasing.orders_per_month.mean", {sim::Family::uniform, {1, 4}}},
      {orders, 1, "purchasing.orders_per_month.shape", {sim::Family::uniform, {1, 4}}},
      {field_ref(catalogue, "churn", "base_hazard"), 0, "churn.base_hazard", {sim::Family::beta, {0.02F, 3}}},
      {field_ref(catalogue, "service", "care"), 0, "service.care", {sim::Family::uniform, {0, 30}}},
      {late, 0, "service.late_chance", {sim::Family::uniform, {0.05F, 0.2F}}},
      {late, 0, "population.group.chain.service.late_chance", {sim::Family::uniform, {0.1F, 0.5F}}, 1}};
  CHECK(difference(study, options(64, 2, 16, false)) == "none");
}

TEST_CASE("one price, so that customers stand on the bounds of tiers and tie in ranks") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 300);
  study.scenarios.resize(1);
  set(study, catalogue, "purchasing", "order_value", {41'234.01}, 1);
  study.policies[1].tiers[0].from = 12 * 41'234.01;
  study.policies[1].tiers[1].from = 5 * 41'234.01;
  for (const int warmup : {0, 5, 12}) {
    study.horizon.warmup = warmup;
    CHECK(difference(study, options(64, 2, 16, false)) == "none");
  }
}

TEST_CASE("one price, so that customers tie where a part of all value is cut off, and many who bought nothing") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 600);
  study.scenarios.resize(1);
  study.policies.resize(1);
  study.population.groups[1].overrides.clear();
  set(study, catalogue, "purchasing", "orders_per_month", {0.2}, 2);
  set(study, catalogue, "purchasing", "order_value", {1'234.56}, 1);
  for (const double share : {0.8, 0.999, 1.0}) {
    study.policies.resize(1);
    study.policies.push_back(policy(catalogue, "of value", "abc", {2, 3},
                                    {{"A", share, {}, {}}, {"B", (1 - share) / 2, {}, {}}, {"C", {}, {}, {}}}));
    CHECK(difference(study, options(64, 2, 16, false)) == "none");
  }
}

TEST_CASE("a warm-up under reviews, and blocks that most customers have left, sooner in some arms than in others") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 700);
  set(study, catalogue, "churn", "base_hazard", {0.06});
  for (const std::uint32_t baseline : {1U, 2U}) {
    study.baseline = baseline;
    CHECK(difference(study, options(512, 1, 16, true)) == "none");
  }
}

TEST_CASE("nothing is counted under a tier that the policy lacks, not even who left owing before the fork") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 300);
  study.scenarios.resize(1);
  study.baseline = 1;  // three tiers
  set(study, catalogue, "churn", "base_hazard", {0.06});
  const Outcome outcome(study, catalogue);
  const sim::Cell today{0, 0, 0, 0};  // one tier
  for (int month = 0; month < outcome.months(); ++month)
    for (std::size_t tier = 1; tier < outcome.info().tiers; ++tier)
      for (const char* metric : {"receivables", "collected", "contribution"})
        REQUIRE(outcome.in_tier(metric, month, tier, today) == 0);
}

TEST_CASE("closed months: shocks go on, stay or are over, reviews with and without meetings") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 300);
  study.horizon.run_off = 1;  // its month has the number of the first closed one
  study.horizon.beyond = 26;
  study.scenarios[1].shocks.push_back({driver_number(catalogue, "demand"), 0.7, 14, 8, 3, {}});  // ends in month 21
  set(study, catalogue, "payment", "days_late", {60, 0.9});
  using enum sim::DriversBeyond;
  for (const auto drivers : {as_planned, as_in_last_month, none}) {
    study.horizon.drivers_beyond = drivers;
    CHECK(difference(study, options(128, 2, 5, drivers == none)) == "none");
  }
}

TEST_CASE("late payers: invoices that settle after their customers left, and some at the limit of 23 months") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 300);
  study.scenarios.resize(1);
  study.horizon.run_off = 24;
  study.population.groups[1].overrides.clear();
  set(study, catalogue, "payment", "days_late", {500, 0.7});
  set(study, catalogue, "payment", "late_chance", {0.9}, 1);
  set(study, catalogue, "churn", "base_hazard", {0.08});
  set(study, catalogue, "churn", "leaving", {1});  // at the month's end
  CHECK(difference(study, options(512, 1, 2, false)) == "none");
}

TEST_CASE("receivables of every age, for every reason: short terms, long delays, liquidity that swings") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 300);
  study.scenarios.erase(study.scenarios.begin() + 1, study.scenarios.begin() + 3);
  study.population.groups[1].overrides = {{field_ref(catalogue, "payment", "terms_days"), {0, {0}}},
                                          {field_ref(catalogue, "payment", "early_days"), {0, {60}}}};
  set(study, catalogue, "payment", "days_late", {45, 0.9});
  set(study, catalogue, "payment", "disputed_days_factor", {3});
  set(study, catalogue, "payment", "liquidity_effect", {-1.2});
  set(study, catalogue, "payment", "liquidity_memory", {0.6});
  set(study, catalogue, "payment", "liquidity_share", {0.4});
  CHECK(difference(study, options(128, 2, 3, true)) == "none");
}

TEST_CASE(
    "uncertain service, satisfaction and shipping; moods that swing, care that counts much, orders that lose money") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 350);
  study.draws = 2;
  set(study, catalogue, "satisfaction", "noise", {12});
  set(study, catalogue, "satisfaction", "learning", {0.6});
  set(study, catalogue, "purchasing", "satisfaction_effect", {0.15});
  set(study, catalogue, "service", "care_hazard", {-0.5});
  set(study, catalogue, "service", "defect_chance", {0.15});
  set(study, catalogue, "logistics", "distance", {2'000, 1.3});
  study.uncertain = {
      {field_ref(catalogue, "service", "late_chance"), 0, "service.late_chance", {sim::Family::beta, {0.3F, 2}}},
      {field_ref(catalogue, "churn", "satisfaction_slope"),
       0,
       "churn.satisfaction_slope",
       {sim::Family::uniform, {-0.9F, -0.1F}}},
      {field_ref(catalogue, "logistics", "shipping"), 0, "logistics.shipping", {sim::Family::uniform, {5, 300}}}};
  CHECK(difference(study, options(64, 2, 16, false)) == "none");
}

TEST_CASE("nearly all customers tie, and quotas are still the sorted list's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 3'000);
  study.scenarios.resize(1);
  study.policies.erase(study.policies.begin() + 1);
  study.policies[1].values = {{0, {2}}, {0, {3}}, {0, {0}}};
  study.horizon = {2027, 1, 9, 3, 0};
  for (auto& group : study.population.groups) group.overrides.clear();
  set(study, catalogue, "purchasing", "orders_per_month", {0.2}, 2);
  set(study, catalogue, "purchasing", "order_value", {1'000}, 1);
  CHECK(difference(study, options(256, 2, 16, false)) == "none");
}

TEST_CASE("a customer file: known traits and tenures, a warm-up that nobody leaves, one population for all luck") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 0);
  sim::CustomerFile file;
  file.traits = {{field_ref(catalogue, "purchasing", "orders_per_month"), {}},
                 {field_ref(catalogue, "payment", "late_chance"), {}},
                 {field_ref(catalogue, "accounting", "gross_margin"), {}},
                 {field_ref(catalogue, "logistics", "distance"), {}}};
  for (std::uint32_t row = 0; row < 450; ++row) {
    file.ids.push_back(row * 0x9E3779B97F4AULL & 0xffff'ffff'ffffULL);
    file.groups.push_back(row % 3 == 0 ? 1 : 0);
    file.traits[0].values.push_back(0.1F * static_cast<float>(row % 37));
    file.traits[1].values.push_back(0.01F * static_cast<float>(row % 101));
    file.traits[2].values.push_back(-0.2F + 0.01F * static_cast<float>(row % 140));  // some above 1
    file.traits[3].values.push_back(11.F * static_cast<float>(row % 83));
    file.tenures.push_back(static_cast<std::int32_t>(row % 61));
  }
  study.population.customers = file.ids.size();
  study.population.file = file;
  study.population.people = sim::People::fixed;
  study.draws = 2;
  study.uncertain = {{field_ref(catalogue, "purchasing", "order_value"),
                      0,
                      "purchasing.order_value.mean",
                      {sim::Family::uniform, {500, 4'000}}}};
  CHECK(difference(study, options(64, 2, 3, true)) == "none");
  study.policies.push_back(earned(catalogue, "earned", {0, 1, 1, 3, 0, 0, 12, 0, 0}, 30'000));
  study.policies[3].kept_by_hand.assign(study.population.customers, -1);
  for (std::size_t row = 0; row < study.population.customers; row += 7)
    study.policies[3].kept_by_hand[row] = static_cast<std::int32_t>(row % 4);
  study.policies[2].kept_by_hand.assign(study.population.customers, -1);
  for (std::size_t row = 0; row < study.population.customers; row += 9)
    study.policies[2].kept_by_hand[row] = static_cast<std::int32_t>(row % 3);
  study.population.file->tenures.clear();
  study.horizon.warmup = 0;
  study.draws = 1;
  CHECK(difference(study, options(512, 1, 16, false)) == "none");
}

TEST_CASE("contracts of one group, of all ages and new, are the scalar simulator's, and so is what they are worth") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 500);
  auto& own = study.population.groups[0].overrides;
  own.push_back({field_ref(catalogue, "churn", "process"), {0, {1}}});
  own.push_back({field_ref(catalogue, "churn", "contract_months"), {0, {5}}});
  own.push_back({field_ref(catalogue, "churn", "renewal_loss"), {0, {0.35}}});
  own.push_back({field_ref(catalogue, "churn", "renewal_loss_shape"), {0, {0.8}}});
  const std::vector<sim::Tier> shares{{"A", 0.3, {}, gets(catalogue, 60, 0.05, 80)}, {"B", {}, {}, {}}};
  study.policies.push_back(policy(catalogue, "expected", "clv", {2, 6, 9}, shares));
  study.policies.push_back(policy(catalogue, "truly worth", "true_value", {3, 9}, shares));
  CHECK(difference(study, options(128, 2, 3, false)) == "none");
  study.horizon.warmup = 0;
  set(study, catalogue, "churn", "process", {1});
  set(study, catalogue, "churn", "leaving", {1});
  study.population.groups[1].overrides.clear();
  CHECK(difference(study, options(64, 1, 16, true)) == "none");
}

TEST_CASE("every law of a trait is drawn as its scalar rule says") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 350);
  study.scenarios.resize(1);
  study.replications = 3;
  study.population.groups[1].overrides.clear();
  set(study, catalogue, "purchasing", "orders_per_month", {40, 0.3});  // gamma below 1; some means above 60
  set(study, catalogue, "purchasing", "order_value", {300, 1.5, 0});
  study.money_quantum = 1;
  set(study, catalogue, "payment", "late_chance", {0.5, 4});
  set(study, catalogue, "payment", "days_late", {5}, 1);
  set(study, catalogue, "churn", "frailty_variance", {0});
  set(study, catalogue, "accounting", "gross_margin", {0.3}, 1);
  set(study, catalogue, "logistics", "distance", {250}, 1);
  CHECK(difference(study, options(1024, 1, 16, false)) == "none");
}

}  // namespace clientele::tests
