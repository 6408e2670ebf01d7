// A study that nobody asked, with outcomes that nobody lived: every feature of a cube in little, the same every time.
#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "output/cube/writer.hpp"
#include "sim/state/histogram.hpp"

namespace clientele::tests {

/// A study, what it implies, and its outcomes. Three policies of one, two and four tiers.
struct Invented {
  sim::Study study;
  sim::OutcomeInfo info;
  output::Outcomes outcomes;
  output::CubeDetails details;
};

inline sim::Policy invented_policy(const std::string& name, const std::vector<std::string>& tiers) {
  sim::Policy policy;
  policy.name = name;
  for (const std::string& tier : tiers) policy.tiers.push_back({tier, {}, {}, {}});
  return policy;
}

inline sim::Study invented_study() {
  sim::Study study;
  study.title = "Invented \xe2\x98\x85";
  study.question = "Does the cube hold what was put in?";
  study.text = "title = \"Invented\"\n# a remark \xe2\x80\x94 and no more\n";
  study.digest = "0123456789abcdef0123456789abcdef";
  study.seed = 4000000000U;
  study.horizon = {2027, 11, 5, 3, 1, 2};
  study.population.customers = 1000;
  study.population.groups = {{"workshop", 0.75, {}}, {"cha\xc3\xaene", 0.25, {}}};
  study.population.people = sim::People::paired;
  study.scenarios = {{"baseline", {}}, {"recession \xe2\x80\x94 mild", {}}, {"boom", {}}};
  study.policies = {invented_policy("today", {"everyone"}), invented_policy("spend", {"gold", "rest"}),
                    invented_policy("platine \xe2\x98\x85", {"A", "B", "C", "D"})};
  study.uncertain = {{{0, 0}, 0, "churn.base_hazard", {}}, {{0, 1}, 0, "purchasing.orders_per_month.mean", {}}};
  study.draws = 2;
  study.replications = 3;
  study.headline = "npv";
  return study;
}

/// Revenue so far; missing in month 0.
inline sim::KpiInfo invented_series_kpi() {
  sim::KpiInfo kpi{"least", "least revenue so far", "money", sim::Direction::higher_is_better, sim::KpiRule::lowest, {},
                   {}};
  kpi.monthly = sim::MonthlyRule{.inputs = {{{"revenue", 2}}},
                                 .function =
                                     [](const std::vector<sim::Series>& of) {
                                       sim::Series sums = of[0];
                                       for (std::size_t t = 1; t < sums.size(); ++t) sums[t] += sums[t - 1];
                                       if (!sums.empty()) sums[0] = std::numeric_limits<double>::quiet_NaN();
                                       return sums;
                                     },
                                 .words = "so_far",
                                 .unit = "money",
                                 .meaning = "revenue so far",
                                 .series = "revenue_so_far"};
  return kpi;
}

inline std::vector<sim::KpiInfo> invented_kpis() {
  using enum sim::KpiRule;
  const auto better = sim::Direction::higher_is_better, worse = sim::Direction::lower_is_better;
  return {{"npv", "discounted revenue", "money", better, discounted_total, {{"revenue"}}, {}, 1, 0.01, true},
          {"revenue", "revenue in all", "money", better, total, {{"revenue"}}, {}, 1, 0, true},
          {"delay", "mean days late", "days", worse, ratio, {{"days_late"}}, {{"orders"}}, 1, 0, false},
          {"undefined", "a ratio to nothing", "1", better, ratio, {{"orders"}}, {{"nothing"}}, 1, 0, false},
          invented_series_kpi()};
}

inline sim::OutcomeInfo invented_info() {
  using enum sim::MetricUnit;
  sim::OutcomeInfo info;
  info.metrics = {{"revenue", "net sales", money, 1, sim::MonthsOf::also_beyond},
                  {"orders", "orders placed", count, 1, sim::MonthsOf::also_beyond},
                  {"days_late", "days that payments came late", days, 0.5},
                  {"nothing", "what never happens", count, 1}};
  info.histograms = {{"value", "margin of a customer", money, {1, -1}},
                     {"points", "points of a customer", count, {-1}}};
  info.kpis = invented_kpis();
  info.assumptions = {{"churn.base_hazard", "0.016; cha\xc3\xaene: 0.02", "chance to leave", "guess", "recalled", true},
                      {"payment.days_late", "weibull (mean 7.4, shape 1.38)", "days", "fiction", "a sample", false}};
  info.levers = {{"purchasing.discount", "margin", "demand", {"spend"}}, {"payment.gift", "money", "", {"today"}}};
  info.months = 6;
  info.run_off = 1;
  info.closed = 2;
  info.months_beyond = 3;
  info.tiers = 4;
  info.groups = 2;
  return info;
}

/// A number that looks like chance and is none.
inline std::int64_t invented_count(std::uint64_t place) {
  std::uint64_t x = (place + 1) * 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 31)) * 0xBF58476D1CE4E5B9ULL;
  return static_cast<std::int64_t>(x >> 40) - (1 << 22);
}

