// At equal state and luck a better offer never loses: no order fewer, no stay turned into a leave.
#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "models/churn.hpp"
#include "models/payment.hpp"
#include "models/purchasing.hpp"
#include "models/satisfaction.hpp"
#include "models/service.hpp"
#include "sim/random/philox.hpp"
#include "sim/random/poisson.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/stamps_in_an_hour.hpp"
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
        const float paid = models::log_price(0.001F * static_cast<float>(step));
        const float effect = models::price_effect(paid, 0.F, elasticity, 1.F, 0.3F, 0.6F);
        REQUIRE(effect > effect_before);
        effect_before = effect;
        // Means nearer than 1e-4 may differ by an order at a rounding edge; steps of .001 are further apart.
        const float mean = rate * effect * (1.02F * 0.97F) * 0.93F;
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

TEST_CASE("a longer share of a month never brings an order fewer") {
  const auto words = words_of(14, 1024);
  std::vector<std::int32_t> before(words.size(), 0), counts(words.size());
  for (int step = 0; step <= 500; ++step) {
    const float mean = 2.4F * 0.002F * static_cast<float>(step);
    sim::poisson_invert(words, std::vector<float>(words.size(), mean), counts);
    for (std::size_t i = 0; i < words.size(); ++i) REQUIRE(counts[i] >= before[i]);
    before = counts;
  }
}

TEST_CASE("longer terms never bring an order fewer where terms are valued") {
  for (const float elasticity : {0.01F, 0.05F, 1.F}) {
    float before = 0;
    for (int days = 0; days <= 360; ++days) {
      const float effect = sim::exp(models::terms_exponent(static_cast<float>(days), elasticity, 30.F, 0.F));
      REQUIRE(effect > before);
      before = effect;
    }
    for (const float saturation : {0.3F, 1.F, 4.F}) {
      before = -1e30F;
      for (int days = 0; days <= 360; ++days) {
        const float exponent = models::terms_exponent(static_cast<float>(days), elasticity, 30.F, saturation);
        REQUIRE(exponent >= before);
        REQUIRE(exponent <= elasticity / saturation);
        before = exponent;
      }
    }
  }
  for (int days = 0; days <= 360; ++days)
    for (const float saturation : {0.F, 1.F})
      REQUIRE(sim::exp(models::terms_exponent(static_cast<float>(days), 0.F, 30.F, saturation)) == 1.F);
}

TEST_CASE("longer terms never bring an invoice in earlier") {
  for (float issue = 0; issue < 30; issue += 0.37F)
    for (float late = 0; late < 100; late += 3.1F) {
      std::int32_t before = 0;
      for (int days = 0; days <= 360; days += 1) {
        const std::int32_t open = models::months_until(issue + static_cast<float>(days) + late);
        REQUIRE(open >= before);
        before = open;
      }
    }
}

TEST_CASE("neither a lower hazard, frailty or driver nor more satisfaction or care turns a stay into a leave") {
  const auto words = words_of(12, 4096);
  const auto leaves_more = [&](float cumulative, float higher) {
    REQUIRE(models::churn_hazard(higher) >= models::churn_hazard(cumulative));
    for (const std::uint32_t word : words) {
      const float u = sim::uniform(word), outlived = models::hazard_outlived(u);
      if (u < models::churn_hazard(cumulative)) REQUIRE(u < models::churn_hazard(higher));
      REQUIRE(models::share_of_month(outlived, higher) <= models::share_of_month(outlived, cumulative));
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
      const auto hazard_at = [&](float driver, float gap, float care) {
        return models::moved_hazard(cumulative, driver, std::fma(-0.35F, gap, care));
      };
      const float hazard = hazard_at(1.F, 0.4F, -0.1F);
      leaves_more(before, hazard);
      leaves_more(hazard, hazard_at(1.001F, 0.4F, -0.1F));
      leaves_more(hazard, hazard_at(1.F, 0.39F, -0.1F));
      leaves_more(hazard, hazard_at(1.F, 0.4F, -0.09F));
      before = hazard;
    }
  }
}

