// What books tell of a customer's past takes the place of what was simulated: to the quantum, the point and the tier,
// with the same bits however a run is carried out.
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "models/known_past.hpp"
#include "sim/dated.hpp"
#include "sim/watch.hpp"
#include "tests/support/buying_of_cdnow.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/ranks_of_threads.hpp"
#include "tests/support/same_outcomes.hpp"
#include "tests/support/shared_files.hpp"
#include "tests/support/told_past.hpp"

namespace clientele::tests {
namespace {

constexpr std::array<const char*, 5> ages{"open_not_due", "open_1_30", "open_31_60", "open_61_90", "open_over_90"};

/// All that is kept of a customer where the policies part, by policy and name.
class AtFork final : public sim::Watcher {
 public:
  void saw(const sim::StepSeen& step) override {
    if (step.step != "fork" || step.cell.scenario != 0) return;
    for (const sim::Change& change : step.changes) kept[{step.cell.policy, std::string(change.name)}] = change.after;
  }
  std::map<std::pair<std::uint32_t, std::string>, double> kept;
};

AtFork fork_of(const sim::Study& study, const sim::Catalogue& catalogue, std::uint64_t row) {
  AtFork seen;
  sim::RunOptions options{.threads = 1, .block_size = 64};
  options.watch = {&seen, sim::id_of_customer(study.population, row + 1)};
  sim::MemorySink sink;
  sim::Plan(study, catalogue).run(sim::all_cells(study), sink, options);
  return seen;
}

const sim::CustomerFile::KnownPast& told_in(const sim::Study& study, std::string_view key) {
  return *std::ranges::find(study.population.file->past, key, &sim::CustomerFile::KnownPast::key);
}

}  // namespace

TEST_CASE("what customers owe and hold when month 0 begins is the sum of the file, to the quantum and to the point") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = study_that_tells_all(catalogue);
  const Outcome outcome(study, catalogue, {.threads = 1});
  double owed = 0;
  for (const char* age : ages) owed += all_told(*study.population.file, age);
  const double held =
      all_told(*study.population.file, "points") + all_told(*study.population.file, "points_without_end");
  REQUIRE(owed > 1e6);
  REQUIRE(held > 1e5);
  for (const auto& [cell, unused] : outcome.cells()) {
    CHECK(outcome.count("receivables_opening", 0, cell) == std::llrint(owed / study.money_quantum));
    CHECK(outcome.count("points_opening", 0, cell) == std::llrint(held));
    CHECK(outcome.total("receivables_brought", cell) == 0);
  }
}

TEST_CASE("each customer owes by age what the file tells, and has the lots and the look-back that it tells") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = study_that_tells_all(catalogue, 120);
  for (const std::uint64_t row : {0U, 1U, 2U, 50U, 119U}) {
    INFO("row " << row);
    AtFork seen = fork_of(study, catalogue, row);
    for (const std::uint32_t policy : {0U, 1U, 2U}) {
      const auto at = [&](const char* name) { return seen.kept.at({policy, name}); };
      const auto quanta = [&](const char* key) {
        return std::rint(told_in(study, key).exact[row] / study.money_quantum);
      };
      CHECK(at("overdue to 30 days") == quanta("open_1_30"));
      CHECK(at("overdue to 60 days") == quanta("open_31_60"));
      CHECK(at("overdue to 90 days") == quanta("open_61_90"));
      CHECK(at("overdue for longer") == quanta("open_over_90"));
      double all = 0, points = told_in(study, "points_without_end").exact[row];
      for (const char* age : ages) all += quanta(age);
      CHECK(at("receivables") == all);
      for (std::size_t k = 0; k < 12; ++k) points += told_in(study, "points").exact[row * 12 + k];
      CHECK(at("points") == points);
      CHECK(at("points without an end") == told_in(study, "points_without_end").exact[row]);
    }
  }
}

