// The same bits however a run is carried out, and the same luck whatever else is asked.
#include "tests/support/catch.hpp"
#include "tests/support/toys.hpp"

namespace clientele::sim {

namespace {

void require_same(const std::map<Cell, CellOutcome>& a, const std::map<Cell, CellOutcome>& b) {
  REQUIRE(a.size() == b.size());
  for (const auto& [cell, outcome] : a) {
    REQUIRE(b.at(cell).counts == outcome.counts);
    REQUIRE(b.at(cell).histograms == outcome.histograms);
    REQUIRE(b.at(cell).flows == outcome.flows);
    REQUIRE(b.at(cell).beyond == outcome.beyond);
  }
}

}  // namespace

TEST_CASE("threads, teams, block sizes and groups of arms change nothing") {
  const Study study = hearing_study();
  const auto reference = lived(study);
  for (const unsigned threads : {2U, 3U, 8U})
    for (const Engine engine : {Engine::tbb, Engine::threads}) {
      RunOptions options;
      options.threads = threads;
      options.engine = engine;
      require_same(reference, lived(study, options));
    }
  for (const std::size_t block : {64U, 128U, 256U, 1024U}) {
    RunOptions options;
    options.block_size = block;
    options.threads = 2;
    require_same(reference, lived(study, options));
  }
  for (const std::size_t arms : {1U, 3U, 8U}) {
    RunOptions options;
    options.arms_together = arms;
    require_same(reference, lived(study, options));
  }
}

TEST_CASE("what scratch memory holds when a month is entered changes nothing") {
  for (const Study& study : {hearing_study(), free_study()}) {
    const auto reference = lived(study);
    for (const std::size_t block : {64U, 512U}) {
      RunOptions options;
      options.block_size = block;
      options.scratch = Scratch::spoiled;
      require_same(reference, lived(study, options));
    }
  }
}

TEST_CASE("whose latent columns stand before a review changes nothing, and everybody gets their own back") {
  for (const Study& study : {hearing_study(), free_study()}) {
    const auto reference = lived(study);
    for (const std::size_t block : {64U, 512U}) {
      RunOptions options;
      options.block_size = block;
      options.latent_in_reviews = LatentInReviews::exchanged;
      require_same(reference, lived(study, options));
    }
  }
}

TEST_CASE("a large population whose blocks a whole team shares gives the same bits") {
  Study study = hearing_study();
  study.population.customers = 6000;
  study.replications = 1;
  RunOptions small, shared;
  small.block_size = 1024;
  shared.block_size = 64;
  shared.threads = 3;
  require_same(lived(study, small), lived(study, shared));
}

TEST_CASE("workers who help in several worlds at a time count for each what is its own") {
  Study study = hearing_study();
  study.population.customers = 1000;
  study.replications = 4;
  RunOptions alone, many;
  alone.threads = 1;
  const auto reference = lived(study, alone);
  many.block_size = 64;
  for (const unsigned threads : {3U, 8U})
    for (const std::size_t arms : {1U, 16U}) {  // alone, some arms meet and some do not
      many.threads = threads;
      many.arms_together = arms;
      require_same(reference, lived(study, many));
    }
}

TEST_CASE("running freely equals running in step") {
  const Deaf deaf;
  const Study study = free_study();
  RunOptions in_step;
  in_step.in_step = true;
  RunOptions free_two;
  free_two.threads = 2;
  free_two.block_size = 128;
  const auto reference = lived(study);
  require_same(reference, lived(study, in_step));
  require_same(reference, lived(study, free_two));
}

TEST_CASE("years of arrivals as before: the same bits for any block size, team and group of arms, and with a meeting") {
  const Deaf deaf;
  Study study = free_study();
  study.horizon = {2027, 1, 30, 12, 1};
  study.values[1][3].numbers = {0};
  const auto reference = lived(study);
  for (const std::size_t block : {64U, 192U, 1024U})
    for (const unsigned threads : {1U, 3U}) {
      RunOptions options;
      options.block_size = block;
      options.threads = threads;
      options.arms_together = threads;
      require_same(reference, lived(study, options));
      options.in_step = true;
      require_same(reference, lived(study, options));
    }
}

TEST_CASE("a load signal times zero equals no signal") {
  const Study study = free_study();  // load_slows is 0
  const auto heard = lived(study);
  const Deaf deaf;
  require_same(heard, lived(study));
}

TEST_CASE("a policy beside itself differs by exactly nothing, and a policy or scenario more changes no other cell") {
  Study study = hearing_study();
  const auto reference = lived(study);
  Study twice = study;
  twice.policies.push_back(study.policies[1]);
  twice.policies.back().name = "again";
  twice.scenarios.push_back({"worse", {{0, 0.2, 0, {}, 0, {}}}});
  const auto more = lived(twice);
  for (const auto& [cell, outcome] : reference) REQUIRE(more.at(cell).counts == outcome.counts);
  for (std::uint32_t r = 0; r < 3; ++r) REQUIRE(more.at({0, 1, 0, r}).counts == more.at({0, 4, 0, r}).counts);
}

TEST_CASE("a replication is the same however many there are") {
  Study few = hearing_study(), many = few;
  many.replications = 5;
  const auto small = lived(few), large = lived(many);
  for (const auto& [cell, outcome] : small) REQUIRE(large.at(cell).counts == outcome.counts);
}

TEST_CASE("two policies are identical until their first differing act") {
  const Deaf deaf;
  Study study = free_study();
  study.values[1][2].numbers = {0};  // the toy's customers bring more friends under other policies
  const auto outcomes = lived(study);
  const auto plain = by_month(study, outcomes.at({0, 0, 0, 0}), "orders");
  const auto discount = by_month(study, outcomes.at({0, 1, 0, 0}), "orders");
  REQUIRE(discount[0] > plain[0]);  // the discount acts from month 0 on
  Study later = study;
  later.policies[1].tiers[0].levers[0].value = 0;
  later.scenarios[0].shocks = {};
  const auto same = lived(later);
  REQUIRE(by_month(later, same.at({0, 1, 0, 0}), "orders") == plain);
  const auto calm = by_month(study, outcomes.at({0, 0, 0, 0}), "orders");
  const auto storm = by_month(study, outcomes.at({1, 0, 0, 0}), "orders");
  for (std::size_t month = 0; month < 2; ++month) REQUIRE(calm[month] == storm[month]);
  REQUIRE(calm[4] > storm[4]);
}

TEST_CASE("arms share variates: eight arms make as many Philox blocks as one") {
  const Deaf deaf;
  Study study = free_study();
  study.values[1][2].numbers = {0};  // nobody is referred: referred customers are another population
  study.scenarios.resize(1);
  study.policies.resize(1);
  study.population.groups[1].overrides.clear();
  const Catalogue catalogue = toy_catalogue();
  const auto blocks = [&](std::size_t policies) {
    Study asked = study;
    asked.policies.assign(policies, study.policies[0]);
    MemorySink sink;
    RunOptions options;
    options.threads = 1;
    return Plan(asked, catalogue).run(all_cells(asked), sink, options).philox_blocks;
  };
  REQUIRE(blocks(1) > 0);
  REQUIRE(blocks(8) == blocks(1));
}

}  // namespace clientele::sim
