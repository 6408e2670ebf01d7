// A watched customer: what is told of all of them adds up to what is counted, and watching changes nothing.
#include "sim/watch.hpp"

#include <map>

#include "models/catalogue.hpp"
#include "sim/plan.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

/// The last number of each month under a name, by arm.
class Latest final : public sim::Watcher {
 public:
  explicit Latest(std::string name) : name_(std::move(name)) {}
  void saw(const sim::StepSeen& step) override {
    births += step.step == "birth" ? 1 : 0;
    for (const sim::Change& change : step.changes)
      if (change.name == name_ && step.kind == sim::MonthKind::usual && step.month >= 0)
        numbers[{step.cell.policy, step.month}] = change.after;
  }
  std::map<std::pair<std::uint32_t, int>, double> numbers;
  int births = 0;

 private:
  std::string name_;
};

sim::Study two_policies(const sim::Catalogue& catalogue) {
  sim::Study study = default_study(catalogue, 150, 8);
  study.horizon.warmup = 3;
  study.population.replacement = sim::Replacement::none;
  study.population.groups = {{"a", 0.4, {}}, {"b", 0.6, {}}};
  const std::uint32_t rank = segmentation_number(catalogue, "rank");
  sim::Policy ranked{
      "ranked", rank, catalogue.segmentations()[rank].fields.standards(), {{"A", 0.3, {}, {}}, {"B", {}, {}, {}}}, 1};
  ranked.tiers[0].levers = {{field_ref(catalogue, "purchasing", "discount"), 0.05}};
  study.policies.push_back(ranked);
  return study;
}

}  // namespace

TEST_CASE("what is told of every customer adds up to what is counted, in step and free") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = two_policies(catalogue);
  const Outcome plain(study, catalogue);
  for (const bool in_step : {false, true}) {
    std::map<std::pair<std::uint32_t, int>, std::int64_t> sales;
    for (std::uint64_t number = 1; number <= 150; ++number) {
      Latest latest("net sales");
      sim::RunOptions options{.threads = 1, .block_size = 64, .in_step = in_step, .scratch = sim::Scratch::spoiled};
      options.watch = {&latest, sim::id_of_customer(study.population, number)};
      sim::MemorySink sink;
      sim::Plan(study, catalogue).run(sim::all_cells(study), sink, options);
      CHECK(latest.births == 1);
      for (const auto& [cell, outcome] : plain.cells()) REQUIRE(sink.outcomes().at(cell).counts == outcome.counts);
      for (std::uint32_t policy = 0; policy < 2; ++policy)
        for (int month = 0; month < 8; ++month) {
          const auto found = latest.numbers.find({policy, month});
          if (found != latest.numbers.end()) sales[{policy, month}] += static_cast<std::int64_t>(found->second);
        }
    }
    for (const auto& [where, sum] : sales) {
      INFO("policy " << where.first << ", month " << where.second << ", in step " << in_step);
      CHECK(sum == plain.count("revenue", where.second, {0, where.first, 0, 0}));
    }
    CHECK(sales.size() == 16);
  }
}

TEST_CASE("customers are numbered group after group, and nobody else is watched") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = two_policies(catalogue);
  CHECK(sim::id_of_customer(study.population, 1) == 0);
  CHECK(sim::id_of_customer(study.population, 60) == 59);
  CHECK(sim::id_of_customer(study.population, 61) == std::uint64_t{1} << 40);
  Latest latest("orders");
  sim::MemorySink sink;
  sim::RunOptions options{.threads = 1};
  options.watch = {&latest, std::uint64_t{7} << 40};
  sim::Plan(study, catalogue).run(sim::all_cells(study), sink, options);
  CHECK(latest.births == 0);
  CHECK(latest.numbers.empty());
}

}  // namespace clientele::tests
