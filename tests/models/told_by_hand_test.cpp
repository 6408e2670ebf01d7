// What books tell fills each place that reads it: a few customers whose numbers are worked out by hand, in the first
// months of a study.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "models/segmentation/observed_number.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/told_past.hpp"

namespace clientele::tests {
namespace {

void set_constant(sim::Study& study, const sim::Catalogue& catalogue, const char* table, const char* key,
                  double value) {
  const sim::FieldRef at = field_ref(catalogue, table, key);
  const auto& families = catalogue.tables()[at.table].fields.fields()[at.field].families;
  const auto constant = std::ranges::find(families, sim::Family::constant, &sim::FamilyInfo::family);
  set(study, catalogue, table, key, {value}, static_cast<std::uint32_t>(constant - families.begin()));
}

/// Customers who neither leave nor order, a group each, after a year of warm-up in which all invoices were late.
sim::Study quiet_study(const sim::Catalogue& catalogue, std::uint32_t customers, int months) {
  sim::Study study = default_study(catalogue, customers, months);
  uncouple(study, catalogue);
  study.horizon.warmup = 12;
  study.population.groups.clear();
  study.population.file.emplace();
  for (std::uint32_t row = 0; row < customers; ++row) {
    study.population.groups.push_back({"customer " + std::to_string(row), 1.0 / customers, {}});
    study.population.file->ids.push_back(row * 0x9E3779B97F4AULL & 0xffff'ffff'ffffULL);
    study.population.file->groups.push_back(row);
  }
  study.population.replacement = sim::Replacement::none;
  set_constant(study, catalogue, "purchasing", "orders_per_month", 0);
  set_constant(study, catalogue, "payment", "late_chance", 1);
  set_constant(study, catalogue, "accounting", "gross_margin", 0.25);
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "churn", "tenure_slope", {0});
  return study;
}

/// Numbers of each customer under a key, in months the last one first.
void tell(sim::Study& study, const char* key, const std::vector<std::vector<double>>& of_customers) {
  auto& past = told(*study.population.file, key, static_cast<std::uint32_t>(of_customers.front().size()));
  const bool exact = std::string_view(key).starts_with("open") || std::string_view(key).starts_with("points");
  for (const auto& numbers : of_customers)
    for (const double number : numbers)
      exact ? past.exact.push_back(number) : past.values.push_back(static_cast<float>(number));
}
std::vector<double> months_of(std::size_t months, double each) { return std::vector<double>(months, each); }

/// The tier that each customer is counted in.
std::vector<std::size_t> tiers_of(const Outcome& outcome, int month) {
  std::vector<std::size_t> tiers;
  const auto& info = outcome.info();
  const auto metric = static_cast<std::size_t>(std::ranges::find(info.metrics, "customers", &sim::MetricInfo::name) -
                                               info.metrics.begin());
  const auto& counts = outcome.cells().begin()->second.counts;
  for (std::size_t group = 0; group < info.groups; ++group)
    for (std::size_t tier = 0; tier < info.tiers; ++tier)
      if (counts[((static_cast<std::size_t>(month) * info.tiers + tier) * info.groups + group) * info.metrics.size() +
                 metric] == 1)
        tiers.push_back(tier);
  return tiers;
}

/// The baseline: a rule by what a whole year has brought, reviewed quarterly.
void sort_by(sim::Study& study, const sim::Catalogue& catalogue, const char* rule, std::vector<double> from,
             double hysteresis = 0) {
  std::vector<sim::Tier> tiers;
  for (const double amount : from) tiers.push_back({"from " + std::to_string(amount), {}, amount, {}});
  tiers.push_back({"rest", {}, {}, {}});
  study.policies[0] = policy_of(catalogue, "today", rule, std::move(tiers));
  study.policies[0].values[2] = {0, {hysteresis}};
}
/// The better half by a number.
void rank_by(sim::Study& study, const sim::Catalogue& catalogue, models::Number number) {
  study.policies[0] = policy_of(catalogue, "today", "rank", {{"first", 0.5, {}, {}}, {"second", {}, {}, {}}});
  study.policies[0].values[2] = {0, {static_cast<double>(number)}};
}

using Tiers = std::vector<std::size_t>;

}  // namespace

