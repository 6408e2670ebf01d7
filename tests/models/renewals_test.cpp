// Contracts: who renews is as the shifted beta-geometric says, of a cohort, of a base of all ages and of one by one.
#include "models/renewals.hpp"

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include <boost/math/distributions/beta.hpp>

#include "models/segmentation/expected_orders.hpp"
#include "models/segmentation/true_value.hpp"
#include "models/theory/renewal.hpp"
#include "models/theory/shifted_beta_geometric.hpp"
#include "scenarios/part_digests.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/plan.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {
namespace {

using Catch::Contains;

/// Fader and Hardie 2007, by the year.
const models::ShiftedBetaGeometric high_end{0.668, 3.806}, regular{0.704, 1.182};

double mean_of(const models::ShiftedBetaGeometric& law) { return law.alpha / (law.alpha + law.beta); }

/// Nobody's hazard is moved, and nobody orders.
sim::Study contracts(const sim::Catalogue& catalogue, const models::ShiftedBetaGeometric& law, int term,
                     std::uint64_t customers, int months) {
  sim::Study study = default_study(catalogue, customers, months);
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "orders_per_month", {0}, 2);
  set(study, catalogue, "churn", "process", {1});
  set(study, catalogue, "churn", "contract_months", {static_cast<double>(term)});
  set(study, catalogue, "churn", "renewal_loss", {mean_of(law)});
  set(study, catalogue, "churn", "renewal_loss_shape", {law.alpha});
  return study;
}

models::ChurnParameters parameters(const models::ShiftedBetaGeometric& law, int term) {
  models::ChurnParameters p;
  p.process = models::LeavingProcess::contract;
  p.contract_months = term;
  p.renewal_loss = static_cast<float>(mean_of(law));
  p.renewal_loss_shape = static_cast<float>(law.alpha);
  p.finish();
  return p;
}

/// Words of equal weight.
std::vector<std::uint32_t> even_words(std::size_t n) {
  std::vector<std::uint32_t> words;
  for (std::size_t i = 0; i < n; ++i)
    words.push_back(static_cast<std::uint32_t>((static_cast<double>(i) + 0.5) / static_cast<double>(n) * 0x1p32));
  return words;
}

std::vector<float> hazards(const models::RenewalLaw& law, std::int32_t renewals, std::size_t n) {
  std::vector<float> all(n);
  models::draw_renewal_hazards(law, even_words(n), std::vector<std::int32_t>(n, renewals), all);
  return all;
}

scenarios::StudyReading reading(const std::string& churn) {
  const std::string text = "[population]\ncustomers = 100\n[[policy]]\nname = \"today\"\nsegmentation = \"everyone\"\n";
  return scenarios::read_study_text(text + churn, "a.toml", ".", models::catalogue(), {});
}

std::string mistakes(const std::string& churn) {
  try {
    reading(churn);
  } catch (const sim::UserError& error) {
    return error.what();
  }
  return "none";
}

std::string warnings(const std::string& churn) {
  std::string all;
  for (const std::string& warning : reading(churn).warnings) all += warning + "\n";
  return all;
}

}  // namespace

