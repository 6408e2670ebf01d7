// Renewals fitted: the published cohorts, customers one by one, and bases whose truth is known.
#include <cmath>
#include <fstream>
#include <random>
#include <span>
#include <sstream>

#include "models/fit/contract.hpp"
#include "models/theory/shifted_beta_geometric.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_files.hpp"

namespace clientele::tests {
namespace {

/// Survivors of 1,000 customers by year 0 to 12, one column of the table.
std::vector<double> survivors_of(const std::filesystem::path& path, int column) {
  std::ifstream file(path);
  std::string line, word;
  std::vector<double> survivors;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream row(line);
    for (int k = 0; k <= column; ++k) std::getline(row, word, ',');
    survivors.push_back(std::round(10 * std::stod(word)));
  }
  return survivors;
}

}  // namespace

TEST_CASE("the published cohorts have the published law, and years 8 to 12 follow from years 1 to 7") {
  const auto path = shared_file("CLIENTELE_DATA", "data", "sbg/fader_hardie_2007_table1.csv");
  if (!path) return;
  struct Segment {
    int column;
    double alpha, beta, log_likelihood;
  };
  for (const Segment& segment : {Segment{1, .668, 3.806, -1611.158}, Segment{2, .704, 1.182, -1680.265}}) {
    const std::vector<double> all = survivors_of(*path, segment.column);
    REQUIRE(all.size() == 13);
    models::ContractHistory history;
    history.add_cohort(std::span(all).first(8));
    const models::Fitted fit = models::fit_contract(history);
    REQUIRE(fit.is_found());
    CHECK(fit.values[0] == Approx(segment.alpha).margin(0.0006));
    CHECK(fit.values[1] == Approx(segment.beta).margin(0.0006));
    CHECK(fit.log_likelihood == Approx(segment.log_likelihood).margin(0.001));
    const models::ShiftedBetaGeometric law{fit.values[0], fit.values[1]};
    for (std::size_t year = 8; year <= 12; ++year)
      CHECK(1000 * law.survival(static_cast<double>(year)) == Approx(all[year]).margin(17));
  }
}

TEST_CASE("customers one by one, some of them still there, are the cohort that they make up") {
  models::ContractHistory cohort, single;
  const std::vector<double> survivors = {60, 41, 30, 24};
  cohort.add_cohort(survivors);
  for (int i = 0; i < 60; ++i) single.add_customer(0, i < 19 ? 0 : i < 30 ? 1 : i < 36 ? 2 : 3, i < 36);
  CHECK(cohort.lost == single.lost);
  CHECK(cohort.renewed == single.renewed);
  const models::Fitted fit = models::fit_contract(cohort);
  REQUIRE(fit.is_found());
  const models::ShiftedBetaGeometric law{fit.values[0], fit.values[1]};
  const double direct = 19 * std::log(1 - law.survival(1)) + 11 * std::log(law.survival(1) - law.survival(2)) +
                        6 * std::log(law.survival(2) - law.survival(3)) + 24 * std::log(law.survival(3));
  CHECK(fit.log_likelihood == Approx(direct).epsilon(1e-9));
}

TEST_CASE("old customers who are seen late bias nothing, and intervals hold the truth") {
  int held = 0, naive = 0;
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937_64 luck(seed);
    std::gamma_distribution<double> of_alpha(0.9, 1), of_beta(2.2, 1);
    std::uniform_real_distribution<double> uniform;
    models::ContractHistory history, all_from_start;
    for (int i = 0; i < 3000; ++i) {
      const double a = of_alpha(luck), b = of_beta(luck), leaves = a / (a + b);
      const int age = i % 6;  // renewals before the books begin; they last for four
      int t = 0;
      while (t < age + 4 && uniform(luck) >= leaves) t += 1;
      if (t < age) continue;  // gone before anybody looked
      history.add_customer(age, t, t < age + 4);
      all_from_start.add_customer(0, t, t < age + 4);
    }
    const models::Fitted fit = models::fit_contract(history), wrong = models::fit_contract(all_from_start);
    REQUIRE(fit.is_found());
    const auto mean = [](const std::vector<double>& v) { return v[0] / (v[0] + v[1]); };
    const models::Estimate share = models::estimate_of(fit, mean);
    held += share.low < 0.9 / 3.1 && 0.9 / 3.1 < share.high;
    if (wrong.is_found()) naive += std::fabs(mean(wrong.values) - 0.9 / 3.1) < 0.02;
  }
  CHECK(held >= 35);
  CHECK(naive == 0);
}

TEST_CASE("a fit of renewals that cannot be says why") {
  models::ContractHistory none;
  CHECK_THAT(models::fit_contract(none).why_not, contains("only 0 customers"));
  none.add_cohort(std::vector<double>{50, 50, 50});
  CHECK(models::fit_contract(none).why_not == "nobody has left yet");
  models::ContractHistory one;
  one.add_cohort(std::vector<double>{50, 40});
  CHECK_THAT(models::fit_contract(one).why_not, contains("only one renewal"));
  models::ContractHistory constant;
  constant.add_cohort(std::vector<double>{1000, 800, 640, 512, 409.6, 327.68});
  CHECK_THAT(models::fit_contract(constant).why_not, contains("a constant hazard is enough"));
}

}  // namespace clientele::tests