inline sim::CellOutcome invented_outcome(const sim::Study& study, const sim::OutcomeInfo& info, const sim::Cell& cell) {
  sim::CellOutcome outcome;
  outcome.cell = cell;
  const std::uint64_t world = (cell.scenario * 5 + cell.policy) * 7 + cell.draw * 3 + cell.replication;
  const std::size_t tiers = study.policies[cell.policy].tiers.size(), metrics = info.metrics.size();
  for (std::size_t t = 0; t < info.months; ++t)
    for (std::size_t k = 0; k < info.tiers; ++k)
      for (std::size_t at = 0; at < info.groups * metrics; ++at) {
        const bool counted = k < tiers && at % metrics != metrics - 1;
        const std::uint64_t place = ((world * info.months + t) * info.tiers + k) * 100 + at;
        outcome.counts.push_back(counted ? invented_count(place) : 0);
      }
  for (std::size_t t = 0; t < info.months; ++t)
    for (std::size_t k = 0; k < info.tiers; ++k)
      for (std::size_t at = 0; at < info.tiers * info.groups; ++at) {
        const bool reviewed = t % 3 == 0 && k < tiers && at / info.groups < tiers;
        outcome.flows.push_back(reviewed ? invented_count((world * 100 + t) * 100 + k * 20 + at) & 1023 : 0);
      }
  for (const sim::HistogramInfo& histogram : info.histograms) {
    auto& bins = outcome.histograms.emplace_back();
    for (std::size_t place = 0; place < histogram.months.size() * info.groups; ++place) {
      sim::BinnedCount counted;
      for (std::uint64_t i = 0; i < 20; ++i) counted.add(invented_count(world * 1000 + place * 20 + i) >> (i % 22));
      bins.push_back(counted.bins());
    }
  }
  for (std::size_t t = 0; t < info.months_beyond; ++t)
    for (std::size_t k = 0; k < info.tiers; ++k)
      for (std::size_t at = 0; at < info.groups * info.metrics_beyond().size(); ++at)
        outcome.beyond.push_back(k < tiers ? invented_count((world * 10 + t) * 1000 + k * 100 + at) : 0);
  return outcome;
}

inline Invented invented() {
  Invented all{invented_study(), invented_info(), {}, {"1.0-invented", {{0.01, 2.5}, {0.02, 3.5}}, {}}};
  all.details.keys = output::keys_of({"the world", {"first", "second", "third"}, {"one", "two", "four"}}, all.study,
                                     all.info, all.details.model_version, all.details.parameter_values);
  for (std::uint32_t s = 0; s < 3; ++s)
    for (std::uint32_t p = 0; p < 3; ++p)
      for (std::uint32_t d = 0; d < 2; ++d)
        for (std::uint32_t r = 0; r < 3; ++r)
          all.outcomes.emplace(sim::Cell{s, p, d, r}, invented_outcome(all.study, all.info, {s, p, d, r}));
  return all;
}

/// The cell that a stopped run might have left out.
inline constexpr sim::Cell unfinished{2, 1, 1, 2};

inline void write(const Invented& all, const std::filesystem::path& path,
                  output::Existing existing = output::Existing::refuse) {
  output::write_cube(path, existing, all.study, all.info, all.outcomes, all.details);
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace clientele::tests
