// Whose customers a difference comes from: cells that are put together of two policies' equal these to the last count
// where they have to, whoever left, joined or was turned away, and whatever the firm spends itself.
#include "sim/channels.hpp"

#include <algorithm>

#include "output/comparison/comparison.hpp"
#include "output/comparison/why.hpp"
#include "sim/why.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {

namespace {

using Outcomes = std::map<sim::Cell, sim::CellOutcome>;
using Levers = std::vector<sim::Tier::Setting>;

constexpr std::uint32_t today = 0, asked_for = 1, shared = 4, shared_and_own = 5;

/// Two years after one of warm-up, in which customers leave, some of them silently, and others follow; policy 1, "new",
/// has one tier, so that all of whom it takes over get the levers.
sim::Study study_of(const sim::Catalogue& catalogue, Levers levers) {
  sim::Study study = default_study(catalogue, 400, 24);
  study.horizon = {2027, 1, 24, 12, 6, 12};
  study.population.arrivals = sim::Arrivals::as_before;
  study.population.groups = {{"seen", 0.5, {}}, {"silent", 0.5, {{field_ref(catalogue, "churn", "notice"), {0, {1}}}}}};
  set(study, catalogue, "churn", "base_hazard", {0.04});
  study.replications = 3;
  study.policies.push_back(study.policies[0]);
  study.policies[1].name = "new";
  study.policies[1].tiers[0].levers = std::move(levers);
  study.why = true;
  return study;
}

/// Care spares customers from leaving, and does nothing else to them. Who leaves does so when the month is over: of the
/// month in which one policy loses him a customer is still one of both.
sim::Study study_of_loyalty(const sim::Catalogue& catalogue) {
  sim::Study study = study_of(catalogue, {{field_ref(catalogue, "service", "care"), 90}});
  uncouple(study, catalogue);
  set(study, catalogue, "service", "care_points", {0});
  set(study, catalogue, "service", "care_hazard", {-1});
  set(study, catalogue, "churn", "leaving", {1});
  return study;
}

Outcomes lived(const sim::Study& study, const sim::Catalogue& catalogue, const std::vector<sim::Cell>& cells,
               const sim::RunOptions& options) {
  sim::MemorySink sink;
  sim::Plan(study, catalogue).run(cells, sink, options);
  return sink.outcomes();
}

Outcomes lived(const sim::Study& study, const sim::Catalogue& catalogue) {
  return lived(study, catalogue, sim::all_cells(study), {});
}

/// All tiers together, [month][group][metric], those beyond the horizon behind the others.
std::vector<std::int64_t> without_tiers(const sim::CellOutcome& outcome, const sim::OutcomeInfo& info) {
  std::vector<std::int64_t> all;
  for (const auto& [counts, metrics] :
       {std::pair(&outcome.counts, info.metrics.size()), std::pair(&outcome.beyond, info.metrics_beyond().size())}) {
    const std::size_t inner = info.groups * metrics, first = all.size();
    all.resize(first + counts->size() / info.tiers);
    for (std::size_t at = 0; at < counts->size(); ++at)
      all[first + at / (info.tiers * inner) * inner + at % inner] += (*counts)[at];
  }
  return all;
}

std::size_t metric_called(const sim::OutcomeInfo& info, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(info.metrics, name, &sim::MetricInfo::name) - info.metrics.begin());
}

/// Of the horizon, month by month.
std::vector<std::int64_t> by_month(const sim::CellOutcome& outcome, const sim::OutcomeInfo& info,
                                   std::string_view metric) {
  std::vector<std::int64_t> months(info.months);
  const std::size_t of_month = info.tiers * info.groups * info.metrics.size();
  for (std::size_t at = metric_called(info, metric); at < outcome.counts.size(); at += info.metrics.size())
    months[at / of_month] += outcome.counts[at];
  return months;
}

std::int64_t sum_of(const std::vector<std::int64_t>& months) {
  std::int64_t sum = 0;
  for (const std::int64_t month : months) sum += month;
  return sum;
}

}  // namespace

