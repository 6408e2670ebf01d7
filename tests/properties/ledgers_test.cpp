// Ledgers close to the unit, quotas are exact, names mean nothing, and money has no scale.
#include "tests/support/catch.hpp"
#include "tests/support/toys.hpp"

namespace clientele::sim {

namespace {

std::int64_t total(const std::vector<std::int64_t>& months) {
  std::int64_t sum = 0;
  for (const std::int64_t n : months) sum += n;
  return sum;
}

/// A metric by tier in one month, over groups.
std::vector<std::int64_t> by_tier(const Study& study, const CellOutcome& outcome, std::size_t month,
                                  std::size_t metric) {
  const OutcomeInfo info = Plan(study, toy_catalogue()).info();
  std::vector<std::int64_t> sums(info.tiers);
  for (std::size_t tier = 0; tier < info.tiers; ++tier)
    for (std::size_t group = 0; group < info.groups; ++group)
      sums[tier] += outcome.counts[((month * info.tiers + tier) * info.groups + group) * info.metrics.size() + metric];
  return sums;
}

/// A metric by group in one month, over tiers.
std::vector<std::int64_t> by_group(const Study& study, const CellOutcome& outcome, std::size_t month,
                                   std::size_t metric) {
  const OutcomeInfo info = Plan(study, toy_catalogue()).info();
  std::vector<std::int64_t> sums(info.groups);
  for (std::size_t tier = 0; tier < info.tiers; ++tier)
    for (std::size_t group = 0; group < info.groups; ++group)
      sums[group] += outcome.counts[((month * info.tiers + tier) * info.groups + group) * info.metrics.size() + metric];
  return sums;
}

}  // namespace

TEST_CASE("what is invoiced is settled or open, month by month") {
  const Study study = toy_study();
  for (const auto& [cell, outcome] : lived(study)) {
    const auto revenue = by_month(study, outcome, "revenue"), settled = by_month(study, outcome, "settled");
    const auto open = by_month(study, outcome, "receivable");
    for (std::size_t t = 1; t < open.size(); ++t) REQUIRE(open[t] == open[t - 1] + revenue[t] - settled[t]);
    REQUIRE(open.back() == 0);  // the run-off ends with nothing open
    REQUIRE(total(revenue) > 0);
  }
}

TEST_CASE("two ways to go at once count once, the first in precedence") {
  Study study = toy_study();
  study.values[1][0].numbers = {1};  // everybody asks to leave
  study.values[1][1].numbers = {1};  // and defaults
  study.values[1][3].numbers = {0};
  study.values[1][2].numbers = {0};
  study.population.groups[1].overrides.clear();
  study.horizon.warmup = 0;
  const auto outcomes = lived(study);
  const CellOutcome& outcome = outcomes.at({0, 0, 0, 0});
  REQUIRE(by_month(study, outcome, "customers")[0] == 700);
  REQUIRE(by_month(study, outcome, "defaulted")[0] == 700);
  REQUIRE(total(by_month(study, outcome, "left")) == 0);
  REQUIRE(by_month(study, outcome, "customers")[1] == 0);
}

TEST_CASE("whoever leaves in warm-up, by whichever exit, is replaced: each group has its number at month 0") {
  for (const int warmup : {1, 5, 14})
    for (const std::uint32_t baseline : {0U, 1U}) {
      Study study = toy_study();
      study.horizon.warmup = warmup;
      study.baseline = baseline;  // the second meets in warm-up
      study.values[1] = {{0, {0.06}}, {0, {0.04}}, {0, {0}}, {0, {0}}};
      for (const auto& [cell, outcome] : lived(study)) {
        REQUIRE(by_group(study, outcome, 0, 0) == std::vector<std::int64_t>{490, 210});
        REQUIRE(by_month(study, outcome, "customers")[1] < 700);
      }
    }
}

TEST_CASE("as before: the year of replacements comes back every year, the same in every scenario and policy") {
  Study study = toy_study();
  study.horizon = {2027, 1, 30, 12, 2};
  study.values[1] = {{0, {0.06}}, {0, {0.04}}, {0, {0}}, {0, {0}}};
  const auto outcomes = lived(study);
  for (const auto& [cell, outcome] : outcomes) {
    const auto arrivals = by_month(study, outcome, "arrivals");
    REQUIRE(arrivals == by_month(study, outcomes.at({0, 0, 0, cell.replication}), "arrivals"));
    for (std::size_t month = 0; month < 18; ++month) {
      REQUIRE(arrivals[month] > 0);
      REQUIRE(arrivals[month + 12] == arrivals[month]);
    }
    REQUIRE(arrivals[30] + arrivals[31] == 0);  // nobody joins after the horizon
  }
  study.horizon.months = 29;
  REQUIRE(by_month(study, lived(study).at({0, 0, 0, 0}), "arrivals")[29] == 0);
}

TEST_CASE("by number: each group gets its mean a month, from month 1 to the end of the horizon") {
  Study study = toy_study();
  study.values[1] = {{0, {0.06}}, {0, {0.04}}, {0, {0}}, {0, {0}}};
  study.population.arrivals = Arrivals::by_number;
  study.population.groups[0].arrivals = 80;
  study.policies.resize(1);
  study.scenarios.resize(1);
  study.replications = 8;
  std::int64_t joined = 0;
  for (const auto& [cell, outcome] : lived(study)) {
    REQUIRE(by_group(study, outcome, 10, 1) == std::vector<std::int64_t>{0, 0});
    for (std::size_t month = 1; month < 10; ++month) {
      REQUIRE(by_group(study, outcome, month, 1)[1] == 0);
      joined += by_group(study, outcome, month, 1)[0];
    }
  }
  REQUIRE(std::abs(static_cast<double>(joined) - 80 * 9 * 8) < 4 * std::sqrt(80.0 * 9 * 8));
}

TEST_CASE("quotas are exact, also where thousands tie") {
  Study study = toy_study(5000);
  study.replications = 1;
  study.values[1][3].numbers = {0};  // no newcomers, who would hold the entry tier
  study.values[1][2].numbers = {0};
  study.population.replacement = Replacement::none;
  const auto outcomes = lived(study);
  for (const std::uint32_t policy : {1U, 2U}) {
    const auto& tiers = study.policies[policy].tiers;
    const auto held = by_tier(study, outcomes.at({0, policy, 0, 0}), 0, 0);
    std::int64_t customers = 0;
    for (const std::int64_t n : held) customers += n;
    double upto = 0;
    std::int64_t counted = 0;
    for (std::size_t t = 0; t + 1 < tiers.size(); ++t) {
      upto += *tiers[t].share;
      counted += held[t];
      REQUIRE(counted == static_cast<std::int64_t>(std::floor(upto * static_cast<double>(customers) + 0.5)));
    }
  }
}

TEST_CASE("percentiles put half of the customers into the upper half") {
  Study study = toy_study(5000);
  study.replications = 1;
  study.values[1][3].numbers = {0};
  study.values[1][2].numbers = {0};
  const auto held = by_tier(study, lived(study).at({0, 3, 0, 0}), 0, 0);
  const auto customers = static_cast<double>(held[0] + held[1]);
  REQUIRE(std::abs(static_cast<double>(held[0]) / customers - 0.5) < 0.06);  // ties at 0 and in bins move the middle
}

TEST_CASE("referred customers may live in one arm only, with the identity that every arm would give them") {
  Study study = toy_study();
  study.values[1][2].numbers = {0.1};
  const auto outcomes = lived(study);
  const auto few = by_month(study, outcomes.at({0, 0, 0, 0}), "arrivals");
  const auto more = by_month(study, outcomes.at({0, 3, 0, 0}), "arrivals");
  REQUIRE(total(more) > total(few));
  REQUIRE(few[0] == more[0]);  // born before the policies part
}

TEST_CASE("histograms count every active customer, and their sums are the metric's") {
  const Study study = toy_study();
  const auto outcomes = lived(study);
  const CellOutcome& outcome = outcomes.at({1, 1, 0, 2});
  std::int64_t customers = 0, sum = 0;
  for (std::size_t group = 0; group < 2; ++group)
    for (const HistogramBin& bin : outcome.histograms[0][1 * 2 + group]) customers += bin.customers, sum += bin.sum;
  const auto last = static_cast<std::size_t>(study.horizon.months - 1);
  REQUIRE(customers == by_month(study, outcome, "customers")[last]);
  REQUIRE(sum == by_month(study, outcome, "revenue")[last]);
}

TEST_CASE("a tier's name has no effect, and a tier split in two changes no total") {
  Study study = toy_study();
  study.replications = 1;
  const auto reference = lived(study);
  Study renamed = study;
  renamed.policies[1].tiers[0].name = "gold";
  Study split = study;
  auto& tiers = split.policies[1].tiers;
  tiers.insert(tiers.begin(), tiers.front());
  tiers[0].share = tiers[1].share = 0.1;
  split.policies[1].entry = 3;
  const auto named = lived(renamed), divided = lived(split);
  REQUIRE(named.at({0, 1, 0, 0}).counts == reference.at({0, 1, 0, 0}).counts);
  for (const char* metric : {"orders", "revenue", "customers", "receivable"})
    REQUIRE(by_month(split, divided.at({0, 1, 0, 0}), metric) == by_month(study, reference.at({0, 1, 0, 0}), metric));
}

TEST_CASE("an amount out of range names the metric, the month and the quantum") {
  Study study = toy_study();
  study.money_quantum = 1e-9;
  try {
    lived(study);
    FAIL("the run went on");
  } catch (const UserError& error) {
    const std::string text = error.what();
    REQUIRE(text.find("revenue") != std::string::npos);
    REQUIRE(text.find("money_quantum") != std::string::npos);
    REQUIRE(error.status() == Exit::bad_data);
  }
}

TEST_CASE("a stopped run hands over whole cells only") {
  const Study study = toy_study();
  const Catalogue catalogue = toy_catalogue();
  MemorySink sink;
  std::stop_source source;
  source.request_stop();
  RunOptions options;
  options.threads = 1;
  const RunReport report = Plan(study, catalogue).run(all_cells(study), sink, options, source.get_token());
  REQUIRE(report.status == RunStatus::stopped);
  REQUIRE(sink.outcomes().empty());
}

TEST_CASE("people: redrawn every replication, in pairs, or never; luck: fresh or common to all draws") {
  Study study = toy_study();
  study.replications = 4;
  study.horizon.warmup = 0;
  study.values[1] = {{0, {0}}, {0, {0}}, {0, {0}}, {0, {0}}};
  study.population.groups[1].overrides.clear();
  study.draws = 2;
  Uncertain uncertain{{0, 2}, 0, "buying.response", {Family::uniform, {1, 3}}};
  study.uncertain = {uncertain};
  const auto orders = [&](const Study& s, std::uint32_t draw, std::uint32_t replication) {
    return by_month(s, lived(s, {}, {{0, 0, draw, replication}}).at({0, 0, draw, replication}), "orders");
  };
  REQUIRE(orders(study, 0, 0) != orders(study, 1, 0));  // fresh luck, though the plain policy feels no response
  study.luck = Luck::common;
  REQUIRE(orders(study, 0, 0) == orders(study, 1, 0));
  REQUIRE(orders(study, 0, 0) != orders(study, 0, 1));
}

}  // namespace clientele::sim