TEST_CASE("points end in the months that the file tells") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 0, 14);
  study.horizon.warmup = 2;
  set(study, catalogue, "redemption", "never", {1});
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "churn", "tenure_slope", {0});
  study.population.file = file_that_tells_all(60);
  for (std::uint32_t& group : study.population.file->groups) group = 0;
  study.population.customers = 60;
  study.population.replacement = sim::Replacement::none;
  study.policies.push_back(study.policies.front());
  study.policies[1].name = "closing";
  grant(catalogue, study.policies[0].tiers[0], {1, 1, 6, 0});
  grant(catalogue, study.policies[1].tiers[0], {1, 0, 6, 0});
  const Outcome outcome(study, catalogue, {.threads = 1});
  const auto& told = told_in(study, "points").exact;
  for (std::size_t k = 0; k < 12; ++k) {
    double ending = 0;
    for (std::size_t row = 0; row < 60; ++row) ending += told[row * 12 + k];
    CHECK(outcome.count("points_expired", static_cast<int>(k), {0, 1}) == std::llrint(ending));
  }
  CHECK(outcome.count("points_expired", 12, {0, 1}) == 0);
  set(study, catalogue, "points", "opening", sim::packed_amounts({{-1, 700}}));
  CHECK_THROWS_WITH(Outcome(study, catalogue), Catch::Matchers::Contains("points.opening states what members hold") &&
                                                   Catch::Matchers::Contains("points_1"));
}

TEST_CASE("who is told in a tier holds it when month 0 begins, under policies whose tiers are the baseline's") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = study_that_tells_all(catalogue, 90);
  study.policies[0] = study.policies[1];
  study.policies[0].name = "today";
  study.policies[2] = study.policies[1];
  study.policies[2].name = "other cuts";
  study.policies[2].tiers[0].from = 400'000.0;
  auto& tiers = study.population.file->tiers;
  for (std::int32_t row = 0; row < 90; ++row) tiers.push_back(row % 4 - 1);
  for (const std::uint64_t row : {1U, 2U, 3U, 46U}) {
    AtFork seen = fork_of(study, catalogue, row);
    CHECK(seen.kept.at({0, "tier"}) == tiers[row]);
    CHECK(seen.kept.at({1, "tier"}) == tiers[row]);
  }
  // Nobody's else: as the warm-up left it.
  sim::Study untold = study;
  untold.population.file->tiers.clear();
  CHECK(fork_of(study, catalogue, 4).kept.at({0, "tier"}) == fork_of(untold, catalogue, 4).kept.at({0, "tier"}));
}

TEST_CASE("customers whose past is told come out the same however a run is carried out") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = study_that_tells_all(catalogue, 300);
  study.replications = 1;
  for (std::int32_t row = 0; row < 300; ++row) study.population.file->tiers.push_back(row % 2 - 1);
  study.draws = 2;
  study.uncertain = {{field_ref(catalogue, "purchasing", "orders_per_month"),
                      0,
                      "purchasing.orders_per_month.mean",
                      {sim::Family::uniform, {1, 3}}}};
  const Outcome outcome(study, catalogue, {.threads = 1});
  require_same(outcome, Outcome(study, catalogue, {.threads = 3, .block_size = 64}));
  require_same(outcome, Outcome(study, catalogue, {.threads = 2, .block_size = 1024, .arms_together = 1}));
  require_same(outcome, Outcome(study, catalogue, {.threads = 1, .in_step = true, .scratch = sim::Scratch::spoiled}));
  require_same(outcome, Outcome(study, catalogue, {.threads = 1, .customers_of_portion = 128}));
  // Fewer customers: each stays who it is.
  std::array<std::map<sim::Cell, sim::CellOutcome>, 3> seen;
  sim::on_ranks(3, [&](const sim::Ranks& slice) {
    struct Kept final : sim::Sink {
      std::map<sim::Cell, sim::CellOutcome> cells;
      void accept(sim::CellOutcome&& one) override {
        const sim::Cell cell = one.cell;
        cells.insert_or_assign(cell, std::move(one));
      }
    } kept;
    sim::RunOptions options;
    options.slice = &slice;
    options.block_size = 64;
    options.share = {static_cast<std::uint64_t>(slice.number()), 3, sim::Share::Numbers::of_list};
    sim::Plan(study, catalogue).run(sim::all_cells(study), kept, options, {});
    seen.at(static_cast<std::size_t>(slice.number())) = std::move(kept.cells);
  });
  std::map<sim::Cell, sim::CellOutcome> all;
  for (auto& of_rank : seen) all.merge(of_rank);
  REQUIRE(all.size() == outcome.cells().size());
  for (const auto& [cell, one] : outcome.cells()) CHECK(all.at(cell).counts == one.counts);
}