TEST_CASE("a customer is of both, of one alone, and once of neither what it was last") {
  using enum sim::Channel;
  const auto of = [](bool policy, bool baseline, sim::Channel before) {
    return static_cast<sim::Channel>(sim::channel_of(policy, baseline, static_cast<std::int32_t>(before)));
  };
  for (const sim::Channel before : {both, policy_alone, baseline_alone}) {
    CHECK(of(true, true, before) == both);
    CHECK(of(true, false, before) == policy_alone);
    CHECK(of(false, true, before) == baseline_alone);
    CHECK(of(false, false, before) == before);
  }
  CHECK(sim::channels_of_twin(sim::Blend::shared) == std::array{true, false, false});
  CHECK(sim::channels_of_twin(sim::Blend::shared_and_own) == std::array{true, true, false});
}

TEST_CASE("a policy that grants what the baseline grants differs in no channel, to the last count") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const bool by_class : {false, true}) {
    sim::Study study = study_of(catalogue, {});
    study.count.classes = by_class;
    study = sim::with_why(study);
    REQUIRE(study.policies.size() == 6);
    CHECK(study.policies[shared].name == "new, shared");
    CHECK(study.policies[shared_and_own].name == "new, shared and own");
    const Outcomes outcomes = lived(study, catalogue);
    for (std::uint32_t r = 0; r < study.replications; ++r) {
      const sim::CellOutcome& baseline = outcomes.at({0, today, 0, r});
      for (const std::uint32_t blend : {shared, shared_and_own}) {
        const sim::CellOutcome& blended = outcomes.at({0, blend, 0, r});
        CHECK(blended.counts == baseline.counts);
        CHECK(blended.beyond == baseline.beyond);
        CHECK(blended.histograms == baseline.histograms);
      }
    }
  }
}

TEST_CASE("what only keeps customers gains by those whom it has alone, and loses nobody") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = sim::with_why(study_of_loyalty(catalogue));
  const sim::OutcomeInfo info = sim::Plan(study, catalogue).info();
  const Outcomes outcomes = lived(study, catalogue);
  for (std::uint32_t r = 0; r < study.replications; ++r) {
    const sim::CellOutcome &baseline = outcomes.at({0, today, 0, r}), &policy = outcomes.at({0, asked_for, 0, r});
    const sim::CellOutcome &of_both = outcomes.at({0, shared, 0, r}), &kept = outcomes.at({0, shared_and_own, 0, r});
    for (const char* metric : {"customers", "revenue", "orders", "collected", "receivables"}) {
      INFO(metric);
      CHECK(by_month(of_both, info, metric) == by_month(baseline, info, metric));
    }
    CHECK(without_tiers(kept, info) == without_tiers(policy, info));
    CHECK(kept.histograms == policy.histograms);
    CHECK(sum_of(by_month(kept, info, "revenue")) > sum_of(by_month(of_both, info, "revenue")));
    CHECK(sum_of(by_month(of_both, info, "left")) < sum_of(by_month(baseline, info, "left")));  // a month later of one
    CHECK(sum_of(by_month(of_both, info, "care_cost")) > 0);
  }
}

TEST_CASE("who is won by one policy alone is that one's from the month on in which he joins") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const double days : {60.0, 0.0}) {
    sim::Study study = study_of(catalogue, {{field_ref(catalogue, "payment", "terms_days"), days}});
    set(study, catalogue, "payment", "newcomers_by_terms", {0.6});
    study = sim::with_why(study);
    const sim::OutcomeInfo info = sim::Plan(study, catalogue).info();
    const Outcomes outcomes = lived(study, catalogue);
    std::int64_t won = 0;
    for (std::uint32_t r = 0; r < study.replications; ++r) {
      const auto arrivals = [&](std::uint32_t policy) {
        return by_month(outcomes.at({0, policy, 0, r}), info, "arrivals");
      };
      CHECK(arrivals(shared) == arrivals(today));
      CHECK(arrivals(days > 30 ? shared_and_own : shared) == arrivals(days > 30 ? asked_for : shared_and_own));
      won += sum_of(arrivals(asked_for)) - sum_of(arrivals(today));
    }
    CHECK((days > 30 ? won > 0 : won < 0));
  }
}

