// Whole runs of the toy catalogue, which uses every part of the seam, equal the scalar simulator's, integer by integer.
#include "tests/reference/compare.hpp"
#include "tests/reference/toy_cell.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

sim::RunOptions options(std::size_t block_size, unsigned threads, std::size_t arms_together, sim::Engine engine) {
  sim::RunOptions chosen;
  chosen.block_size = block_size;
  chosen.threads = threads;
  chosen.arms_together = arms_together;
  chosen.engine = engine;
  return chosen;
}

std::string difference(const sim::Study& study, const sim::RunOptions& chosen) {
  return first_difference<ToyCell>(study, sim::toy_catalogue(), chosen).value_or("none");
}

/// Load slows delivery; everything else as in the property tests.
sim::Study hearing_study(std::uint64_t customers) {
  sim::Study study = sim::toy_study(customers);
  study.values[0][3].numbers = {0.5};
  return study;
}

}  // namespace

TEST_CASE("load, referrals, ranks, ties and percentiles: every count is the scalar simulator's") {
  const sim::Study study = hearing_study(700);
  CHECK(difference(study, options(64, 2, 16, sim::Engine::tbb)) == "none");
  CHECK(difference(study, options(512, 1, 3, sim::Engine::threads)) == "none");
}

TEST_CASE("a population that a whole team shares") {
  sim::Study study = hearing_study(2'300);
  study.replications = 1;
  study.scenarios.resize(1);
  CHECK(difference(study, options(64, 2, 16, sim::Engine::tbb)) == "none");
}

TEST_CASE("a long warm-up, many who join and are brought, two ways to go at once") {
  sim::Study study = hearing_study(250);
  study.horizon = {2027, 8, 16, 14, 4};
  study.replications = 2;
  study.values[1] = {{0, {0.15}}, {0, {0.1}}, {0, {0.08}}, {0, {9}}};
  study.scenarios[1].shocks.push_back({1, 1.7, 1, 8, 3, {}});
  for (const std::uint32_t baseline : {0U, 2U}) {
    study.baseline = baseline;
    CHECK(difference(study, options(64, 2, 5, sim::Engine::tbb)) == "none");
  }
}

TEST_CASE("blocks that run freely bring customers too") {
  sim::Buying::hears = false;
  sim::Study study = sim::toy_study(900);
  study.policies = {study.policies[0], study.policies[0]};
  study.policies[1].tiers[0].levers[0].value = 0.1;
  study.values[1][2].numbers = {0.1};
  study.values[1][3].numbers = {20};
  const std::string found = difference(study, options(64, 2, 16, sim::Engine::tbb));
  sim::Buying::hears = true;
  CHECK(found == "none");
}

TEST_CASE("arrivals by number and none, and a warm-up in which nobody is replaced") {
  sim::Study study = hearing_study(400);
  study.replications = 1;
  study.horizon.warmup = 13;
  study.population.groups[0].arrivals = 4.5;
  study.population.arrivals = sim::Arrivals::by_number;
  CHECK(difference(study, options(64, 2, 16, sim::Engine::tbb)) == "none");
  study.population.arrivals = sim::Arrivals::none;
  CHECK(difference(study, options(64, 2, 16, sim::Engine::tbb)) == "none");
  study.population.replacement = sim::Replacement::none;
  CHECK(difference(study, options(64, 2, 16, sim::Engine::tbb)) == "none");
}

TEST_CASE("people redrawn, paired or fixed, and luck fresh or common to all draws") {
  sim::Study study = hearing_study(200);
  study.scenarios.resize(1);
  study.replications = 3;
  study.draws = 2;
  study.uncertain = {{{0, 2}, 0, "buying.response", {sim::Family::uniform, {1, 3}}},
                     {{0, 0}, 1, "buying.rate.shape", {sim::Family::uniform, {0.5F, 4}}}};
  for (const auto people : {sim::People::redrawn, sim::People::paired, sim::People::fixed})
    for (const auto luck : {sim::Luck::fresh, sim::Luck::common}) {
      study.population.people = people;
      study.luck = luck;
      CHECK(difference(study, options(128, 2, 16, sim::Engine::tbb)) == "none");
    }
}

TEST_CASE("a customer file tells the traits of its own customers, and of nobody who joins later") {
  sim::Study study = hearing_study(0);
  study.values[1][3].numbers = {15};
  sim::CustomerFile file;
  file.traits = {{{0, 0}, {}}};
  for (std::uint32_t row = 0; row < 300; ++row) {
    file.ids.push_back(std::uint64_t{row} << 20 | 17);
    file.groups.push_back(row % 4 == 1 ? 1 : 0);
    file.traits[0].values.push_back(0.5F + 0.1F * static_cast<float>(row % 50));
  }
  study.population.customers = file.ids.size();
  study.population.file = file;
  for (const int warmup : {0, 5}) {  // in which they ask to leave and bring others, in vain
    study.horizon.warmup = warmup;
    CHECK(difference(study, options(64, 2, 16, sim::Engine::tbb)) == "none");
  }
}

}  // namespace clientele::tests
