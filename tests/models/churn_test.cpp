// Churn: the rule by hand, and who is left against the frailty law.
#include "models/churn.hpp"

#include <array>
#include <cmath>

#include "models/theory/frailty.hpp"
#include "models/theory/pareto_nbd.hpp"
#include "models/theory/renewal.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {
namespace {

TEST_CASE("a new customer of average frailty leaves at the base hazard") {
  models::ChurnParameters p;
  p.base_hazard = 0.016F;
  p.finish();
  const float cumulative = models::cumulative_hazard(p.base_cumulative, 1.F, 0.F, -0.15F);
  CHECK(models::churn_hazard(cumulative) == Approx(0.016).epsilon(1e-5));
}

TEST_CASE("hazard rises with frailty and the driver and falls with tenure at a negative slope") {
  const float base = 0.0161F;
  const float now = models::cumulative_hazard(base, 1.F, 0.F, -0.15F);
  CHECK(models::cumulative_hazard(base, 2.F, 0.F, -0.15F) == Approx(2 * now).epsilon(1e-6));
  CHECK(models::cumulative_hazard(base, 1.F, 12.F, -0.15F) == Approx(now * std::pow(2, -0.15)).epsilon(1e-5));
  CHECK(models::churn_hazard(1.22F * now) == Approx(1 - std::exp(-1.22 * now)).epsilon(1e-5));
  CHECK(models::churn_hazard(0.F) == 0.F);
}

TEST_CASE("ten points of satisfaction and care at its reference lower the log-hazard as stated") {
  const auto moved = [](float driver, float gap, float care) {
    return models::moved_hazard(0.02F, driver, std::fma(-0.35F, gap, care));
  };
  CHECK(moved(1.F, 1.F, 0.F) == Approx(0.02 * std::exp(-0.35)).epsilon(1e-6));
  CHECK(moved(1.5F, 0.F, -0.15F) == Approx(0.03 * std::exp(-0.15)).epsilon(1e-6));
  CHECK(moved(1.F, -1.F, 0.F) > moved(1.F, 0.F, 0.F));
}

TEST_CASE("who outlives less than the hazard of the month is there for that share of it, and leaves") {
  const float hazard = 0.4F;
  for (const float u : {1e-9F, 0.1F, 0.3296F, 0.3297F, 0.5F, 0.999999F}) {
    const float outlived = models::hazard_outlived(u), share = models::share_of_month(outlived, hazard);
    CHECK((share < 1.F) == (u < models::churn_hazard(hazard)));
    if (share < 1.F) CHECK(share == Approx(-std::log1p(-static_cast<double>(u)) / 0.4).epsilon(1e-4));
  }
  CHECK(models::share_of_month(models::hazard_outlived(sim::uniform(0)), 0.F) == 1.F);
}

/// Orders per customer by the end, in each replication, in the month of whose leaving they are counted as said.
std::vector<double> orders_of_cdnow(const sim::Catalogue& catalogue, const models::ParetoNbd& law, double leaving) {
  sim::Study study = default_study(catalogue, 10'000, 12);
  uncouple(study, catalogue);
  study.replications = 40;
  set(study, catalogue, "purchasing", "orders_per_month", {law.r / law.alpha, law.r});
  set(study, catalogue, "churn", "base_hazard", {1 - std::exp(-law.s / law.beta)});
  set(study, catalogue, "churn", "frailty_variance", {1 / law.s});
  set(study, catalogue, "churn", "tenure_slope", {0});
  set(study, catalogue, "churn", "leaving", {leaving});
  const Outcome outcome(study, catalogue, {.threads = 2});
  std::vector<double> orders;
  for (const auto& [cell, unused] : outcome.cells())
    orders.push_back(static_cast<double>(outcome.total("orders", cell)) / 10'000);
  return orders;
}

// CDNOW's parameters (Fader, Hardie, Lee 2005) are of weeks; a month is 52 / 12 of them. A year's mean is known within
// .35 % here (one standard error): 4.5 of them find an error of 2.2 % with a power of 95 %, and leaving at the month's
// end is off by 5.2 %.
TEST_CASE("orders until customers leave within a month are those of Pareto/NBD, and at its end too many") {
  const sim::Catalogue catalogue = models::catalogue();
  const double weeks = 52.0 / 12;
  const models::ParetoNbd law{0.553, 10.578 / weeks, 0.606, 11.669 / weeks};
  CHECK(law.expected(12) == Approx(1.473434).epsilon(1e-3));  // BTYD walkthrough, of a fit of its own
  const auto within = orders_of_cdnow(catalogue, law, 0), at_end = orders_of_cdnow(catalogue, law, 1);
  double sum = 0, squares = 0, sum_at_end = 0;
  for (std::size_t r = 0; r < within.size(); ++r)
    sum += within[r], squares += within[r] * within[r], sum_at_end += at_end[r];
  const double n = static_cast<double>(within.size()), mean = sum / n;
  const double error = std::sqrt((squares / n - mean * mean) / (n - 1));
  CAPTURE(mean, error);
  CHECK(error < 0.005 * mean);
  CHECK(std::abs(mean - law.expected(12)) < 4.5 * error);
  double whole_months = 0;
  for (int month = 0; month < 12; ++month)
    whole_months += law.r / law.alpha * models::frailty_survival(month * law.s / law.beta, 1 / law.s);
  CHECK(whole_months / law.expected(12) == Approx(1.052).margin(0.001));
  CHECK(std::abs(sum_at_end / n - whole_months) < 4.5 * error);
  CHECK(sum_at_end / sum == Approx(whole_months / law.expected(12)).epsilon(0.003));  // the same luck in both
}

TEST_CASE("this month's care lowers next month's hazard, and at the month's end this month's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 20'000, 3);
  set(study, catalogue, "churn", "base_hazard", {0.1});
  study.policies.push_back(study.policies.front());
  study.policies[1].name = "care";
  study.policies[1].tiers[0].levers = {{field_ref(catalogue, "service", "care"), 200}};
  const sim::Cell care{0, 1, 0, 0};
  const Outcome within(study, catalogue);
  CHECK(within.count("left", 0, care) == within.count("left", 0));
  CHECK(within.count("left", 1, care) < within.count("left", 1));
  set(study, catalogue, "churn", "leaving", {1});
  const Outcome at_end(study, catalogue);
  CHECK(at_end.count("left", 0, care) < at_end.count("left", 0));
}

/// Active customers of each month, summed over replications.
std::vector<double> alive(const Outcome& outcome, std::uint32_t scenario) {
  std::vector<double> sums;
  for (int month = 0; month < outcome.months(); ++month) {
    double sum = 0;
    for (const auto& [cell, unused] : outcome.cells())
      if (cell.scenario == scenario) sum += static_cast<double>(outcome.count("customers", month, cell));
    sums.push_back(sum);
  }
  return sums;
}

TEST_CASE("a cohort shrinks by the frailty law, and faster where the driver says so") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const double variance : {0.0, 0.5, 2.0}) {
    sim::Study study = default_study(catalogue, 40'000, 37);
    set(study, catalogue, "purchasing", "orders_per_month", {0}, 2);
    set(study, catalogue, "churn", "base_hazard", {0.03});
    set(study, catalogue, "churn", "frailty_variance", {variance});
    set(study, catalogue, "churn", "tenure_slope", {0});
    uncouple(study, catalogue);
    study.scenarios.push_back({"hard", {{driver_number(catalogue, "churn_hazard"), 2.0, 0, {}, 0, {}}}});
    const Outcome outcome(study, catalogue);
    const double n = 40'000;
    for (std::uint32_t scenario = 0; scenario < 2; ++scenario) {
      const auto found = alive(outcome, scenario);
      for (const int month : {0, 1, 6, 12, 24, 36}) {
        const double hazard = -std::log(0.97) * (scenario + 1.0) * month;
        const double stays = models::frailty_survival(hazard, variance);
        // 4.5 standard errors, at most .0113: a survival that is off by .016 is found with a power of 95 %.
        CHECK(std::abs(found[static_cast<std::size_t>(month)] / n - stays) <=
              4.5 * std::sqrt(stays * (1 - stays) / n) + 1e-12);
      }
    }
  }
}

TEST_CASE("a base under replacement renews itself, and melts without arrivals, as the renewal equation says") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 12'000, 13);
  uncouple(study, catalogue);
  study.horizon.warmup = 12;
  study.population.arrivals = sim::Arrivals::as_before;
  models::ChurnParameters p;
  p.base_hazard = 0.016F, p.frailty_variance = 0.5F, p.tenure_slope = -0.15F;
  p.finish();
  const int oldest = GENERATE(0, 240);
  study.population.oldest = oldest;
  const models::Renewal expected = models::renewal_of(p, 12, oldest);
  const Outcome renewed(study, catalogue);
  REQUIRE(renewed.count("customers", 0) == 12'000);
  std::int64_t arrivals = 0;
  for (int month = 1; month <= 12; ++month) arrivals += renewed.count("arrivals", month);
  const double mean = 12 * 12'000 * expected.replacements_a_month, lost = 12'000 * expected.lost_in_a_year;
  CHECK(mean > 1'100);
  CHECK(std::abs(static_cast<double>(arrivals) - mean) < 4 * std::sqrt(mean));
  study.population.arrivals = sim::Arrivals::none;
  const Outcome melting(study, catalogue);
  CHECK(std::abs(static_cast<double>(12'000 - melting.count("customers", 12)) - lost) < 4 * std::sqrt(lost));
}

// Luck moves three years of arrivals by 3 x 70 of 40,000 (one standard error of the year that they repeat), .5 %.
TEST_CASE("a base of all ages stands still: three years later there are as many, within 2 %") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 40'000, 37);
  uncouple(study, catalogue);
  study.horizon.warmup = 12;
  study.population.oldest = 240;
  study.population.arrivals = sim::Arrivals::as_before;
  const Outcome outcome(study, catalogue, {.threads = 2});
  CHECK(std::abs(static_cast<double>(outcome.count("customers", 36)) / 40'000 - 1) < 0.02);
}

TEST_CASE("harder times never keep anybody who left in easier ones") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 2'000, 24);
  study.scenarios.push_back({"hard", {{driver_number(catalogue, "churn_hazard"), 1.22, 6, 12, 3, {}}}});
  const Outcome outcome(study, catalogue);
  for (int month = 0; month < 24; ++month)
    CHECK(outcome.count("customers", month) >= outcome.count("customers", month, {1, 0, 0, 0}));
  CHECK(outcome.count("customers", 5) == outcome.count("customers", 5, {1, 0, 0, 0}));
  CHECK(outcome.count("customers", 23) > outcome.count("customers", 23, {1, 0, 0, 0}));
}

TEST_CASE("at hazard 0 everybody stays, and nobody leaves in the run-off") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 1'000, 12);
  study.horizon.run_off = 4;
  const Outcome usual(study, catalogue);
  for (int month = 12; month < 16; ++month) CHECK(usual.count("left", month) == 0);
  set(study, catalogue, "churn", "base_hazard", {0});
  const Outcome loyal(study, catalogue);
  CHECK(loyal.total("left") == 0);
  CHECK(loyal.kpi("customers_at_end") == 1'000);
}

/// Survival of who joined just now, by months, in double; and what as many as leave would have made of a base.
struct SteadyLaw {
  std::vector<double> passed{0}, survival{1}, upto{1};

  SteadyLaw(double base_hazard, double variance, double slope) {
    for (int k = 0; k < sim::longest_tenure; ++k) {
      passed.push_back(passed.back() - std::log1p(-base_hazard) * std::pow(1 + k / 12.0, slope));
      survival.push_back(models::frailty_survival(passed.back(), variance));
      upto.push_back(upto.back() + survival.back());
    }
  }
  /// Share of a base of ages up to `oldest` that is still there so many months later.
  double stays(int oldest, int months) const {
    return (upto.at(static_cast<std::size_t>(oldest + months)) -
            (months > 0 ? upto.at(static_cast<std::size_t>(months - 1)) : 0)) /
           upto.at(static_cast<std::size_t>(oldest));
  }
};

TEST_CASE("ages of a steady base follow survival, and who has been there for long is less frail") {
  for (const double variance : {0.0, 0.5, 3.0})
    for (const double slope : {-0.15, 0.0, 1.0}) {
      const SteadyLaw law(0.016, variance, slope);
      const models::SteadyAges ages(static_cast<float>(-std::log1p(-0.016)), static_cast<float>(variance),
                                    static_cast<float>(slope));
      for (const std::int32_t age : {0, 1, 12, 240, sim::longest_tenure})
        CHECK(ages.frailty_left(age) ==
              Approx(1 / (1 + variance * law.passed.at(static_cast<std::size_t>(age)))).epsilon(1e-5));
      for (const std::int32_t oldest : {0, 1, 60, 240, sim::longest_tenure})
        for (const float u : {1e-7F, 0.01F, 0.3F, 0.5F, 0.77F, 0.99F, 1 - 0x1p-24F}) {
          const auto age = static_cast<std::size_t>(ages.age(u, oldest));
          const double at = static_cast<double>(u) * law.upto.at(static_cast<std::size_t>(oldest));
          REQUIRE(age <= static_cast<std::size_t>(oldest));
          CHECK(law.upto[age] > at * (1 - 1e-5));
          CHECK((age == 0 || law.upto[age - 1] <= at * (1 + 1e-5)));
        }
    }
}

/// Counts by class of age who is there, and adds up their frailties.
class Witness final : public sim::Behavior {
 public:
  static constexpr std::array<int, 8> ends{6, 18, 36, 60, 90, 130, 180, 241};
  struct Fields {};
  explicit Witness(sim::Wiring& wiring)
      : core_(wiring.core()),
        joined_(wiring.read_trait<std::int32_t>("joined")),
        frailty_(wiring.read_trait<float>("frailty")),
        here_(wiring.own_passing<std::int32_t>("witnessed")),
        frail_(wiring.own_passing<std::int32_t>("witnessed frailty")) {
    for (std::size_t c = 0; c < ends.size(); ++c) {
      counted_[c] = wiring.metric("class " + std::to_string(c), sim::MetricUnit::count, "customers of these ages");
      summed_[c] = wiring.metric("frailty " + std::to_string(c), sim::MetricUnit::count, "their frailty", 1e-4);
    }
  }
  void look(sim::BlockMonth& month) const {
    const auto joined = month[joined_];
    const auto frailty = month[frailty_];
    for (const sim::Arm& arm : month.arms())
      for (std::size_t c = 0; c < ends.size(); ++c) {
        const auto here = arm[here_], frail = arm[frail_];
        for (std::size_t i = 0; i < here.size(); ++i) {
          const int age = month.month() - joined[i];
          here[i] = age < ends[c] && (c == 0 || age >= ends[c - 1]) ? 1 : 0;
          frail[i] = here[i] * static_cast<std::int32_t>(frailty[i] * 1e4F);
        }
        arm.count({{counted_[c], here}, {summed_[c], frail}});
      }
  }

 private:
  sim::CoreColumns core_;
  sim::Trait<const std::int32_t> joined_;
  sim::Trait<const float> frailty_;
  sim::Passing<std::int32_t> here_, frail_;
  std::array<sim::Metric, ends.size()> counted_{}, summed_{};
};

/// Nobody buys, and hazards depend on nothing but frailty and tenure.
sim::Study steady_study(const sim::Catalogue& catalogue, std::uint64_t customers, int months) {
  sim::Study study = default_study(catalogue, customers, months);
  set(study, catalogue, "purchasing", "orders_per_month", {0}, 2);
  set(study, catalogue, "churn", "tenure_slope", {-0.3});
  uncouple(study, catalogue);
  study.population.oldest = 240;
  return study;
}
const SteadyLaw steady_law(0.016, 0.5, -0.3);

TEST_CASE("the first base holds ages of the steady law, each with the frailty of survivors; who joins is new") {
  sim::Catalogue catalogue = wide_catalogue();
  const auto witness = catalogue.behavior<Witness>("witness", sim::fields<Witness::Fields>({}));
  catalogue.step("look", witness, &Witness::look);
  constexpr double n = 60'000;
  sim::Study study = steady_study(catalogue, static_cast<std::uint64_t>(n), 1);
  set(study, catalogue, "joining", "join", {900});
  const Outcome outcome(study, catalogue);
  const auto joined = static_cast<double>(outcome.count("customers", 0)) - n;
  REQUIRE(joined > 700);
  double chi_square = 0;
  for (std::size_t c = 0; c < Witness::ends.size(); ++c) {
    double share = 0, frailty = 0;
    for (auto a = static_cast<std::size_t>(c == 0 ? 0 : Witness::ends[c - 1]);
         a < static_cast<std::size_t>(Witness::ends[c]); ++a) {
      share += steady_law.survival[a] / steady_law.upto[240];
      frailty += steady_law.survival[a] / steady_law.upto[240] / (1 + 0.5 * steady_law.passed[a]);
    }
    const double newcomers = c == 0 ? joined : 0, expected = n * share + newcomers;
    const auto found = static_cast<double>(outcome.count("class " + std::to_string(c), 0));
    chi_square += (found - expected) * (found - expected) / (n * share);
    // Frailties of one age vary by sqrt(v) of their mean: 4.5 standard errors are at most 5.7 % of it here.
    const auto frail = 1e-4 * static_cast<double>(outcome.count("frailty " + std::to_string(c), 0)) / found;
    const double mean = (n * frailty + newcomers) / expected;
    CHECK(std::abs(frail - mean) <= 4.5 * std::sqrt(0.5 / found) * mean);
  }
  // Chi-square with 7 degrees of freedom: beyond 29.9 with a chance of 1e-4; a base hazard that is 10 % off is found
  // with a power of 95 %.
  CHECK(chi_square < 29.9);
}

/// Active customers of a month against their number at first and the chance to be there still.
void check_stayers(const Outcome& outcome, int month, double customers, double stays) {
  INFO("month " << month);
  CHECK(std::abs(static_cast<double>(outcome.count("customers", month)) - customers * stays) <=
        4.5 * std::sqrt(customers * stays * (1 - stays)) + 1e-9);
}

TEST_CASE("a first base of all ages leaves at the steady rate from the first month on") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const int warmup : {0, 6}) {
    sim::Study study = steady_study(catalogue, 40'000, 37);
    study.horizon.warmup = warmup;
    study.population.replacement = sim::Replacement::none;
    const Outcome outcome(study, catalogue);
    // One standard error is .3 % at most. With the frailty of newcomers 7 % fewer would be there in month 36.
    for (const int month : {0, 1, 12, 36}) check_stayers(outcome, month, 40'000, steady_law.stays(240, month + warmup));
  }
}

TEST_CASE("where as many join as leave, a base of all ages keeps its number and one of newcomers does not") {
  const sim::Catalogue catalogue = wide_catalogue();
  const auto growth = [&](int oldest) {
    constexpr double n = 80'000;
    sim::Study study = steady_study(catalogue, static_cast<std::uint64_t>(n), 37);
    study.population.oldest = oldest;
    const auto last = static_cast<std::size_t>(oldest);
    set(study, catalogue, "joining", "join", {n * (1 - steady_law.survival[last + 1]) / steady_law.upto[last]});
    const Outcome outcome(study, catalogue);
    return static_cast<double>(outcome.count("customers", 36)) / static_cast<double>(outcome.count("customers", 0)) - 1;
  };
  CHECK(std::abs(growth(240)) < 0.02);  // one standard error is .25 %
  CHECK(growth(0) > 0.1);
}

/// Real customers, each with us for so many months.
sim::Study file_study(const sim::Catalogue& catalogue, std::uint32_t customers, std::vector<std::int32_t> tenures) {
  sim::Study study = steady_study(catalogue, customers, 25);
  sim::CustomerFile file;
  for (std::uint32_t row = 0; row < customers; ++row) file.ids.push_back(row * 0x9E3779B97F4AULL & 0xffff'ffff'ffffULL);
  file.groups.assign(customers, 0);
  file.tenures = std::move(tenures);
  study.population.file = std::move(file);
  study.horizon.warmup = 12;
  return study;
}

TEST_CASE("a file's customers are all there at month 0, as long with us as it says or as the steady law says") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome said(file_study(catalogue, 30'000, std::vector<std::int32_t>(30'000, 90)), catalogue);
  const Outcome unsaid(file_study(catalogue, 30'000, {}), catalogue);
  for (const int month : {0, 1, 12, 24}) {
    check_stayers(said, month, 30'000,
                  steady_law.survival[static_cast<std::size_t>(90 + month)] / steady_law.survival[90]);
    check_stayers(unsaid, month, 30'000, steady_law.stays(240, month));
  }
  CHECK(said.count("left", 0) > 0);
}

TEST_CASE("the warm-up of a file's customers gives them tiers, invoices and satisfaction by month 0") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = file_study(catalogue, 2'000, {});
  set(study, catalogue, "purchasing", "orders_per_month", {2, 2});
  set(study, catalogue, "satisfaction", "performance", {95});
  set(study, catalogue, "payment", "terms_days", {60});
  study.policies.push_back(
      policy_of(catalogue, "bands", "spend", {{"large", {}, 60'000.0, {}}, {"others", {}, {}, {}}}));
  const Outcome warm(study, catalogue);
  study.horizon.warmup = 0;
  const Outcome cold(study, catalogue);
  const sim::Cell bands{0, 1, 0, 0};
  CHECK(warm.count("customers", 0) == 2'000 + warm.count("arrivals", 0));
  CHECK(warm.in_tier("customers", 0, 0, bands) > 500);
  CHECK(cold.in_tier("customers", 0, 0, bands) == 0);
  const auto owed = [](const Outcome& outcome) {
    return static_cast<double>(outcome.count("receivables", 0)) / static_cast<double>(outcome.count("revenue", 0));
  };
  CHECK(owed(warm) > 1.8 * owed(cold));
  const auto points = [](const Outcome& outcome) {
    return 0.01 * static_cast<double>(outcome.count("satisfaction", 0)) /
           static_cast<double>(outcome.count("customers", 0));
  };
  CHECK(points(warm) > points(cold) + 5);
}

TEST_CASE("the frailty law falls back to the exponential law without variance") {
  CHECK(models::frailty_survival(0.7, 0) == Approx(std::exp(-0.7)));
  CHECK(models::frailty_survival(0.7, 1e-9) == Approx(std::exp(-0.7)));
  CHECK(models::frailty_survival(0.7, 1) == Approx(1 / 1.7));
}

TEST_CASE("what a firm sees of a customer: an order keeps it on the books, a long silence strikes it off") {
  CHECK(models::months_quiet(7, 0) == 8);
  CHECK(models::months_quiet(7, 2) == 0);
  CHECK(models::seems_active(true, 8, 9));
  CHECK_FALSE(models::seems_active(true, 9, 9));
  CHECK_FALSE(models::seems_active(false, 3, 9));  // only an order puts a customer back
  CHECK(models::seems_active(false, 0, 9));
}

/// Orders at a mean of `rate` a month for each customer alike, exits at the end of months at `hazard`.
sim::Study poisson_base(const sim::Catalogue& catalogue, double rate, double hazard, double inactive_after) {
  sim::Study study = default_study(catalogue, 20'000, 18);
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "orders_per_month", {rate}, 1);
  set(study, catalogue, "churn", "base_hazard", {hazard});
  set(study, catalogue, "churn", "frailty_variance", {0});
  set(study, catalogue, "churn", "tenure_slope", {0});
  set(study, catalogue, "churn", "leaving", {1});  // at the month's end
  set(study, catalogue, "churn", "notice", {1});   // silent
  set(study, catalogue, "churn", "inactive_after", {inactive_after});
  return study;
}

// With orders at rate l, exits at h and K months of patience: who is still active is on the books of month t unless all
// of the K months before were quiet, who left at the end of month s if there was an order in the months t - K to s.
//   on books(t) = N [(1 - h)^t (1 - e^(-l K)) + sum over s in [t - K, t - 1] of h (1 - h)^s (1 - e^(-l (K - (t - 1 -
//   s))))]
// The tolerance is four standard deviations of a count of independent customers; a month too many or too few on the
// books moves the count by more than twenty.
TEST_CASE("under silent notice the books hold who has ordered lately, active or not, as the closed form says") {
  const sim::Catalogue catalogue = models::catalogue();
  const double rate = 0.4, hazard = 0.05, customers = 20'000;
  const int patience = 4;
  const Outcome outcome(poisson_base(catalogue, rate, hazard, patience), catalogue, {.threads = 2});
  for (int month = patience; month < 18; ++month) {
    double share = std::pow(1 - hazard, month) * -std::expm1(-rate * patience);
    for (int left = month - patience; left < month; ++left)
      share += hazard * std::pow(1 - hazard, left) * -std::expm1(-rate * (patience - (month - 1 - left)));
    const double spread = std::sqrt(customers * share * (1 - share));
    CHECK(std::abs(static_cast<double>(outcome.count("on_books", month)) - customers * share) < 4 * spread);
  }
  CHECK(outcome.total("back_on_books") > 1'000);
  CHECK(outcome.kpi("churn_seen") > 0);
}

// Nobody leaves in a file's warm-up: e^(-l K) of its customers have been quiet for K months at month 0 and are off the
// books, which change by few from there on.
TEST_CASE("the books of a customer file are those of its warm-up, and do not jump at month 0") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = file_study(catalogue, 4'000, {});
  study.horizon.warmup = 12;
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "orders_per_month", {0.15}, 1);
  set(study, catalogue, "churn", "notice", {1});
  set(study, catalogue, "churn", "inactive_after", {6});
  const Outcome outcome(study, catalogue, {.threads = 2});
  const double on = -std::expm1(-0.15 * 6), spread = std::sqrt(4'000 * on * (1 - on));
  CHECK(outcome.count("customers", 0) == 4'000);
  CHECK(std::abs(static_cast<double>(outcome.count("on_books", 0)) - 4'000 * on) < 4 * spread);
  CHECK(outcome.count("off_books", 0) < 2 * outcome.count("off_books", 1));
}

/// Nobody orders from month 6 on; in the second scenario all leave then too, unseen or seen.
sim::Study silence(const sim::Catalogue& catalogue, double notice) {
  sim::Study study = default_study(catalogue, 400, 16);
  study.horizon.warmup = 12;
  set(study, catalogue, "churn", "notice", {notice});
  set(study, catalogue, "churn", "inactive_after", {4});
  const std::uint32_t demand = driver_number(catalogue, "demand"), hazard = driver_number(catalogue, "churn_hazard");
  study.scenarios = {{"quiet", {{demand, 0, 6, {}, 0, {}}}},
                     {"gone", {{demand, 0, 6, {}, 0, {}}, {hazard, 1e7, 6, {}, 0, {}}}}};
  study.policies.push_back(policy_of(
      catalogue, "rank", "rank",
      {{"A", 0.2, {}, gets(catalogue, 0.1, 60, 50)}, {"B", 0.3, {}, gets(catalogue, 0, 30, 5)}, {"C", {}, {}, {}}}));
  study.policies.push_back(policy_of(catalogue, "spend", "spend",
                                     {{"gold", {}, 40'000, gets(catalogue, 0.1, 60, 50)}, {"rest", {}, {}, {}}}));
  return study;
}

/// What of a policy's outcome differs between the two scenarios of `silence`, by metric, and moves between tiers.
std::vector<std::string> differences(const Outcome& outcome, std::uint32_t policy) {
  std::vector<std::string> found;
  const sim::Cell quiet{0, policy, 0, 0}, gone{1, policy, 0, 0};
  for (const sim::MetricInfo& metric : outcome.info().metrics) {
    bool differs = false;
    for (int month = 0; month < 16 && metric.months != sim::MonthsOf::beyond; ++month)
      for (std::size_t tier = 0; tier < outcome.info().tiers; ++tier)
        differs = differs ||
                  outcome.in_tier(metric.name, month, tier, quiet) != outcome.in_tier(metric.name, month, tier, gone);
    if (differs) found.push_back(metric.name);
  }
  if (outcome.cells().at(quiet).flows != outcome.cells().at(gone).flows) found.push_back("moves between tiers");
  return found;
}

// Customers who have left and customers who stay away differ in what is latent only: as long as no order tells them
// apart, a firm that sees orders only must treat them alike, to the quantum and the tier.
TEST_CASE("nothing that a firm sees differs between customers who differ only in what is latent") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome silent(silence(catalogue, 1), catalogue, {.threads = 2}),
      seen(silence(catalogue, 0), catalogue, {.threads = 2});
  const std::vector<std::string> latent{"customers", "satisfaction", "left"};
  for (const std::uint32_t policy : {0U, 1U, 2U}) {
    CHECK(differences(silent, policy) == latent);
    CHECK(silent.count("customers", 8, {1, policy, 0, 0}) == 0);
    CHECK(silent.count("on_books", 8, {1, policy, 0, 0}) > 300);
    CHECK(std::ranges::count(differences(seen, policy), "on_books") == 1);
  }
  CHECK(silent.count("care_cost", 8, {1, 1, 0, 0}) > 0);  // whom nobody knows to be gone is still looked after
  CHECK(std::ranges::count(differences(seen, 1), "moves between tiers") == 1);
}

TEST_CASE("months without an order are kept where exits are silent, and take no memory where they are seen") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome silent(silence(catalogue, 1), catalogue), seen(silence(catalogue, 0), catalogue);
  CHECK(silent.report().bytes_per_customer_arm == seen.report().bytes_per_customer_arm + 4);
  CHECK(seen.total("back_on_books") == 0);
  for (const sim::MetricInfo& metric : silent.info().metrics)
    CHECK_FALSE((metric.name == "back_on_books" && metric.is_zero));
}

}  // namespace
}  // namespace clientele::tests