// 40,000 customers: 4.5 standard errors are at most .0113 of them. Published are S(8) to S(12) of a fit to seven years.
TEST_CASE("a cohort renews as the shifted beta-geometric says, at the ends of terms and at no other time") {
  const sim::Catalogue catalogue = models::catalogue();
  const double n = 40'000;
  for (const models::ShiftedBetaGeometric& law : {high_end, regular})
    for (const int term : {1, 3}) {
      const int years = term == 1 ? 12 : 5;
      const Outcome outcome(contracts(catalogue, law, term, 40'000, years * term + 1), catalogue);
      double before = 0;
      for (int month = 0; month <= years * term; ++month) {
        const double stays = law.survival(month / term);
        CAPTURE(law.alpha, term, month, stays);
        CHECK(std::abs(static_cast<double>(outcome.count("customers", month)) / n - stays) <=
              4.5 * std::sqrt(stays * (1 - stays) / n) + 1e-12);
        if ((month + 1) % term != 0 || month == years * term) {
          CHECK((month == years * term || outcome.count("left", month) == 0));
          continue;
        }
        const double there = static_cast<double>(outcome.count("customers", month));
        const double renew = 1 - static_cast<double>(outcome.count("left", month)) / there;
        if (month / term < 5) CHECK(renew > before);
        before = renew;
      }
    }
}

TEST_CASE("a harder scenario counts renewals twice, and an easier one keeps all who would have stayed") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = contracts(catalogue, regular, 2, 40'000, 9);
  study.scenarios.push_back({"hard", {{driver_number(catalogue, "churn_hazard"), 2.0, 0, {}, 0, {}}}});
  const Outcome outcome(study, catalogue);
  for (const int month : {2, 4, 8}) {
    const auto hard = static_cast<double>(outcome.count("customers", month, {1, 0, 0, 0})) / 40'000;
    const double stays = regular.survival(month);  // twice month / 2 renewals
    CHECK(std::abs(hard - stays) <= 4.5 * std::sqrt(stays * (1 - stays) / 40'000));
    CHECK(outcome.count("customers", month) > outcome.count("customers", month, {1, 0, 0, 0}));
  }
}

TEST_CASE("who is of all ages has renewed as often as its tenure says: a base stands still") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = contracts(catalogue, high_end, 12, 30'000, 37);
  study.horizon.warmup = 13;
  study.population.oldest = 240;
  study.population.arrivals = sim::Arrivals::as_before;
  const models::Renewal expected = models::renewal_of(parameters(high_end, 12), 13, 240);
  const Outcome outcome(study, catalogue, {.threads = 2});
  CHECK(std::abs(static_cast<double>(outcome.count("customers", 36)) / 30'000 - 1) < 0.02);
  double left = 0;
  for (int month = 0; month < 12; ++month) left += static_cast<double>(outcome.count("left", month));
  const double mean = 12 * 30'000 * expected.replacements_a_month;
  CHECK(mean > 500);
  CHECK(std::abs(left - mean) < 4.5 * std::sqrt(mean));
  CHECK(outcome.count("on_books", 20) == outcome.count("customers", 20));
}

TEST_CASE("a file's tenure says in which month of which term somebody stands") {
  const sim::Catalogue catalogue = models::catalogue();
  const std::uint64_t n = 30'000;
  sim::Study study = contracts(catalogue, regular, 12, n, 13);
  sim::CustomerFile file;
  file.name = "customers.csv";
  for (std::uint64_t i = 0; i < n; ++i) {
    file.ids.push_back(i + 1);
    file.groups.push_back(0);
    file.tenures.push_back(i % 3 == 0 ? 11 : i % 3 == 1 ? 35 : 24);
  }
  study.population.file = file;
  const Outcome outcome(study, catalogue);
  const double third = 10'000;
  const auto left = [&](int month) { return static_cast<double>(outcome.count("left", month)); };
  const double now = third * (1 - regular.retention(1)) + third * (1 - regular.retention(3));
  CHECK(std::abs(left(0) - now) < 4.5 * std::sqrt(now));
  for (int month = 1; month < 11; ++month) CHECK(left(month) == 0);
  const double then = third * (1 - regular.retention(3));
  CHECK(std::abs(left(11) - then) < 4.5 * std::sqrt(then));
}

TEST_CASE("chances to leave have their law, of who is new and of who has renewed") {
  const std::size_t n = 20'000;
  for (const models::ShiftedBetaGeometric& law : {high_end, regular, models::ShiftedBetaGeometric{40, 60}}) {
    const models::RenewalLaw of = models::renewal_law(mean_of(law), law.alpha);
    for (const std::int32_t renewals : {0, 1, 7}) {
      const std::vector<float> all = hazards(of, renewals, n);
      double stay = 0, twice = 0;
      for (std::size_t i = 0; i < n; ++i) {
        stay += std::exp(-static_cast<double>(all[i])) / static_cast<double>(n);
        twice += std::exp(-2 * static_cast<double>(all[i])) / static_cast<double>(n);
        if (i > 0) CHECK(all[i] >= all[i - 1]);
      }
      CHECK(stay == Approx(law.retention(renewals + 1)).epsilon(1e-4));
      CHECK(twice == Approx(law.retention(renewals + 1) * law.retention(renewals + 2)).epsilon(1e-4));
      CHECK(of.retention(renewals) == Approx(law.retention(renewals + 1)));
      const boost::math::beta_distribution<> beta(law.alpha, law.beta + renewals);
      CHECK(1 - std::exp(-static_cast<double>(all[n / 4])) ==
            Approx(boost::math::quantile(beta, (n / 4 + 0.5) / static_cast<double>(n))).epsilon(1e-5));
    }
    CHECK(hazards(of, 5, 3)[1] < hazards(of, 1, 3)[1]);
  }
  for (const float hazard : hazards(models::renewal_law(0, 0.668), 2, 5)) CHECK(hazard == 0.F);
}

TEST_CASE("expected months go on in full to the next renewal, and behind each with who renews") {
  const float half = -std::log(0.5F);
  CHECK(models::expected_months_of_contract(half, 0, 12, 12) == 12.F);
  CHECK(models::expected_months_of_contract(half, 11, 12, 12) == Approx(1 + 11 * 0.5));
  CHECK(models::expected_months_of_contract(half, 6, 12, 30) == Approx(6 + 12 * 0.5 + 12 * 0.25));
  CHECK(models::expected_months_of_contract(0.F, 3, 1, 60) == 60.F);
  const models::RenewalLaw law = models::renewal_law(mean_of(regular), regular.alpha);
  for (const std::int32_t tenure : {0, 5, 23, 40})
    for (const std::int32_t ahead : {1, 12, 60}) {
      double known = 0;
      for (const float hazard : hazards(law, tenure / 6, 20'000))
        known += static_cast<double>(models::expected_months_of_contract(hazard, tenure, 6, ahead)) / 20'000;
      double by_survival = 0;
      for (int month = 0; month < ahead; ++month)
        by_survival += regular.survival((tenure + month) / 6) / regular.survival(tenure / 6);
      CHECK(known == Approx(by_survival).epsilon(1e-4));
      CHECK(models::expected_months_of_contract(law, tenure, 6, ahead) == Approx(by_survival).epsilon(1e-9));
    }
}

TEST_CASE("of contracts a firm knows who is there, and expects as many months as their renewals leave") {
  const models::ChurnParameters churn = parameters(regular, 12);
  models::PurchasingParameters purchasing;
  purchasing.orders_per_month = {sim::Family::constant, {2.F, 0.F, 0.F}};
  const models::OrdersBelief belief = models::orders_belief(purchasing, churn);
  CHECK(belief.sees_leavers);
  const models::ExpectedOrders orders(belief, 12, 12);
  CHECK(orders.alive({12, 0, 0, 0}) == 1);
  // Of who is in month 12 of its first term (eleven behind it), and of who begins its third.
  CHECK(orders.later({11, 5, 1, 0}) == Approx(2 * (1 + 11 * regular.retention(1))).epsilon(1e-6));
  CHECK(orders.later({12, 5, 1, 12}) == Approx(2 * 12.0).epsilon(1e-6));
  CHECK(orders.later({12, 5, 1, 11}) == Approx(2 * (1 + 11 * regular.retention(2))).epsilon(1e-6));
  // Who has been there longer than tables go stands in the same month of a term.
  CHECK(orders.later({12, 5, 1, 1211}) == Approx(2 * (1 + 11 * regular.retention(50))).epsilon(0.01));
  CHECK(orders.later({12, 5, 1, 1200}) == Approx(24).epsilon(1e-6));
}

TEST_CASE("what goes with contracts is said, and what does not is refused") {
  CHECK_THAT(
      mistakes("[churn]\nprocess = \"contract\"\nnotice = \"silent\"\n"),
      Contains("a.toml:8:1: churn.notice = \"silent\" does not go with process = \"contract\" (a contract that is not "
               "renewed is seen to end). Did you mean notice = \"seen\"?"));
  CHECK(mistakes("[churn]\nprocess = \"contract\"\ncontract_months = 0\n") != "none");
  CHECK(mistakes("[churn]\nprocess = \"contracts\"\n") != "none");
  CHECK(warnings("[churn]\nprocess = \"contract\"\nrenewal_loss = 0.2\n") == "");
  CHECK(warnings("[churn]\nrenewal_loss = 0.2\n") ==
        "a.toml:7:1: churn.renewal_loss has no effect (it counts with process = \"contract\" alone). Did you mean that "
        "process?\n");
  CHECK(warnings("[churn]\nprocess = \"contract\"\nbase_hazard = 0.02\n") ==
        "a.toml:8:1: churn.base_hazard has no effect (it counts with process = \"hazard\" alone). Did you mean that "
        "process?\n");
}

TEST_CASE("a study without contracts reads as it always did") {
  const sim::Catalogue catalogue = models::catalogue();
  const auto digest = [&](const std::string& churn) {
    return scenarios::part_digests_of(reading(churn).study, catalogue).world;
  };
  CHECK(digest("") == digest("[churn]\nprocess = \"hazard\"\ncontract_months = 12\n"));
  CHECK(digest("") != digest("[churn]\nprocess = \"contract\"\n"));
  const auto assumed = [&](const std::string& churn, const std::string& path) {
    for (const sim::Assumption& one : sim::Plan(reading(churn).study, catalogue).info().assumptions)
      if (one.path == path) return one.mark;
    return std::string("none");
  };
  for (const char* path : {"churn.process", "churn.renewal_loss", "churn.contract_months", "churn.renewal_loss_shape"})
    CHECK(assumed("", path) == "none");
  CHECK(assumed("", "churn.base_hazard") == "guess");
  const std::string contract = "[churn]\nprocess = \"contract\"\n";
  CHECK(assumed(contract, "churn.base_hazard") == "none");
  CHECK(assumed(contract, "churn.renewal_loss") == "quoted");
  CHECK(assumed(contract, "churn.process") == "stated");
}

}  // namespace clientele::tests
