// Late invoices and days late, fitted: the receivables whose figures are known, and invented ones.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <span>
#include <sstream>

#include "models/fit/lateness.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_files.hpp"

namespace clientele::tests {
namespace {

struct OldInvoice {
  int issued = 0;  ///< YYYYMMDD
  bool is_disputed = false;
  double days_late = 0;
};

int date_of(const std::string& text) {  // M/D/YYYY
  int month = 0, day = 0, year = 0;
  std::sscanf(text.c_str(), "%d/%d/%d", &month, &day, &year);
  return year * 10000 + month * 100 + day;
}

std::map<std::string, std::vector<OldInvoice>> invoices_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::map<std::string, std::vector<OldInvoice>> customers;
  std::string line, word;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> words;
    for (std::istringstream row(line); std::getline(row, word, ',');) words.push_back(word);
    customers[words.at(1)].push_back({date_of(words.at(4)), words.at(7) == "Yes", std::stod(words.at(11))});
  }
  for (auto& [id, invoices] : customers)
    std::ranges::stable_sort(invoices, [](const auto& a, const auto& b) { return a.issued < b.issued; });
  return customers;
}

void add(models::LatenessHistory& history, std::span<const OldInvoice> invoices) {
  double late = 0, disputed = 0, both = 0;
  for (const OldInvoice& one : invoices) {
    late += one.days_late > 0, disputed += one.is_disputed;
    both += one.is_disputed && one.days_late > 0;
  }
  history.invoices.push_back(static_cast<double>(invoices.size())), history.late.push_back(late);
  history.disputed.push_back(disputed), history.disputed_late.push_back(both);
}

bool within(const models::Estimate& estimate, double truth) { return estimate.low < truth && truth < estimate.high; }

}  // namespace

TEST_CASE("late invoices of the vendor's sample have their known laws, and own histories foretell them") {
  const auto path = shared_file("CLIENTELE_DATA", "data", "ar_ibm/WA_Fn-UseC_-Accounts-Receivable.csv");
  if (!path) return;
  const auto customers = invoices_of(*path);
  REQUIRE(customers.size() == 100);
  models::LatenessHistory all, first, second;
  models::DelayHistory delays;
  for (const auto& [id, invoices] : customers) {
    const std::span<const OldInvoice> of = invoices;
    add(all, of);
    add(first, of.first(of.size() / 2)), add(second, of.subspan(of.size() / 2));
    for (const OldInvoice& one : of)
      if (one.days_late > 0) {
        delays.days.push_back(one.days_late), delays.is_open.push_back(0);
        delays.disputed.push_back(one.is_disputed);
      }
  }
  const models::Fitted chance = models::fit_late_chance(all);
  REQUIRE(chance.is_found());
  CHECK(chance.values[0] == Approx(.48).margin(0.01));
  CHECK(chance.values[1] == Approx(.87).margin(0.01));

  const models::Fitted disputes = models::fit_late_chance_with_disputes(all);
  REQUIRE(disputes.is_found());
  INFO("a, b, odds: " << disputes.values[0] << " " << disputes.values[1] << " " << disputes.values[2] << " ["
                      << disputes.estimates[2].low << ", " << disputes.estimates[2].high << "]");
  CHECK(std::log(disputes.values[2]) == Approx(4.0).margin(0.5));

  models::DelayHistory plain = delays;
  plain.disputed.clear();
  const models::Fitted days = models::fit_days_late(plain);
  REQUIRE(days.is_found());
  CHECK(days.values[1] == Approx(1.38).margin(0.01));
  const models::DelayChoice choice = models::choose_days_late(plain);
  INFO(choice.told);
  CHECK(choice.weibull.log_likelihood == Approx(-2803.5).margin(0.1));
  CHECK(choice.lognormal.log_likelihood == Approx(-2840.3).margin(0.1));
  CHECK(choice.gamma.log_likelihood == Approx(-2803.4).margin(0.1));
  const models::Fitted by_dispute = models::fit_days_late(delays);
  REQUIRE(by_dispute.is_found());
  CHECK(by_dispute.values[2] == Approx(12.6 / 7.4).epsilon(0.05));

  const models::Fitted from_first = models::fit_late_chance(first);
  REQUIRE(from_first.is_found());
  const models::LatenessScore score = models::score_late_chance(from_first, first, second);
  INFO("log score per invoice by customer " << score.by_customer << ", pooled " << score.pooled << ", gain "
                                            << score.gain() << " +- " << score.gain_se);
  CHECK(score.gain() > 3 * score.gain_se);
  CHECK(score.gain() > 0.1);
}