TEST_CASE("customers whose past is told come out the same in shards, and in a run that is stopped and gone on with") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = study_that_tells_all(catalogue, 300);
  const Outcome outcome(study, catalogue, {.threads = 1});
  const sim::Plan plan(study, catalogue);
  const std::vector<sim::Cell> cells = sim::all_cells(study);
  REQUIRE(cells.size() == 12);
  std::array<sim::MemorySink, 4> sinks;
  for (std::size_t shard = 0; shard < 3; ++shard) {
    std::vector<sim::Cell> own;
    for (std::size_t c = shard; c < cells.size(); c += 3) own.push_back(cells[c]);
    plan.run(own, sinks.at(shard), {.threads = 1, .block_size = 64 * (shard + 1)});
  }
  run_and_resume(plan, cells, sinks.back(), {.threads = 1, .customers_of_portion = 128});
  for (std::size_t c = 0; c < cells.size(); ++c)
    for (const sim::MemorySink& sink : {std::cref(sinks.at(c % 3)), std::cref(sinks.back())}) {
      const sim::CellOutcome &one = sink.outcomes().at(cells[c]), &whole = outcome.cells().at(cells[c]);
      CHECK(one.counts == whole.counts);
      CHECK(one.beyond == whole.beyond);
      CHECK(one.flows == whole.flows);
      CHECK(one.by_age == whole.by_age);
      CHECK(one.histograms == whole.histograms);
    }
}

namespace {

/// Purchasing and leaving of the CDNOW sample by Pareto/NBD (r .553, alpha 10.578, s .606, beta 11.669 weeks), a step
/// being `steps_a_week`-th of a week, and nothing else that moves either.
sim::Study cdnow_study(const sim::Catalogue& catalogue, double steps_a_week, int steps) {
  sim::Study study = default_study(catalogue, 0, steps);
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "orders_per_month", {0.553 / 10.578 / steps_a_week, 0.553});
  set(study, catalogue, "churn", "base_hazard", {-std::expm1(-0.606 / 11.669 / steps_a_week)});
  set(study, catalogue, "churn", "frailty_variance", {1 / 0.606});
  set(study, catalogue, "churn", "tenure_slope", {0});
  study.population.file.emplace();
  study.population.replacement = sim::Replacement::none;
  return study;
}

void add_customer(sim::Study& study) {
  sim::CustomerFile& file = *study.population.file;
  file.ids.push_back(file.ids.size() * 0x9E3779B97F4AULL & 0xffff'ffff'ffffULL);
  file.groups.push_back(0);
  file.tenures.push_back(0);
  study.population.customers = file.ids.size();
}

struct Mean {
  double mean = 0, error = 0;
};
Mean mean_over(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  Mean of{std::accumulate(values.begin(), values.end(), 0.0) / n, 0};
  for (const double value : values) of.error += (value - of.mean) * (value - of.mean);
  of.error = std::sqrt(of.error / (n - 1) / n);
  return of;
}

}  // namespace