TEST_CASE("what is the firm's own stands with the customers of both") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_of(catalogue, {});
  study.policies[1].settings = {{field_ref(catalogue, "administration", "per_month"), 250}};
  study = sim::with_why(study);
  const sim::OutcomeInfo info = sim::Plan(study, catalogue).info();
  const Outcomes outcomes = lived(study, catalogue);
  const auto spent = [&](std::uint32_t policy) {
    return sum_of(by_month(outcomes.at({0, policy, 0, 0}), info, "administration_cost"));
  };
  CHECK(spent(today) == 0);
  CHECK(spent(asked_for) == 24 * 25'000);
  CHECK(spent(shared) == spent(asked_for));
  CHECK(spent(shared_and_own) == spent(asked_for));
}

namespace {

bool are_equal(const sim::CellOutcome& one, const sim::CellOutcome& other) {
  return one.counts == other.counts && one.beyond == other.beyond && one.histograms == other.histograms;
}

}  // namespace

TEST_CASE("cells that are put together are the same ones whatever is simulated beside them, and however") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const bool by_class : {false, true}) {  // customers meet where they are counted by class
    sim::Study study = study_of_loyalty(catalogue);
    study.policies.push_back(study.policies[1]);
    study.policies[2].name = "other";
    study.policies[2].tiers[0].levers = {{field_ref(catalogue, "purchasing", "discount"), 0.05}};
    study.count.classes = by_class;
    study = sim::with_why(study);
    const Outcomes all = lived(study, catalogue);
    std::vector<sim::Cell> blends;
    for (const auto& [cell, outcome] : all)
      if (!sim::is_simulated(study.policies[cell.policy])) blends.push_back(cell);
    REQUIRE(blends.size() == 4 * std::size_t{study.replications});
    for (const std::size_t arms : {std::size_t{1}, std::size_t{2}, std::size_t{16}})
      for (const bool in_step : {false, true}) {
        sim::RunOptions options;
        options.arms_together = arms;
        options.in_step = in_step;
        options.block_size = 64;
        options.scratch = sim::Scratch::spoiled;
        options.customers_of_portion = 150;
        const Outcomes alone = lived(study, catalogue, blends, options);
        REQUIRE(alone.size() == blends.size());
        for (const sim::Cell& cell : blends) CHECK(are_equal(alone.at(cell), all.at(cell)));
      }
  }
}

TEST_CASE("the three channels add up to the whole in every future, and only of what adds up over customers") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_of(catalogue, {{field_ref(catalogue, "purchasing", "discount"), 0.04},
                                          {field_ref(catalogue, "service", "care"), 40}});
  study = sim::with_why(study);
  const sim::OutcomeInfo info = sim::Plan(study, catalogue).info();
  const Outcomes outcomes = lived(study, catalogue);
  const output::ComparisonInput input = output::input_of(study, info, {}, outcomes);
  output::Question question;
  question.scenarios = {0};
  question.policies = {0, 1};
  question.kpis = {"npv", "customers_at_end", "retention"};
  std::erase_if(question.kpis, [&](const std::string& name) { return input.kpi(name) == nullptr; });
  const output::Comparison comparison = output::compare(input, question);
  const output::Why why = output::why_of(input, comparison);
  for (const output::WhyKpi& kpi : why.kpis) {
    const output::WhyArm& arm = kpi.arms.front();
    INFO(kpi.words.name);
    CHECK(kpi.adds_up == (kpi.words.name != "retention"));
    REQUIRE(arm.channels.has_value() == kpi.adds_up);
    if (!arm.channels) continue;
    const output::WhyChannels& channels = *arm.channels;
    CHECK(channels.both.average.mean + channels.own.average.mean + channels.lost.average.mean ==
          Approx(arm.all.average.mean).epsilon(1e-9));
    CHECK((channels.both.average.half_width > 0) == (kpi.words.name == "npv"));  // who is of both is so once
    CHECK(channels.both.pairs == study.replications);
    CHECK(channels.own.average.mean > 0);
  }
  output::Question other = question;
  other.baseline = 1;
  for (const output::WhyKpi& kpi : output::why_of(input, output::compare(input, other)).kpis)
    for (const output::WhyArm& arm : kpi.arms) CHECK_FALSE(arm.channels);
}

}  // namespace clientele::tests