TEST_CASE("a told year is compared with a tier's bound to the quantum, and the tier of today keeps its band") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = quiet_study(catalogue, 7, 4);
  sort_by(study, catalogue, "spend", {1'200}, 0.2);  // who holds it keeps it from 960 on
  study.count.reviews = true;
  tell(study, "sales",
       {months_of(12, 100), months_of(12, 99.99), months_of(12, 99.99), months_of(12, 80), months_of(12, 79.99),
        months_of(12, 0), months_of(12, 0)});
  study.population.file->tiers = {1, 1, 0, 0, 0, -1, 1};
  study.policies[0].kept_by_hand = {-1, -1, -1, -1, -1, -1, 0};
  const Outcome outcome(study, catalogue, {.threads = 1});
  CHECK(tiers_of(outcome, 0) == Tiers{0, 1, 0, 0, 1, 1, 0});
  CHECK(outcome.count("reviewed", 0) == 7);
  CHECK(outcome.count("moved_up", 0) == 2);  // the first by its sales, the last by hand
  CHECK(outcome.count("moved_down", 0) == 1);
  // Nobody buys: in month 3 nine months of the told year are left.
  CHECK(tiers_of(outcome, 3) == Tiers{1, 1, 1, 1, 1, 1, 0});
}

TEST_CASE("a tier of today that is valid for some time is not lost to the first review") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = quiet_study(catalogue, 2, 9);
  sort_by(study, catalogue, "spend", {1'200});
  tell(study, "sales", {months_of(12, 100), months_of(12, 1)});
  study.population.file->tiers = {0, 1};
  study.policies[0].validity = 6;
  const Outcome outcome(study, catalogue, {.threads = 1});
  for (const int month : {0, 3}) CHECK(tiers_of(outcome, month) == Tiers{0, 1});  // given in month 0 for half a year
  CHECK(tiers_of(outcome, 6) == Tiers{1, 1});
}

TEST_CASE("told contribution counts as it stands, and where none is told what sales earn at the customer's margin") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = quiet_study(catalogue, 3, 3);
  tell(study, "sales", {months_of(12, 0), months_of(12, 300), months_of(12, 300)});
  tell(study, "margin", {{50, 50}, {0, 0}, {-100, -100}});
  // 100; ten months of 75; ten months of 75 less 200.
  sort_by(study, catalogue, "profit", {750, 550});
  CHECK(tiers_of(Outcome(study, catalogue, {.threads = 1}), 0) == Tiers{2, 0, 1});
  sort_by(study, catalogue, "profit", {750.01, 550.01});
  CHECK(tiers_of(Outcome(study, catalogue, {.threads = 1}), 0) == Tiers{2, 1, 2});
  sort_by(study, catalogue, "profit", {100});
  CHECK(tiers_of(Outcome(study, catalogue, {.threads = 1}), 0) == Tiers{0, 0, 0});
}

TEST_CASE("told orders say how many there were, and when the last one was") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = quiet_study(catalogue, 2, 3);
  std::vector<double> long_ago = months_of(12, 0);
  long_ago.back() = 13;
  tell(study, "orders", {months_of(12, 1), long_ago});
  rank_by(study, catalogue, models::Number::orders);
  CHECK(tiers_of(Outcome(study, catalogue, {.threads = 1}), 0) == Tiers{1, 0});
  rank_by(study, catalogue, models::Number::recency);
  CHECK(tiers_of(Outcome(study, catalogue, {.threads = 1}), 0) == Tiers{0, 1});
}

TEST_CASE("a told payment record is all that reviews see of the past, for who came lately too") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = quiet_study(catalogue, 4, 3);
  set_constant(study, catalogue, "purchasing", "orders_per_month", 6);  // invoices of the warm-up: all late
  // Of 24 months the last twelve have 10 invoices, 2 of them late; of who came three months ago there are 3.
  tell(study, "invoices_seen", {{20}, {3}, {20}, {0}});
  tell(study, "invoices_late", {{4}, {0}, {6}, {0}});
  tell(study, "repeat_orders", {{20}, {3}, {20}, {0}});
  tell(study, "months_to_last_order", {{23}, {2}, {23}, {0}});
  tell(study, "months_seen", {{24}, {2.25}, {24}, {1}});
  sort_by(study, catalogue, "punctuality", {1, 0.8, 0.7});
  CHECK(tiers_of(Outcome(study, catalogue, {.threads = 1}), 0) == Tiers{1, 0, 2, 3});
}

