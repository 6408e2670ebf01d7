// At equal state and luck a better offer never loses: no order fewer, no stay turned into a leave.
#include <cmath>
#include <vector>

#include "models/churn.hpp"
#include "models/payment.hpp"
#include "models/purchasing.hpp"
#include "sim/random/philox.hpp"
#include "sim/random/poisson.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {

namespace {

std::vector<std::uint32_t> words_of(std::uint32_t seed, std::size_t n) {
  std::vector<std::uint32_t> words;
  for (std::uint32_t i = 0; words.size() < n; ++i)
    for (const std::uint32_t word : sim::philox(sim::Counter{i, 0, 0, 0}, sim::Key{seed, 0})) words.push_back(word);
  return words;
}

}  // namespace

TEST_CASE("a higher discount never brings an order fewer, at any elasticity, rate and luck") {
  const auto words = words_of(11, 64);
  std::int64_t rises = 0;
  for (const float elasticity : {-20.F, -6.F, -2.62F, -1.F, -0.3F})
    for (const float rate : {0.02F, 0.4F, 2.F, 11.F, 58.F, 300.F}) {
      std::vector<std::int32_t> before(words.size(), 0), counts(words.size());
      float effect_before = 0;
      for (int step = 0; step <= 900; ++step) {
        const float effect = models::discount_effect(0.001F * static_cast<float>(step), elasticity);
        REQUIRE(effect > effect_before);
        effect_before = effect;
        // Means nearer than 1e-4 may differ by an order at a rounding edge; steps of .001 are further apart.
        const float mean = models::mean_orders(rate, 0.93F, effect, 1.02F);
        sim::poisson_invert(words, std::vector<float>(words.size(), mean), counts);
        for (std::size_t i = 0; i < words.size(); ++i) {
          REQUIRE(counts[i] >= before[i]);
          rises += counts[i] - before[i];
        }
        before = counts;
      }
    }
  REQUIRE(rises > 100'000);
}

TEST_CASE("longer terms never bring an order fewer where terms are valued") {
  for (const float elasticity : {0.01F, 0.05F, 1.F}) {
    float before = 0;
    for (int days = 0; days <= 360; ++days) {
      const float effect = models::terms_effect(static_cast<float>(days), elasticity, 30.F);
      REQUIRE(effect > before);
      before = effect;
    }
  }
  for (int days = 0; days <= 360; ++days) REQUIRE(models::terms_effect(static_cast<float>(days), 0.F, 30.F) == 1.F);
}

TEST_CASE("longer terms never bring an invoice in earlier") {
  for (float issue = 0; issue < 30; issue += 0.37F)
    for (float late = 0; late < 100; late += 3.1F) {
      std::int32_t before = 0;
      for (int days = 0; days <= 360; days += 1) {
        const std::int32_t open = models::months_open(issue, static_cast<float>(days), late);
        REQUIRE(open >= before);
        before = open;
      }
    }
}

TEST_CASE("no lower hazard, frailty or driver turns a stay into a leave") {
  const auto words = words_of(12, 4096);
  const auto leaves_more = [&](float hazard, float higher) {
    REQUIRE(higher >= hazard);
    for (const std::uint32_t word : words) {
      const float u = sim::uniform(word);
      if (u < hazard) REQUIRE(u < higher);
    }
  };
  for (const float base : {1e-4F, 0.016F, 0.2F, 0.9F}) {
    models::ChurnParameters p;
    p.base_hazard = base;
    p.finish();
    float before = 0;
    for (int step = 0; step <= 400; ++step) {
      const float frailty = 0.025F * static_cast<float>(step);
      const float cumulative = models::cumulative_hazard(p.base_cumulative, frailty, 7.F, -0.15F);
      const float hazard = models::churn_hazard(cumulative, 1.F);
      leaves_more(before, hazard);
      leaves_more(hazard, models::churn_hazard(cumulative, 1.001F));
      before = hazard;
    }
  }
}

// One customer in each of many worlds, so that a month's counts are that customer's own.
TEST_CASE("no customer of the engine orders less or leaves sooner under a higher discount or longer terms") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 1, 18);
  study.replications = 400;
  const auto discount = field_ref(catalogue, "purchasing", "discount");
  const auto terms = field_ref(catalogue, "payment", "terms_days");
  for (const double offer : {0.01, 0.03, 0.05, 0.1, 0.2, 0.4}) {
    study.policies.push_back(study.policies.front());
    study.policies.back().name = "offer " + std::to_string(offer);
    study.policies.back().tiers[0].levers = {{discount, offer}, {terms, 30 + 200 * offer}};
  }
  const Outcome outcome(study, catalogue, {.threads = 2});
  std::int64_t gained = 0;
  for (std::uint32_t replication = 0; replication < study.replications; ++replication)
    for (std::uint32_t policy = 1; policy < study.policies.size(); ++policy)
      for (int month = 0; month < 18; ++month) {
        const sim::Cell worse{0, policy - 1, 0, replication}, better{0, policy, 0, replication};
        REQUIRE(outcome.count("customers", month, better) >= outcome.count("customers", month, worse));
        REQUIRE(outcome.count("left", month, better) <= outcome.count("left", month, worse));
        const auto more = outcome.count("orders", month, better) - outcome.count("orders", month, worse);
        REQUIRE(more >= 0);
        gained += more;
      }
  REQUIRE(gained > 10'000);
}

}  // namespace clientele::tests
