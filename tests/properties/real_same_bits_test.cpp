// The real catalogue gives the same bits however a run is carried out.
#include <atomic>
#include <cmath>
#include <map>

#include "sim/class_names.hpp"
#include "sim/worth_of_customers.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/same_outcomes.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {

namespace {

/// What was counted by class, each group's classes together: rows of `width` numbers for every class.
std::vector<std::int64_t> together(const std::vector<std::int64_t>& counted, std::size_t classes, std::size_t width) {
  std::vector<std::int64_t> sums(counted.size() / classes);
  for (std::size_t i = 0; i < counted.size(); ++i) sums[i / (classes * width) * width + i % width] += counted[i];
  return sums;
}

/// A histogram's bins of some classes, put together.
std::vector<sim::HistogramBin> put_together(const std::vector<std::vector<sim::HistogramBin>>& of_classes,
                                            std::size_t first, std::size_t classes) {
  std::map<std::int32_t, sim::HistogramBin> bins;
  for (std::size_t c = first; c < first + classes; ++c)
    for (const sim::HistogramBin& bin : of_classes.at(c)) {
      sim::HistogramBin& sum = bins.try_emplace(bin.bin, sim::HistogramBin{bin.bin, 0, 0}).first->second;
      sum.customers += bin.customers;
      sum.sum += bin.sum;
    }
  std::vector<sim::HistogramBin> list;
  for (const auto& [unused, bin] : bins) list.push_back(bin);
  return list;
}

/// The first policy's reviews find customers in two tiers when the policies part.
sim::Study study_of_classes(const sim::Catalogue& catalogue) {
  sim::Study study = wide_study_with_program(catalogue, 600);
  study.policies[0] = policy_of(catalogue, "today", "spend", {{"large", {}, 40'000.0, {}}, {"small", {}, {}, {}}});
  study.replications = 1;
  return study;
}

}  // namespace

TEST_CASE("classes of customers add up to what is counted without them, to the unit") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = study_of_classes(catalogue);
  const Outcome whole(study, catalogue, {.threads = 1});
  study.count.classes = true;
  const Outcome apart(study, catalogue, {.threads = 1});
  const std::size_t classes = sim::number_of_classes(study), metrics = whole.info().metrics.size();
  REQUIRE(classes == 23);
  REQUIRE(sim::names_of_classes(study).size() == 46);
  REQUIRE(sim::names_of_classes(study)[23 + 11] == "export / today's small / tenth 2");
  REQUIRE(apart.info().groups == 2 * classes);
  for (const auto& [cell, outcome] : whole.cells()) {
    const sim::CellOutcome& by_class = apart.cells().at(cell);
    REQUIRE(together(by_class.counts, classes, metrics) == outcome.counts);
    REQUIRE(together(by_class.beyond, classes, whole.info().metrics_beyond().size()) == outcome.beyond);
    REQUIRE(together(by_class.flows, classes, 1) == outcome.flows);
    for (std::size_t h = 0; h < outcome.histograms.size(); ++h)
      for (std::size_t place = 0; place < outcome.histograms[h].size(); ++place)
        REQUIRE(put_together(by_class.histograms[h], place * classes, classes) == outcome.histograms[h][place]);
  }
}

TEST_CASE("the tenths of the customers are equally many, and the first buys most") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = study_of_classes(catalogue);
  study.population.groups[1].overrides.clear();     // everybody sees who leaves
  set(study, catalogue, "returns", "chance", {0});  // tenths are those of what was kept
  study.count.classes = true;
  const Outcome apart(study, catalogue, {.threads = 1});
  const sim::OutcomeInfo& info = apart.info();
  const auto metric = [&](const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(info.metrics, name, &sim::MetricInfo::name) -
                                    info.metrics.begin());
  };
  const auto of_class = [&](std::size_t one, const std::string& name, std::size_t months) {
    std::int64_t sum = 0;
    for (std::size_t row = 0; row < months * info.tiers; ++row)
      sum += apart.cells().begin()->second.counts[(row * info.groups + one) * info.metrics.size() + metric(name)];
    return sum;
  };
  std::int64_t customers[sim::tenths] = {}, revenue[sim::tenths] = {}, new_ones = 0, firm = 0;
  for (std::size_t one = 0; one < info.groups; ++one) {
    const std::size_t at = one % info.classes;
    if (at < 20) customers[at % sim::tenths] += of_class(one, "customers", 1);
    if (at < 20) revenue[at % sim::tenths] += of_class(one, "revenue", info.horizon());
    if (at == 20) REQUIRE(of_class(one, "customers", info.months) == 0);  // had left before
    if (at == 21) new_ones += of_class(one, "customers", info.months);
    if (at == 22) REQUIRE(of_class(one, "customers", info.months) == 0);
    if (at == 22) firm += of_class(one, "contribution", info.months);
  }
  for (const std::int64_t n : customers) REQUIRE(std::abs(n - customers[0]) <= 1);
  REQUIRE(std::is_sorted(std::rbegin(revenue), std::rend(revenue)));
  REQUIRE(new_ones > 0);
  REQUIRE(firm < 0);  // 25 a month, which no customer costs
}

