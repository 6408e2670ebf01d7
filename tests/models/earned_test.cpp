// Tiers that are earned: a member's months by hand, and many members against a chain of tiers.
#include "models/segmentation/earned.hpp"

#include <array>
#include <cmath>
#include <map>
#include <string>

#include "models/catalogue.hpp"
#include "sim/behavior.hpp"
#include "sim/plan.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/one_tier.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

using Months = std::map<int, std::int32_t>;  ///< what is bought, by month

struct ScriptFields {
  float join = 0, visible = 0;
};

/// Customers who all join and buy in months that a test says.
class Script final : public sim::Behavior {
 public:
  explicit Script(sim::Wiring& w)
      : sales_(w.own_ring<std::int32_t>("net_sales", sim::Sight::observed)),
        orders_(w.own_ring<std::int32_t>("orders by month", sim::Sight::observed)),
        since_(w.own_state<std::int32_t>("member since", sim::Sight::observed)),
        progress_(w.step("script").read_progress("visible")) {
    w.lever("join");
    w.lever("visible");
  }
  void advance(sim::BlockMonth& m) const {
    for (const sim::Arm& arm : m.arms()) {
      for (const auto ring : {sales_, orders_})
        if (arm.depth(ring) > 0) std::ranges::fill(arm.at(ring, m.month()), bought(m.month()));
      progress[m.month()] = arm[progress_][0];
      if (m.month() == joined) std::ranges::fill(arm[since_], m.month() - m.first_month() + 1);
    }
  }
  static std::int32_t bought(int month) { return months.contains(month) ? months.at(month) : 0; }
  static inline Months months;
  static inline std::map<int, float> progress;  ///< of the first customer
  static inline int joined = 0;

 private:
  sim::Ring<std::int32_t> sales_, orders_;
  sim::State<std::int32_t> since_;
  sim::Passing<const float> progress_;
};

sim::Catalogue scripted_catalogue() {
  sim::Catalogue all;
  const sim::LeverSides none{
      .cost = "", .benefit = "", .paid_in = {}, .hurts = {}, .helps = {}, .granted_on = {}, .rests_on = {}};
  const auto lever = [&](float ScriptFields::*member, const char* key) {
    return sim::lever(
        sim::field(member, key, "", sim::range(0, 1), 0, sim::Kind::by_group, "of the script", sim::guess()), none);
  };
  const auto script = all.behavior<Script>(
      "script",
      sim::fields<ScriptFields>({lever(&ScriptFields::join, "join"), lever(&ScriptFields::visible, "visible")}));
  all.review();
  all.step("script", script, &Script::advance);
  all.exits();
  all.segmentation<sim::OneTier>("everyone", sim::FieldTable(), sim::TierRule::one);
  all.of_members(all.segmentation<models::Earned>("earned", models::earned_fields(), sim::TierRule::from, "money"),
                 "script.join", {"money", "orders", "credits"});
  return all;
}

/// Of a field table's choice or number, as a study says it.
using Said = std::map<std::string, std::string>;

std::vector<sim::FieldValue> values_said(const sim::Catalogue& catalogue, const Said& said) {
  const sim::FieldTable& table = catalogue.segmentations()[segmentation_number(catalogue, "earned")].fields;
  std::vector<sim::FieldValue> values = table.standards();
  for (const auto& [key, text] : said) {
    const std::size_t f = table.find(key).value();
    const auto& words = table.fields()[f].choices;
    const auto place = std::ranges::find(words, text) - words.begin();
    REQUIRE((words.empty() || place < std::ssize(words)));
    values[f] = {0, {words.empty() ? std::stod(text) : static_cast<double>(place)}};
  }
  return values;
}

sim::Policy earning(const sim::Catalogue& catalogue, const Said& said, std::vector<double> cuts) {
  sim::Policy policy{"club", segmentation_number(catalogue, "earned"), values_said(catalogue, said), {}, 0};
  const std::array<const char*, 2> names{"gold", "silver"};
  for (std::size_t k = 0; k < cuts.size(); ++k) policy.tiers.push_back({names.at(k), {}, cuts[k], {}});
  policy.tiers.push_back({"base", {}, 0, {}});
  policy.tiers.push_back({"none", {}, {}, {}});
  policy.entry = static_cast<std::uint32_t>(policy.tiers.size() - 1);
  return policy;
}