TEST_CASE("intervals of late chances and delays hold the truth, open items counted as censored") {
  int a = 0, b = 0, odds = 0, shape = 0, scale = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    std::mt19937_64 luck(seed);
    std::gamma_distribution<double> of_a(0.7, 1), of_b(1.6, 1);
    std::uniform_real_distribution<double> uniform;
    std::weibull_distribution<double> days(1.3, 12);
    models::LatenessHistory history;
    models::DelayHistory delays;
    for (int i = 0; i < 150; ++i) {
      const double u = of_a(luck), v = of_b(luck), p = u / (u + v), with = p * 3 / (1 - p + p * 3);
      double late = 0, disputed = 0, both = 0;
      for (int j = 0; j < 12; ++j) {
        const bool is_disputed = uniform(luck) < 0.25, is_late = uniform(luck) < (is_disputed ? with : p);
        late += is_late, disputed += is_disputed, both += is_late && is_disputed;
        if (!is_late) continue;
        const double paid = days(luck) * (is_disputed ? 1.5 : 1), overdue = 25 * uniform(luck) + 0.01;
        delays.days.push_back(std::min(paid, overdue)), delays.is_open.push_back(paid > overdue);
        delays.disputed.push_back(is_disputed);
      }
      history.invoices.push_back(12), history.late.push_back(late);
      history.disputed.push_back(disputed), history.disputed_late.push_back(both);
    }
    const models::Fitted chance = models::fit_late_chance_with_disputes(history), late = models::fit_days_late(delays);
    REQUIRE(chance.is_found());
    REQUIRE(late.is_found());
    a += within(chance.estimates[0], 0.7), b += within(chance.estimates[1], 1.6),
        odds += within(chance.estimates[2], 3);
    scale += within(late.estimates[0], 12), shape += within(late.estimates[1], 1.3);
  }
  for (const int held : {a, b, odds, scale, shape}) CHECK(held >= 17);
}

TEST_CASE("without disputes the law with them is the beta-binomial one") {
  models::LatenessHistory history;
  for (int i = 0; i < 60; ++i) {
    history.invoices.push_back(8), history.late.push_back(i % 9), history.disputed.push_back(i < 30 ? 1 : 0);
    history.disputed_late.push_back(i % 9 > 4 && i < 30 ? 1 : 0);
  }
  const models::Fitted plain = models::fit_late_chance(history), with = models::fit_late_chance_with_disputes(history);
  REQUIRE(plain.is_found());
  REQUIRE(with.is_found());
  CHECK(with.surface({plain.values[0], plain.values[1], 1}) == Approx(plain.log_likelihood).epsilon(1e-9));
}

TEST_CASE("a fit of lateness that cannot be says why") {
  models::LatenessHistory few{{3, 4}, {1, 2}};
  CHECK_THAT(models::fit_late_chance(few).why_not, contains("only 2 customers have two invoices"));
  CHECK_THAT(models::fit_late_chance_with_disputes(few).why_not, contains("which invoices were disputed is not known"));
  models::LatenessHistory never{std::vector<double>(20, 5), std::vector<double>(20, 0)};
  CHECK(models::fit_late_chance(never).why_not == "no invoice was late");
  models::LatenessHistory alike{std::vector<double>(40, 6), std::vector<double>(40, 3)};
  CHECK_THAT(models::fit_late_chance(alike).why_not, contains("one chance for all"));
  models::DelayHistory days{std::vector<double>(30, 4), std::vector<double>(30, 0)};
  CHECK_THAT(models::fit_days_late(days).why_not, contains("after the same days"));
  days.is_open.assign(30, 1);
  CHECK_THAT(models::fit_days_late(days).why_not, contains("only 0 late invoices are settled"));
}

}  // namespace clientele::tests