TEST_CASE("the orders of 39 weeks that CDNOW's past leaves to expect are the model's own 1,666") {
  const auto path = shared_file("CLIENTELE_DATA", "data", "cdnow/CDNOW_sample.txt");
  if (!path) return;
  const CdnowBase base = read_cdnow(*path);
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = cdnow_study(catalogue, 1, 39);
  study.horizon.warmup = 1;
  study.replications = 40;
  set(study, catalogue, "churn", "notice", {1});  // silent
  sim::CustomerFile& file = *study.population.file;
  for (const char* key : {"repeat_orders", "months_to_last_order", "months_seen"}) told(file, key);
  for (std::size_t i = 0; i < base.history.repeat.size(); ++i) {
    add_customer(study);
    const double of_row[] = {base.history.repeat[i], base.history.last[i], base.history.seen[i]};
    for (std::size_t n = 0; n < 3; ++n) file.past[n].values.push_back(static_cast<float>(of_row[n]));
  }
  REQUIRE(file.ids.size() == 2357);
  const Outcome outcome(study, catalogue);
  std::vector<double> orders, there;
  for (const auto& [cell, unused] : outcome.cells()) {
    orders.push_back(static_cast<double>(outcome.total("orders", cell)));
    there.push_back(static_cast<double>(outcome.count("customers", 0, cell)));
  }
  double alive = 0;
  for (std::size_t i = 0; i < file.ids.size(); ++i)
    alive += models::chance_alive(base.history.repeat[i], base.history.last[i], base.history.seen[i], 0.553, 10.578,
                                  0.606, 11.669);
  const Mean ordered = mean_over(orders), found = mean_over(there);
  INFO(ordered.mean << " +- " << ordered.error << " orders, " << found.mean << " of " << alive << " customers");
  CHECK(std::fabs(ordered.mean - 1666) < 0.02 * 1666);
  CHECK(std::fabs(ordered.mean - 1665.7) < 4 * ordered.error);
  CHECK(std::fabs(found.mean - alive) < 4 * found.error);
}

TEST_CASE("newcomers of CDNOW's days order again as often as Pareto/NBD expects of them in 39 and 78 weeks") {
  const auto path = shared_file("CLIENTELE_DATA", "data", "cdnow/CDNOW_sample.txt");
  if (!path) return;
  const CdnowBase base = read_cdnow(*path);
  const sim::Catalogue catalogue = models::catalogue();
  constexpr int days = 78 * 7, half = 39 * 7;
  sim::Study study = cdnow_study(catalogue, 7, days);
  study.replications = 12;
  // A step is a day, and a group those who joined on one: each is simulated from its own first day on.
  study.population.groups.clear();
  for (int day = 0; day < 85; ++day) study.population.groups.push_back({"day " + std::to_string(day), 1, {}});
  for (std::size_t i = 0; i < base.history.seen.size(); ++i) {
    add_customer(study);
    study.population.file->groups.back() = static_cast<std::uint32_t>(std::llrint(7 * (39 - base.history.seen[i])));
  }
  const Outcome outcome(study, catalogue);
  const std::size_t groups = outcome.info().groups, metrics = outcome.info().metrics.size();
  const auto metric = static_cast<std::size_t>(
      std::ranges::find(outcome.info().metrics, "orders", &sim::MetricInfo::name) - outcome.info().metrics.begin());
  std::vector<double> in_39, in_78;
  for (const auto& [cell, one] : outcome.cells()) {
    double first = 0, all = 0;
    for (std::size_t group = 0; group < groups; ++group)
      for (int step = 0; step < days - static_cast<int>(group); ++step) {
        const auto orders =
            static_cast<double>(one.counts[(static_cast<std::size_t>(step) * groups + group) * metrics + metric]);
        all += orders;
        if (step < half - static_cast<int>(group)) first += orders;
      }
    in_39.push_back(first);
    in_78.push_back(all);
  }
  const Mean early = mean_over(in_39), late = mean_over(in_78);
  INFO(early.mean << " +- " << early.error << " and " << late.mean << " +- " << late.error);
  CHECK(std::fabs(early.mean - 2524.8) < 3 * early.error);
  CHECK(std::fabs(late.mean - 4269.9) < 3 * late.error);
}

}  // namespace clientele::tests