struct Life {
  int joined = 0;
  Months bought;
  int months = 40, warmup = 0, start_month = 1;
};

sim::Study study_of(const sim::Catalogue& catalogue, const Life& life) {
  sim::Study study;
  study.horizon.months = life.months;
  study.horizon.warmup = life.warmup;
  study.horizon.start_month = life.start_month;
  study.money_quantum = 1;
  study.population.customers = 1;
  study.population.groups = {{"all"}};
  study.values = {catalogue.tables()[0].fields.standards()};
  study.scenarios = {{"usual", {}}};
  study.policies = {{"plain", 0, {}, {{"all"}}}};
  study.replications = 1;
  Script::months = life.bought;
  Script::joined = life.joined;
  return study;
}

/// The tier of each month from 0 on: g, s, b, and n of who is none; months of one tier together, "n1 b3 s2".
std::string tiers_of(const sim::Study& study, const sim::Catalogue& catalogue, std::uint32_t policy) {
  const Outcome outcome(study, catalogue);
  std::string all, told;
  for (int month = 0; month < study.horizon.months; ++month)
    for (std::size_t tier = 0; tier < 4; ++tier)
      if (outcome.in_tier("customers", month, tier, {0, policy, 0, 0}) > 0) all += "gsbn"[tier];
  REQUIRE(all.size() == static_cast<std::size_t>(study.horizon.months));
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t next = std::min(all.find_first_not_of(all[at], at), all.size());
    told += (told.empty() ? "" : " ") + std::string(1, all[at]) + std::to_string(next - at);
    at = next;
  }
  return told;
}

/// Under the program from the first month on; gold from 5,000, silver from 1,000.
std::string tiers(const Said& said, const Life& life) {
  const sim::Catalogue catalogue = scripted_catalogue();
  sim::Study study = study_of(catalogue, life);
  study.policies = {earning(catalogue, said, {5'000, 1'000})};
  return tiers_of(study, catalogue, 0);
}

/// Under another policy until month 0.
std::string tiers_after_another(const Said& said, const Life& life) {
  const sim::Catalogue catalogue = scripted_catalogue();
  sim::Study study = study_of(catalogue, life);
  study.policies.push_back(earning(catalogue, said, {5'000, 1'000}));
  return tiers_of(study, catalogue, 1);
}

/// Under another program until month 0, with gold from 5,000 and silver from 1,000.
std::string tiers_after_program(const Said& before, const Said& said, const Life& life,
                                std::vector<double> cuts = {5'000, 1'000}) {
  const sim::Catalogue catalogue = scripted_catalogue();
  sim::Study study = study_of(catalogue, life);
  study.policies = {earning(catalogue, before, {5'000, 1'000}), earning(catalogue, said, std::move(cuts))};
  study.policies[1].name = "new club";
  return tiers_of(study, catalogue, 1);
}