TEST_CASE("more care never goes less far, and what it buys is never less") {
  for (const float reference : {1e-6F, 0.5F, 50.F, 1e6F}) {
    float before = -1;
    for (int step = 0; step <= 2000; ++step) {
      const float far = models::care_saturation(reference * 0.01F * static_cast<float>(step), reference);
      REQUIRE(far >= before);
      REQUIRE(far <= 2.F);
      const auto satisfaction = [](float care) {
        models::SatisfactionParameters p;
        p.performance = 86, p.late_effect = -28, p.defect_effect = -40, p.noise = 3;
        const float seen = models::perceived_performance(p, 0.25F, 0.F, 2.F * care, -0.7F);
        return models::adjusted(74, seen, 0.2F, 1.5F);
      };
      if (step > 0) REQUIRE(satisfaction(far) >= satisfaction(before));
      before = far;
    }
    CHECK(models::care_saturation(reference, reference) == 1.F);
  }
}

TEST_CASE("no delivery that is on time becomes late by more expediting, at any chance and driver") {
  const auto words = words_of(13, 1024);
  std::int64_t saved = 0;
  for (const float chance : {0.F, 0.02F, 0.1F, 0.5F, 1.F})
    for (const float driver : {0.F, 0.7F, 1.F, 3.F}) {
      std::vector<std::uint8_t> was_late(words.size(), 1);
      for (int step = 0; step <= 500; ++step) {
        const float expedite = 0.002F * static_cast<float>(step);
        const std::int32_t limit = sim::chance_threshold(chance * (1.F - expedite) * driver);
        for (std::size_t i = 0; i < words.size(); ++i) {
          const bool late = sim::happens(sim::chance_bits(words[i]), limit);
          REQUIRE((!late || was_late[i] != 0));
          saved += was_late[i] != 0 && !late && step > 0 ? 1 : 0;
          was_late[i] = late ? 1 : 0;
        }
      }
      REQUIRE(std::ranges::count(was_late, 1) == 0);  // paying for all avoids all
    }
  REQUIRE(saved > 3'000);
}

// One customer in each of many worlds, so that a month's counts are that customer's own. A life is at equal state as
// long as nothing else of it hangs on the offer: orders not on satisfaction, leaving not on how orders were delivered.
TEST_CASE("no customer of the engine orders less or leaves sooner under a higher discount or longer terms") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 1, 18);
  study.replications = 400;
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "elasticity", {-2.62});
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

// Satisfaction moves hazards here, and does not move orders: so who gets more care lives in the same state but better.
TEST_CASE("no customer of the engine gets fewer orders on time or leaves sooner for more care and expediting") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 1, 18);
  study.replications = 400;
  set(study, catalogue, "purchasing", "satisfaction_effect", {0});
  set(study, catalogue, "service", "late_chance", {0.4});
  set(study, catalogue, "churn", "base_hazard", {0.05});
  const auto care = field_ref(catalogue, "service", "care"), expedite = field_ref(catalogue, "service", "expedite");
  for (const double offer : {0.1, 0.3, 0.6, 1.0}) {
    study.policies.push_back(study.policies.front());
    study.policies.back().name = "offer " + std::to_string(offer);
    study.policies.back().tiers[0].levers = {{care, 300 * offer}, {expedite, offer}};
  }
  const Outcome outcome(study, catalogue, {.threads = 2});
  std::int64_t stayed = 0, on_time = 0;
  for (std::uint32_t replication = 0; replication < study.replications; ++replication)
    for (std::uint32_t policy = 1; policy < study.policies.size(); ++policy)
      for (int month = 0; month < 18; ++month) {
        const sim::Cell worse{0, policy - 1, 0, replication}, better{0, policy, 0, replication};
        const auto more = [&](const char* metric) {
          return outcome.count(metric, month, better) - outcome.count(metric, month, worse);
        };
        REQUIRE(more("customers") >= 0);
        if (outcome.count("customers", month, worse) == 0) continue;  // who is gone in one arm is nobody's equal
        REQUIRE(more("left") <= 0);
        stayed -= more("left");
        REQUIRE(more("orders") >= 0);
        if (outcome.count("left", month, worse) > 0) continue;  // who leaves orders in a part of the month only
        REQUIRE(more("orders") == 0);
        REQUIRE(more("defects") == 0);
        REQUIRE(more("late_deliveries") <= 0);
        REQUIRE(more("satisfaction") >= 0);
        on_time -= more("late_deliveries");
      }
  REQUIRE(stayed > 50);
  REQUIRE(on_time > 2'000);
}

