// The real catalogue gives the same bits however a run is carried out.
#include <atomic>

#include "tests/support/catch.hpp"
#include "tests/support/same_outcomes.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {

TEST_CASE("threads, teams, block sizes, groups of arms and steps change nothing") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = wide_study_with_costs(catalogue);
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
  const sim::Study study = wide_study_with_costs(catalogue);
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
  sim::Study study = wide_study_with_costs(catalogue, 4'000);
  study.replications = 1;
  require_same(Outcome(study, catalogue, {.threads = 1, .block_size = 1024}),
               Outcome(study, catalogue, {.threads = 3, .block_size = 64}));
}

TEST_CASE("policies that never meet run freely and in step alike") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study_with_costs(catalogue);
  study.policies.pop_back();  // rank meets
  require_same(Outcome(study, catalogue, {.threads = 1}), Outcome(study, catalogue, {.threads = 1, .in_step = true}));
}

TEST_CASE("progress tells every active customer-month once, running freely and in step") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study_with_costs(catalogue, 3'000);
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
