// Customers whose past a file tells are the scalar simulator's, integer by integer: what they are drawn to be, what the
// books leave them with, and who comes after.
#include "tests/support/told_past.hpp"

#include "sim/roll_out.hpp"
#include "tests/reference/compare.hpp"
#include "tests/reference/models/real_cell.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

std::string difference(const sim::Study& study, std::size_t block_size, bool in_step) {
  sim::RunOptions options;
  options.threads = 2;
  options.block_size = block_size;
  options.in_step = in_step;
  return first_difference<RealCell>(study, models::catalogue(), options).value_or("none");
}

/// And by how many days late ones were late.
void tell_days_late(sim::CustomerFile& file) {
  std::vector<float> days;
  for (std::uint32_t row = 0; row < file.ids.size(); ++row) {
    const auto late = std::ranges::find(file.past, "invoices_late", &sim::CustomerFile::KnownPast::key)->values[row];
    days.push_back(late * (1.F + 0.125F * static_cast<float>(told_number(row, 400, 99))));
  }
  told(file, "days_late").values = days;
}

void keep_only(sim::CustomerFile& file, const std::vector<std::string_view>& keys) {
  std::erase_if(file.past, [&](const auto& past) { return std::ranges::count(keys, past.key) == 0; });
}

/// Rules that look at all that books tell: tiers by sales, by rank of margin, by how invoices were paid, by a score.
sim::Study study_that_is_reviewed(const sim::Catalogue& catalogue, std::uint32_t rows) {
  sim::Study study = study_that_tells_all(catalogue, rows);
  tell_days_late(*study.population.file);
  study.scenarios.resize(1);
  study.replications = 1;
  study.policies[2].values = {{0, {6}}, {0, {9}}, {0, {1}}};  // by contribution
  study.policies.push_back(policy_of(
      catalogue, "on time", "punctuality",
      {{"good", {}, 0.8, gets(catalogue, 0.02, 60)}, {"fair", {}, 0.5, {}}, {"other", {}, {}, gets(catalogue, 0, 7)}}));
  study.policies.push_back(
      policy_of(catalogue, "score", "scorecard", {{"A", 0.25, {}, gets(catalogue, 0.02, 45, 30)}, {"B", {}, {}, {}}}));
  study.policies.push_back(
      policy_of(catalogue, "expected", "clv", {{"A", 0.3, {}, gets(catalogue, 0.04, 30)}, {"B", {}, {}, {}}}));
  return study;
}

}  // namespace

TEST_CASE("customers of whom the books tell all are the scalar simulator's in every arm, scenario and draw") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_that_tells_all(catalogue, 260);
  study.draws = 2;
  study.replications = 1;
  study.uncertain = {
      {field_ref(catalogue, "purchasing", "orders_per_month"),
       0,
       "purchasing.orders_per_month.mean",
       {sim::Family::uniform, {1, 3}}},
      {field_ref(catalogue, "purchasing", "order_level"),
       0,
       "purchasing.order_level",
       {sim::Family::uniform, {0.7, 1.4}}},
      {field_ref(catalogue, "acquisition", "arrivals"), 0, "acquisition.arrivals", {sim::Family::uniform, {0, 4}}}};
  for (std::int32_t row = 0; row < 260; ++row) study.population.file->tiers.push_back(row % 2 - 1);
  CHECK(difference(study, 64, true) == "none");
}

TEST_CASE("reviews of what the books tell are the scalar simulator's, after a long warm-up and a short one") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_that_is_reviewed(catalogue, 220);
  study.policies[0] = study.policies[1];
  study.policies[0].name = "today";
  study.policies[0].values[2] = {0, {0.3}};
  for (std::int32_t row = 0; row < 220; ++row) study.population.file->tiers.push_back(row % 4 - 1);
  study.population.file->tenures.clear();
  study.horizon.warmup = 14;
  CHECK(difference(study, 256, false) == "none");
  study.horizon.warmup = 1;
  study.count.classes = true;
  CHECK(difference(study, 64, true) == "none");
}

TEST_CASE("newcomers of month 0 come to a policy's terms at once, as the scalar simulator has them") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_that_tells_all(catalogue, 150);
  study.scenarios.resize(1);
  study.policies[2].grandfathering = 5;
  study.policies[2].rollout = {{0, 0}, {5, 1}};
  std::erase_if(study.policies[2].settings, [&](const sim::PolicySetting& setting) {
    return setting.field == field_ref(catalogue, "service", "managers");
  });
  sim::add_tiers_before(study);
  set(study, catalogue, "payment", "newcomers_by_terms", {1.5});
  study.policies[0].tiers.back().levers = gets(catalogue, 0, 5);  // some stay away, others are won
  study.policies[1].tiers.back().levers = gets(catalogue, 0, 75);
  set(study, catalogue, "purchasing", "value_level", {1.3});
  for (sim::Group& group : study.population.groups) group.arrivals = 12;
  CHECK(difference(study, 128, false) == "none");
}

TEST_CASE("contracts beside a past, and each part of a past without the others, are the scalar simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_that_is_reviewed(catalogue, 130);
  auto& own = study.population.groups[0].overrides;
  own.push_back({field_ref(catalogue, "churn", "process"), {0, {1}}});
  own.push_back({field_ref(catalogue, "churn", "contract_months"), {0, {5}}});
  own.push_back({field_ref(catalogue, "churn", "renewal_loss"), {0, {0.35}}});
  CHECK(difference(study, 64, false) == "none");
  const std::vector<std::vector<std::string_view>> parts{
      {"repeat_orders", "months_to_last_order", "months_seen"},
      {"orders_valued", "typical_order_value"},
      {"invoices_seen", "invoices_late"},
      {"invoices_seen", "invoices_late", "days_late", "orders"},
      {"invoices_seen", "invoices_late", "late_by_administration", "repeat_orders", "months_to_last_order",
       "months_seen", "months_quiet"},
      {"sales"},
      {"orders"},
      {"margin"},
      {"open_not_due", "open_1_30", "open_31_60", "open_61_90", "open_over_90"},
      {"points"},
      {"points_without_end"}};
  for (const auto& part : parts) {
    INFO("told: " << part.front() << " of " << part.size());
    sim::Study one = study;
    one.replications = 1;
    keep_only(*one.population.file, part);
    CHECK(difference(one, 64, false) == "none");
  }
}

TEST_CASE("points that a file tells are nobody's where no policy has a program") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_that_tells_all(catalogue, 90);
  study.scenarios.resize(1);
  for (sim::Policy& policy : study.policies)
    for (sim::Tier& tier : policy.tiers)
      std::erase_if(tier.levers,
                    [&](const auto& lever) { return lever.field == field_ref(catalogue, "points", "earn"); });
  study.count.triangle = false;
  CHECK(difference(study, 64, false) == "none");
}

TEST_CASE("a program whose members the books tell gives nobody a bonus for joining before month 0") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_that_tells_all(catalogue, 120);
  study.scenarios.resize(1);
  study.policies[0].settings = study.policies[1].settings;
  grant(catalogue, study.policies[0].tiers[0], {0.6, 0.5, 12, 0});
  study.horizon.warmup = 1;
  CHECK(difference(study, 64, false) == "none");
}

}  // namespace clientele::tests