namespace {

/// Whether a KPI of the metric alone holds its movement for a gain; nothing where there is none.
std::optional<bool> is_gain(const sim::OutcomeInfo& info, const sim::MovedMetric& moved) {
  const auto better = moved.falls ? sim::Direction::lower_is_better : sim::Direction::higher_is_better;
  for (const sim::KpiInfo& kpi : info.kpis)
    if (kpi.numerator.size() == 1 && kpi.numerator.front().metric == moved.metric &&
        kpi.direction != sim::Direction::neither)
      return kpi.direction == better;
  return std::nullopt;
}

/// Tiers by what was bought, alike but for what is set afterwards.
void move_between_tiers(sim::Study& study, const sim::Catalogue& catalogue) {
  for (sim::Policy& policy : study.policies) {
    policy.segmentation = segmentation_number(catalogue, "spend");
    policy.values = catalogue.segmentations()[policy.segmentation].fields.standards();
    policy.tiers = {{"gold", {}, 60'000.0, {}}, {"rest", {}, {}, {}}};
    policy.entry = 1;
  }
}

}  // namespace

// A lever that helps nothing, or costs nothing, says so by an empty side, and answers repeat it. What is said on a side
// must be so: at the same luck, 1,000 customers and two years.
TEST_CASE("every lever is paid in the metrics that it names, and moves those that it helps or hurts as it says") {
  sim::Catalogue catalogue = models::catalogue();
  add_stamps(catalogue);
  std::size_t levers = 0;
  for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t)
    for (std::uint32_t f = 0; f < catalogue.tables()[t].fields.fields().size(); ++f) {
      const sim::FieldInfo& field = catalogue.tables()[t].fields.fields()[f];
      if (!field.lever) continue;
      ++levers;
      sim::Study study = default_study(catalogue, 1'000, 24);
      set(study, catalogue, "stamps", "earn", {0.1});
      set(study, catalogue, "credit", "default_chance", {0.02, 1});
      set(study, catalogue, "payment", "days_late", {30, 1.2});  // so that some are overdue for long
      study.policies.push_back(study.policies.front());
      study.policies.back().name = "more";
      const double standard = field.standard.numbers.front(), most = field.money ? 500 : field.range.plausible_high;
      const double from = standard < most ? standard : field.range.low;
      const double more_of_it = field.unit == "0 or 1" || field.unit == "0 to 1" ? 1 : from + 0.4 * (most - from);
      if (field.key == "visible" || field.key == "status") move_between_tiers(study, catalogue);
      if (field.key == "join" || field.key == "points_valid") set(study, catalogue, "points", "earn", {1});
      study.policies.front().tiers[0].levers = {{{t, f}, field.range.low}};
      study.policies.back().tiers[0].levers = {{{t, f}, more_of_it}};
      const Outcome outcome(study, catalogue, {.threads = 2});
      const auto more = [&](std::string_view metric) {
        return outcome.total(metric, {0, 1, 0, 0}) - outcome.total(metric, {0, 0, 0, 0});
      };
      INFO(catalogue.tables()[t].key << "." << field.key);
      for (const std::string_view metric : field.lever->paid_in) CHECK(more(metric) > 0);
      for (const auto* side : {&field.lever->helps, &field.lever->hurts})
        for (const sim::MovedMetric& moved : *side) {
          INFO(moved.metric);
          CHECK((moved.falls ? -1 : 1) * more(moved.metric) > 0);
          const bool helps = side == &field.lever->helps;
          CHECK(is_gain(outcome.info(), moved).value_or(helps) == helps);
        }
    }
  CHECK(levers == 15);
}

}  // namespace clientele::tests