TEST_CASE("classes are the same however a run is carried out") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = study_of_classes(catalogue);
  study.count.classes = true;
  const Outcome reference(study, catalogue, {.threads = 1});
  require_same(reference, Outcome(study, catalogue, {.threads = 3, .block_size = 64, .arms_together = 2}));
  sim::RunOptions options{.threads = 2, .block_size = 192, .in_step = true};
  options.scratch = sim::Scratch::spoiled;
  require_same(reference, Outcome(study, catalogue, options));
}

TEST_CASE("what customers are worth one by one is what they are worth together, where nobody else is there") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue, 150);
  study.population.arrivals = sim::Arrivals::none;
  study.population.replacement = sim::Replacement::none;
  study.policies[2].settings = {{field_ref(catalogue, "service", "managers"), 1}};  // meets for care, and for ranks
  study.replications = 1;
  const Outcome whole(study, catalogue, {.threads = 1});
  const auto npv = std::ranges::find(whole.info().kpis, "npv", &sim::KpiInfo::name);
  const std::vector<sim::Cell> cells{{1, 1, 0, 0}, {1, 2, 0, 0}};
  const auto worths = sim::worth_of_customers(study, catalogue, cells, *npv, 2);
  REQUIRE(worths.size() == 150);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    double sum = 0;
    for (const std::vector<double>& worth : worths) sum += worth[c];
    const double expected = whole.kpi("npv", cells[c]);
    REQUIRE(std::fabs(sum - expected) < 1e-9 * std::fabs(expected));
  }
}

TEST_CASE("threads, teams, block sizes, groups of arms and steps change nothing") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = wide_study_with_program(catalogue);
  const Outcome reference(study, catalogue, {.threads = 1});
  for (const sim::Engine engine : {sim::Engine::tbb, sim::Engine::threads})
    for (const unsigned threads : {1U, 2U, 3U, 8U})
      require_same(reference, Outcome(study, catalogue, {.engine = engine, .threads = threads, .block_size = 128}));
  for (const std::size_t block : {64U, 256U, 1024U})
    require_same(reference, Outcome(study, catalogue, {.threads = 2, .block_size = block}));
  for (const std::size_t arms : {1U, 2U, 5U})
    require_same(reference, Outcome(study, catalogue, {.threads = 2, .arms_together = arms}));
  require_same(reference, Outcome(study, catalogue, {.threads = 2, .block_size = 192, .in_step = true}));
}

TEST_CASE("what scratch memory holds when a month is entered changes nothing") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = wide_study_with_program(catalogue);
  const Outcome reference(study, catalogue, {.threads = 1});
  for (const bool in_step : {false, true}) {
    sim::RunOptions options{.threads = 1, .block_size = 64, .in_step = in_step};
    options.scratch = sim::Scratch::spoiled;
    require_same(reference, Outcome(study, catalogue, options));
  }
}

TEST_CASE("whose latent columns stand before a review changes nothing, and everybody gets their own back") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = wide_study(catalogue);
  sim::RunOptions options{.threads = 1, .block_size = 64};
  options.latent_in_reviews = sim::LatentInReviews::exchanged;
  require_same(Outcome(study, catalogue, {.threads = 1}), Outcome(study, catalogue, options));
}

TEST_CASE("a large population whose blocks a whole team shares gives the same bits") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study_with_program(catalogue, 4'000);
  study.replications = 1;
  require_same(Outcome(study, catalogue, {.threads = 1, .block_size = 1024}),
               Outcome(study, catalogue, {.threads = 3, .block_size = 64}));
}

TEST_CASE("policies that never meet run freely and in step alike") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study_with_program(catalogue);
  study.policies.pop_back();  // rank meets
  require_same(Outcome(study, catalogue, {.threads = 1}), Outcome(study, catalogue, {.threads = 1, .in_step = true}));
}

TEST_CASE("progress tells every active customer-month once, running freely and in step") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study_with_program(catalogue, 3'000);
  for (const std::size_t policies : {3U, 2U}) {  // with the third, customers meet
    study.policies.resize(policies);
    for (const unsigned threads : {1U, 3U}) {
      std::atomic<std::uint64_t> told = 0, calls = 0;
      sim::RunOptions options{.threads = threads, .block_size = 64};
      options.progress = [&](std::uint64_t customer_months) { told += customer_months, ++calls; };
      const Outcome outcome(study, catalogue, options);
      std::uint64_t lived = 0;
      for (const auto& [cell, unused] : outcome.cells())
        lived += static_cast<std::uint64_t>(outcome.total("customers", cell) + outcome.total_beyond("customers", cell));
      REQUIRE(told == lived);
      REQUIRE(outcome.report().customer_months == lived);
      REQUIRE(calls > 4);
    }
  }
}

}  // namespace clientele::tests
