// What the shipped study with a known answer is worth by its formula, and what the simulation and its intervals say.
#pragma once
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "models/catalogue.hpp"
#include "models/theory/concentration.hpp"
#include "output/statistics/statements.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/plan.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

inline const std::string known_answer_file = CLIENTELE_SOURCE_DIR "/scenarios/studies/known-answer.toml";

/// The numbers that a test moves, as the study states them.
struct Known {
  double hazard = 0.03, discount_rate = 0.01, default_chance = 0.004, elasticity = -4;
  int customers = 2000, months = 36;
  double shape_of_rates = 2, spread_of_values = 0.6;  ///< how much customers differ, which no mean hangs on

  /// The same as options of a study.
  std::vector<scenarios::Override> options() const {
    const auto option = [](const std::string& path, const std::string& value) {
      return scenarios::Override{"--set " + path + "=" + value, path, value};
    };
    return {option("churn.base_hazard", std::to_string(hazard)),
            option("accounting.discount_rate", std::to_string(discount_rate)),
            option("credit.default_chance", std::to_string(default_chance)),
            option("purchasing.elasticity", std::to_string(elasticity)),
            option("population.customers", std::to_string(customers)),
            option("horizon.months", std::to_string(months)),
            option("purchasing.orders_per_month.shape", std::to_string(shape_of_rates)),
            option("purchasing.order_value.between", std::to_string(spread_of_values))};
  }
};

/// What a policy of the study grants to everybody.
struct Granted {
  const char* policy;
  double care, discount, terms;
};
inline constexpr std::array<Granted, 5> granted_by_policies = {{{"today", 0, 0, 30},
                                                                {"care", 20, 0, 30},
                                                                {"discount", 0, 0.03, 30},
                                                                {"60 days", 0, 0, 60},
                                                                {"all three", 20, 0.03, 60}}};

/// What comes of a customer under a policy, by the formula at the head of the study. Nothing here is the product's.
struct Worth {
  Worth(const Known& known, const Granted& granted) {
    const double care = granted.care, paid = 1 - granted.discount, waits = granted.terms / 30;
    const double ahead = (1 - known.default_chance) / (1 + known.discount_rate);
    invoiced = std::pow(ahead, waits);
    invoiced += 0.4 * known.default_chance * std::pow(1 + known.discount_rate, -6) * (1 - invoiced) / (1 - ahead);
    orders = 2 * std::pow(paid, known.elasticity) * std::exp(0.05 * (1 - std::exp(1 - waits)));
    of_month = orders * (500 * paid * invoiced - 500 * (1 - 0.35) - 10 - 5) - care;
    stays = std::pow(1 - known.hazard, std::exp(-0.30 * 2 * care / (care + 20)));
    months = 0;  // added up, and not by the sum of a geometric series as the study has it
    for (int month = 0; month < known.months; ++month) months += std::pow(stays * ahead, month);
    npv = known.customers * of_month * months;
    at_end = known.customers * std::pow(stays * (1 - known.default_chance), known.months - 1);
  }

  double invoiced = 0, orders = 0, of_month = 0, stays = 0, months = 0;
  double npv = 0;     ///< of all customers
  double at_end = 0;  ///< customers in the last month
};

inline double gain_of(const Known& known, std::size_t policy) {
  return Worth(known, granted_by_policies[policy]).npv - Worth(known, granted_by_policies[0]).npv;
}

/// The shipped study with these numbers, which need be read once for many seeds.
class KnownStudy {
 public:
  explicit KnownStudy(const Known& known)
      : known_(known),
        catalogue_(models::catalogue()),
        study_(scenarios::read_study(known_answer_file, catalogue_, known.options()).study),
        share_of_ten_largest_(models::share_of_ten_largest(study_, catalogue_)) {
    REQUIRE(study_.policies.size() == granted_by_policies.size());
    for (std::size_t policy = 0; policy < granted_by_policies.size(); ++policy)
      REQUIRE(study_.policies[policy].name == granted_by_policies[policy].policy);
  }

  const Known& known() const { return known_; }
  double share_of_ten_largest() const { return share_of_ten_largest_; }
  std::uint64_t seed() const { return study_.seed; }

  /// A KPI of every future, by policy.
  std::vector<output::Futures> futures(const std::string& kpi, std::uint32_t replications, std::uint64_t seed) const {
    sim::Study study = study_;
    study.seed = seed;
    study.replications = replications;
    const sim::Plan plan(study, catalogue_);
    sim::StatisticsSink sink(plan.info(), study.money_quantum);
    plan.run(sim::all_cells(study), sink, {.threads = 1});
    std::size_t number = 0;
    while (plan.info().kpis.at(number).name != kpi) ++number;
    std::vector<output::Futures> all(granted_by_policies.size(), {1, replications, study.population.people, {}, false});
    for (std::uint32_t policy = 0; policy < all.size(); ++policy)
      for (std::uint32_t r = 0; r < replications; ++r)
        all[policy].values.push_back(sink.values().at({0, policy, 0, r})[number]);
    return all;
  }

  /// What a table says of npv against today, where so many intervals of 95 % are told.
  output::Statements against_today(const std::vector<output::Futures>& npv, std::size_t policy,
                                   std::size_t intervals) const {
    return output::statements_of(npv[policy], npv[0],
                                 {.direction = sim::Direction::higher_is_better,
                                  .share_of_ten_largest = share_of_ten_largest_,
                                  .certainty = {0.95, intervals}});
  }

 private:
  Known known_;
  sim::Catalogue catalogue_;
  sim::Study study_;
  double share_of_ten_largest_;
};

struct Average {
  double mean = 0, error = 0;  ///< standard error of the mean
  /// How many standard errors the mean is from what it should be.
  double off(double expected) const { return std::fabs(mean - expected) / error; }
};
inline Average average_of(const std::vector<double>& values) {
  double sum = 0, squares = 0;
  for (const double x : values) sum += x;
  const double n = static_cast<double>(values.size()), mean = sum / n;
  for (const double x : values) squares += (x - mean) * (x - mean);
  return {mean, std::sqrt(squares / (n - 1) / n)};
}

/// How often intervals of the differences to today held the formula's, by policy, and all at once those that are to
/// hold together.
struct KnownCoverage {
  int seeds = 0, together = 0;
  std::array<int, granted_by_policies.size()> held{};
  double of(std::size_t policy) const { return static_cast<double>(held[policy]) / seeds; }
  double of_all() const { return static_cast<double>(together) / seeds; }
};

inline KnownCoverage coverage_over_seeds(const KnownStudy& study, std::uint32_t replications, int seeds) {
  constexpr std::size_t intervals = 2 * (granted_by_policies.size() - 1);  // averages and chances, as in a table
  KnownCoverage coverage;
  for (; coverage.seeds < seeds; ++coverage.seeds) {
    const auto npv = study.futures("npv", replications, 1000 + static_cast<std::uint64_t>(coverage.seeds));
    bool all = true;
    for (std::size_t policy = 1; policy < granted_by_policies.size(); ++policy) {
      const output::Statements told = study.against_today(npv, policy, intervals);
      REQUIRE(told.average.caution.empty());
      const double off = std::fabs(told.average.mean - gain_of(study.known(), policy));
      coverage.held[policy] += off <= told.average.half_width ? 1 : 0;
      all = all && off <= told.half_width_together;
    }
    coverage.together += all ? 1 : 0;
  }
  return coverage;
}

}  // namespace clientele::tests