// Joins and buys in month 0, so that it is a member from month 1 on. Month 0 is January unless said otherwise.
const Months two_years{{3, 1'000}, {5, 4'000}, {14, 1'000}};

TEST_CASE("a tier is earned the month after its cut is reached, and kept to the end of the next year") {
  CHECK(tiers({}, {.bought = two_years}) == "n1 b3 s2 g18 s12 b4");
  CHECK(tiers({{"down", "one step"}}, {.bought = two_years}) == "n1 b3 s2 g18 s12 b4");
  CHECK(tiers({{"up", "at review"}}, {.bought = two_years}) == "n1 b11 g12 s12 b4");
}

TEST_CASE("who earns nothing in the next year falls to what it has earned, or one step each year") {
  const Months once{{5, 5'000}};
  CHECK(tiers({}, {.bought = once}) == "n1 b5 g18 b16");
  CHECK(tiers({{"down", "one step"}}, {.bought = once}) == "n1 b5 g18 s12 b4");
  CHECK(tiers({{"down", "one step"}, {"up", "at review"}}, {.bought = once}) == "n1 b11 g12 s12 b4");
}

TEST_CASE("a year that reaches the cut again confirms the tier, to the quantum") {
  CHECK(tiers({}, {.bought = {{5, 5'000}, {20, 5'000}}}) == "n1 b5 g30 b4");
  CHECK(tiers({}, {.bought = {{5, 5'000}, {12, 1}, {20, 4'999}}}) == "n1 b5 g30 b4");
  CHECK(tiers({}, {.bought = {{5, 5'000}, {20, 4'999}}}) == "n1 b5 g18 s12 b4");
  CHECK(tiers({}, {.bought = {{5, 4'999}}}) == "n1 b5 s18 b16");
}

TEST_CASE("a year of the calendar has its last month, and begins where a study says") {
  CHECK(tiers({}, {.bought = {{11, 5'000}}}) == "n1 b11 g12 b16");  // December, seen in January
  CHECK(tiers({}, {.bought = {{12, 5'000}}}) == "n1 b12 g23 b4");   // January counts for the year that it begins
  CHECK(tiers({}, {.bought = {{11, 2'500}, {12, 2'500}}}) == "n1 b11 s24 b4");
  const Months june_and_july{{5, 1'000}, {6, 4'000}};
  CHECK(tiers({{"year_begins", "7"}}, {.bought = june_and_july}) == "n1 b5 s24 b10");
  CHECK(tiers({{"year_begins", "7"}}, {.bought = {{5, 4'000}, {6, 1'000}}}) == "n1 b5 s24 b10");
  CHECK(tiers({}, {.bought = {{2, 5'000}}, .start_month = 10}) == "n1 b2 g12 b25");  // December again
}

TEST_CASE("a year of membership begins with the month of joining, and a card does not see what was bought before") {
  CHECK(tiers({{"year", "membership"}}, {.joined = 2, .bought = {{1, 9'000}, {2, 1'000}, {13, 4'000}}}) ==
        "n3 s11 g12 b14");
  CHECK(tiers({{"year", "membership"}}, {.joined = 2, .bought = {{13, 2'500}, {14, 2'500}}}) == "n3 b11 s24 b2");
  CHECK(tiers({}, {.joined = 2, .bought = {{1, 9'000}, {2, 1'000}}}) == "n3 s21 b16");
}

TEST_CASE("of rolling years the last twelve months count, and reviews confirm") {
  const Months once{{3, 5'000}};
  const Said year{{"year", "rolling"}, {"kept", "anniversary"}};
  const auto with = [&](Said said) {
    said.insert(year.begin(), year.end());
    return said;
  };
  CHECK(tiers(with({{"review_every", "24"}}), {.bought = once}) == "n1 b3 g12 b24");  // confirmed by no review
  CHECK(tiers(with({{"review_every", "12"}}), {.bought = once}) == "n1 b3 g20 b16");  // in month 12, for a year
  CHECK(tiers(with({{"review_every", "1"}}), {.bought = once}) == "n1 b3 g23 b13");   // in month 15, which sees month 3
  CHECK(tiers(with({{"review_every", "6"}, {"up", "at review"}}), {.bought = once}) == "n1 b5 g18 b16");
  CHECK(tiers(with({{"review_every", "24"}}), {.bought = {{3, 5'000}, {10, 1'000}}}) == "n1 b3 g12 s12 b12");
  CHECK(tiers(with({{"review_every", "24"}, {"down", "one step"}}), {.bought = once}) == "n1 b3 g12 s12 b12");
}

TEST_CASE("a term may be of so many months, and begins anew as long as the year that has ended earns it") {
  const Months once{{3, 5'000}};
  CHECK(tiers({{"kept", "anniversary"}}, {.bought = once}) == "n1 b3 g20 b16");
  CHECK(tiers({{"kept", "months"}, {"kept_months", "6"}}, {.bought = once}) == "n1 b3 g20 b16");
  CHECK(tiers({{"kept", "months"}, {"kept_months", "6"}, {"up", "at review"}}, {.bought = once}) == "n1 b11 g12 b16");
  CHECK(tiers({{"kept", "months"}, {"kept_months", "30"}}, {.bought = once}) == "n1 b3 g36");  // confirmed in month 12
  CHECK(tiers({{"kept", "months"}, {"kept_months", "20"}}, {.bought = once}) == "n1 b3 g28 b8");
  CHECK(tiers({{"kept", "months"}, {"kept_months", "5"}, {"year", "rolling"}, {"review_every", "24"}},
              {.bought = once}) == "n1 b3 g15 b21");  // ends in 9, 14 and 19; in 14 the last 12 months still reach it
}

TEST_CASE("orders count where a study says so") {
  const sim::Catalogue catalogue = scripted_catalogue();
  sim::Study study = study_of(catalogue, {.bought = {{2, 3}, {4, 3}, {13, 2}}});
  study.money_quantum = 0.01;
  study.policies = {earning(catalogue, {{"by", "orders"}}, {6, 2})};
  CHECK(tiers_of(study, catalogue, 0) == "n1 b2 s2 g19 s12 b4");
}

// In month 3 as much spent as ordered, 100: 50 credits for the one and 1,000 for the other, and 3 for each month from 0
// on.
TEST_CASE(
    "credits count where a study says so: for what is spent, for orders and for months as a member, to the "
    "thousandth") {
  const sim::Catalogue catalogue = scripted_catalogue();
  const Life life{.bought = {{3, 100}}};
  const auto with = [&](std::vector<double> counts, double silver, double quantum = 1) {
    sim::Study study = study_of(catalogue, life);
    study.money_quantum = quantum;
    study.policies = {earning(catalogue, {{"by", "credits"}}, {5'000, silver})};
    const auto& fields = catalogue.segmentations()[study.policies[0].segmentation].fields;
    study.policies[0].values[fields.find("counts").value()] = {0, std::move(counts)};
    return tiers_of(study, catalogue, 0);
  };
  CHECK(with({0.5, 10, 3}, 1'062) == "n1 b3 s20 b16");      // 1,062 at the review of month 4
  CHECK(with({0.5, 10, 3}, 1'062.001) == "n1 b4 s19 b16");  // 1,065
  CHECK(with({0.5, 10, 3}, 1'086) == "n1 b11 s12 b16");     // all twelve months, of which the year ends
  CHECK(with({0.5, 10, 3}, 1'086.001) == "n1 b39");
  CHECK(with({0.7, 0, 0}, 70) == "n1 b3 s20 b16");  // 0.7 has no exact float
  CHECK(with({0.7, 0, 0}, 0.7, 0.01) == "n1 b3 s20 b16");
  CHECK(with({0, 0, 1}, 12) == "n1 b11 s28");  // a year of membership, again and again
  CHECK(with({1, 0, 0}, 100) == tiers({}, {.bought = {{3, 1'000}}}));
}

TEST_CASE("who comes from another policy has earned what the last twelve months brought, if they were a member") {
  const Life life{.joined = -12, .bought = {{-6, 5'000}}, .warmup = 12};
  CHECK(tiers({}, life) == "g12 b28");
  CHECK(tiers_after_another({}, life) == "g12 b28");
  CHECK(tiers_after_another({{"up", "at review"}}, life) == "g12 b28");
  CHECK(tiers_after_another({{"year", "membership"}}, life) == "g12 b28");
  const Life later{.joined = -5, .bought = {{-6, 5'000}, {-4, 1'000}}, .warmup = 24};
  CHECK(tiers_after_another({}, later) == "s12 b28");
  CHECK(tiers_after_another({{"year", "rolling"}, {"kept", "anniversary"}}, later) == "s18 b22");
  const Life long_ago{.joined = -24, .bought = {{-20, 5'000}, {-11, 1'000}}, .warmup = 24};
  CHECK(tiers_after_another({}, long_ago) == "s12 b28");
  CHECK(tiers_after_another({}, {.joined = 3, .bought = {{-6, 5'000}, {4, 1'000}}, .warmup = 12}) == "n4 b1 s19 b16");
}

// Gold by month -20, in the year that ends with month -13, which confirms it: from month -12 on for 36 months. Of the
// last twelve months nothing is known that would give it.
TEST_CASE("who comes from a program of as many tiers holds what that has given, to the end of its term") {
  const Said long_kept{{"kept", "months"}, {"kept_months", "36"}};
  const Life long_ago{.joined = -24, .bought = {{-20, 5'000}}, .warmup = 24};
  CHECK(tiers(long_kept, long_ago) == "g24 b16");
  CHECK(tiers_after_another(long_kept, long_ago) == "b40");
  CHECK(tiers_after_program(long_kept, long_kept, long_ago) == "g24 b16");
  CHECK(tiers_after_program(long_kept, {}, long_ago) == "g24 b16");
  CHECK(tiers_after_program(long_kept, {{"down", "one step"}}, long_ago) == "g24 s12 b4");
  CHECK(tiers_after_program(long_kept, {}, long_ago, {50'000, 10'000}) == "g24 b16");
  CHECK(tiers_after_program(long_kept, {{"by", "orders"}, {"year", "membership"}}, long_ago) == "g24 b16");
  CHECK(tiers_after_program(long_kept, {}, long_ago, {5'000}) == "s40");  // the second of three: base
  CHECK(tiers_after_program(long_kept, {}, {.joined = 3, .bought = {{4, 1'000}}, .warmup = 24}) == "n4 b1 s19 b16");
}

TEST_CASE("a program that goes on from the baseline's tiers moves members by its own terms from month 0 on") {
  const Life last_year{.joined = -12, .bought = {{-6, 1'000}, {5, 5'000}}, .warmup = 12};
  CHECK(tiers_after_program({}, {}, last_year) == "s6 g18 b16");
  CHECK(tiers_after_program({}, {{"up", "at review"}}, last_year) == "s12 g12 b16");
  CHECK(tiers_after_program({}, {{"kept", "anniversary"}}, last_year) == "s6 g18 b16");
  CHECK(tiers_after_program({}, {}, last_year, {2'000, 500}) == "s6 g18 b16");
  CHECK(tiers_after_program({}, {}, last_year, {1'000, 500}) == "g24 b16");  // the year that ended has earned it
  CHECK(tiers_after_program({{"up", "at review"}}, {}, {.joined = -6, .bought = {{-6, 1'000}}, .warmup = 6}) ==
        "s12 b28");  // by the baseline's first year, which ends as the policy begins
}

TEST_CASE(
    "what members bought under the baseline is judged by its amounts, the year that ends as a policy begins, too") {
  const Life renewed{.joined = -24, .bought = {{-20, 5'000}, {-6, 5'000}}, .warmup = 24};
  CHECK(tiers_after_program({}, {}, renewed, {50'000, 10'000}) == "g12 b28");
  const Life new_member{.joined = -1, .bought = {{-1, 5'000}}, .warmup = 12};
  CHECK(tiers_after_program({}, {}, new_member, {50'000, 10'000}) == "g12 b28");
  const Life under_both{.joined = -12, .bought = {{-6, 5'000}, {6, 5'000}}, .warmup = 12};
  CHECK(tiers_after_program({}, {}, under_both, {50'000, 4'000}) == "g12 s12 b16");
}

TEST_CASE("a review that confirms a tier shortens no term that has been given") {
  const Said long_kept{{"kept", "months"}, {"kept_months", "36"}};
  const Said short_kept{{"year", "rolling"}, {"review_every", "12"}, {"kept", "months"}, {"kept_months", "3"}};
  const Life life{.joined = -24, .bought = {{-20, 5'000}, {5, 5'000}}, .warmup = 24};
  CHECK(tiers_after_program(long_kept, short_kept, life) == "g24 b16");
}

TEST_CASE("what a baseline's members hold in month 0 is kept from there on, by the baseline and by its copy") {
  const Life life{.joined = -12, .bought = {{-6, 1'000}}, .warmup = 12};
  CHECK(tiers({{"grandfathering", "30"}}, life) == "s30 b10");
  CHECK(tiers_after_program({{"grandfathering", "30"}}, {{"grandfathering", "30"}}, life) == "s30 b10");
  CHECK(tiers_after_program({}, {{"grandfathering", "30"}}, life, {50'000, 10'000}) == "s30 b10");
}

TEST_CASE("what the first review finds is kept for some months, whatever is earned, and a better tier is not lost") {
  const Life life{.joined = -12, .bought = {{-6, 1'000}}, .warmup = 12};
  CHECK(tiers_after_another({{"grandfathering", "18"}}, life) == "s18 b22");
  CHECK(tiers_after_another({{"grandfathering", "6"}}, life) == "s12 b28");
  const Life better{.joined = -12, .bought = {{-6, 1'000}, {2, 5'000}}, .warmup = 12};
  CHECK(tiers_after_another({{"grandfathering", "30"}}, better) == "s3 g21 s6 b10");
  CHECK(tiers_after_another({{"grandfathering", "30"}}, {.bought = {{0, 1'000}}}) == "n1 s23 b16");  // nothing to find
}

TEST_CASE("a tier that is given by hand is the least that a customer has") {
  const sim::Catalogue catalogue = scripted_catalogue();
  sim::Study study = study_of(catalogue, {.bought = {{5, 5'000}}});
  sim::CustomerFile file;
  file.ids = {7, 8, 9};
  file.groups = {0, 0, 0};
  study.population.customers = 3;
  study.population.file = file;
  study.policies = {earning(catalogue, {}, {5'000, 1'000})};
  study.policies[0].kept_by_hand = {1, -1, 3};
  const Outcome outcome(study, catalogue);
  const auto in = [&](int month, std::size_t tier) { return outcome.in_tier("customers", month, tier); };
  CHECK(in(2, 1) == 1);
  CHECK(in(2, 2) == 2);
  CHECK(in(10, 0) == 3);
  CHECK(in(30, 1) == 1);
  CHECK(in(30, 2) == 2);
}

TEST_CASE("customers are as near to a cut as the year so far has brought them, whether they hold the tier or not") {
  const sim::Catalogue catalogue = scripted_catalogue();
  sim::Study study = study_of(catalogue, {.bought = {{1, 500}, {3, 2'500}, {5, 4'000}, {13, 3'000}}});
  study.policies = {earning(catalogue, {}, {5'000, 1'000})};
  for (const std::size_t tier : {0U, 1U})
    study.policies[0].tiers[tier].levers = {{field_ref(catalogue, "script", "visible"), 1}};
  const auto near = [&](int month) { return Script::progress.at(month); };
  const Outcome all_visible(study, catalogue);
  CHECK(near(1) == 0);
  CHECK(near(2) == 0.5F);   // 500 of 1,000
  CHECK(near(5) == 0.5F);   // 3,000 between 1,000 and 5,000
  CHECK(near(6) == 0);      // 7,000
  CHECK(near(12) == 0);     // a new year
  CHECK(near(14) == 0.5F);  // 3,000 of it, by who holds gold
  study.policies[0].tiers[1].levers.clear();
  const Outcome gold_visible(study, catalogue);
  CHECK(near(2) == 0.1F);
  CHECK(near(5) == 0.6F);
  CHECK(near(14) == 0.6F);
  study.policies[0].values = values_said(catalogue, {{"year", "rolling"}, {"kept", "anniversary"}});
  const Outcome rolling(study, catalogue);
  CHECK(near(12) == 0);     // 7,000 of the last twelve months
  CHECK(near(17) == 0);     // 7,000 again: those of months 5 and 13
  CHECK(near(18) == 0.6F);  // 3,000
}

TEST_CASE("terms that contradict each other are refused") {
  const sim::FieldTable table = models::earned_fields();
  std::vector<sim::FieldValue> values = table.standards();
  values[*table.find("year")] = {0, {0}};
  CHECK_THROWS_WITH(table.resolve(values), Catch::Contains("kept = \"next year\" does not go with year = \"rolling\""));
}

double at_least(int orders, double mean) {
  double below = 0, term = std::exp(-mean);
  for (int n = 0; n < orders; ++n, term *= mean / n) below += term;
  return 1 - below;
}

/// Everybody joins with the first order, orders once a month on average and always for 100, and never leaves.
sim::Study study_of_alike(const sim::Catalogue& catalogue, std::uint64_t customers, int months, const Said& said) {
  sim::Study study = default_study(catalogue, customers, months);
  uncouple(study, catalogue);
  study.horizon.warmup = 48;
  set(study, catalogue, "purchasing", "orders_per_month", {1}, 2);
  set(study, catalogue, "purchasing", "order_value", {100}, 1);
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "membership", "readiness", {100});
  sim::Policy policy = earning(catalogue, said, {1'500, 1'100});
  policy.tiers.back().levers = {{field_ref(catalogue, "membership", "join"), 0.99}};
  study.policies = {policy};
  return study;
}

double z_of(std::int64_t found, double n, double p) {
  return (static_cast<double>(found) - n * p) / std::sqrt(n * p * (1 - p));
}

// Orders of a year are Poisson(12) and independent of each other's: p and q, the chances of 15 and of 11 of them, are
// exact. From one January to the next, with one step down at most: gold by p; else silver by q or from gold; else base.
// So gold has the share p, silver q - p + (1 - q) p, and each way from tier to tier the product of its share and
// chance.
TEST_CASE("members whose years are independent move among tiers as the chain of tiers says") {
  const sim::Catalogue catalogue = models::catalogue();
  constexpr std::uint64_t customers = 20'000;
  const double p = at_least(15, 12), q = at_least(11, 12);
  const auto n = static_cast<double>(customers);
  const Outcome one_step(study_of_alike(catalogue, customers, 14, {{"up", "at review"}, {"down", "one step"}}),
                         catalogue);
  const std::array<double, 3> share{p, q - p + (1 - q) * p, (1 - q) * (1 - p)};
  const std::array<std::array<double, 3>, 3> chance{{{p, 1 - p, 0}, {p, q - p, 1 - q}, {p, q - p, 1 - q}}};
  const auto& flows = one_step.cells().begin()->second.flows;
  for (std::size_t from = 0; from < 3; ++from) {
    INFO("from tier " << from);
    for (const int month : {0, 6, 13})
      CHECK(std::fabs(z_of(one_step.in_tier("customers", month, from), n, share[from])) < 4);
    for (std::size_t to = 0; to < 3; ++to) {
      INFO("to tier " << to);
      const std::int64_t moved = flows[(12 * 4 + from) * 4 + to];
      if (chance[from][to] == 0)
        CHECK(moved == 0);
      else
        CHECK(std::fabs(z_of(moved, n, share[from] * chance[from][to])) < 4);
      CHECK(flows[(7 * 4 + from) * 4 + to] == (from == to ? one_step.in_tier("customers", 7, from) : 0));
    }
  }
  // At once: in July whom last year earned it, or the six months before have.
  const Outcome at_once(study_of_alike(catalogue, customers, 14, {}), catalogue);
  const double gold = 1 - (1 - p) * (1 - at_least(15, 6)), better = 1 - (1 - q) * (1 - at_least(11, 6));
  CHECK(std::fabs(z_of(at_once.in_tier("customers", 6, 0), n, gold)) < 4);
  CHECK(std::fabs(z_of(at_once.in_tier("customers", 6, 0) + at_once.in_tier("customers", 6, 1), n, better)) < 4);
  CHECK(std::fabs(z_of(at_once.in_tier("customers", 12, 0), n, p)) < 4);
  CHECK(std::fabs(z_of(at_once.in_tier("customers", 12, 1), n, q - p)) < 4);
}

}  // namespace
}  // namespace clientele::tests