TEST_CASE("told reasons are those of the late invoices that are told") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = quiet_study(catalogue, 2, 3);
  tell(study, "invoices_seen", {{10}, {10}});
  tell(study, "invoices_late", {{5}, {5}});
  tell(study, "late_by_administration", {{4}, {1}});
  rank_by(study, catalogue, models::Number::late_by_administration);
  CHECK(tiers_of(Outcome(study, catalogue, {.threads = 1}), 0) == Tiers{1, 0});
  rank_by(study, catalogue, models::Number::late_otherwise);
  CHECK(tiers_of(Outcome(study, catalogue, {.threads = 1}), 0) == Tiers{0, 1});
}

TEST_CASE("who has been quiet for long is off the books at month 0, and the others when their months are full") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = quiet_study(catalogue, 4, 4);
  set(study, catalogue, "churn", "notice", {1});  // silent
  set(study, catalogue, "churn", "inactive_after", {3});
  tell(study, "repeat_orders", {{1}, {1}, {1}, {1}});
  tell(study, "months_to_last_order", {{9}, {7}, {6}, {4}});
  tell(study, "months_seen", {{9}, {9}, {9}, {9}});
  tell(study, "months_quiet", {{0}, {2}, {3}, {5}});
  const Outcome outcome(study, catalogue, {.threads = 1});
  const std::vector<std::int64_t> on_books{2, 1, 1, 0}, off_books{1, 0, 1, 0};
  for (int month = 0; month < 4; ++month) {
    CHECK(outcome.count("on_books", month) == on_books[static_cast<std::size_t>(month)]);
    CHECK(outcome.count("off_books", month) == off_books[static_cast<std::size_t>(month)]);
    CHECK(outcome.count("customers", month) == 4);
  }
}

TEST_CASE("what is not due is paid within its terms, and what is overdue when its time has come, late by its age") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = quiet_study(catalogue, 3, 4);
  set_constant(study, catalogue, "payment", "late_chance", 0);
  set_constant(study, catalogue, "payment", "days_late", 10);
  set(study, catalogue, "payment", "terms_days", {60});
  tell(study, "open_not_due", {{100.01}, {0}, {7}});
  tell(study, "open_1_30", {{0}, {20.50}, {0}});
  tell(study, "open_31_60", {{0}, {0}, {0}});
  tell(study, "open_61_90", {{30}, {0}, {0}});
  tell(study, "open_over_90", {{0}, {0}, {40.07}});
  const Outcome outcome(study, catalogue, {.threads = 1});
  CHECK(outcome.count("receivables_opening", 0) == 19'758);
  // Nothing keeps somebody longer who is late already by more than all are: it is paid in the first month.
  CHECK(outcome.count("invoices_late", 0) == 3);
  CHECK(outcome.count("collected", 0) + outcome.count("collected", 1) == 19'758);
  CHECK(outcome.count("collected", 0) >= 2'050 + 3'000 + 4'007);
  CHECK(outcome.count("receivables", 0) == outcome.count("not_due", 0));
  CHECK(outcome.count("receivables", 1) == 0);
  // 1 to 30, 61 to 90 and 91 to 120 days, in days.
  const double days = 0.125 * static_cast<double>(outcome.count("days_late", 0));
  CHECK(days > 0 + 60 + 90);
  CHECK(days < 30 + 90 + 120);
  set(study, catalogue, "payment", "terms_days", {0});
  const Outcome at_once(study, catalogue, {.threads = 1});
  CHECK(at_once.count("collected", 0) == 19'758);
  CHECK(at_once.count("invoices_settled", 0) == 5);
}

TEST_CASE("told points end at the end of their months, customer by customer, and what does not end stays") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = quiet_study(catalogue, 2, 5);
  grant(catalogue, study.policies[0].tiers[0], {1, 1, 6, 0});
  tell(study, "points", {{5, 0, 70}, {0, 11, 0}});
  tell(study, "points_without_end", {{1}, {20}});
  const Outcome outcome(study, catalogue, {.threads = 1});
  const std::vector<std::int64_t> expired{5, 11, 70, 0, 0}, held{102, 91, 21, 21, 21};
  CHECK(outcome.count("points_opening", 0) == 107);
  for (int month = 0; month < 5; ++month) {
    CHECK(outcome.count("points_expired", month) == expired[static_cast<std::size_t>(month)]);
    CHECK(outcome.count("points", month) == held[static_cast<std::size_t>(month)]);
  }
}

}  // namespace clientele::tests
